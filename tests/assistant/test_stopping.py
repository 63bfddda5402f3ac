"""An answer that is stopped while a language model writes it."""

from __future__ import annotations

import threading

import pytest

from assistant import messages
from assistant.answer import Answer, from_json
from assistant.assembly import Desk
from assistant.assistant import Assistant, Event
from assistant.coming import Coming
from corpus.errors import LanguageModelError
from tests.assistant.model_made import PATIENCE, ScriptedModel, writing

COST = "How much did the rail line in Uruguay cost?"
BORNE = ("The work cost $94m and took three years.", "$94m")


def stopped_at_first_statement(assistant: Assistant) -> list[Event]:
    """The events of an answer that is stopped once its first statement has come."""
    stop = threading.Event()
    events = []
    for event in assistant.stream(COST, stop=stop):
        events.append(event)
        if event.kind == "statement":
            stop.set()
    return events


def test_what_was_verified_stands_and_is_kept(desk: Desk) -> None:
    """The whole answer is the last event, says so, and is in the conversation; the model ends."""
    model = ScriptedModel(BORNE, is_endless=True)
    events = stopped_at_first_statement(writing(desk.assistant, model))
    assert model.closed.wait(PATIENCE)
    assert not model.finished.is_set()
    answer = from_json(events[-1].data)
    assert [s.text for s in answer.statements] == [BORNE[0]]
    assert answer.notice == messages.MODEL_STOPPED
    assert answer.composer == model.name
    assert desk.assistant.conversations.answer(answer.answer_id) == answer


def test_nothing_verified_is_no_answer(desk: Desk) -> None:
    """A model that has said nothing yet is left at once, however long it would have taken."""
    goes_on = threading.Event()
    model = ScriptedModel(BORNE, before=lambda _: goes_on.wait(PATIENCE) and None)
    stop = threading.Event()
    events = []
    for event in writing(desk.assistant, model).stream(COST, stop=stop):
        events.append(event)
        if event.data.get("stage") == "checking":
            threading.Timer(0.2, stop.set).start()
    assert [event.kind for event in events] == ["status", "status", "status"]
    assert not model.closed.is_set()
    goes_on.set()
    assert model.closed.wait(PATIENCE)


def test_unstopped_it_is_as_without(desk: Desk) -> None:
    """The same answer, but for its ids and times, whether it could have been stopped or not."""
    assistant = writing(desk.assistant, ScriptedModel(BORNE))
    stoppable = list(assistant.stream(COST, stop=threading.Event()))
    plain = list(assistant.stream(COST))
    assert [e.data for e in stoppable[:-1]] == [e.data for e in plain[:-1]]
    assert stoppable[-1].data["usage"] == plain[-1].data["usage"]


def test_a_failure_comes_through(desk: Desk) -> None:
    """What goes wrong in the model is said as it is without a way to stop it."""

    def fail(_written: int) -> None:
        raise LanguageModelError("it is tired", "Ask later.")

    assistant = writing(desk.assistant, ScriptedModel(BORNE, before=fail))
    *_, last = assistant.stream(COST, stop=threading.Event())
    answer = from_json(last.data)
    assert "it is tired" in answer.notice
    assert "$94m" in answer.statements[0].text


@pytest.mark.parametrize("is_stopped", [True, False])
def test_an_answer_put_together_from_its_events(desk: Desk, is_stopped: bool) -> None:
    """At every step it is the beginning of the whole, with every number's citation there."""
    model = ScriptedModel(BORNE, is_endless=is_stopped)
    assistant = writing(desk.assistant, model)
    events = stopped_at_first_statement(assistant) if is_stopped else list(assistant.stream(COST))
    coming = Coming(COST)
    seen: list[Answer] = []
    for event in events:
        coming.take(event)
        seen.append(coming.answer)
    whole = seen[-1]
    assert coming.is_whole
    assert whole == from_json(events[-1].data)
    for part in seen:
        assert part.question == COST
        assert part.standalone == whole.standalone
        assert part.filters == whole.filters
        assert part.statements == whole.statements[: len(part.statements)]
        assert part.citations == whole.citations[: len(part.citations)]
        assert {n for s in part.statements for n in s.citations} <= {c.n for c in part.citations}
