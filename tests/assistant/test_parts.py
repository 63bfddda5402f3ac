"""Two questions in one: each is answered, or said not to be."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.parts import taken_apart
from assistant.question import understand
from tests.assistant.conftest import OpenLibrary, briefing

TODAY = dt.date(2024, 6, 1)
TALKS = briefing(
    "Talks on the dam",
    "2023-08-28",
    "Egypt asked Ethiopia for a binding agreement on the filling of the dam.",
    "Sudan asked for daily figures on the flow of water from the dam.",
)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("What did Peru ask the US for, and what did Chile ask for?", 2),
        ("How many voted in 2022, and what was the turnout in 2023?", 2),
        ("What did Petro say about the ELN and who mediated the talks?", 2),
        ("Which investment did Musk freeze, and where?", 1),
        ("Who visited Peru, and why did he go?", 1),
        ("Which EU members are for the Mercosur agreement and which against?", 1),
        ("What did Peru ask Chile and Bolivia for?", 1),
        ("Peru and what it asked for", 1),
    ],
)
def test_only_what_asks_two_things_is_taken_apart(question: str, parts: int) -> None:
    taken = taken_apart(understand(question), TODAY)
    assert len(taken) == parts
    assert {part.asked for part in taken} == {question}


def test_the_second_may_lean_on_the_first() -> None:
    """What "that of 2023" means is understood as a follow-up of the first would be."""
    _, second = taken_apart(
        understand(
            "How many voted in Chile's plebiscite, and what was the turnout in that of 2023?"
        ),
        TODAY,
    )
    assert "plebiscite" in second.text


def test_both_are_answered(open_library: OpenLibrary) -> None:
    answer = open_library(a=TALKS).assistant.ask(
        "What did Egypt ask Ethiopia for, and what figures did Sudan ask for?"
    )
    assert ["binding" in s.text for s in answer.statements] == [True, False]
    assert "daily figures" in answer.statements[1].text
    assert answer.notice == ""
    assert answer.standalone == answer.question


def test_the_one_without_an_answer_is_told(open_library: OpenLibrary) -> None:
    answer = open_library(a=TALKS).assistant.ask(
        "What did Egypt ask Ethiopia for, and how many ships did Norway give to Iceland?"
    )
    assert len(answer.statements) == 1
    assert "ships did Norway give" in answer.notice
