"""Lines to paragraphs: when a line break is a wrap and when it is an end."""

from __future__ import annotations

from corpus.briefing import BlockKind
from corpus.readers.wrapping import blocks_of


def _texts(text: str) -> list[str]:
    return [block.text for block in blocks_of(text)]


def test_titles_and_teasers_are_not_joined() -> None:
    """Short lines below each other stay lines."""
    lines = ["Dry dock", "Why the yards lie idle.", "Salt", "Prices fall again."]
    assert _texts("\n".join(lines)) == lines


def test_sentences_a_line_are_not_joined() -> None:
    """Lines that each end a sentence are paragraphs, however even their lengths are."""
    lines = [
        "The port of Callao will close on Monday for three days.",
        "The port of Guayaquil will close on Friday for two days.",
        "The port of Valparaiso stays open on each of those days.",
    ]
    assert _texts("\n".join(lines)) == lines


def test_short_line_ends_a_wrapped_paragraph() -> None:
    """In hard-wrapped text without blank lines, a line left short ends its paragraph."""
    text = (
        "The budget passed on Tuesday with four votes to spare, and the\n"
        "mayors have their roads in writing.\n"
        "A second vote is due in the autumn, when the money for the roads\n"
        "will have been spent.\n"
    )
    assert _texts(text) == [
        "The budget passed on Tuesday with four votes to spare, and the mayors have their roads "
        "in writing.",
        "A second vote is due in the autumn, when the money for the roads will have been spent.",
    ]


def test_wrapped_item_is_one_line_of_its_list() -> None:
    """An item that goes on, indented, in the next line is one item."""
    text = "1. The finance minister had promised the mayors\n   a road each.\n2. The port waits.\n"
    blocks = blocks_of(text)
    assert [(block.kind, block.text) for block in blocks] == [
        (
            BlockKind.LIST,
            "1. The finance minister had promised the mayors a road each.\n2. The port waits.",
        )
    ]


def test_lines_of_decoration_part_blocks() -> None:
    """A rule of dashes or stars is no text."""
    assert _texts("One\n-----\nTwo\n\n* * *\n\nThree") == ["One", "Two", "Three"]


def test_lone_number_at_a_paragraphs_start_makes_no_list() -> None:
    """A single paragraph that starts with a number is a paragraph."""
    assert blocks_of("Findings\n\n1. The ministry has no list.")[1].kind is BlockKind.PARAGRAPH


def test_empty_text_has_no_blocks() -> None:
    """Blank lines are nothing."""
    assert blocks_of("\n \n\t\n") == ()
