"""Briefings and passages as plain JSON types: the form of the API and of `--json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus.briefing import Briefing

if TYPE_CHECKING:
    # The retriever brings the vector store along; listing briefings needs none.
    from index.retriever import Hit


def described(briefing: Briefing) -> dict[str, Any]:
    """What a briefing is, without its text."""
    return {
        "id": briefing.id,
        "version": briefing.version,
        "title": briefing.title,
        "standfirst": briefing.standfirst,
        "published": briefing.published.isoformat() if briefing.published else None,
        "section": briefing.section,
        "author": briefing.author,
        "places": list(briefing.places),
        "sources": list(briefing.sources),
        "url": briefing.url,
        "source": briefing.source,
        "format": briefing.format,
        "key": briefing.key,
    }


def whole(briefing: Briefing) -> dict[str, Any]:
    """A version of a briefing with its text; blocks are spans in the body."""
    pages = [b.page for b in briefing.blocks if b.page is not None]
    return {
        **described(briefing),
        "body": briefing.body,
        "blocks": [
            {"start": b.start, "end": b.end, "kind": str(b.kind), "page": b.page}
            for b in briefing.blocks
        ],
        "pages": max(pages, default=None),
    }


def found(hit: Hit) -> dict[str, Any]:
    """A passage, how it was found, and its words."""
    briefing, passage = hit.briefing, hit.passage
    return {
        "passage_id": passage.id,
        "briefing_id": briefing.id,
        "version": briefing.version,
        "title": briefing.title,
        "published": briefing.published.isoformat() if briefing.published else None,
        "source": briefing.source,
        "section": briefing.section,
        "text": passage.span.of(briefing.body),
        "start": passage.start,
        "end": passage.end,
        "page": briefing.page_at(passage.start),
        "score": round(hit.score, 6),
        "dense_rank": hit.dense_rank,
        "lexical_rank": hit.lexical_rank,
        "similarity": round(hit.similarity, 4),
    }
