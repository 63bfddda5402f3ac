"""Pull quotes: sentences of the text set again, large, with their speaker below or above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.briefing import BlockKind, TextBlock
from corpus.folding import folded
from corpus.furniture.prose import is_label

# Fewer words than this are a heading that the text happens to contain, or, in quote marks, the
# name of a film. With its speaker's line below, the shortest quote is one.
FEWEST_WORDS = 8
FEWEST_QUOTED_WORDS = 6
FEWEST_SIGNED_WORDS = 3

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
    texts = [folded(block.text) for block in blocks]
    whole = "\n".join(texts)
    gone: set[int] = set()
    for at, block in enumerate(blocks):
        pieces = _pieces(block)
        home = _home(at, pieces, blocks, texts, whole)
        if home is None:
            continue
        around = " ".join(texts[max(0, home - 1) : home + 2])
        attribution = _attribution(at, blocks, around, gone)
        if _is_long_enough(block, pieces) or attribution is not None:
            gone.add(at)
            gone |= {attribution} if attribution is not None else set()
    return tuple(block for at, block in enumerate(blocks) if at not in gone)


def _home(
    at: int, pieces: list[str], blocks: Sequence[TextBlock], texts: list[str], whole: str
) -> int | None:
    """Where the longer paragraph stands that block `at` repeats, or None."""
    if sum(len(piece.split()) for piece in pieces) < FEWEST_SIGNED_WORDS:
        return None
    # Almost every paragraph stands once; counting in the whole is much faster than looking
    # through the others one by one.
    if any(whole.count(piece) < 2 for piece in pieces):
        return None
    for home, text in enumerate(texts):
        longer = home != at and len(text) > len(texts[at])
        if longer and blocks[home].kind is BlockKind.PARAGRAPH and _contains(text, pieces):
            return home
    return None


def _is_long_enough(block: TextBlock, pieces: list[str]) -> bool:
    """Whether a repetition by itself shows that the block is a pull quote."""
    needed = FEWEST_QUOTED_WORDS if _QUOTED.match(block.text) else FEWEST_WORDS
    return sum(len(piece.split()) for piece in pieces) >= needed


def _pieces(block: TextBlock) -> list[str]:
    """What a paragraph may be quoting, in pieces where it leaves something out."""
    if block.kind is not BlockKind.PARAGRAPH:
        return []
    signed = _SIGNED.fullmatch(block.text.strip())
    quote = signed["quote"] if signed else block.text
    return [piece for piece in map(folded, _OMISSION.split(quote)) if piece]


def _contains(text: str, pieces: list[str]) -> bool:
    """Whether the pieces stand in the text in their order, as whole words."""
    at = 0
    for piece in pieces:
        match = re.compile(rf"(?<!\w){re.escape(piece)}(?!\w)").search(text, at)
        if match is None:
            return False
        at = match.end()
    return True


def _attribution(at: int, blocks: Sequence[TextBlock], around: str, gone: set[int]) -> int | None:
    """Where the line stands that says whose words the pull quote at `at` is, or None."""
    for neighbour, after in ((at + 1, True), (at - 1, False)):
        if not 0 <= neighbour < len(blocks) or neighbour in gone:
            continue
        line = blocks[neighbour]
        quoted = bool(_QUOTED.match(blocks[at].text)) and not _QUOTED.match(line.text)
        if line.kind is not BlockKind.PARAGRAPH or not is_label(line):
            continue
        signed = bool(_DASH.match(line.text))
        # Above a quote stand headings too; only a line with a dash is surely a speaker's.
        if signed or (after and quoted and (_names(line.text, around) or "," in line.text)):
            return neighbour
    return None


def _names(line: str, around: str) -> bool:
    """Whether the line's words are those by which the text names the speaker."""
    words = {word.casefold() for word in _WORD.findall(line)}
    return bool(words) and sum(word in around for word in words) >= NAMED_SHARE * len(words)
