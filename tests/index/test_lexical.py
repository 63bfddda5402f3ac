"""Full text: words as people write them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.briefing import Briefing
from index.lexical import FullText, terms
from tests.index.conftest import Shelf


def test_terms_keep_what_tokenizers_lose() -> None:
    """Acronyms and hyphenated designations survive; stop words go; "US" is no "us"."""
    assert terms("What did the US say of the S-400 and the U.K.?") == ["UK", "US", "S-400"]
    assert terms("tell us about it") == []


@pytest.mark.parametrize(
    "query", ['"', "NEAR(", "a* OR", "title:x", "ünïcode — “quotes”", "-", "^x", "x AND NOT y"]
)
def test_no_question_is_taken_as_query_syntax(shelf: Shelf, query: str) -> None:
    """Whatever people type is searched for, and never an error."""
    FullText(shelf.library.engine).search(query, 5)


@pytest.fixture
def three(shelf: Shelf, briefing: Callable[..., Briefing]) -> Shelf:
    shelf.indexer.index(
        [
            briefing("arms", "Ankara deployed the S-400 battery near the border."),
            briefing("trade", "Türkiye exports steel. The U.S. imposed tariffs."),
            briefing("people", "Some 400 people told us so."),
        ]
    )
    return shelf


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("S-400", "arms"),
        ("turkiye", "trade"),
        ("US tariffs", "trade"),
        ("exporting", "trade"),
        ("people", "people"),
        ("tarifs", "trade"),
        ("Ankkara", "arms"),
    ],
)
def test_finds_words_whatever_their_form(three: Shelf, query: str, title: str) -> None:
    """Accents, endings, dots and hyphens do not hide a word."""
    [(first, _), *_] = FullText(three.library.engine).search(query, 5)
    assert any(
        p.briefing.title == title and p.passage.id == first
        for p in three.retriever.retrieve(query, 9)
    )


def test_only_among_the_briefings_given(three: Shelf) -> None:
    """A filter holds for words as for vectors."""
    full_text = FullText(three.library.engine)
    other = three.library.find("arms").id
    assert full_text.search("steel tariffs", 5, [other]) == []
    assert full_text.search("steel tariffs", 5, []) == []
