"""The only door: questions in, answers or refusals out, every quote to the letter."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from assistant.answer import Answer, Reason, from_json
from assistant.assembly import Desk
from assistant.thresholds import Thresholds
from corpus.errors import NotFound, QuestionError

COST = "How much did the rail line in Uruguay cost?"


def refusal_of(answer: Answer) -> Reason:
    assert answer.refusal is not None
    assert not answer.statements
    assert not answer.citations
    assert answer.text == answer.refusal.message
    return answer.refusal.reason


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (COST, "$94m"),
        ("How many people did the census count?", "11.3 million"),
        ("What did Clara Ibarra ask Brazil to do?", "lay six kilometres of track"),
        ("What does the union of train drivers demand?", "two drivers"),
        ("what pay rise did the operator offer?", "4%"),
    ],
)
def test_answers_in_the_briefings_own_words(desk: Desk, question: str, words: str) -> None:
    """The sentence that answers, cited, and every citation equal to the text at its span."""
    answer = desk.assistant.ask(question)
    assert answer.refusal is None
    assert words in answer.statements[0].text
    for statement in answer.statements:
        assert statement.citations
    for cited in answer.citations:
        body = desk.library.get(cited.briefing_id, cited.version).body
        assert cited.quote == body[cited.start : cited.end]


def test_a_conversation_carries_on(desk: Desk) -> None:
    """A follow-up is searched as a whole question, and both turns are kept."""
    first = desk.assistant.ask("What did the minister of transport, Clara Ibarra, say?")
    second = desk.assistant.ask("What did she ask Brazil?", first.conversation_id)
    assert second.standalone == "What did Clara Ibarra ask Brazil?"
    assert second.conversation_id == first.conversation_id
    kept = desk.assistant.conversations.get(first.conversation_id)
    assert kept.turns == (first, second)
    assert kept.title == first.question


def test_who_said_so_names_the_speaker(desk: Desk) -> None:
    """The sentence that names who said it, from where the answer was cited."""
    first = desk.assistant.ask("How many trains a week would run at first?")
    who = desk.assistant.ask("Who said so?", first.conversation_id)
    assert "Clara Ibarra, said" in who.statements[0].text


def test_who_said_so_of_an_unattributed_sentence(desk: Desk) -> None:
    """The briefing's own words: nobody is made up, its sources are named."""
    first = desk.assistant.ask(COST)
    who = desk.assistant.ask("Who says so?", first.conversation_id)
    assert refusal_of(who) is Reason.NOT_STATED
    assert "Ministry of Transport" in who.text


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What did Mongolia say about the rail line?", Reason.OUTSIDE_PLACES),
        ("What did Uruguay build in 2009?", Reason.OUTSIDE_DATES),
        ("How do I bake sourdough bread?", Reason.NOTHING_FOUND),
        ("Who designed the locomotives of the northern rail line?", Reason.NOT_STATED),
    ],
)
def test_refuses_and_says_why(desk: Desk, question: str, reason: Reason) -> None:
    """Each kind of not knowing has its reason, and says what the library holds."""
    answer = desk.assistant.ask(question)
    assert refusal_of(answer) is reason
    assert "briefings" in answer.text


def test_a_pronoun_for_nobody_is_unclear(desk: Desk) -> None:
    """Nobody was spoken of: the word is asked back."""
    first = desk.assistant.ask("How many people did the census count?")
    answer = desk.assistant.ask("When did he resign?", first.conversation_id)
    assert refusal_of(answer) is Reason.UNCLEAR
    assert "“he”" in answer.text


def test_a_refusals_nearest_are_exact_too(desk: Desk) -> None:
    """What stands nearest is quoted to the letter as well."""
    answer = desk.assistant.ask("Who designed the locomotives of the northern rail line?")
    assert answer.refusal is not None
    assert answer.refusal.nearest
    for near in answer.refusal.nearest:
        body = desk.library.get(near.briefing_id, near.version).body
        assert near.quote == body[near.start : near.end]


def test_streams_the_same_answer_in_steps(desk: Desk) -> None:
    """Status first, then each statement behind its citations, the whole answer last."""
    events = list(desk.assistant.stream(COST))
    kinds = [event.kind for event in events]
    assert kinds == ["status", "status", "status", "citation", "statement", "answer"]
    assert events[0].data["standalone"] == COST
    answer = from_json(events[-1].data)
    assert answer == desk.assistant.conversations.answer(answer.answer_id)
    assert events[4].data == answer.to_json()["statements"][0]
    assert events[3].data == answer.to_json()["citations"][0]


def test_many_ask_at_once(desk: Desk) -> None:
    """From eight threads, everyone gets the answer to their own question."""
    questions = [COST, "How many people did the census count?", "What does the union demand?"] * 8
    alone = {question: desk.assistant.ask(question).text for question in set(questions)}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(desk.assistant.ask, questions))
    assert [a.question for a in answers] == questions
    assert [a.text for a in answers] == [alone[question] for question in questions]
    assert len({a.answer_id for a in answers}) == len(questions)


def test_the_threshold_is_what_decides(desk: Desk) -> None:
    """With a bar nothing can reach, everything is refused; nothing else lets an answer through."""
    strict = replace(desk.assistant, thresholds=Thresholds(enough=1.1))
    assert strict.ask(COST).refusal is not None


def test_no_question_and_no_conversation(desk: Desk) -> None:
    """What cannot be asked is told, not answered."""
    with pytest.raises(QuestionError):
        desk.assistant.ask("  ")
    with pytest.raises(NotFound, match="no conversation"):
        desk.assistant.ask(COST, "no-such-id")
