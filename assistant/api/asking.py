"""Routes of questions: ask, search, conversations, answers, feedback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response, StreamingResponse

from assistant import as_json
from assistant.answer import Answer
from assistant.api.problems import of_error
from assistant.api.requests import AskRequest, FeedbackRequest, QueryFilters
from assistant.api.state import OpenDesk
from assistant.assistant import Event
from assistant.question import LONGEST_QUESTION
from corpus.errors import AttacheError

EVENTS = "text/event-stream"

router = APIRouter(prefix="/api", tags=["questions"])


@router.post(
    "/ask",
    response_model=Answer,
    responses={200: {"content": {EVENTS: {"schema": {"type": "string"}}}}},
)
def ask(desk: OpenDesk, asked: AskRequest) -> Response:
    """Answer a question, each sentence with its source, or say why not.

    With `stream`, events come as they happen: `status`, then `statement` and `citation`, then
    the whole `answer`; `error` holds a problem and is the last.
    """
    filters = asked.filters.filters()
    if not asked.stream:
        answer = desk.assistant.ask(asked.question, asked.conversation_id, filters, asked.without)
        return JSONResponse(answer.to_json())
    steps = desk.assistant.stream(asked.question, asked.conversation_id, filters, asked.without)
    # The first step is taken here, so that a wrong question gets a status of its own.
    begun = chain([next(steps)], steps)
    return StreamingResponse(_events(begun), media_type=EVENTS, headers={"X-Accel-Buffering": "no"})


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
