"""Pull quotes and their attributions."""

from __future__ import annotations

import pytest

from corpus.briefing import BlockKind, TextBlock
from corpus.furniture.pull_quotes import without_pull_quotes

HOME = (
    "An adviser to the canal authority put it plainly: “The lakes decide, not the directors. Each "
    "crossing spends what a city uses in half a day.”"
)
NEXT = "Shippers heard two offers. Neither adds water to the lakes."


def _kept(*texts: str) -> list[str]:
    return [block.text for block in without_pull_quotes([TextBlock(text) for text in texts])]


@pytest.mark.parametrize(
    "quote",
    [
        "“The lakes decide, not the directors.”",
        "Each crossing spends what a city uses in half a day",
        '"The lakes  decide, not the directors"',
        "«The lakes decide … what a city uses in half a day»",
        "“The lakes decide, not the directors.” — Canal adviser",
    ],
)
def test_repeated_words_go(quote: str) -> None:
    """A paragraph that only repeats part of another goes, whatever its quote marks."""
    assert _kept(HOME, quote, NEXT) == [HOME, NEXT]


def test_quote_above_its_paragraph_goes() -> None:
    """A pull quote may stand before the paragraph it is from."""
    assert _kept("“The lakes decide, not the directors.”", HOME) == [HOME]


@pytest.mark.parametrize(
    "attribution",
    [
        "Adviser to the canal authority",
        "Canal adviser, Panama",
        "— M. Salcedo",
        "María Salcedo, engineer",
    ],
)
def test_attribution_goes_with_its_quote(attribution: str) -> None:
    """The line below a pull quote that says whose it is goes too."""
    assert _kept(HOME, "“The lakes decide, not the directors.”", attribution, NEXT) == [HOME, NEXT]


def test_subheading_below_a_quote_stays() -> None:
    """A line that names nobody is a heading of what follows."""
    quote = "“The lakes decide, not the directors.”"
    assert _kept(HOME, quote, "What shippers want", NEXT) == [HOME, "What shippers want", NEXT]


def test_quote_that_stands_nowhere_else_stays() -> None:
    """Words that no paragraph has are the text's own, and so is their attribution."""
    own = "“The lakes will be lower in May.”"
    assert _kept(HOME, own, "Canal adviser, Panama") == [HOME, own, "Canal adviser, Panama"]


def test_heading_whose_words_the_text_has_stays() -> None:
    """A short heading that the text happens to contain stays."""
    assert _kept("The canal authority", HOME) == ["The canal authority", HOME]


def test_short_name_in_quote_marks_stays() -> None:
    """A film's name among others is no quote, though the text names the film."""
    films = ["“The Lakes Decide”", "“Low Water”"]
    assert _kept(*films, "They saw “The Lakes Decide” and left.") == [
        *films,
        "They saw “The Lakes Decide” and left.",
    ]


def test_list_that_repeats_the_text_stays() -> None:
    """Only paragraphs are pull quotes."""
    points = TextBlock("The lakes decide, not the directors", BlockKind.LIST)
    assert points in without_pull_quotes([TextBlock(HOME), points])


def test_part_of_a_word_is_no_repetition() -> None:
    """Words are compared whole."""
    assert len(_kept("He said that the lakes decide it all.", "the lakes decide it al")) == 2
