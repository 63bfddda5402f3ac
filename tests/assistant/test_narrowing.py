"""What in a question narrows the search is used, shown, and can be left out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from assistant.answer import Answer, NarrowingKind, Reason, from_json
from tests.assistant.conftest import OpenLibrary, briefing

COPPER = "What did Zambia say about copper exports in March 2021?"
INSIDE = "The mines minister of Zambia expected sales of the metal abroad to recover."
CROWD = {
    f"crowd{n}": briefing(
        f"Zambia's copper exports, note {n}",
        f"2023-{n:02d}-15",
        f"Zambia said that copper exports had risen for the {n}th time.",
        f"On copper exports Zambia said little else in its note {n}.",
    )
    for n in range(1, 13)
}
THEN = briefing("Lusaka in spring", "2021-03-20", INSIDE)


def shown(answer: Answer) -> list[tuple[str, str, bool]]:
    return [(f.kind, f.text, f.used) for f in answer.filters]


def test_the_words_that_narrow_are_named(open_library: OpenLibrary) -> None:
    """Time with its days, countries and regions as asked; kept with the turn."""
    desk = open_library(a=THEN)
    answer = desk.assistant.ask("What did Zambian mines in the Sahel sell in March 2021?")
    assert shown(answer) == [
        ("period", "in March 2021", True),
        ("place", "Zambian", True),
        ("region", "Sahel", True),
    ]
    period, place, region = answer.filters
    assert (period.since, period.until) == (dt.date(2021, 3, 1), dt.date(2021, 3, 31))
    assert place.places == ("Zambia",)
    assert "Mali" in region.places
    assert from_json(answer.to_json()) == answer
    assert desk.assistant.conversations.answer(answer.answer_id) == answer


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which Andean countries closed a border?", "Andean"),
        ("What did Latin American leaders say?", "Latin American"),
        ("What did Mercosur sign?", None),
    ],
)
def test_regions_narrow_and_organisations_are_names(
    open_library: OpenLibrary, question: str, text: str | None
) -> None:
    """Any country of the Andes will do; of Mercosur only what speaks of Mercosur."""
    answer = open_library(a=THEN).assistant.ask(question)
    assert [f.text for f in answer.filters] == ([text] if text else [])


def test_other_years_do_not_crowd_out_the_one_asked_about(open_library: OpenLibrary) -> None:
    """However much is said in other years, and however like the question."""
    desk = open_library(**CROWD, then=THEN)
    hits = desk.assistant.search(COPPER, desk.assistant.passages)
    assert "Lusaka in spring" not in {hit.briefing.title for hit in hits}
    evidence = desk.assistant.evidence(COPPER).evidence
    assert {e.briefing.title for e in evidence} == {"Lusaka in spring"}


def test_a_region_finds_briefings_on_its_countries(open_library: OpenLibrary) -> None:
    """A region's own name need not stand in what answers, and who speaks of it much is no bar."""
    others = {
        f"n{n}": briefing(
            f"Summit note {n}", "2023-02-01", f"Note {n} on who closed borders in the Andes."
        )
        for n in range(20)
    }
    desk = open_library(
        **others, peru=briefing("Lima", "2023-02-10", "Peru closed its border with Chile.")
    )
    evidence = desk.assistant.evidence("Which borders in the Andes were closed?").evidence
    assert "Peru closed its border with Chile." in {e.text for e in evidence}


def test_a_time_without_briefings_is_still_refused_with_the_nearest(
    open_library: OpenLibrary,
) -> None:
    """Nothing is in it: that is said, and what stands nearest is of another time."""
    answer = open_library(**CROWD).assistant.ask(COPPER)
    assert answer.refusal is not None
    assert answer.refusal.reason is Reason.OUTSIDE_DATES
    assert "copper exports" in answer.refusal.nearest[0].quote


@pytest.mark.parametrize("without", ["period", "in March 2021", "IN MARCH 2021"])
def test_without_its_time_a_question_is_answered_from_any(
    open_library: OpenLibrary, without: str
) -> None:
    """By its kind or by its words; the answer says that it was left out."""
    answer = open_library(**CROWD).assistant.ask(COPPER, without=(without,))
    assert answer.refusal is None
    assert "copper exports" in answer.statements[0].text
    assert shown(answer) == [("period", "in March 2021", False), ("place", "Zambia", True)]


def test_without_its_country_a_question_is_answered_from_any(open_library: OpenLibrary) -> None:
    """A country nothing is about no longer bars what answers otherwise."""
    desk = open_library(
        a=briefing("Coast", "2023-01-01", "The port authority dredged the harbour to 16 metres.")
    )
    asked = "How deep did the port authority of Kenya dredge the harbour?"
    assert desk.assistant.ask(asked).refusal is not None
    answer = desk.assistant.ask(asked, without=(NarrowingKind.PLACE,))
    assert "16 metres" in answer.text


def test_asked_again_as_searched_it_is_not_taken_for_a_follow_up(
    open_library: OpenLibrary,
) -> None:
    """In the same conversation, the question as it was searched means the same again."""
    desk = open_library(**CROWD)
    first = desk.assistant.ask("What did Zambia say in 2023?")
    follow_up = desk.assistant.ask("And in 2021?", first.conversation_id)
    again = desk.assistant.ask(follow_up.standalone, first.conversation_id, without=("period",))
    assert again.standalone == follow_up.standalone
    assert [f.used for f in again.filters] == [False, True]


def test_the_day_of_asking_can_be_another(open_library: OpenLibrary) -> None:
    """A "last month" is reckoned from the day that the assistant is told."""
    desk = open_library(
        old=briefing("Rail", "2021-03-09", "The Senate of Kenya passed the rail bill."),
    )
    asked = "What did the Senate of Kenya pass last month?"
    then = replace(desk.assistant, today=lambda: dt.date(2021, 4, 2)).ask(asked)
    [period] = [f for f in then.filters if f.kind is NarrowingKind.PERIOD]
    assert (period.since, period.until) == (dt.date(2021, 3, 1), dt.date(2021, 3, 31))
    assert then.citations
    later = replace(desk.assistant, today=lambda: dt.date(2024, 4, 2)).ask(asked)
    assert later.refusal


def test_who_says_so_is_narrowed_by_nothing(open_library: OpenLibrary) -> None:
    """It reads what was cited and searches nothing."""
    desk = open_library(
        one=briefing("Rail", "2021-03-09", "The Senate of Kenya passed the rail bill, Ruto said."),
    )
    first = desk.assistant.ask("What did the Senate of Kenya pass?")
    then = desk.assistant.ask("Who says so?", first.conversation_id)
    assert first.citations
    assert then.citations
    assert then.filters == ()
