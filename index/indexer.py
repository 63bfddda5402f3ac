"""Library → indexes: incremental, resumable, repairable, with progress.

The order of writing makes it safe to be cut off at any moment: first, in one transaction, the
truth (briefing, passages, vectors' bytes, full text, and a mark that the vector store is
behind); then the vector store; then the mark is cleared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import sqlalchemy as sa
from filelock import FileLock, Timeout

from corpus import schema
from corpus.batches import batches
from corpus.briefing import Briefing
from corpus.errors import IndexingError
from corpus.library import Change, Library
from index.embedding import Embedder, Vectors
from index.lexical import FullText
from index.mirror import VectorMirror
from index.passages import Passage, cut, embedded_text, passage_of

# Briefings written in one transaction: enough for full embedding batches, few enough that
# little is lost when a long run is cut off.
BRIEFINGS_A_BATCH = 32
# How long to wait for another process that is writing before saying so.
LOCK_SECONDS = 10.0


@dataclass(slots=True)
class IndexReport:
    """What a run of the indexer did, by briefing id."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    passages: int = 0


class Indexer:
    """The one writer of a library and its indexes.

    Args:
        library: The briefings.
        embedder: Makes the vectors.
        mirror: The vector store.
        lock: The path of the file that one writing process at a time holds locked.
    """

    def __init__(
        self, library: Library, embedder: Embedder, mirror: VectorMirror, lock: Path
    ) -> None:
        self._library = library
        self._embedder = embedder
        self._mirror = mirror
        self._lock = FileLock(lock)

    def index(
        self, briefings: Iterable[Briefing], on_progress: Callable[[int], None] | None = None
    ) -> IndexReport:
        """Take briefings in: add what is new, re-index what changed, leave the rest alone.

        Args:
            briefings: Any number, read as they are needed; of two with one id, the first.
            on_progress: Called with the number of briefings done since the last call.

        Raises:
            IndexingError: Another process keeps writing.
        """
        report = IndexReport()
        with self._writing():
            if not self._mirror.is_in_line():
                self._mirror.align()
            for batch in batches(_first_of_each(briefings), BRIEFINGS_A_BATCH):
                fresh = self._sort_out(batch, report)
                if fresh:
                    report.passages += self._write(fresh)
                if on_progress:
                    on_progress(len(batch))
        return report

    def remove(self, briefing_ids: Sequence[str]) -> IndexReport:
        """Take briefings out of everything: database, full text, vectors, all versions.

        Raises:
            IndexingError: Another process keeps writing.
        """
        with self._writing():
            gone: list[str] = []
            with self._library.engine.begin() as connection:
                self._mirror.mark(connection)
                for briefing_id in briefing_ids:
                    gone += self._forget(connection, briefing_id)
                self._library.delete(connection, briefing_ids)
            self._mirror.follow(gone, [])
        return IndexReport(removed=list(briefing_ids))

    def needs_repair(self) -> bool:
        """Whether passages lack vectors or the vector store is out of line. Two quick counts.

        While another process writes this is never so: what looks like damage is its work.
        """
        return bool(self.pending() or not self._mirror.is_in_line()) and not self._is_busy()

    def pending(self) -> int:
        """How many passages have no vector of the current embedding model yet."""
        with self._library.engine.connect() as connection:
            return int(
                connection.scalar(
                    sa.select(sa.func.count())
                    .select_from(schema.passages)
                    .where(schema.passages.c.id.not_in(self._has_vector()))
                )
                or 0
            )

    def repair(self, on_progress: Callable[[int], None] | None = None) -> None:
        """Embed what has no vector of the current model and bring the vector store in line.

        Args:
            on_progress: Called with the number of passages embedded since the last call.

        Raises:
            IndexingError: Another process keeps writing.
        """
        with self._writing():
            with self._library.engine.connect() as connection:
                rows = connection.execute(
                    sa.select(schema.passages).where(
                        schema.passages.c.id.not_in(self._has_vector())
                    )
                ).all()
            for batch in batches(rows, 256):
                passages = [passage_of(row) for row in batch]
                texts = [embedded_text(self._library.get(p.briefing_id), p) for p in passages]
                vectors = self._embed(texts, on_progress)
                with self._library.engine.begin() as connection:
                    self._mirror.mark(connection)
                    for passage, text, vector in zip(passages, texts, vectors, strict=True):
                        self._put_vector(connection, passage.id, text, vector)
            self._mirror.align()

    def rebuild(self, on_progress: Callable[[int], None] | None = None) -> int:
        """Cut and index every briefing anew; build the vector store beside the old, then swap.

        Vectors of texts that have not changed are taken over, not made again.

        Args:
            on_progress: Called with the number of briefings done since the last call.

        Returns:
            The number of passages.

        Raises:
            IndexingError: Another process keeps writing.
        """
        total = 0
        with self._writing():
            # First, since a passage can only be taken out of an index that fits it.
            with self._library.engine.begin() as connection:
                FullText.rebuild(connection)
            for batch in batches(self._library.read(self._library.ids()), BRIEFINGS_A_BATCH):
                _, added = self._write_truth(batch)
                total += len(added)
                if on_progress:
                    on_progress(len(batch))
            with self._library.engine.begin() as connection:
                FullText.rebuild(connection)
            self._mirror.rebuild()
        return total

    def close(self) -> None:
        """Let go of the vector store's files."""
        self._mirror.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            with self._lock.acquire(timeout=LOCK_SECONDS):
                yield
        except Timeout as error:
            raise IndexingError(
                "Another Attaché process is writing to this library",
                "Wait until it has finished and try again.",
            ) from error

    def _is_busy(self) -> bool:
        try:
            with self._lock.acquire(timeout=0):
                return False
        except Timeout:
            return True

    def _sort_out(self, batch: Iterable[Briefing], report: IndexReport) -> list[Briefing]:
        lists = {
            Change.ADDED: report.added,
            Change.CHANGED: report.changed,
            Change.DESCRIBED: report.described,
            Change.UNCHANGED: report.unchanged,
        }
        fresh = []
        for briefing in batch:
            change = self._library.compare(briefing)
            lists[change].append(briefing.id)
            if change is not Change.UNCHANGED:
                fresh.append(briefing)
        return fresh

    def _write(self, briefings: Sequence[Briefing]) -> int:
        removed, added = self._write_truth(briefings)
        self._mirror.follow(removed, added)
        return len(added)

    def _write_truth(
        self, briefings: Sequence[Briefing]
    ) -> tuple[list[str], list[tuple[str, str]]]:
        """Write briefings and all that is made of them, in one transaction.

        Returns:
            The ids of the passages that are gone, and id and briefing id of the new ones.
        """
        cuts = [(briefing, passage) for briefing in briefings for passage in cut(briefing)]
        texts = [embedded_text(b, p) for b, p in cuts]
        vectors = self._embed(texts)
        removed: list[str] = []
        with self._library.engine.begin() as connection:
            self._mirror.mark(connection)
            for briefing in briefings:
                removed += self._forget(connection, briefing.id)
                self._library.put(connection, briefing)
            for (_, passage), text, vector in zip(cuts, texts, vectors, strict=True):
                self._put_passage(connection, passage)
                self._put_vector(connection, passage.id, text, vector)
            for briefing in briefings:
                FullText.add(connection, briefing.id)
        return removed, [(p.id, p.briefing_id) for _, p in cuts]

    @staticmethod
    def _put_passage(connection: sa.Connection, passage: Passage) -> None:
        connection.execute(
            schema.passages.insert().values(
                id=passage.id,
                briefing_id=passage.briefing_id,
                version=passage.version,
                ordinal=passage.ordinal,
                start=passage.start,
                end=passage.end,
                heading_start=passage.heading.start,
                heading_end=passage.heading.end,
            )
        )

    def _put_vector(
        self, connection: sa.Connection, passage_id: str, text: str, vector: Vectors
    ) -> None:
        connection.execute(
            schema.vectors.insert().values(
                passage_id=passage_id,
                fingerprint=self._embedder.fingerprint,
                text_hash=_hash(text),
                vector=vector.astype(np.float32).tobytes(),
            )
        )

    @staticmethod
    def _forget(connection: sa.Connection, briefing_id: str) -> list[str]:
        """Take a briefing's passages out of full text, vectors and passages; say which."""
        FullText.delete(connection, briefing_id)
        of_briefing = schema.passages.c.briefing_id == briefing_id
        own = list(connection.scalars(sa.select(schema.passages.c.id).where(of_briefing)))
        connection.execute(
            schema.vectors.delete().where(
                schema.vectors.c.passage_id.in_(sa.select(schema.passages.c.id).where(of_briefing))
            )
        )
        connection.execute(schema.passages.delete().where(of_briefing))
        return own

    def _embed(
        self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Vectors of texts; those of texts embedded before are taken over."""
        hashes = [_hash(text) for text in texts]
        known: dict[str, bytes] = {}
        with self._library.engine.connect() as connection:
            for some in batches(sorted(set(hashes)), 5000):
                rows = connection.execute(
                    sa.select(schema.vectors.c.text_hash, schema.vectors.c.vector).where(
                        schema.vectors.c.fingerprint == self._embedder.fingerprint,
                        schema.vectors.c.text_hash.in_(some),
                    )
                )
                known.update((row.text_hash, row.vector) for row in rows)
        vectors = np.empty((len(texts), self._embedder.dimensions), dtype=np.float32)
        new = [i for i, h in enumerate(hashes) if h not in known]
        if new:
            vectors[new] = self._embedder.embed([texts[i] for i in new], on_progress)
        for i, h in enumerate(hashes):
            if h in known:
                vectors[i] = np.frombuffer(known[h], dtype=np.float32)
        return vectors

    def _has_vector(self) -> sa.Select[tuple[str]]:
        return sa.select(schema.vectors.c.passage_id).where(
            schema.vectors.c.fingerprint == self._embedder.fingerprint
        )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _first_of_each(briefings: Iterable[Briefing]) -> Iterator[Briefing]:
    """One run takes a source in once, however often it is named."""
    seen: set[str] = set()
    for briefing in briefings:
        if briefing.id not in seen:
            seen.add(briefing.id)
            yield briefing
