"""The page: Gradio's components, what happens when a question is asked, and where it is served."""

from __future__ import annotations

import html
import json
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import gradio as gr
from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from assistant import messages
from assistant.answer import Answer
from assistant.assembly import Desk
from assistant.coming import Coming
from assistant.home import SAMPLE_PREFIX
from assistant.web import rendering
from corpus.errors import AttacheError, NotFound

STATIC = Path(__file__).parent / "static"
# Gradio answers one person at a time unless told otherwise.
AT_ONCE = 100

_FONT = ["system-ui", "sans-serif"]
_log = logging.getLogger(__name__)

# Buttons that we write ourselves reach Python through Gradio's own events. While an answer is
# being made there is none to ask beside it; it can be stopped.
_ON_CLICK = """
element.addEventListener('click', (event) => {
  if (document.querySelector('#conversation [aria-busy]')) return;
  const button = event.target.closest('button');
  if (button?.matches('.ask, .narrowing')) trigger('ask', { ...button.dataset });
  if (button?.matches('.new')) trigger('renew');
});
"""


class View(NamedTuple):
    """What a step changes on the page, in the order of the components."""

    masthead: Any
    conversation: Any
    conversation_id: Any
    question: Any


class _Static(StaticFiles):
    """Our files; the browser asks whether they changed, so an upgrade shows at once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with the header that says so."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


class Chat:
    """What happens on the page.

    Args:
        desk: The opened home.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        # What stops the answer that is being made, by the browser window that asked.
        self._stops: dict[str | None, threading.Event] = {}

    def open(self, request: gr.Request) -> Iterator[View]:
        """Show the conversation that the address names, and ask the question in it."""
        asked = request.query_params
        conversation_id = str(asked.get("c", ""))
        try:
            turns = self._turns(conversation_id)
        except NotFound as missing:
            notice = rendering.failure("", missing.cause, messages.WEB_BEGIN)
            yield self._view("", [notice, self._welcome()])
            return
        yield self._view(conversation_id, self._shown(turns))
        if question := str(asked.get("q", "")).strip():
            yield from self.ask(question, conversation_id, request)

    def renew(self) -> View:
        """Begin a new conversation."""
        return self._view("", [self._welcome()])

    def ask(
        self,
        question: str,
        conversation_id: str,
        request: gr.Request,
        without: Sequence[str] = (),
    ) -> Iterator[View]:
        """Answer `question`, not narrowed by `without`, step by step."""
        if not question.strip():
            yield View(gr.skip(), gr.skip(), conversation_id, gr.skip())
            return
        stop = self._stops[request.session_hash] = threading.Event()
        try:
            yield from self._answer(question, conversation_id, without, stop)
        except AttacheError as error:
            yield self._failed(question, conversation_id, error.cause, error.mend)
        except Exception:
            # The edge of the program: whoever asks must get the page back, whatever broke.
            _log.exception("a question in the browser chat failed")
            cause, mend = messages.WEB_FAULT, messages.WEB_FAULT_MEND
            yield self._failed(question, conversation_id, cause, mend)
        finally:
            stop.set()
            self._stops.pop(request.session_hash, None)

    def ask_example(
        self, event: gr.EventData, conversation_id: str, request: gr.Request
    ) -> Iterator[View]:
        """Ask the question on a button."""
        asked = event._data
        without = rendering.without_of(str(asked.get("without", "")))
        yield from self.ask(str(asked["question"]), conversation_id, request, without)

    def stop(self, request: gr.Request) -> None:
        """Stop the answer that is being made for this window; what was verified stays."""
        if stop := self._stops.get(request.session_hash):
            stop.set()

    def _answer(
        self, question: str, conversation_id: str, without: Sequence[str], stop: threading.Event
    ) -> Iterator[View]:
        turns = self._turns(conversation_id)
        earlier = [rendering.turn(turn, last=False) for turn in turns]
        coming = Coming(question)
        steps = self._desk.assistant.stream(question, conversation_id, without=without, stop=stop)
        with closing(steps):
            # Whatever has not begun yet begins with a search.
            yield self._pending(conversation_id, earlier, coming)
            for event in steps:
                coming.take(event)
                if event.kind in ("status", "statement"):
                    yield self._pending(conversation_id, earlier, coming)
        if coming.is_whole:
            answer = coming.answer
            yield self._view(answer.conversation_id, self._shown([*turns, answer]))
            return
        view = self._view(conversation_id, [*earlier, rendering.stopped(question)])
        yield view._replace(question=self._box(conversation_id, question))

    def _pending(self, conversation_id: str, earlier: Sequence[str], coming: Coming) -> View:
        waiting = rendering.pending(coming.answer, messages.progress(coming.status))
        return self._view(conversation_id, [*earlier, waiting], busy=True)

    def _failed(self, question: str, conversation_id: str, cause: str, mend: str) -> View:
        """The failure, and the question back in its box."""
        try:
            turns = self._turns(conversation_id)
        except AttacheError:
            turns = ()
        shown = [rendering.turn(turn, last=False) for turn in turns]
        view = self._view(conversation_id, [*shown, rendering.failure(question, cause, mend)])
        return view._replace(question=self._box(conversation_id, question))

    def _turns(self, conversation_id: str) -> tuple[Answer, ...]:
        if not conversation_id:
            return ()
        return self._desk.assistant.conversations.get(conversation_id).turns

    def _shown(self, turns: tuple[Answer, ...] | list[Answer]) -> list[str]:
        if not turns:
            return [self._welcome()]
        return [rendering.turn(turn, last=turn is turns[-1]) for turn in turns]

    def _welcome(self) -> str:
        library = self._desk.library
        # The examples are answered by the samples; to another library they mean nothing.
        examples = messages.EXAMPLES if library.keys(SAMPLE_PREFIX) else ()
        return rendering.welcome(library.holdings(), examples)

    def _view(self, conversation_id: str, parts: list[str], busy: bool = False) -> View:
        return View(
            masthead=rendering.masthead(self._desk.library.holdings()),
            conversation=rendering.conversation(conversation_id, parts, busy),
            conversation_id=conversation_id,
            question=self._box(conversation_id, busy=busy),
        )

    @staticmethod
    def _box(conversation_id: str, question: str = "", busy: bool = False) -> gr.Textbox:
        """The question's box; while an answer is being made, a way to stop it instead."""
        return gr.Textbox(
            question,
            interactive=not busy,
            placeholder=messages.WEB_PLACEHOLDER_NEXT
            if conversation_id
            else messages.WEB_PLACEHOLDER,
            submit_btn=not busy,
            stop_btn=messages.WEB_STOP if busy else False,
        )


