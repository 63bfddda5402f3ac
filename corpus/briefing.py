"""What a briefing is: immutable text, its parts, and where it comes from."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range `[start, end)` of code points in a briefing's body."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]


class BlockKind(StrEnum):
    """What a block of a briefing's body is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A block as a reader finds it, before cleaning: text and where it stood.

    Attributes:
        text: The block's text, without markup; list items and table rows on lines of their own.
        kind: What the block is.
        page: 1-based page of a paged document, else None.
        level: 1-6 for headings, else 0.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    page: int | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a briefing's body: its span, kind and page (1-based, None where unpaged)."""

    start: int
    end: int
    kind: BlockKind = BlockKind.PARAGRAPH
    page: int | None = None

    @property
    def span(self) -> Span:
        """The block's place in the body."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Briefing:
    """One version of a briefing.

    Attributes:
        id: Stable across edits; made from `key` (see `briefing_id`).
        key: Where it comes from, as an address that stays the same when the text changes
            (absolute path, URL, or `upload:`/`sample:` and a name).
        title: The headline; the file's name where the text has none.
        body: The cleaned text; blocks joined by blank lines. Immutable: another body is
            another version.
        blocks: The body's blocks in order; they cover it but for the blank lines between.
        standfirst: The line below the title, or "".
        published: The date written in it, or None; never guessed.
        section: The section it appeared in, or "".
        author: Who wrote it, or "".
        places: Countries it is about, by their English short names.
        sources: What it says its sources are.
        url: Where it can be read on the web, or "".
        source: Its publisher or the file's name, for people.
        format: The reader that read it: text, markdown, html, pdf, docx or email.
    """

    id: str
    key: str
    title: str
    body: str
    blocks: tuple[Block, ...]
    standfirst: str = ""
    published: dt.date | None = None
    section: str = ""
    author: str = ""
    places: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    url: str = ""
    source: str = ""
    format: str = "text"

    @property
    def version(self) -> str:
        """The body's SHA-256, 16 hexadecimal digits: the identity of this version."""
        return hashlib.sha256(self.body.encode()).hexdigest()[:16]

    def page_at(self, offset: int) -> int | None:
        """The 1-based page on which the body's code point `offset` stands, if it is paged."""
        return next((b.page for b in self.blocks if b.start <= offset < b.end), None)


def briefing_id(key: str) -> str:
    """The id of the briefing that comes from `key`: 12 hexadecimal digits."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def join_blocks(blocks: tuple[TextBlock, ...] | list[TextBlock]) -> tuple[str, tuple[Block, ...]]:
    """Join text blocks into a body, a blank line between each, and say where each stands."""
    parts: list[str] = []
    placed: list[Block] = []
    at = 0
    for block in blocks:
        if parts:
            parts.append("\n\n")
            at += 2
        placed.append(Block(at, at + len(block.text), block.kind, block.page))
        parts.append(block.text)
        at += len(block.text)
    return "".join(parts), tuple(placed)
