"""Briefings as rows of the library's database, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.engine import RowMapping

from corpus.briefing import Block, BlockKind, Briefing


def date_of(value: str | None) -> dt.date | None:
    """A date as it is stored, or None."""
    return None if value is None else dt.date.fromisoformat(value)


def row_of(briefing: Briefing) -> dict[str, Any]:
    """The row of the versions table that keeps `briefing`."""
    return {
        "briefing_id": briefing.id,
        "version": briefing.version,
        "title": briefing.title,
        "standfirst": briefing.standfirst,
        "body": briefing.body,
        "blocks": [[b.start, b.end, str(b.kind), b.page] for b in briefing.blocks],
        "published": briefing.published.isoformat() if briefing.published else None,
        "section": briefing.section,
        "author": briefing.author,
        "places": list(briefing.places),
        "sources": list(briefing.sources),
        "url": briefing.url,
        "source": briefing.source,
        "format": briefing.format,
    }


def briefing_of(row: RowMapping) -> Briefing:
    """The briefing that a row of the versions table keeps, its key beside."""
    return Briefing(
        id=row["briefing_id"],
        key=row["key"],
        title=row["title"],
        body=row["body"],
        blocks=_blocks_of(row["blocks"]),
        standfirst=row["standfirst"],
        published=date_of(row["published"]),
        section=row["section"],
        author=row["author"],
        places=tuple(row["places"]),
        sources=tuple(row["sources"]),
        url=row["url"],
        source=row["source"],
        format=row["format"],
    )


def _blocks_of(rows: Iterable[Sequence[Any]]) -> tuple[Block, ...]:
    return tuple(Block(start, end, BlockKind(kind), page) for start, end, kind, page in rows)
