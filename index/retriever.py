"""Query → passages: dense and lexical runs, fused, filtered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa

from corpus import schema
from corpus.briefing import Briefing
from corpus.library import Filters, Library
from index.embedding import Embedder, Vectors
from index.lexical import FullText
from index.mirror import VectorMirror
from index.passages import Passage, passage_of

# What likeness of meaning counts beside likeness of words. Equal shares: not tuned.
DENSE_SHARE = 0.5
# How deep each run is read before fusion.
RUN_DEPTH = 100
# A question is searched for more than once: narrowed, wide, and again after its follow-up.
CACHED_QUERIES = 64


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that may bear on a query.

    Attributes:
        passage: The passage.
        briefing: The briefing it stands in.
        score: Fused score: the larger, the better; comparable within one query only.
        dense_rank: Its place in the dense run, from 1; None if it is not in it.
        lexical_rank: Its place in the lexical run, from 1; None if it is not in it.
        similarity: Cosine of the angle to the query.
    """

    passage: Passage
    briefing: Briefing
    score: float
    dense_rank: int | None
    lexical_rank: int | None
    similarity: float


class Retriever:
    """Finds passages by meaning and by words.

    Args:
        library: The briefings.
        embedder: The model that made the vectors.
        mirror: The vector store.
    """

    def __init__(self, library: Library, embedder: Embedder, mirror: VectorMirror) -> None:
        self._library = library
        self._embedder = embedder
        self._mirror = mirror
        self._full_text = FullText(library.engine)
        self._vector = lru_cache(maxsize=CACHED_QUERIES)(self._embedded)

    def retrieve(self, query: str, limit: int, filters: Filters | None = None) -> list[Hit]:
        """The passages that bear most on `query`, best first.

        Args:
            query: A stand-alone question.
            limit: How many passages at most.
            filters: Which briefings count.

        Raises:
            IndexingError: The vector store is damaged.
        """
        briefings = self._library.ids(filters) if filters else None
        vector = self._vector(query)
        dense = dict(self._mirror.nearest(vector, RUN_DEPTH, briefings))
        lexical = dict(self._full_text.search(query, RUN_DEPTH, briefings))
        # What only its words brought up has its likeness of meaning counted, too.
        others = [i for i in lexical if i not in dense]
        similarities = {**self._mirror.similarities(vector, others), **dense}
        fused = fuse(similarities, lexical)[:limit]
        dense_ranks = {i: rank for rank, i in enumerate(dense, 1)}
        lexical_ranks = {i: rank for rank, i in enumerate(lexical, 1)}
        found = self._load([i for i, _ in fused])
        return [
            Hit(
                passage=found[i],
                briefing=self._library.get(found[i].briefing_id, found[i].version),
                score=score,
                dense_rank=dense_ranks.get(i),
                lexical_rank=lexical_ranks.get(i),
                similarity=similarities[i],
            )
            for i, score in fused
            # A passage can be gone between the search and here, while another process writes.
            if i in found
        ]

    def holds(self, phrase: str) -> bool:
        """Whether any passage has the words of `phrase` side by side."""
        return self._full_text.holds(phrase)

    def _embedded(self, query: str) -> Vectors:
        vector: Vectors = self._embedder.embed([query])[0]
        return vector

    def _load(self, ids: Sequence[str]) -> dict[str, Passage]:
        with self._library.engine.connect() as connection:
            rows = connection.execute(
                sa.select(schema.passages).where(schema.passages.c.id.in_(ids))
            ).all()
        return {row.id: passage_of(row) for row in rows}


def fuse(
    similarities: Mapping[str, float], lexical: Mapping[str, float]
) -> list[tuple[str, float]]:
    """Ids with the weighted sum of cosine and BM25, each as a share of the best one's; best first.

    A convex combination of scores, which keeps how far apart they are, where ranks forget it
    (Bruch, Gai, Ingber, "An analysis of fusion functions for hybrid retrieval", TOIS 42, 2023).

    Args:
        similarities: The cosine of every passage.
        lexical: BM25 of those that hold words of the query.
    """
    nearest = max(similarities.values(), default=0.0) or 1.0
    wordiest = max(lexical.values(), default=0.0) or 1.0
    scores = {
        i: DENSE_SHARE * max(cosine, 0.0) / nearest
        + (1 - DENSE_SHARE) * max(lexical.get(i, 0.0), 0.0) / wordiest
        for i, cosine in similarities.items()
    }
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
