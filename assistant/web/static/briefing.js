// A whole briefing as elements, with the quoted words marked.

import { append, appendMarked, element } from "./text.js";

const BULLET = /^(\s*)([-*•–·]|\(?\d{1,3}[.)])\s+/;

/** The briefing as an <article>. `words` are the fixed sentences. */
export function articleOf(briefing, quotes, words) {
  const article = element("article", "briefing");
  // The page is English; a briefing may be in any language.
  article.lang = "";
  if (briefing.section) article.append(element("p", "section", briefing.section));
  article.append(element("h2", "", briefing.title));
  article.append(origin(briefing), ...link(briefing, words));
  if (briefing.standfirst) article.append(element("p", "standfirst", briefing.standfirst));
  article.append(...body(briefing, quotes, words));
  article.append(...ending(briefing, words));
  return article;
}

function origin(briefing) {
  const known = [day(briefing.published), briefing.source, (briefing.places ?? []).join(", ")];
  return element("p", "origin", known.filter(Boolean).join(" · "));
}

function day(iso) {
  if (!iso) return "";
  const date = new Date(iso + "T00:00:00Z");
  return date.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
}

function link(briefing, words) {
  const address = webAddress(briefing.url);
  if (!address) return [];
  const made = element("a", "", words.read);
  made.href = address;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  const line = element("p", "read");
  // The host is shown, since a briefing says by itself where it was published.
  line.append(made, ` (${new URL(address).host})`);
  return [line];
}

function* body(briefing, quotes, words) {
  const points = Array.from(briefing.body);
  let page = null;
  for (const block of briefing.blocks) {
    if (block.page && block.page !== page) {
      page = block.page;
      yield element("p", "page", words.page.replace("{page}", page));
    }
    yield blockOf(block, points, quotes);
  }
}

function blockOf(block, points, quotes) {
  if (block.kind === "list") return listOf(block, points, quotes);
  if (block.kind === "table") return tableOf(block, points, quotes);
  const made = element(block.kind === "heading" ? "h3" : "p");
  appendMarked(made, points, block.start, block.end, quotes);
  return made;
}

function listOf(block, points, quotes) {
  const list = element("ul", "lines");
  for (const [start, end] of lines(block, points)) {
    const item = element("li");
    const found = BULLET.exec(points.slice(start, end).join(""));
    let from = start;
    if (found) {
      // Bullets and indents are ASCII or of one code unit, so their length is that in points.
      from += found[0].length;
      item.style.setProperty("--depth", Math.floor(found[1].length / 2));
      item.append(element("span", /\d/.test(found[2]) ? "number" : "bullet", found[2]), " ");
    }
    appendMarked(item, points, from, end, quotes);
    list.append(item);
  }
  return list;
}

function tableOf(block, points, quotes) {
  const table = element("table");
  let first = true;
  for (const [start, end] of lines(block, points)) {
    const row = element("tr");
    for (const [from, to] of cells(start, end, points)) {
      const cell = element(first ? "th" : "td");
      appendMarked(cell, points, from, to, quotes);
      row.append(cell);
    }
    first = false;
    table.append(row);
  }
  const frame = element("div", "table");
  frame.append(table);
  return frame;
}

/** The spans between line feeds. */
function* lines(block, points) {
  let start = block.start;
  for (let at = block.start; at <= block.end; at++) {
    if (at === block.end || points[at] === "\n") {
      if (at > start) yield [start, at];
      start = at + 1;
    }
  }
}

/** The spans between " | ". */
function* cells(start, end, points) {
  let from = start;
  for (let at = start; at < end; at++) {
    if (points[at] === "|" && points[at - 1] === " " && points[at + 1] === " ") {
      yield [from, Math.max(from, at - 1)];
      from = at + 2;
    }
  }
  yield [Math.min(from, end), end];
}

function ending(briefing, words) {
  if (!briefing.sources?.length) return [];
  const sources = element("section", "own-sources");
  sources.append(element("h3", "", words.sources));
  const list = element("ul");
  for (const source of briefing.sources) list.append(element("li", "", source));
  sources.append(list);
  return [sources];
}

/** The address if it is one of the web; a briefing may claim any. */
function webAddress(url) {
  try {
    const address = new URL(url);
    return ["http:", "https:"].includes(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}
