"""Lines to blocks: hard-wrapped text is joined, text with a line a paragraph is left alone."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.briefing import BlockKind, TextBlock

# Mail and typewriter habits wrap at 60 to 80; 120 is the widest any editor wraps by default.
WIDEST_WRAP = 120

# Below this many characters a line is an address, a verse or a heading, not a wrapped line.
NARROWEST_WRAP = 40

# Of the line breaks inside paragraphs, the share that must look like a full line's end for the
# text to count as hard-wrapped, and the share that must fall within a sentence.
FULL_LINES = 0.6
WITHIN_SENTENCE = 0.5

ITEM = re.compile(r"[ \t]*(?:[-*•‣◦–▪●]|\(?\d{1,2}[.)]|\(?[a-z][.)])[ \t]+(?=\S)")
_ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_DECORATION = re.compile(r"[\W_]*")

Lines = list[str]


def blocks_of(text: str) -> tuple[TextBlock, ...]:
    """The blocks of plain text: paragraphs and lists, each to the letter.

    Args:
        text: Text with newlines for line ends.

    Returns:
        One block for each paragraph or list. A blank line parts blocks. Within lines that
        follow each other, each line is a block unless the text is hard-wrapped; then lines are
        joined by a space up to a line that was left short.
    """
    groups = _groups(text)
    width = _wrap_width(groups)
    blocks: list[TextBlock] = []
    for group in groups:
        blocks.extend(_blocks_of_group(group, width))
    return tuple(blocks)


def _groups(text: str) -> list[Lines]:
    """Runs of lines without a blank line; lines of mere decoration count as blank."""
    groups: list[Lines] = [[]]
    for line in text.split("\n"):
        line = line.rstrip()
        if _DECORATION.fullmatch(line):
            groups.append([])
        else:
            groups[-1].append(line)
    return [group for group in groups if group]


def _wrap_width(groups: list[Lines]) -> int:
    """The width at which the text is hard-wrapped, in characters; 0 where it is not."""
    breaks = [
        (line, following)
        for group in groups
        for line, following in pairwise(group)
        if not ITEM.match(following)
    ]
    lengths = [len(line) for line, _ in breaks if " " in line.strip()]
    width = max(lengths, default=0)
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return 0
    full = [line for line, following in breaks if _is_full(line, following, width)]
    within = [line for line in full if not _ENDS_SENTENCE.search(line)]
    wrapped = len(full) >= FULL_LINES * len(breaks) and len(within) >= WITHIN_SENTENCE * len(full)
    return width if wrapped else 0


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word would not have fitted on the line.

    A sixth of the width is allowed for: people who wrap by hand do not fill lines.
    """
    return len(line) + 1 + len(following.split()[0]) > width - width // 6


def _blocks_of_group(group: Lines, width: int) -> list[TextBlock]:
    """The blocks of lines that follow each other."""
    runs: list[Lines] = []
    last = ""
    for line in group:
        item = bool(ITEM.match(line))
        new = not runs or item or not (width and _is_full(last, line, width))
        hangs = bool(runs) and bool(ITEM.match(runs[-1][0])) and line[:1] in " \t" and not item
        if new and not hangs:
            runs.append([line])
        else:
            runs[-1].append(line)
        last = line
    paragraphs = [" ".join(line.strip() for line in run) for run in runs]
    return _lists_joined(paragraphs)


def _lists_joined(paragraphs: Lines) -> list[TextBlock]:
    """Paragraphs as blocks, items that follow each other as one list; one item is no list."""
    blocks: list[TextBlock] = []
    for paragraph in paragraphs:
        kind = BlockKind.LIST if ITEM.match(paragraph) else BlockKind.PARAGRAPH
        if kind is BlockKind.LIST and blocks and blocks[-1].kind is BlockKind.LIST:
            blocks[-1] = TextBlock(f"{blocks[-1].text}\n{paragraph}", kind)
        else:
            blocks.append(TextBlock(paragraph, kind))
    return [
        TextBlock(block.text) if block.kind is BlockKind.LIST and "\n" not in block.text else block
        for block in blocks
    ]
