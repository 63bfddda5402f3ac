"""The page: Gradio's components, what happens when a question is asked, and where it is served."""

from __future__ import annotations

import html
import json
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import gradio as gr
from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from assistant import messages
from assistant.answer import Answer, from_json
from assistant.assembly import Desk
from assistant.home import SAMPLE_PREFIX
from assistant.web import rendering
from corpus.errors import AttacheError, NotFound

STATIC = Path(__file__).parent / "static"
# Gradio answers one person at a time unless told otherwise.
AT_ONCE = 100

_FONT = ["system-ui", "sans-serif"]
_log = logging.getLogger(__name__)

# Buttons that we write ourselves reach Python through Gradio's own events.
_ON_CLICK = """
element.addEventListener('click', (event) => {
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
            yield from self.ask(question, conversation_id)

    def renew(self) -> View:
        """Begin a new conversation."""
        return self._view("", [self._welcome()])

    def ask(
        self, question: str, conversation_id: str, without: Sequence[str] = ()
    ) -> Iterator[View]:
        """Answer `question`, not narrowed by `without`, step by step."""
        if not question.strip():
            yield View(gr.skip(), gr.skip(), conversation_id, gr.skip())
            return
        try:
            turns = self._turns(conversation_id)
            earlier = [rendering.turn(turn, last=False) for turn in turns]
            for answer, status in self._steps(question, conversation_id, without):
                if answer:
                    yield self._view(answer.conversation_id, self._shown([*turns, answer]))
                else:
                    waiting = rendering.pending(question, status)
                    yield self._view(conversation_id, [*earlier, waiting], busy=True)
        except AttacheError as error:
            yield self._failed(question, conversation_id, error.cause, error.mend)
        except Exception:
            # The edge of the program: whoever asks must get the page back, whatever broke.
            _log.exception("a question in the browser chat failed")
            cause, mend = messages.WEB_FAULT, messages.WEB_FAULT_MEND
            yield self._failed(question, conversation_id, cause, mend)

    def ask_example(self, event: gr.EventData, conversation_id: str) -> Iterator[View]:
        """Ask the question on a button."""
        asked = event._data
        without = rendering.without_of(str(asked.get("without", "")))
        yield from self.ask(str(asked["question"]), conversation_id, without)

    def _steps(
        self, question: str, conversation_id: str, without: Sequence[str]
    ) -> Iterator[tuple[Answer | None, str]]:
        """How far the answer is, and at last the answer."""
        yield None, messages.WEB_SEARCHING
        steps = self._desk.assistant.stream(question, conversation_id, without=without)
        for event in steps:
            if event.kind == "answer":
                yield from_json(event.data), ""
            elif event.kind == "status" and event.data["stage"] == "reading":
                yield None, messages.reading(event.data["passages"], event.data["briefings"])

    def _failed(self, question: str, conversation_id: str, cause: str, mend: str) -> View:
        """The failure, and the question back in its box."""
        try:
            turns = self._turns(conversation_id)
        except AttacheError:
            turns = ()
        shown = [rendering.turn(turn, last=False) for turn in turns]
        view = self._view(conversation_id, [*shown, rendering.failure(question, cause, mend)])
        return view._replace(question=gr.Textbox(question, interactive=True))

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
        placeholder = messages.WEB_PLACEHOLDER_NEXT if conversation_id else messages.WEB_PLACEHOLDER
        return View(
            masthead=rendering.masthead(self._desk.library.holdings()),
            conversation=rendering.conversation(conversation_id, parts),
            conversation_id=conversation_id,
            question=gr.Textbox("", interactive=not busy, placeholder=placeholder),
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
