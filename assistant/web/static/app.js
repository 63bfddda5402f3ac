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
  else panel.close();
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
}

let shown = "";
function onConversation(turns) {
  const id = turns.dataset.conversation;
  const turn = turns.querySelector(".turn:last-child");
  const now = [turn?.id, turns.childElementCount, turn?.querySelector(".status, .failure")?.className].join();
  if (now === shown) return;
  const isFirst = !shown;
  shown = now;
  if (id) keepAddress(id);
  if (turns.querySelector(".welcome")) {
    panel.close();
    if (!isFirst) keepAddress("");
  }
  if (turn) showTurn(turn);
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

new MutationObserver(() => {
  const turns = document.querySelector("#conversation .turns");
  if (turns) onConversation(turns);
}).observe(document.body, { childList: true, subtree: true, attributeFilter: ["data-conversation"] });
