"""What a question names must be in what answers it."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.constraints import fit
from assistant.question import understand
from index.passages import cut
from tests.assistant.evidence_made import briefing_of

ANDES = briefing_of(
    "In Lima President Pedro Castillo asked for fertilisers worth $240m.",
    "In Bogotá the talks were on extradition, as in 2016.",
    title="Blinken in the Andes",
    published=dt.date(2022, 10, 10),
    places=("Peru", "Colombia", "United States"),
)


def possible(question: str) -> bool:
    passage = cut(ANDES)[0]
    return fit(understand(question), ANDES, passage).possible


@pytest.mark.parametrize(
    "question",
    [
        "What did Peru ask for?",
        "What did Castillo ask for?",
        "What did Pedro Castilo ask the US for?",
        "What did Peru ask for in October 2022?",
        "What did Peru ask for in 2022?",
        "What did Peru want by November 2022?",
        "What was worth $240m?",
        "What did countries in the Andes ask for?",
        "What was agreed?",
    ],
)
def test_what_is_there_is_possible(question: str) -> None:
    """Countries by their capitals, people by surname and with slips, the briefing's own time."""
    assert possible(question)


@pytest.mark.parametrize(
    "question",
    [
        "What did Brazil ask for?",
        "What did Boric ask for?",
        "What did Peru ask for in 2019?",
        "What did Peru ask for in March 2024?",
        "What was worth $500m?",
    ],
)
def test_what_is_named_and_nowhere_is_impossible(question: str) -> None:
    """Another country, person, year or amount: however alike the words, no answer."""
    assert not possible(question)


def test_near_counts_more_than_far() -> None:
    """The passage that names the country fits better than its neighbour."""
    andes = briefing_of(
        "In Lima President Pedro Castillo asked for fertilisers. " * 6,
        "In Bogotá the talks were on extradition, as in 2016.",
        places=("Peru", "Colombia"),
    )
    lima, bogota = cut(andes)
    query = understand("What did Peru ask for?")
    assert fit(query, andes, lima).near > fit(query, andes, bogota).near


def test_a_month_without_its_year_is_of_the_briefings_time() -> None:
    """What is said of 3 April in a briefing of July 2024 is April 2024."""
    health = briefing_of(
        "The Senate shelved the health reform on 3 April.", published=dt.date(2024, 7, 20)
    )
    [passage] = cut(health)
    assert fit(understand("What happened to the reform in April 2024?"), health, passage).possible
    assert not fit(understand("What happened to it in March 2024?"), health, passage).possible


def test_what_hyphens_join_may_stand_apart() -> None:
    """Where the EU and Mercosur are, "EU-Mercosur" is."""
    deal = briefing_of("Macron called the accord between the EU and Mercosur unacceptable.")
    [passage] = cut(deal)
    question = "What did Macron say about the {} deal?"
    assert fit(understand(question.format("EU-Mercosur")), deal, passage).possible
    assert not fit(understand(question.format("EU-Efta")), deal, passage).possible
