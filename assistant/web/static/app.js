// What the chat page does by itself; questions and answers are Gradio's and Python's.

import { Glimpse } from "./glimpse.js";
import { fetchBriefing, Panel } from "./panel.js";

const words = JSON.parse(document.querySelector("meta[name='attache-words']").content);
const panel = new Panel(words);
const glimpse = new Glimpse();

// Answers come and go, so the page listens, not each chip.
const openerOf = (event) => event.target.closest?.("button.open");

document.addEventListener("click", (event) => {
  const opener = openerOf(event);
  if (!opener) return;
  glimpse.hide();
  panel.open(opener);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (glimpse.chip) glimpse.hide();
  else if (panel.isOpen) panel.close();
  else document.querySelector("#question .stop-button")?.click();
});

for (const coming of ["mouseover", "focusin"]) {
  document.addEventListener(coming, (event) => {
    const opener = openerOf(event);
    if (!opener) return;
    // So that the click finds the briefing here already; a failure shows at the click.
    fetchBriefing(opener.dataset.briefing, opener.dataset.version).catch(() => {});
    if (opener.matches(".cite") && (coming === "mouseover" || opener.matches(":focus-visible"))) {
      glimpse.show(opener);
    }
  });
}
for (const going of ["mouseout", "focusout", "scroll"]) {
  document.addEventListener(going, () => glimpse.hide(), true);
}

/** Keep the conversation's id in the address: a reload goes on with it, a link leads to it. */
function keepAddress(id) {
  const address = new URL(location.href);
  if ((address.searchParams.get("c") ?? "") === id && !address.searchParams.has("q")) return;
  address.search = id ? `?c=${id}` : "";
  history.replaceState(null, "", address);
}

/** A new turn at the top of the window if it is long, else wholly in view. */
function showTurn(turn) {
  const long = turn.offsetHeight > innerHeight * 0.6;
  turn.scrollIntoView({ block: long ? "start" : "end" });
  leftAt = scrollY;
}

// Where the page was scrolled to for the turn that is growing; whoever scrolls away is left alone.
let leftAt = 0;
let shown = "";
let count = 0;
function onConversation(turns) {
  const id = turns.dataset.conversation;
  const turn = turns.querySelector(".turn:last-child");
  const said = turn?.querySelectorAll(".said p").length;
  const end = turn?.querySelector(".status, .notice, .failure")?.className;
  const now = [turn?.id, turns.childElementCount, said, end].join();
  if (now === shown) return;
  const isFirst = !shown;
  const isSameTurn = count === turns.childElementCount;
  shown = now;
  count = turns.childElementCount;
  if (id) keepAddress(id);
  if (turns.querySelector(".welcome")) {
    panel.close();
    if (!isFirst) keepAddress("");
  }
  if (turn && !(isSameTurn && Math.abs(scrollY - leftAt) > 4)) showTurn(turn);
  focusQuestion();
}

/** Gradio disables the box while a question is worked on, which loses the focus. */
function focusQuestion() {
  requestAnimationFrame(() => {
    const box = document.querySelector("#question textarea");
    if (box && !box.disabled && document.activeElement === document.body) {
      box.focus({ preventScroll: true });
    }
  });
}

// Gradio closes what was disclosed whenever the conversation changes; here it stays open.
const disclosed = new Set();
const nameOf = (details) => `${details.closest(".turn").id} ${details.className}`;
document.addEventListener("click", (event) => {
  const details = event.target.closest?.("#conversation summary")?.parentElement;
  if (details?.open) disclosed.delete(nameOf(details));
  else if (details) disclosed.add(nameOf(details));
});
function keepDisclosed(turns) {
  for (const details of turns.querySelectorAll("details:not([open])")) {
    if (disclosed.has(nameOf(details))) details.open = true;
  }
}

new MutationObserver(() => {
  const turns = document.querySelector("#conversation .turns");
  if (!turns) return;
  onConversation(turns);
  keepDisclosed(turns);
}).observe(document.body, {
  childList: true,
  subtree: true,
  attributeFilter: ["data-conversation", "open"],
});
