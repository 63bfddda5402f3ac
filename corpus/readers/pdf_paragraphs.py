"""The lines of pages joined to paragraphs, headings, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from corpus.briefing import BlockKind, TextBlock
from corpus.readers.decoding import tidy
from corpus.readers.pdf_lines import CELL_BREAK, HYPHEN_BREAK, Line
from corpus.readers.wrapping import ITEM

# A step from line to line wider than this many times the usual one parts paragraphs. Double
# spacing between paragraphs is 1.5 or more, uneven leading within one stays below 1.2.
PARAGRAPH_STEP = 1.3

# Letters higher than this many times the usual ones are a heading's; the headline's, higher still.
HEADING_HEIGHT = 1.12
HEADLINE_HEIGHT = 1.3

# A heading of more characters than this is text set large.
LONGEST_HEADING = 200

_ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’»)\]]*$")

# How a paragraph grows: its lines and the page it begins on.
Paragraph = tuple[list[Line], int]


def blocks_of(pages: list[list[Line]]) -> tuple[TextBlock, ...]:
    """The blocks of pages of lines, each with the 1-based page it begins on."""
    usual = median(line.height for page in pages for line in page)
    whole = "\n".join(line.text for page in pages for line in page)
    blocks: list[TextBlock] = []
    for lines, page in _paragraphs(pages):
        text = tidy(_joined(lines, whole))
        _add(blocks, text, page, lines[0].height / usual, len(lines))
    return tuple(block for block in blocks if block.text)


def headline(blocks: tuple[TextBlock, ...]) -> str:
    """The document's headline: the first heading of the highest rank on page one, or ""."""
    for block in blocks[:5]:
        if block.kind is BlockKind.HEADING and block.level == 1 and block.page == 1:
            return block.text
    return ""


def _paragraphs(pages: list[list[Line]]) -> Iterator[Paragraph]:
    current: list[Line] = []
    begun = 1
    for number, page in enumerate(pages, start=1):
        step = _usual_step(page)
        for line in page:
            if current and _goes_on(current, line, step, page, same_page=line is not page[0]):
                current.append(line)
                continue
            if current:
                yield current, begun
            current, begun = [line], number
    if current:
        yield current, begun


def _usual_step(page: list[Line]) -> float:
    """The usual distance from a line's foot to the next one's, in points."""
    steps = [
        one.bottom - other.bottom
        for one, other in pairwise(page)
        if 0 < one.bottom - other.bottom < 3 * one.height
    ]
    return median(steps) if steps else 0.0


def _goes_on(
    current: list[Line], line: Line, step: float, page: list[Line], *, same_page: bool
) -> bool:
    """Whether a line continues the paragraph before it."""
    last = current[-1]
    if last.text.endswith(HYPHEN_BREAK):
        return True
    if ITEM.match(line.text) or CELL_BREAK in line.text or CELL_BREAK in last.text:
        return False
    if abs(line.height - last.height) > (HEADING_HEIGHT - 1) * last.height:
        return False
    down = last.bottom - line.bottom
    if not same_page or down < 0:
        # A page's or a column's end: a sentence goes on, and nothing else can be seen to.
        return not _ENDS_SENTENCE.search(last.text) and line.text[:1].islower()
    if step and down > PARAGRAPH_STEP * max(step, last.height):
        return False
    if line.left > last.left + last.height / 2 and not ITEM.match(current[0].text):
        return False
    return not _left_short(last, line, page)


def _left_short(last: Line, line: Line, page: list[Line]) -> bool:
    """Whether the next line's first word would have fitted where the last line ends."""
    column = max(other.right for other in page if abs(other.left - last.left) < 4 * last.height)
    letter = (last.right - last.left) / len(last.text)
    word = line.text.split()[0]
    # Half a word's room is allowed for: ragged setting and narrow letters.
    return last.right + (len(word) + 1) * letter * 1.5 < column


def _joined(lines: list[Line], whole: str) -> str:
    """The lines as running text, words broken at line ends made whole."""
    text = lines[0].text
    for line in lines[1:]:
        if text.endswith(HYPHEN_BREAK):
            text = _mended(text.removesuffix(HYPHEN_BREAK), line.text, whole)
        else:
            text = f"{text} {line.text}"
    return " ".join(text.replace(HYPHEN_BREAK, "-").split())


def _mended(before: str, after: str, whole: str) -> str:
    """Two lines' text with the word between them whole.

    The hyphen goes, unless the document writes the word with it elsewhere ("left-wing").
    """
    first = re.search(r"\w*$", before)
    second = re.match(r"\w*", after)
    if first and second and re.search(rf"\b{first[0]}-{second[0]}\b", whole):
        return f"{before}-{after}"
    return before + after


def _add(blocks: list[TextBlock], text: str, page: int, height: float, lines: int) -> None:
    """Add a paragraph as the block it is; items and rows join the list or table before them."""
    last = blocks[-1] if blocks else None
    for kind, belongs in (
        (BlockKind.LIST, ITEM.match(text)),
        (BlockKind.TABLE, CELL_BREAK in text),
    ):
        if belongs:
            if last and last.kind is kind:
                blocks[-1] = TextBlock(f"{last.text}\n{text}", kind, last.page)
            else:
                blocks.append(TextBlock(text, kind, page))
            return
    if height >= HEADING_HEIGHT and len(text) <= LONGEST_HEADING and not text.endswith("."):
        level = 1 if height >= HEADLINE_HEIGHT else 2
        blocks.append(TextBlock(text, BlockKind.HEADING, page, level))
    else:
        blocks.append(TextBlock(text, page=page))
