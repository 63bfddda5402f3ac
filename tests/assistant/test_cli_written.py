"""Answers that a language model writes, on the command line."""

from __future__ import annotations

import io
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from assistant import messages
from assistant.assembly import Desk
from assistant.cli import opening
from assistant.models.model import Usage
from tests.assistant.model_made import PATIENCE, ScriptedModel, writing
from tests.conftest import Ran

Attache = Callable[..., Ran]
OpenWith = Callable[[ScriptedModel], None]

COST = "How much did the rail line in Uruguay cost?"
BORNE = ("The work cost $94m and took three years.", "$94m")
WRONG = ("The work cost $49m.", "$94m")
DROPPED = "1 statement was dropped: the briefings do not bear it."


@pytest.fixture
def open_with(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> OpenWith:
    """Commands open the small library with this model."""

    def opened(model: ScriptedModel) -> None:
        @contextmanager
        def open_desk(*_: object) -> Iterator[Desk]:
            yield replace(desk, assistant=writing(desk.assistant, model))

        monkeypatch.setattr(opening, "open_desk", open_desk)

    return opened


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard output is taken for a terminal wide enough for any line."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "400")


def plain(text: str) -> str:
    """What a terminal shows, without colours."""
    return re.sub(r"\x1b\[[\d;]*m", "", text)


def printed() -> str:
    """What has been written to standard output so far, left there."""
    assert isinstance(sys.stdout, io.TextIOWrapper)
    sys.stdout.flush()
    buffer = sys.stdout.buffer
    assert isinstance(buffer, io.BytesIO)
    return plain(buffer.getvalue().decode())


def wait_until_printed(words: str) -> None:
    """Wait until somebody who watches can read it."""
    ends = time.monotonic() + PATIENCE
    while words not in printed():
        assert time.monotonic() < ends, f"{words!r} does not come"
        time.sleep(0.02)


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_statements_come_as_they_are_written(
    attache: Attache, open_with: OpenWith
) -> None:
    """The first stands there before the second is written; sources follow the last."""
    seen = []
    open_with(ScriptedModel(BORNE, WRONG, before=lambda _: seen.append(printed())))
    out = plain(attache("ask", COST).out)
    assert BORNE[0] not in seen[0]
    assert f"{BORNE[0]} [1]\n" in seen[1]
    assert out.count(BORNE[0]) == 1
    assert out.index("[1] Uruguay reopens") > out.index(BORNE[0])
    assert WRONG[0] not in out


def test_piped_on_it_comes_at_once_and_is_the_same(
    attache: Attache, open_with: OpenWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To a file goes what a terminal shows, but for the colours."""
    open_with(ScriptedModel(BORNE, WRONG))
    piped = attache("ask", COST)
    assert DROPPED in piped.err
    assert "--details" in piped.err
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "400")
    watched = attache("ask", COST)
    assert plain(watched.out) == piped.out


def test_details_show_what_was_dropped_and_what_it_took(
    attache: Attache, open_with: OpenWith
) -> None:
    """Each dropped statement with its reason; tokens, cost and times."""
    open_with(ScriptedModel(BORNE, WRONG, usage=Usage(1204, 56, estimated=True, cost=0.00021)))
    ran = attache("ask", COST, "--details")
    details = ran.out[ran.out.index(DROPPED) :].splitlines()
    assert details[1] == f"- {WRONG[0]}"
    assert messages.FAULTS["number"] in details[2]
    assert f"Wording: by {ScriptedModel.name}, checked against the quotes" in details
    assert "Tokens: ≈ 1,204 read, ≈ 56 written" in details
    assert "Cost: 0.00021, in the currency of the prices set" in details
    assert details[-1].startswith("Time: ")
    assert DROPPED not in ran.err


def test_what_must_be_known_of_it_is_said(attache: Attache, open_with: OpenWith) -> None:
    """A model that says nothing that is borne gives way to the briefings' own words."""
    open_with(ScriptedModel(WRONG))
    out = attache("ask", COST).out
    assert messages.model_not_borne(ScriptedModel.name, 1) in out
    assert "$94m" in out


@pytest.mark.usefixtures("terminal")
def test_ctrl_c_stops_the_answer_and_not_the_chat(
    attache: Attache, open_with: OpenWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was verified stays, with a word that it is not whole; the next line is read."""
    interrupted = signal.getsignal(signal.SIGINT)

    def interrupt(written: int) -> None:
        if written == 1:
            wait_until_printed(BORNE[0])
            signal.raise_signal(signal.SIGINT)

    model = ScriptedModel(BORNE, before=interrupt, is_endless=True)
    open_with(model)
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{COST}\n/details\n"))
    ran = attache("chat")
    out = plain(ran.out)
    assert ran.code == 0
    assert model.closed.wait(PATIENCE)
    assert not model.finished.is_set()
    assert out.index(BORNE[0]) < out.index(messages.MODEL_STOPPED) < out.index("[1] Uruguay")
    assert "Wording: by scripted" in out
    assert signal.getsignal(signal.SIGINT) is interrupted


@pytest.mark.usefixtures("terminal")
def test_ctrl_c_before_a_word_leaves_the_conversation_as_it_was(
    attache: Attache, open_with: OpenWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was said, so there is nothing to show details of."""
    open_with(ScriptedModel(before=lambda _: signal.raise_signal(signal.SIGINT), is_endless=True))
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{COST}\n/details\n"))
    out = plain(attache("chat").out)
    assert messages.MODEL_STOPPED in out
    assert messages.CHAT_NO_DETAILS in out


def test_chat_says_how_to_see_what_was_dropped(
    attache: Attache, open_with: OpenWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line beside the answer, and the command that it names."""
    open_with(ScriptedModel(BORNE, WRONG))
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"/details\n{COST}\n/details\n"))
    ran = attache("chat")
    assert messages.CHAT_NO_DETAILS in ran.out
    assert f"{DROPPED} {messages.CHAT_HOW_DROPPED}" in ran.err
    assert f"- {WRONG[0]}" in ran.out
