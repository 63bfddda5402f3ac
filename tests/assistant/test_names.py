"""Names: found by how they are written, compared with a little tolerance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.names import find_names, fold, is_among, people, same


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("President Gustavo Petro met Mr Blinken.", ["Gustavo Petro", "Blinken"]),
        ("What did Peru ask the US for?", []),
        ("The Inter-American Development Bank lent it.", ["Inter-American Development Bank"]),
        ("On Monday in October they met.", []),
        ("Lula da Silva's visit", ["Lula da Silva"]),
        ("Talks failed. Nobody knew why.", []),
    ],
)
def test_finds_names(text: str, names: list[str]) -> None:
    """People and organisations, without titles, places, dates and first words of sentences."""
    assert [n.text for n in find_names(text)] == names


def test_names_are_spans() -> None:
    """A name's place is where it stands."""
    text = "Foreign minister Antonia Urrejola's plan"
    [name] = people(text)
    assert text[name.start : name.end] == "Antonia Urrejola"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Zelensky", "Zelenskyy", True),
        ("Uribe", "Urribe", True),
        ("Brasília", "Brasilia", True),
        ("Petro’s", "Petro", True),
        ("Lula", "Luna", False),
        ("Castro", "Castillo", False),
        ("Peru", "Per", False),
    ],
)
def test_same(one: str, other: str, alike: bool) -> None:
    """Spelling and accents may slip, another person is another person."""
    assert same(one, other) is alike


WORDS = st.text("aábelnopstuz'", max_size=9).map(fold) | st.sampled_from(
    ["petro", "pedro", "urribe", "uribe", "zelensky", "zelenskyy", "lula", "luna", "lui", "luis"]
)


@given(WORDS, st.frozensets(WORDS, max_size=12))
def test_among_many_words(word: str, words: frozenset[str]) -> None:
    """A name is among words exactly if it is the same as one of them."""
    assert is_among(fold(word), words) == any(same(word, one) for one in words)


def test_places_joined_are_no_name() -> None:
    """Two capitals are "Beijing and Brasília"."""
    assert find_names("What are Beijing and Brasília making together?") == []
