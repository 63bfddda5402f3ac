"""What a text says of itself in lines of their own: byline, date, section; and its dateline.

Nothing is guessed: a day and month without a year, or "03/10/2022", which two countries read
as two days, give no date.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.briefing import BlockKind, TextBlock
from corpus.furniture.prose import is_line
from corpus.written_dates import DATE, read_date

# Bylines stand above the text or below its lead: before this many paragraphs of prose are over.
# One may be a cookie notice, one the standfirst.
HEAD_PARAGRAPHS = 3

# A line that only names a person, a date or a section is no longer than this.
LONGEST_LINE = 120

_WEEKDAY = r"(?:[^\W\d_]{3,13}\.?,? )?"
_TIME = r"(?:[,.]? ?(?:at |a las |um |·|\|)? ?\d{1,2}[:.]\d{2}.{0,12})?"
_DATE_LINE = re.compile(
    rf"(?:(?:first |last )?(?:published|posted|issued|updated|released|dated|date|publicado"
    r"|publicada"
    rf"|fecha|actualizado|data|publié|datum|veröffentlicht)\b(?: on| el| em| le| am)? ?[:|]? ?)?"
    rf"{_WEEKDAY}(?P<date>{DATE}){_TIME}\.?",
    re.I,
)
_UPDATED = re.compile(r"(?:last )?updated|actualizad", re.I)
_NAME = r"[^\W\d_][\w'’.-]*(?: (?:[^\W\d_][\w'’.-]*|&)){0,6}"
_BYLINE = re.compile(
    rf"(?:by|por|par|von|author|autora?|written by|from the desk of)\b ?:? "
    rf"(?P<author>{_NAME}(?:,? (?:and|y|e|et|und) {_NAME}|, {_NAME})*)",
    re.I,
)
_SECTION = re.compile(
    r"(?:section|category|topic|desk|sección|seção|rubrique|ressort) ?: ?(?P<section>.{2,60})", re.I
)
_SENDER = re.compile(rf"(?:from|de|von)\s*:\s*(?P<author>{_NAME})", re.I)
_SUBJECT = re.compile(r"(?:subject|re|asunto|assunto|betreff|objet)\s*:\s*(?P<title>.{3,})", re.I)
_PARTS = re.compile(r"\s+[|·•–—/]\s+|\s{3,}")

# "LIMA, Oct 6, 2022 (Wire) — The ..." or "BOGOTÁ, 6 October 2022. The ...".
_DATELINE = re.compile(
    rf"[A-ZÀ-Þ][A-ZÀ-Þ.' -]{{2,30}}(?:, [A-Z][\w. ]{{1,20}})?[,.(] ?\(?{_WEEKDAY}"
    rf"(?P<date>{DATE})\)? ?(?:\([^)]{{2,40}}\) ?)?(?:[-–—.:]|$)"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a text's own lines say of it.

    Attributes:
        published: The date written, or None.
        section: The section written, or "".
        author: Who is written to have written it, or "".
        title: What a memo gives as its subject, or "".
        blocks: The blocks without the lines that say nothing else.
    """

    published: dt.date | None
    section: str
    author: str
    title: str
    blocks: tuple[TextBlock, ...]


def take(blocks: Sequence[TextBlock]) -> Stated:
    """Read the byline, date and section lines above a text, and its dateline.

    Args:
        blocks: The text's blocks, in order.

    Returns:
        What is stated, and the blocks left. A dateline is part of its paragraph and stays.
    """
    stated = Stated(None, "", "", "", ())
    kept: list[TextBlock] = []
    paragraphs = 0
    for block in blocks:
        found = _line(block, stated) if paragraphs < HEAD_PARAGRAPHS else None
        if found is not None:
            stated = found
            continue
        kept.append(block)
        if paragraphs < HEAD_PARAGRAPHS and stated.published is None:
            stated = replace(stated, published=_dateline(block))
        paragraphs += not is_line(block)
    return replace(stated, blocks=tuple(kept))


def _line(block: TextBlock, stated: Stated) -> Stated | None:
    """What is known after this line; None if it is not wholly a line of that sort."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING) or "\n" in block.text:
        return None
    if len(block.text) > LONGEST_LINE:
        return None
    for part in _PARTS.split(block.text.strip()):
        found = _part(part.strip(), stated)
        if found is None:
            return None
        stated = found
    return stated


def _part(text: str, stated: Stated) -> Stated | None:
    dated = _DATE_LINE.fullmatch(text)
    if dated:
        day = read_date(dated["date"])
        if day is None:
            return None
        # A page's "Updated" line does not displace the day it was published.
        keep = stated.published is not None and _UPDATED.match(text)
        return stated if keep else replace(stated, published=stated.published or day)
    for pattern in (_BYLINE, _SENDER):
        byline = pattern.fullmatch(text)
        if byline and _is_name(byline["author"]):
            return replace(stated, author=stated.author or byline["author"])
    section = _SECTION.fullmatch(text)
    if section:
        return replace(stated, section=stated.section or section["section"].strip())
    subject = _SUBJECT.fullmatch(text)
    if subject:
        return replace(stated, title=stated.title or subject["title"].strip())
    return None


def _is_name(text: str) -> bool:
    """Whether the words are names: each but the small ones begins with a capital."""
    words = [word for word in text.split() if word not in {"and", "y", "e", "et", "und", "&"}]
    small = {"de", "del", "la", "da", "do", "dos", "van", "von", "der", "di", "le"}
    return all(word[0].isupper() or word in small for word in words) and not text.endswith(".")


def _dateline(block: TextBlock) -> dt.date | None:
    found = _DATELINE.match(block.text)
    return read_date(found["date"]) if found else None
