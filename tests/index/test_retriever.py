"""Retrieval: by meaning and by words, fused, filtered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from corpus.briefing import Briefing
from corpus.library import Filters
from index.retriever import fuse
from tests.index.conftest import Shelf


@pytest.fixture
def shelf_of_four(shelf: Shelf, briefing: Callable[..., Briefing]) -> Shelf:
    shelf.indexer.index(
        [
            briefing("peru", "Lima sought help with urea for farmers.",
                     published=dt.date(2022, 10, 7), places=("Peru",), section="Trade"),
            briefing("chile", "Santiago wants a state stake in lithium.",
                     published=dt.date(2023, 4, 21), places=("Chile",), section="Energy"),
            briefing("both", "Chile and Peru share a border.", published=dt.date(2024, 1, 1),
                     places=("Chile", "Peru"), section="Trade"),
            briefing("undated", "Urea is made from natural gas."),
        ]
    )  # fmt: skip
    return shelf


def test_finds_what_shares_no_word(shelf_of_four: Shelf) -> None:
    """A question on fertiliser finds urea by meaning alone."""
    assert set(shelf_of_four.titles("fertiliser for agriculture", 2)) == {"peru", "undated"}


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (Filters(since=dt.date(2023, 1, 1)), {"chile", "both"}),
        (Filters(until=dt.date(2023, 4, 21)), {"peru", "chile"}),
        (Filters(places=("Peru",)), {"peru", "both"}),
        (Filters(section="trade"), {"peru", "both"}),
        (Filters(places=("Atlantis",)), set()),
        (Filters(), {"peru", "chile", "both", "undated"}),
    ],
)
def test_filters_hold_for_every_run(
    shelf_of_four: Shelf, filters: Filters, titles: set[str]
) -> None:
    """No passage of another briefing slips through, by words or by meaning."""
    hits = shelf_of_four.retriever.retrieve("urea lithium border", 9, filters)
    assert {h.briefing.title for h in hits} == titles


def test_fusion_weighs_meaning_and_words_alike() -> None:
    """Each as a share of the best; what has no word of the query counts by meaning alone."""
    assert fuse({"a": 0.8, "b": 0.4, "c": 0.2}, {"b": 6.0, "c": 3.0}) == [
        ("b", 0.75),
        ("a", 0.5),
        ("c", 0.375),
    ]
    assert fuse({"b": 0.5, "a": 0.5}, {}) == [("a", 0.5), ("b", 0.5)]
    assert fuse({"a": -0.1}, {"a": 2.0}) == [("a", 0.5)]
    assert fuse({}, {}) == []


def test_likeness_is_known_of_every_hit(shelf_of_four: Shelf) -> None:
    """Also of a passage that only its words brought up."""
    for hit in shelf_of_four.retriever.retrieve("natural gas", 9):
        assert -1.0 <= hit.similarity <= 1.0
