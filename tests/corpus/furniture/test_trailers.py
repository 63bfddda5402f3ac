"""Lists of other articles."""

from __future__ import annotations

import pytest

from corpus.briefing import BlockKind, TextBlock
from corpus.furniture.trailers import without_trailers

TEXT = (
    "The legislature votes on a new reservoir in March. Its critics in the valley say that four "
    "hundred families would have to move."
)


def _kept(*texts: str) -> list[str]:
    return [block.text for block in without_trailers([TextBlock(text) for text in texts])]


@pytest.mark.parametrize(
    "heading",
    [
        "Most recent in Trade",
        "Related articles",
        "RELATED",
        "Read more",
        "You may also like",
        "More from the Andes desk",
        "Editor’s picks",
        "Noticias relacionadas",
        "Te puede interesar",
    ],
)
def test_titles_and_teasers_go_to_the_end(heading: str) -> None:
    """From such a heading on, titles and their teasers are left out."""
    entries = ["Dry dock", "Why the yards lie idle.", "Salt and silver", "Prices fall."]
    assert _kept(TEXT, heading, *entries) == [TEXT]


def test_odd_entries_go_too() -> None:
    """A teaser without a title, a title that asks and one of short sentences are entries."""
    entries = ["Who pays?", "A loan and a pier.", "Tolls: Up. Up? Up again", "Growing unrest."]
    assert _kept(TEXT, "Most recent", *entries) == [TEXT]


def test_list_block_goes() -> None:
    """A bulleted list of titles goes."""
    titles = TextBlock("- Dry dock\n- Salt and silver", BlockKind.LIST)
    assert without_trailers([TextBlock(TEXT), TextBlock("Related"), titles]) == (TextBlock(TEXT),)


def test_prose_below_such_a_heading_stays() -> None:
    """A paragraph of prose ends the list and stays; so does a heading with nothing to it."""
    assert _kept(TEXT, "More on tolls", TEXT + " More.") == [TEXT, "More on tolls", TEXT + " More."]


def test_titles_between_paragraphs_go() -> None:
    """A box in the middle of a text goes, and the text goes on."""
    assert _kept(TEXT, "Related", "Dry dock", "Salt and silver", TEXT + " More.") == [
        TEXT,
        TEXT + " More.",
    ]


def test_sentences_below_such_a_heading_stay() -> None:
    """A report's last short sentences are not teasers."""
    assert len(_kept(TEXT, "More on tolls", "They rise in May.", "Nobody objects.")) == 4


def test_list_above_the_text_stays() -> None:
    """What a newsletter begins with is its text."""
    assert _kept("Latest news", "Chile raises rates", "Peru waits") == [
        "Latest news",
        "Chile raises rates",
        "Peru waits",
    ]


def test_heading_left_over_at_the_end_goes() -> None:
    """A heading whose list the reader left out goes."""
    assert _kept(TEXT, "Most read") == [TEXT]
