"""The same in several briefings counts once; what is at odds is shown from both sides, dated."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, from_json
from tests.assistant.conftest import OpenLibrary, briefing

GRAIN = "Kenya bought 300,000 tonnes of maize from Zambia under a contract of two years."
FIRST = briefing(
    "Maize for Nairobi", "2023-03-03", GRAIN, "The harvest in the Rift Valley had failed."
)
SECOND = briefing("Zambia sells its surplus", "2023-04-10", "Lusaka has had a good year.", GRAIN)
THIRD = briefing(
    "East Africa's week",
    "2023-05-02",
    "Kenya bought 300,000 tonnes of maize from Zambia, under a contract of two years.",
)
ASKED = "How much maize did Kenya buy from Zambia?"


def sources(answer: Answer) -> list[str]:
    return [c.title for c in answer.citations]


def test_what_several_briefings_say_is_said_once(open_library: OpenLibrary) -> None:
    """One statement, cited from the earliest, and how many more say so; not within the quote."""
    desk = open_library(third=THIRD, second=SECOND, first=FIRST)
    answer = desk.assistant.ask(ASKED)
    assert [s.text for s in answer.statements] == [GRAIN]
    assert sources(answer) == ["Maize for Nairobi"]
    also = [desk.library.get(i).title for i in answer.citations[0].also]
    assert also == ["Zambia sells its surplus", "East Africa's week"]
    assert answer.text == f"{GRAIN} [1] (and 2 more briefings say so)"
    assert answer.citations[0].quote == GRAIN
    assert not answer.differs


def test_the_count_is_kept_with_the_turn(open_library: OpenLibrary) -> None:
    """A conversation read again knows it, and so do API and `--json`, which have its form."""
    desk = open_library(first=FIRST, second=SECOND)
    answer = desk.assistant.ask(ASKED)
    plain = answer.to_json()
    assert len(plain["citations"][0]["also"]) == 1
    assert from_json(plain) == answer
    assert desk.assistant.conversations.answer(answer.answer_id) == answer
    del plain["citations"][0]["also"]
    assert from_json(plain).citations[0].also == ()


def test_briefings_at_odds_are_both_shown(open_library: OpenLibrary) -> None:
    """Two figures for one thing: both sentences, by date, and it is said that they differ."""
    later = "Kenya bought 450,000 tonnes of maize from Zambia under a contract of two years."
    desk = open_library(
        later=briefing("Maize again", "2023-06-05", later), first=FIRST, second=SECOND
    )
    answer = desk.assistant.ask(ASKED)
    assert [s.text for s in answer.statements] == [GRAIN, later]
    assert sources(answer) == ["Maize for Nairobi", "Maize again"]
    assert answer.differs
    assert answer.text == (
        "The briefings differ. "
        f"3 March 2023: {GRAIN} [1] (and 1 more briefing says so) 5 June 2023: {later} [2]"
    )


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "When did the port of Mombasa reopen?",
            "The port of Mombasa reopened on 3 May 2023 after the strike.",
            "The port of Mombasa reopened on 8 May 2023 after the strike.",
        ),
        (
            "Did Kenya sign the grain treaty with Zambia?",
            "Kenya signed the grain treaty with Zambia in Lusaka.",
            "Kenya has not signed the grain treaty with Zambia.",
        ),
        (
            "Who leads the delegation of Kenya?",
            "The delegation of Kenya in the grain talks is led by Mary Wanjiru.",
            "The delegation of Kenya in the grain talks is led by Peter Otieno.",
        ),
    ],
)
def test_days_names_and_denials_are_at_odds(
    open_library: OpenLibrary, question: str, one: str, other: str
) -> None:
    """A day where it is asked when, a name where it is asked who, a yes and a no."""
    desk = open_library(
        b=briefing("Second report", "2023-09-01", other),
        a=briefing("First report", "2023-06-01", one),
    )
    answer = desk.assistant.ask(question)
    assert answer.differs
    assert [s.text for s in answer.statements] == [one, other]


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "What did Kenya's exports of tea reach?",
            "Kenya's exports of tea reached 450,000 tonnes in 2021.",
            "Kenya's exports of tea reached 520,000 tonnes in 2022.",
        ),
        (
            "How much maize did Kenya buy?",
            "Kenya bought 300,000 tonnes of maize from Zambia.",
            "Kenya bought 120,000 tonnes of maize from Tanzania.",
        ),
        (
            "What did Kenya do about maize?",
            "Kenya bought 300,000 tonnes of maize from Zambia.",
            "Kenya fixed the price of maize flour at 180 shillings a bag.",
        ),
    ],
)
def test_what_is_of_another_time_place_or_thing_is_not_at_odds(
    open_library: OpenLibrary, question: str, one: str, other: str
) -> None:
    """Two years, two sellers, two measures: nothing is contradicted."""
    desk = open_library(
        a=briefing("First report", "2022-06-01", one),
        b=briefing("Second report", "2023-06-01", other),
    )
    answer = desk.assistant.ask(question)
    assert not answer.differs
    assert len(answer.statements) == 1


def test_the_latest_is_still_the_newest(open_library: OpenLibrary) -> None:
    """Asked for the latest, the newest stands alone: what was is no contradiction."""
    desk = open_library(
        a=briefing("First", "2023-06-01", "Kenya's central bank rate stands at 9.5%."),
        b=briefing("Second", "2023-12-01", "Kenya's central bank rate stands at 12.5%."),
    )
    answer = desk.assistant.ask("What is the latest on Kenya's central bank rate?")
    assert [s.text for s in answer.statements] == ["Kenya's central bank rate stands at 12.5%."]
    assert not answer.differs
