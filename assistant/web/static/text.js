// Text as it is: code points, spans in them, and characters that make text look like another.

// The same characters as in rendering.py: they show as their names.
const DECEIVING = /([\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f])/;

/** An element with a class and text; data only ever becomes text. */
export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) append(made, text);
  return made;
}

/** Append text to the letter. */
export function append(parent, text) {
  text.split(DECEIVING).forEach((part, at) => {
    if (at % 2 === 0) parent.append(part);
    else parent.append(element("span", "odd", name(part)));
  });
}

function name(character) {
  return "U+" + character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
}

/**
 * Append the code points [start, end) of a body, the quoted ones in <mark>.
 *
 * @param {string[]} points the body, one code point an entry
 * @param {{start: number, end: number, kind: string}[]} quotes apart or nested; the last one wins
 */
export function appendMarked(parent, points, start, end, quotes) {
  const inside = quotes.filter((quote) => quote.start < end && quote.end > start);
  const edges = inside.flatMap((quote) => [quote.start, quote.end]);
  const cuts = [...new Set([start, end, ...edges])]
    .filter((cut) => cut >= start && cut <= end)
    .sort((a, b) => a - b);
  for (let at = 0; at + 1 < cuts.length; at++) {
    const text = points.slice(cuts[at], cuts[at + 1]).join("");
    const quote = inside.findLast((q) => q.start <= cuts[at] && q.end >= cuts[at + 1]);
    if (quote) parent.append(element("mark", quote.kind, text));
    else append(parent, text);
  }
}
