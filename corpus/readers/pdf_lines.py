"""The lines of a PDF's pages, without what runs along every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2

# Running heads and feet have at most this many lines, and stand on at least this share of the
# pages and on two or more (digits apart: "Page 3 of 9").
EDGE_LINES = 3
RUNNING_SHARE = 0.5

# PDFium writes this where a line ends in a hyphen and the word goes on in the next line.
HYPHEN_BREAK = "\ufffe"

# Between the cells of a table's row. A gap between words wider than this many times the font's
# height is one: justified lines are stretched by less.
CELL_BREAK = " | "
CELL_GAP = 1.8

_LINE = re.compile(f"[^\r\n{HYPHEN_BREAK}]*{HYPHEN_BREAK}|[^\r\n{HYPHEN_BREAK}]+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|página|pagina|pág|pag|seite|p)?\W*\d{1,4}(?:\s*(?:of|de|von|/)\s*\d{1,4})?\W*",
    re.I,
)


class Line(NamedTuple):
    """A line and its box in points, measured from the page's lower left corner.

    `text` ends in `HYPHEN_BREAK` where the line ends within a word.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        """The height of the line's letters in points."""
        return self.top - self.bottom


def lines_of(page: pypdfium2.PdfPage) -> list[Line]:
    """A page's lines in reading order; cells that stand side by side are parted by " | "."""
    text_page = page.get_textpage()
    lines: list[Line] = []
    for match in _LINE.finditer(text_page.get_text_range()):
        for start, text in _cells(match, text_page):
            line = _placed(text, start, text_page)
            if lines and _side_by_side(lines[-1], line):
                row = lines.pop()
                line = row._replace(text=f"{row.text}{CELL_BREAK}{line.text}", right=line.right)
            lines.append(line)
    return lines


def _cells(match: re.Match[str], text_page: pypdfium2.PdfTextPage) -> Iterator[tuple[int, str]]:
    """A line's texts with their places in the page, parted where the gap is a table's."""
    start = match.start()
    for space in re.finditer(r"(?<=\S) +(?=\S)", match[0]):
        before = _box(match.start() + space.start() - 1, text_page)
        after = _box(match.start() + space.end(), text_page)
        if after[0] - before[2] > CELL_GAP * (before[3] - before[1]):
            yield from _stripped(start, match.string[start : match.start() + space.start()])
            start = match.start() + space.end()
    yield from _stripped(start, match.string[start : match.end()])


def _stripped(start: int, text: str) -> Iterator[tuple[int, str]]:
    if text.strip():
        yield start + len(text) - len(text.lstrip()), text.strip()


def _placed(text: str, start: int, text_page: pypdfium2.PdfTextPage) -> Line:
    """A line with the box from its first to its last letter."""
    last = start + len(text.rstrip(f" {HYPHEN_BREAK}")) - 1
    left, bottom, _, top = _box(start, text_page)
    right = _box(max(start, last), text_page)[2]
    return Line(text, left, right, bottom, top)


def _box(at: int, text_page: pypdfium2.PdfTextPage) -> tuple[float, float, float, float]:
    """A letter's left, bottom, right and top, the height its font's."""
    last = text_page.count_chars() - 1
    box: tuple[float, float, float, float] = text_page.get_charbox(min(at, last), loose=True)
    return box


def _side_by_side(one: Line, other: Line) -> bool:
    """Whether the second line goes on at the first's height, to the right of it."""
    level = abs(one.bottom - other.bottom) < one.height / 4
    return level and other.left > one.right and not one.text.endswith(HYPHEN_BREAK)


def without_running_lines(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without running heads, running feet and page numbers.

    From each page's edge inward, a line is left out while other pages have it in the same
    place. A line that stands on one page only is never left out, save a bare page number.
    """
    running: list[set[Line]] = [set() for _ in pages]
    for inward in (_from_the_top, _from_the_foot):
        ordered = [sorted(page, key=inward) for page in pages]
        for depth in range(EDGE_LINES):
            # Only pages whose lines further out have all gone can lose one here.
            reached = [
                (number, page[depth])
                for number, page in enumerate(ordered)
                if depth < len(page) and running[number].issuperset(page[:depth])
            ]
            counts = Counter(_form(line) for _, line in reached)
            needed = max(2, RUNNING_SHARE * len(pages))
            for number, line in reached:
                if counts[_form(line)] >= needed or _is_page_number(line, pages[number]):
                    running[number].add(line)
    return [
        [line for line in page if line not in gone]
        for page, gone in zip(pages, running, strict=True)
    ]


def _from_the_top(line: Line) -> float:
    return -line.bottom


def _from_the_foot(line: Line) -> float:
    return line.bottom


def _is_page_number(line: Line, page: list[Line]) -> bool:
    return len(page) > 1 and _PAGE_NUMBER.fullmatch(line.text) is not None


def _form(line: Line) -> tuple[str, int]:
    """What a running line keeps from page to page: its words, and about where it stands."""
    return re.sub(r"\d+", "#", line.text).casefold(), round(line.bottom / line.height / 2)
