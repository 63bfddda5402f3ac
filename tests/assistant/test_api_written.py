"""Answers that a language model writes, over the HTTP API."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import httpx
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from assistant import messages
from assistant.answer import Answer
from assistant.api import create_app, examples
from assistant.assembly import Desk
from tests.assistant.model_made import PATIENCE, ScriptedModel, writing
from tests.serving import serving

COST = "How much did the rail line in Uruguay cost?"
BORNE = ("The work cost $94m and took three years.", "$94m")
WRONG = ("The work cost $49m.", "$94m")


def client_of(desk: Desk, model: ScriptedModel) -> TestClient:
    app = create_app(replace(desk, assistant=writing(desk.assistant, model)), web=False)
    return TestClient(app, base_url="http://127.0.0.1:7860")


@contextmanager
def streaming(
    desk: Desk, model: ScriptedModel, conversation_id: str = ""
) -> Iterator[Iterator[str]]:
    """The lines of a stream over real HTTP, whose connection is closed behind the block."""
    app = create_app(replace(desk, assistant=writing(desk.assistant, model)), web=False)
    asked = {"question": COST, "stream": True, "conversation_id": conversation_id}
    with (
        serving(app) as address,
        httpx.stream("POST", f"{address}/api/ask", json=asked, timeout=PATIENCE) as response,
    ):
        yield response.iter_lines()


def test_an_answer_says_how_it_was_made(desk: Desk) -> None:
    """Who wrote it, what was dropped and why, and what it took."""
    answer = client_of(desk, ScriptedModel(BORNE, WRONG)).post(
        "/api/ask", json={"question": COST}
    ).json()  # fmt: skip
    assert answer["composer"] == ScriptedModel.name
    assert answer["notice"] == ""
    (dropped,) = answer["dropped"]
    assert dropped["text"] == WRONG[0]
    assert "number" in dropped["faults"]
    assert answer["usage"] == {
        "prompt_tokens": 1204, "completion_tokens": 56, "estimated": False, "cost": None,
        "cached": False,
    }  # fmt: skip


def test_events_come_in_the_order_documented(desk: Desk) -> None:
    """As in the example of the documentation."""
    response = client_of(desk, ScriptedModel(BORNE, WRONG)).post(
        "/api/ask", json={"question": COST, "stream": True}
    )  # fmt: skip

    def read(text: str) -> list[tuple[str, object, set[str]]]:
        found = []
        for block in text.strip().split("\n\n"):
            kind, data = (line.split(": ", 1)[1] for line in block.split("\n"))
            found.append((kind, json.loads(data).get("stage"), set(json.loads(data))))
        return found

    assert read(response.text) == read(examples.STREAMED)


def test_the_example_is_an_answer(desk: Desk) -> None:
    """The description of the API shows one of its own form."""
    described = client_of(desk, ScriptedModel()).get("/api/openapi.json").json()
    content = described["paths"]["/api/ask"]["post"]["responses"]["200"]["content"]
    example = TypeAdapter(Answer).validate_python(content["application/json"]["example"])
    assert example.dropped
    cited = example.citations[0]
    assert len(cited.quote) == cited.end - cited.start


def test_a_reader_who_leaves_ends_the_reply(desk: Desk) -> None:
    """In the middle of it: the model stops, and what was verified is in the conversation."""
    conversation = desk.assistant.ask(COST).conversation_id
    model = ScriptedModel(BORNE, is_endless=True)
    with streaming(desk, model, conversation) as lines:
        next(line for line in lines if line == "event: statement")
        assert not model.closed.is_set()
    assert model.closed.wait(PATIENCE)
    assert not model.finished.is_set()
    turn = second_turn(desk, conversation)
    assert turn.statements[0].text == BORNE[0]
    assert turn.notice == messages.MODEL_STOPPED


def test_a_reader_who_leaves_before_the_first_word_ends_it_too(desk: Desk) -> None:
    """Nobody waits for what nobody reads."""
    asked = threading.Event()
    model = ScriptedModel(before=lambda _: asked.set(), is_endless=True)
    with streaming(desk, model) as lines:
        next(line for line in lines if "checking" in line)
        assert asked.wait(PATIENCE)
    assert model.closed.wait(PATIENCE)
    assert not model.finished.is_set()


def second_turn(desk: Desk, conversation: str) -> Answer:
    """The second turn of a conversation, once it is there."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        turns = desk.assistant.conversations.get(conversation).turns
        if len(turns) == 2:
            return turns[1]
        time.sleep(0.05)
    raise AssertionError("the turn is not kept")
