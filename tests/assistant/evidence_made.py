"""Evidence made by hand, for what comes after ranking."""

from __future__ import annotations

import datetime as dt

from assistant.evidence import Evidence, Weighing
from corpus.briefing import Briefing, Span, TextBlock, briefing_id, join_blocks
from index.passages import cut


def briefing_of(
    *paragraphs: str, title: str = "Title", published: dt.date | None = None, **more: object
) -> Briefing:
    body, blocks = join_blocks([TextBlock(p) for p in paragraphs])
    return Briefing(
        id=briefing_id(title), key=title, title=title, body=body, blocks=blocks,
        published=published, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def evidence_for(briefing: Briefing, words: str, score: float = 0.9) -> Evidence:
    at = briefing.body.index(words)
    span = Span(at, at + len(words))
    passage = next(p for p in cut(briefing) if p.start <= at < p.end)
    return Evidence(briefing, passage, span, span, score)


def weighing_of(*evidence: Evidence) -> Weighing:
    ranked = tuple(sorted(evidence, key=lambda e: -e.score))
    return Weighing(ranked, ranked[0].score if ranked else 0.0)
