// The source panel: the briefing behind a citation, open at its words.

import { articleOf } from "./briefing.js";
import { append, element } from "./text.js";

const PHONE = matchMedia("(max-width: 899px)");
const briefings = new Map();

/** Fetch a version of a briefing once; versions never change. */
export function fetchBriefing(id, version) {
  const path = `api/briefings/${encodeURIComponent(id)}/versions/${encodeURIComponent(version)}`;
  if (!briefings.has(path)) {
    const coming = load(path);
    coming.catch(() => briefings.delete(path));
    briefings.set(path, coming);
  }
  return briefings.get(path);
}

async function load(path) {
  const response = await fetch(path, { headers: { accept: "application/json" } });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(reasonOf(answer, response));
  return answer;
}

function reasonOf(problem, response) {
  return [problem.detail ?? response.statusText, problem.mend].filter(Boolean).join(" ");
}

/** The server answered, and said no; its message is for people. */
class Refused extends Error {}

export class Panel {
  /** @param {Record<string, string>} words the fixed sentences */
  constructor(words) {
    this.words = words;
    this.opener = null;
    this.root = element("aside", "panel");
    this.root.id = "source";
    this.root.hidden = true;
    this.root.setAttribute("role", "complementary");
    this.root.setAttribute("aria-label", words.label);
    this.place = element("p", "place");
    this.previous = this.button("previous", "←", () => this.step(-1));
    this.next = this.button("next", "→", () => this.step(1));
    this.named = element("p", "named");
    const where = element("div", "where");
    where.append(this.place, this.named);
    this.bar = element("div", "bar");
    this.bar.append(where, this.previous, this.next, this.button("close", "×", () => this.close()));
    this.reading = element("div", "reading");
    this.reading.tabIndex = 0;
    this.reading.setAttribute("role", "region");
    this.reading.setAttribute("aria-label", words.label);
    this.root.append(this.bar, this.reading);
    this.shade = element("div", "shade");
    this.shade.hidden = true;
    this.shade.addEventListener("click", () => this.close());
    this.root.addEventListener("keydown", (event) => this.onKey(event));
    document.body.append(this.shade, this.root);
  }

  button(name, sign, act) {
    const made = element("button", name);
    made.type = "button";
    made.setAttribute("aria-label", this.words[name]);
    made.title = this.words[name];
    const icon = element("span", "", sign);
    icon.setAttribute("aria-hidden", "true");
    made.append(icon);
    made.addEventListener("click", act);
    return made;
  }

  get isOpen() {
    return !this.root.hidden;
  }

  /** Open at the citation of `opener`, a button of the conversation. */
  async open(opener, { focus = true } = {}) {
    this.opener = opener;
    this.all = citationsBeside(opener);
    this.at = this.all.findIndex((one) => sameQuote(one, opener));
    this.showPlace();
    this.root.hidden = this.shade.hidden = false;
    document.body.classList.add("reading-source");
    showCurrent(opener);
    // The page has grown narrower beside the panel, so what was clicked may have moved.
    if (!PHONE.matches) opener.scrollIntoView({ block: "nearest" });
    const { briefing: id, version } = opener.dataset;
    const waiting = setTimeout(() => this.say(this.words.opening), 150);
    try {
      const briefing = await fetchBriefing(id, version);
      if (this.opener === opener) this.show(briefing, opener, focus);
    } catch (error) {
      const why = error instanceof Refused ? error.message : this.words.unreachable;
      if (this.opener === opener) this.say(why, "failure");
    } finally {
      clearTimeout(waiting);
    }
  }

  show(briefing, opener, focus) {
    const quotes = this.all
      .filter((one) => one.dataset.briefing === opener.dataset.briefing)
      .filter((one) => one.dataset.version === opener.dataset.version)
      .map((one) => quoteOf(one, sameQuote(one, opener) ? "quoted" : "also"))
      .sort((a, b) => (a.kind === "quoted") - (b.kind === "quoted"));
    this.reading.replaceChildren(articleOf(briefing, quotes, this.words));
    const page = pageAt(briefing, Number(opener.dataset.start));
    this.showPlace(page ? this.words.onPage.replace("{page}", page) : "");
    const mark = this.reading.querySelector("mark.quoted");
    if (!mark) return;
    mark.tabIndex = -1;
    this.bringIntoView(mark);
    if (focus) mark.focus({ preventScroll: true });
  }

  /** The quote's beginning a third down the panel, or its top where it would not fit. */
  bringIntoView(mark) {
    const marks = this.reading.querySelectorAll("mark.quoted");
    const frame = this.reading.getBoundingClientRect();
    const top = mark.getBoundingClientRect().top - frame.top + this.reading.scrollTop;
    const bottom = marks[marks.length - 1].getBoundingClientRect().bottom - frame.top;
    const height = bottom + this.reading.scrollTop - top;
    const above = Math.max(16, Math.min(frame.height / 3, frame.height - height - 16));
    this.reading.scrollTop = top - above;
  }

  showPlace(page = "") {
    const said = this.opener.matches(".near") ? this.words.passage : this.words.citation;
    const counted = said.replace("{at}", this.at + 1).replace("{all}", this.all.length);
    this.place.textContent = [counted, page].filter(Boolean).join(" · ");
    this.named.replaceChildren();
    append(this.named, this.opener.dataset.named);
    this.bar.classList.toggle("alone", this.all.length === 1);
    this.previous.disabled = this.at <= 0;
    this.next.disabled = this.at >= this.all.length - 1;
  }

  say(what, className = "wait") {
    this.reading.replaceChildren(element("p", className, what));
  }

  step(by) {
    const to = this.all[this.at + by];
    if (to) this.open(to, { focus: this.reading.contains(document.activeElement) });
  }

  close() {
    if (!this.isOpen) return;
    this.root.hidden = this.shade.hidden = true;
    document.body.classList.remove("reading-source");
    showCurrent(null);
    // The chip may have been written anew meanwhile; then there is nothing to go back to.
    if (this.opener?.isConnected) this.opener.focus({ preventScroll: !PHONE.matches });
    this.opener = null;
  }

  onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowLeft") this.step(-1);
    else if (event.key === "ArrowRight") this.step(1);
    else if (event.key === "Tab" && PHONE.matches) this.keepFocus(event);
  }

  /** On a phone the panel covers the page, so the focus stays in it. */
  keepFocus(event) {
    const stops = [...this.root.querySelectorAll("button:enabled, a[href], [tabindex='0']")];
    const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
  }
}

/** The citations of the same answer, each quote once, by number. */
function citationsBeside(opener) {
  const found = new Map();
  for (const one of opener.closest(".turn").querySelectorAll("button.open")) {
    if (!found.has(one.dataset.n)) found.set(one.dataset.n, one);
  }
  return [...found.values()].sort((a, b) => a.dataset.n - b.dataset.n);
}

function sameQuote(one, other) {
  return one.dataset.n === other.dataset.n;
}

function quoteOf(button, kind) {
  return { start: Number(button.dataset.start), end: Number(button.dataset.end), kind };
}

function pageAt(briefing, offset) {
  return briefing.blocks.find((block) => block.start <= offset && offset < block.end)?.page;
}

/** Mark the chips of the citation that is open. */
function showCurrent(opener) {
  for (const one of document.querySelectorAll("button.open[aria-expanded]")) {
    one.removeAttribute("aria-expanded");
  }
  if (!opener) return;
  for (const one of opener.closest(".turn").querySelectorAll("button.open")) {
    if (sameQuote(one, opener)) one.setAttribute("aria-expanded", "true");
  }
}