def build(desk: Desk) -> gr.Blocks:
    """The page over `desk`."""
    chat = Chat(desk)
    page = gr.Blocks(title=messages.WEB_TITLE, analytics_enabled=False)
    with page:
        masthead = gr.HTML(elem_id="masthead", js_on_load=_ON_CLICK, apply_default_css=False)
        conversation = gr.HTML(
            elem_id="conversation", js_on_load=_ON_CLICK, apply_default_css=False
        )
        question = gr.Textbox(
            elem_id="question",
            label=messages.WEB_QUESTION,
            placeholder=messages.WEB_PLACEHOLDER,
            show_label=False,
            max_lines=6,
            submit_btn=True,
            autofocus=True,
        )
        conversation_id = gr.State("")
        outputs = [masthead, conversation, conversation_id, question]
        given: dict[str, Any] = {
            "outputs": outputs,
            "api_visibility": "private",
            "show_progress": "hidden",
            "concurrency_limit": AT_ONCE,
        }
        page.load(chat.open, **given)
        question.submit(chat.ask, [question, conversation_id], **given)
        conversation.ask(chat.ask_example, [conversation_id], **given)
        masthead.renew(chat.renew, **given)
        question.stop(chat.stop, queue=False, api_visibility="private", show_progress="hidden")
        # A window that is closed reads no more.
        page.unload(chat.stop)
    return page


def mount(app: FastAPI, desk: Desk) -> FastAPI:
    """Serve the page at "/" of `app`, and our files beside it."""
    app.mount("/web", _Static(directory=STATIC), name="web")
    served: FastAPI = gr.mount_gradio_app(
        app,
        build(desk),
        path="/",
        theme=gr.themes.Base(font=_FONT, font_mono=["ui-monospace", "monospace"]),
        head=_head(),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        enable_monitoring=False,
    )
    return served


def _head() -> str:
    words = html.escape(json.dumps(messages.WEB_PANEL))
    return (
        f'<meta name="attache-words" content="{words}">'
        '<link rel="stylesheet" href="web/app.css">'
        '<script type="module" src="web/app.js"></script>'
    )
