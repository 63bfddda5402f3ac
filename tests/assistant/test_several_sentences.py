"""Answers of several sentences: each adds something, in order of date where time is asked."""

from __future__ import annotations

from assistant.answer import Answer
from tests.assistant.conftest import OpenLibrary, briefing

CEREALS = briefing(
    "Export bans on rice",
    "2023-08-10",
    "India banned exports of white rice on 20 July.",
    "India's ban on exports of rice drew protests.",
    "Russia banned exports of rice on 29 July.",
    "The ban on exports of rice by India and Russia hit importers.",
    "The United Arab Emirates banned exports of rice for four months.",
)
DAM = {
    "first": briefing("The dam begun", "2021-03-04", "Ethiopia began to fill the Renaissance dam."),
    "third": briefing(
        "The dam finished", "2023-09-12", "Ethiopia said that the Renaissance dam had been filled."
    ),
    "second": briefing(
        "Cairo objects", "2022-07-30", "Egypt complained to the UN about the Renaissance dam."
    ),
    "copy": briefing(
        "The year", "2022-12-30", "Egypt complained to the UN about the Renaissance dam."
    ),
}


def said(answer: Answer) -> list[str]:
    return [s.text for s in answer.statements]


def test_a_which_question_stops_where_nothing_is_added(open_library: OpenLibrary) -> None:
    """Each sentence brings a country that was not named yet; what repeats them is dropped."""
    answer = open_library(a=CEREALS).assistant.ask("Which countries banned exports of rice?")
    told = " ".join(said(answer))
    for country in ("India", "Russia", "United Arab Emirates"):
        assert country in told
    assert "drew protests" not in told
    assert len(said(answer)) <= 3


def test_what_happened_since_is_told_in_order_and_once(open_library: OpenLibrary) -> None:
    """By date, whatever is likelier; a reprint is counted, not repeated."""
    answer = open_library(**DAM).assistant.ask(
        "What has happened since 2021 with the Renaissance dam?"
    )
    assert [c.title for c in answer.citations] == [
        "The dam begun",
        "Cairo objects",
        "The dam finished",
    ]
    assert said(answer).count("Egypt complained to the UN about the Renaissance dam.") == 1
    [complaint] = [c for c in answer.citations if "complained" in c.quote]
    assert complaint.title == "Cairo objects"
    assert len(complaint.also) == 1


def test_a_comparison_has_a_sentence_on_each(open_library: OpenLibrary) -> None:
    """Both sides are heard, and what speaks of a third is not."""
    answer = open_library(
        a=briefing(
            "Fuel subsidies",
            "2023-06-20",
            "Nigeria ended its subsidy on petrol on 29 May.",
            "Ghana kept its subsidy on petrol until the election.",
            "Angola halved its subsidy on petrol.",
        )
    ).assistant.ask("Compare the petrol subsidies of Nigeria and Ghana")
    assert said(answer) == [
        "Nigeria ended its subsidy on petrol on 29 May.",
        "Ghana kept its subsidy on petrol until the election.",
    ]


def test_asked_which_countries_a_sentence_that_names_none_stays_out(
    open_library: OpenLibrary,
) -> None:
    """The lead that counts them is likelier, the sentences that name them answer."""
    answer = open_library(
        a=briefing(
            "Rice exports stopped",
            "2023-08-10",
            "Two countries banned exports of rice in July.",
            "India banned exports of rice on 20 July.",
            "Russia banned exports of rice on 29 July.",
        )
    ).assistant.ask("Which countries banned exports of rice?")
    assert said(answer)
    assert "Two countries" not in " ".join(said(answer))


def test_both_sides_agree_whoever_is_named(open_library: OpenLibrary) -> None:
    """Asked what two countries signed, the sentence need not name either again."""
    answer = open_library(
        a=briefing(
            "Lula in Beijing",
            "2023-04-20",
            "President Lula da Silva of Brazil visited Beijing between 12 and 15 April. "
            "The two governments signed 15 agreements on trade and research.",
        )
    ).assistant.ask("How many agreements did Brazil and China sign?")
    assert any("15 agreements" in text for text in said(answer))


def test_who_asked_whom_is_answered_by_a_sentence_that_tells_of_asking(
    open_library: OpenLibrary,
) -> None:
    """The lead names both countries; the sentence that says what ought to be done answers."""
    assistant = open_library(
        a=briefing(
            "The secretary visits Chile, Colombia and Peru",
            "2022-10-12",
            "The US secretary of state visited Chile, Colombia and Peru in the first week of May.",
            "Antonia Urrejola, Chile's foreign minister, said that US investment in her country "
            "ought to grow.",
            "In Bogotá, President Petro insisted on a new approach of the US to drugs.",
        )
    ).assistant
    asked = assistant.ask("What did Chile ask the US for?")
    assert "investment" in " ".join(said(asked))
    then = assistant.ask("And Colombia?", asked.conversation_id)
    assert "new approach" in " ".join(said(then))
