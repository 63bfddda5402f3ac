"""Plain text from files as people have them."""

from __future__ import annotations

from corpus.briefing import BlockKind
from corpus.readers import text

PAGE = (
    "Still waters\n\nThe lakes are low for a third year, and the queue before the locks has grown "
    "to twelve days for ships without a booking.\n\nImportant Notice\nNo liability is accepted.\n"
)


def _texts(data: bytes) -> list[str]:
    return [block.text for block in text.read(data, "note.txt").blocks]


def test_page_saved_as_text_keeps_a_line_a_paragraph() -> None:
    """In a page saved as text, each line is a block, to the letter."""
    assert _texts(PAGE.encode()) == [line for line in PAGE.split("\n") if line]


def test_windows_line_ends_are_line_ends() -> None:
    """CRLF gives the same blocks as LF."""
    assert _texts(PAGE.replace("\n", "\r\n").encode()) == _texts(PAGE.encode())


def test_byte_order_mark_is_not_text() -> None:
    """A mark at the start is not part of the first block."""
    assert _texts(b"\xef\xbb\xbfLima\n") == ["Lima"]


def test_utf_16_is_read() -> None:
    """A text saved as Unicode by Notepad is read."""
    assert _texts("Bogotá\n\nQuito".encode("utf-16")) == ["Bogotá", "Quito"]


def test_hard_wrapped_lines_are_joined_by_a_space() -> None:
    """Text wrapped as in mail becomes paragraphs."""
    wrapped = (
        b"The river stood at two metres in Rosario this morning, forty\n"
        b"centimetres above last week. Barges can load to nine feet\n"
        b"again from Thursday.\n\nNobody expects it to last.\n"
    )
    assert _texts(wrapped) == [
        "The river stood at two metres in Rosario this morning, forty centimetres above last "
        "week. Barges can load to nine feet again from Thursday.",
        "Nobody expects it to last.",
    ]


def test_items_that_follow_each_other_are_a_list() -> None:
    """Lines with bullets are one block."""
    document = text.read(b"They ask for:\n- more pay\n- safer cranes\n", "note.txt")
    assert (document.blocks[1].kind, document.blocks[1].text) == (
        BlockKind.LIST,
        "- more pay\n- safer cranes",
    )
