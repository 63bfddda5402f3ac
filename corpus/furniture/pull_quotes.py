"""Pull quotes: sentences of the text set again, large, with their speaker below or above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.briefing import BlockKind, TextBlock
from corpus.folding import folded
from corpus.furniture.prose import is_label

# Fewer words than this are a heading that the text happens to contain; in quote marks, fewer
# still are a quote.
FEWEST_WORDS = 6
FEWEST_QUOTED_WORDS = 3

# Of an attribution's longer words, the share that the quoted paragraph or its neighbours have.
NAMED_SHARE = 0.7

_QUOTED = re.compile(r"[\"“„«‘']")
_DASH = re.compile(r"\s*[-–—―~]\s*\S")
_SIGNED = re.compile(
    r"(?P<quote>[\"“„«].+[\"”“»])\s*[-–—―,]?\s*(?P<speaker>[^\"“”„«».!?]{3,80})", re.S
)
_OMISSION = re.compile(r"\s*(?:\[?\(?(?:…|\.\.\.)\)?\]?)\s*")
_WORD = re.compile(r"[^\W\d_]{4,}")


def without_pull_quotes(blocks: Sequence[TextBlock]) -> tuple[TextBlock, ...]:
    """The blocks without paragraphs that only repeat part of another, and their attributions."""
    texts = [f" {folded(block.text)} " for block in blocks]
    homes = {at: _home(at, blocks, texts) for at in range(len(blocks))}
    quotes = {at: home for at, home in homes.items() if home is not None}
    gone = set(quotes)
    for at, home in quotes.items():
        around = " ".join(texts[max(0, home - 1) : home + 2])
        gone.update(_attribution(at, blocks, around, gone))
    return tuple(block for at, block in enumerate(blocks) if at not in gone)


def _home(at: int, blocks: Sequence[TextBlock], texts: list[str]) -> int | None:
    """Where the longer paragraph stands that block `at` repeats, or None."""
    block = blocks[at]
    if block.kind is not BlockKind.PARAGRAPH:
        return None
    signed = _SIGNED.fullmatch(block.text.strip())
    pieces = _pieces(signed["quote"] if signed else block.text)
    needed = FEWEST_QUOTED_WORDS if _QUOTED.match(block.text) else FEWEST_WORDS
    if sum(len(piece.split()) for piece in pieces) < needed:
        return None
    for home, text in enumerate(texts):
        longer = home != at and len(text) > len(texts[at])
        if longer and blocks[home].kind is BlockKind.PARAGRAPH and _contains(text, pieces):
            return home
    return None


def _pieces(text: str) -> list[str]:
    """What is quoted, in pieces where the quote leaves something out."""
    return [piece for piece in map(folded, _OMISSION.split(text)) if piece]


def _contains(text: str, pieces: list[str]) -> bool:
    """Whether the pieces stand in the text in their order, as whole words."""
    at = 0
    for piece in pieces:
        match = re.compile(rf"(?<!\w){re.escape(piece)}(?!\w)").search(text, at)
        if match is None:
            return False
        at = match.end()
    return True


def _attribution(
    at: int, blocks: Sequence[TextBlock], around: str, gone: set[int]
) -> Sequence[int]:
    """Where the line stands that says whose words the pull quote at `at` is; empty if nowhere."""
    quoted = bool(_QUOTED.match(blocks[at].text))
    for neighbour, after in ((at + 1, True), (at - 1, False)):
        if not 0 <= neighbour < len(blocks) or neighbour in gone:
            continue
        line = blocks[neighbour]
        if line.kind is not BlockKind.PARAGRAPH or not is_label(line):
            continue
        signed = bool(_DASH.match(line.text))
        # Above a quote stand headings too; only a line with a dash is surely a speaker's.
        if signed or (after and quoted and (_names(line.text, around) or "," in line.text)):
            return (neighbour,)
    return ()


def _names(line: str, around: str) -> bool:
    """Whether the line's words are those by which the text names the speaker."""
    words = {word.casefold() for word in _WORD.findall(line)}
    return bool(words) and sum(word in around for word in words) >= NAMED_SHARE * len(words)
