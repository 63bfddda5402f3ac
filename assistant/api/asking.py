"""Routes of questions: ask, search, conversations, answers, feedback."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import suppress
from itertools import chain
from typing import Annotated, Any

from anyio import CancelScope, to_thread
from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from assistant import as_json
from assistant.answer import Answer
from assistant.api.examples import ANSWER, STREAMED
from assistant.api.problems import of_error
from assistant.api.requests import AskRequest, FeedbackRequest, QueryFilters
from assistant.api.state import OpenDesk
from assistant.assistant import Event
from assistant.question import LONGEST_QUESTION
from corpus.errors import AttacheError

EVENTS = "text/event-stream"


class _WhileRead(StreamingResponse):
    """A stream of events that is stopped as soon as nobody reads it any more.

    Args:
        first: The first step, which has been taken.
        steps: The others; the next one may be long in coming.
        stop: Stops their making while the next one is waited for.
    """

    def __init__(self, first: Event, steps: Generator[Event], stop: threading.Event) -> None:
        events = _in_threads(_events(chain([first], steps)))
        super().__init__(events, media_type=EVENTS, headers={"X-Accel-Buffering": "no"})
        self._steps = steps
        self._stop = stop

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them, until all are sent or the reader is gone."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            with CancelScope(shield=True):
                await to_thread.run_sync(self._end)

    def _end(self) -> None:
        self._stop.set()
        # Steps that are being waited for cannot be closed; they end by themselves now.
        with suppress(ValueError):
            self._steps.close()


router = APIRouter(prefix="/api", tags=["questions"])


@router.post(
    "/ask",
    response_model=Answer,
    responses={
        200: {
            "content": {
                "application/json": {"example": ANSWER.to_json()},
                EVENTS: {"schema": {"type": "string"}, "example": STREAMED},
            }
        }
    },
)
def ask(desk: OpenDesk, asked: AskRequest) -> Response:
    """Answer a question, each sentence with its source, or say why not.

    With `stream`, events come as they happen: `status`, then each `statement` behind the
    `citation`s that are new with it, then the whole `answer`; `error` holds a problem and is the
    last. Whoever closes the connection stops a language model; what was verified by then is kept
    in the conversation.
    """
    filters = asked.filters.filters()
    if not asked.stream:
        answer = desk.assistant.ask(asked.question, asked.conversation_id, filters, asked.without)
        return JSONResponse(answer.to_json())
    stop = threading.Event()
    steps = desk.assistant.stream(
        asked.question, asked.conversation_id, filters, asked.without, stop
    )
    # The first step is taken here, so that a wrong question gets a status of its own.
    return _WhileRead(next(steps), steps, stop)


@router.get("/search")
def search(
    desk: OpenDesk,
    filters: QueryFilters,
    q: Annotated[
        str, Query(min_length=1, max_length=LONGEST_QUESTION, description="What to look for.")
    ],
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> dict[str, Any]:
    """Find passages by meaning and by words, and say how each was found."""
    hits = desk.assistant.search(q, limit, filters)
    return {"query": q, "passages": [as_json.found(hit) for hit in hits]}


@router.get("/conversations/{conversation_id}")
def conversation(desk: OpenDesk, conversation_id: str) -> dict[str, Any]:
    """A conversation with its answers, in order."""
    found = desk.assistant.conversations.get(conversation_id)
    return {
        "id": found.id,
        "title": found.title,
        "created_at": found.created_at,
        "turns": [turn.to_json() for turn in found.turns],
    }


@router.get("/answers/{answer_id}", response_model=Answer)
def answer(desk: OpenDesk, answer_id: str) -> Response:
    """An answer that was given."""
    return JSONResponse(desk.assistant.conversations.answer(answer_id).to_json())


@router.post("/feedback", status_code=204)
def feedback(desk: OpenDesk, given: FeedbackRequest) -> None:
    """Keep what a reader thinks of an answer; it stays in the library's database."""
    desk.assistant.conversations.add_feedback(given.answer_id, given.verdict, given.comment)


def event(kind: str, data: dict[str, Any]) -> str:
    """One server-sent event. JSON in one line, so that no text can end it early."""
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _events(steps: Iterator[Event]) -> Iterator[str]:
    try:
        for step in steps:
            yield event(step.kind, step.data)
    except AttacheError as error:
        yield event("error", of_error(error)[1])


async def _in_threads(events: Iterator[str]) -> AsyncIterator[str]:
    """Each event waited for in a thread, which is left behind where the reader goes meanwhile."""
    while (one := await to_thread.run_sync(next, events, None, abandon_on_cancel=True)) is not None:
        yield one
