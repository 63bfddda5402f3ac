"""Lines of pages to blocks."""

from __future__ import annotations

from corpus.briefing import BlockKind
from corpus.readers.pdf_lines import HYPHEN_BREAK, Line
from corpus.readers.pdf_paragraphs import blocks_of, headline

WIDE = 400.0


def _line(text: str, at: float, *, right: float = WIDE, height: float = 10.0) -> Line:
    return Line(text, 50, right, 800 - at, 800 - at + height)


def test_full_lines_are_one_paragraph() -> None:
    """Lines that fill the column go on."""
    page = [_line("The ministry has put off", 12), _line("the auction until March.", 24, right=390)]
    assert [block.text for block in blocks_of([page])] == [
        "The ministry has put off the auction until March."
    ]


def test_short_line_ends_its_paragraph() -> None:
    """A line left short parts paragraphs set without a gap."""
    page = [
        _line("The ministry has put off the auction.", 12),
        _line("It waits.", 24, right=110),
        _line("Two of the firms had written to it.", 36),
    ]
    assert len(blocks_of([page])) == 2


def test_gap_parts_paragraphs() -> None:
    """A wider step from line to line begins a paragraph."""
    page = [_line("The first line of it,", 12), _line("the second line of it.", 24)]
    page += [_line("The third line of it,", 48), _line("the fourth line of it.", 60)]
    assert len(blocks_of([page])) == 2


def test_sentence_goes_on_over_a_page() -> None:
    """A paragraph cut by a page's end is one block of the page it begins on."""
    pages = [[_line("The ministry has put off", 700)], [_line("the auction until March.", 12)]]
    assert [(block.page, block.text) for block in blocks_of(pages)] == [
        (1, "The ministry has put off the auction until March.")
    ]


def test_broken_word_is_whole() -> None:
    """A word broken at a line's end is joined."""
    page = [_line(f"The agree{HYPHEN_BREAK}", 12), _line("ment holds.", 24)]
    assert blocks_of([page])[0].text == "The agreement holds."


def test_large_line_is_the_headline() -> None:
    """A line in large letters on page one is a heading and the headline."""
    text = [_line(f"Line {at} of the text as it stands,", 40 + 12 * at) for at in range(4)]
    blocks = blocks_of([[_line("Low lakes", 20, height=18), *text]])
    assert (blocks[0].kind, headline(blocks)) == (BlockKind.HEADING, "Low lakes")
