"""Documents ranked for a question by the retriever as shipped, and by each half of it alone."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.assembly import Desk
from evals.benchmarks.figures import DENSE, FUSED, LEXICAL
from index.retriever import Hit

# Passages read of each run: enough for ten documents of several passages each.
DEPTH = 50


def document_runs(desk: Desk, question: str) -> dict[str, list[str]]:
    """The keys of the documents found, best first: lexical, dense, and both fused as shipped."""
    hits = desk.assistant.search(question, 2 * DEPTH)
    return {
        LEXICAL: _keys(sorted((h for h in hits if h.lexical_rank), key=_lexical)),
        DENSE: _keys(sorted((h for h in hits if h.dense_rank), key=_dense)),
        FUSED: _keys(hits),
    }


def _lexical(hit: Hit) -> int:
    return hit.lexical_rank or 0


def _dense(hit: Hit) -> int:
    return hit.dense_rank or 0


def _keys(hits: Sequence[Hit]) -> list[str]:
    """Each document at its best passage's place."""
    return list(dict.fromkeys(hit.briefing.key for hit in hits))
