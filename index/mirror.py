"""The vector store kept in line with the library: opened by generation, checked, rebuilt.

The vectors' bytes are in the library's database; Chroma mirrors them. A process that finds the
mirror behind (the mark `vectors_behind`), unreadable or of another size brings it in line from
those bytes, without embedding again: in place where it can, else in a new generation beside
the old one, which is swapped in when it is whole.
"""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa

from corpus import schema
from corpus.batches import batches
from corpus.errors import IndexingError
from corpus.library import Library
from index.embedding import Vectors
from index.vectors import PassageVectors, remove_stores

_BEHIND = "vectors_behind"
_CHANGES = "vector_changes"
_GENERATION = "vector_generation"

# Passages moved from the database to the store at a time.
PASSAGES_A_BATCH = 5000

# How to search where not every passage counts, over 100,000 (one core): Chroma takes 200 ms for
# 150 given ids, since few of those it meets on its way count, and 180 ms for 56,000, since it
# looks up each. So, of so few passages each is compared with the question, 20 ms at most …
COMPARED_ONE_BY_ONE = 2000
# … and where more than this share counts, enough of the nearest of all do, 5 ms.
BROAD = 0.1


class VectorMirror:
    """The passages' vectors of one embedding model, searchable.

    Searching is safe from any thread; the other methods are the indexer's, under its lock.

    Args:
        library: Where the vectors' bytes are kept.
        fingerprint: The embedding model's identity, which names the collection.
        folder: Where embedded stores live, one folder a generation.
        server: The URL of a Chroma server to use in place of embedded stores, or "".
    """

    def __init__(self, library: Library, fingerprint: str, folder: Path, server: str = "") -> None:
        self._library = library
        self._fingerprint = fingerprint
        self._folder = folder
        self._server = server
        self._guard = threading.RLock()
        self._open: tuple[tuple[str | None, str | None], PassageVectors] | None = None

    def nearest(
        self, vector: Vectors, limit: int, among: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The passages nearest to a unit vector, nearest first: id and cosine similarity.

        Args:
            vector: What to be near to, shape `(dimensions,)`.
            limit: How many at most.
            among: Only passages of these briefings, if given.

        Raises:
            IndexingError: The store is damaged.
        """
        if among is None:
            return self._searched(vector, limit)
        share, admitted = self._admitted(among)
        if share > BROAD:
            wide = self._searched(vector, math.ceil(2 * limit / share))
            passing = self._of_briefings(among, [i for i, _ in wide])
            found = [(i, cosine) for i, cosine in wide if i in passing]
            if len(found) >= limit:
                return found[:limit]
        ids = sorted(self._of_briefings(among))
        if admitted > COMPARED_ONE_BY_ONE:
            return self._searched(vector, limit, ids)
        cosines = self.similarities(vector, ids)
        return sorted(cosines.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]

    def similarities(self, vector: Vectors, ids: Sequence[str]) -> dict[str, float]:
        """The cosine of a unit vector to each of these passages; unknown ids are left out.

        Args:
            vector: What they are compared with, shape `(dimensions,)`.
            ids: Passages, some thousands at most.
        """
        chosen = sa.func.json_each(json.dumps(list(ids))).table_valued("value")
        with self._library.engine.connect() as connection:
            rows = connection.execute(
                sa.select(schema.vectors.c.passage_id, schema.vectors.c.vector).where(
                    schema.vectors.c.fingerprint == self._fingerprint,
                    schema.vectors.c.passage_id.in_(sa.select(chosen.c.value)),
                )
            ).all()
        return {r.passage_id: float(np.frombuffer(r.vector, np.float32) @ vector) for r in rows}

    def mark(self, connection: sa.Connection) -> None:
        """Record, in the transaction that changes passages, that the store will be behind."""
        self._library.set_note(_BEHIND, "yes", connection)

    def follow(self, removed: Sequence[str], added: Sequence[tuple[str, str]]) -> None:
        """Carry out in the store what was just written to the database, and clear the mark.

        Args:
            removed: Ids of passages that are gone.
            added: Id and briefing id of passages that are new.
        """
        with self._guard:
            try:
                store = self._current()
                store.delete(removed)
                self._add(store, added)
            except IndexingError:
                self._rebuild_or_raise()
                return
            self._settle()

    def is_in_line(self) -> bool:
        """Whether the store is readable and as large as it should be, with no work left over."""
        with self._guard:
            try:
                return (
                    self._library.note(_BEHIND) != "yes"
                    and self._current().count() == self._wanted_count()
                )
            except IndexingError:
                if self._server:
                    raise
                return False

    def align(self) -> None:
        """Compare the store with the database, id by id, and mend what differs."""
        with self._guard:
            try:
                there = self._current().ids()
            except IndexingError:
                self._rebuild_or_raise()
                return
            wanted = self._wanted()
            self.follow(
                sorted(there - wanted.keys()),
                [(i, b) for i, b in wanted.items() if i not in there],
            )

    def rebuild(self, on_progress: Callable[[int], None] | None = None) -> None:
        """Build a store beside the one in use, swap it in, and delete the old one."""
        with self._guard:
            generation = self._generation() + 1
            self.close()
            store = self._open_store(generation)
            store.delete(sorted(store.ids()))
            self._add(store, list(self._wanted().items()), on_progress)
            store.close()
            self._library.set_note(_GENERATION, str(generation))
            self._settle()
            if not self._server:
                remove_stores(self._folder, keep=_folder_name(generation))

    def close(self) -> None:
        """Let go of the store's files."""
        with self._guard:
            if self._open:
                self._open[1].close()
                self._open = None

    def _searched(
        self, vector: Vectors, limit: int, ids: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        with self._guard:
            return self._current().nearest(vector, limit, ids)

    def _admitted(self, briefing_ids: Collection[str]) -> tuple[float, int]:
        """The share of all passages that these briefings have, and how many those are."""
        count = sa.select(sa.func.count()).select_from(schema.passages)
        with self._library.engine.connect() as connection:
            every = connection.scalar(count) or 0
            admitted = connection.scalar(count.where(_stands_in(briefing_ids))) or 0
        return admitted / every if every else 0.0, admitted

    def _of_briefings(
        self, briefing_ids: Collection[str], among: Collection[str] | None = None
    ) -> set[str]:
        """The ids of the passages of these briefings, of all or of those given."""
        statement = sa.select(schema.passages.c.id).where(_stands_in(briefing_ids))
        if among is not None:
            given = sa.func.json_each(json.dumps(list(among))).table_valued("value")
            statement = statement.where(schema.passages.c.id.in_(sa.select(given.c.value)))
        with self._library.engine.connect() as connection:
            return set(connection.scalars(statement))

    def _current(self) -> PassageVectors:
        """The store as it stands now, opened again if another process has written to it."""
        state = self._state()
        if self._open is None or self._open[0] != state:
            self.close()
            self._open = (state, self._open_store(self._generation()))
        return self._open[1]

    def _state(self) -> tuple[str | None, str | None]:
        notes = self._library.notes(_GENERATION, _CHANGES)
        return notes.get(_GENERATION), notes.get(_CHANGES)

    def _generation(self) -> int:
        return int(self._library.note(_GENERATION) or 1)

    def _open_store(self, generation: int) -> PassageVectors:
        if self._server:
            return PassageVectors.connect(self._server, self._fingerprint)
        return PassageVectors.open(self._folder / _folder_name(generation), self._fingerprint)

    def _rebuild_or_raise(self) -> None:
        """A damaged embedded store is built anew; a server is not ours to replace."""
        if self._server:
            raise IndexingError(
                f"The Chroma server at {self._server} failed while it was written to",
                "Look at its log; when it is well again, run `attache reindex`.",
            )
        self.rebuild()

    def _settle(self) -> None:
        """Clear the mark, and tell readers in other processes to open the store again."""
        changes = int(self._library.note(_CHANGES) or 0) + 1
        with self._library.engine.begin() as connection:
            self._library.set_note(_BEHIND, "no", connection)
            self._library.set_note(_CHANGES, str(changes), connection)
        if self._open:
            self._open = (self._state(), self._open[1])

    def _wanted(self) -> dict[str, str]:
        """Passage id → briefing id of every passage that has a vector of this model."""
        with self._library.engine.connect() as connection:
            rows = connection.execute(
                self._of_wanted(schema.passages.c.id, schema.passages.c.briefing_id)
            )
            return {row.id: row.briefing_id for row in rows}

    def _wanted_count(self) -> int:
        with self._library.engine.connect() as connection:
            return int(connection.scalar(self._of_wanted(sa.func.count())) or 0)

    def _of_wanted(self, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
        vectors = schema.vectors.c
        return (
            sa.select(*columns)
            .select_from(schema.passages)
            .join(schema.vectors, vectors.passage_id == schema.passages.c.id)
            .where(vectors.fingerprint == self._fingerprint)
        )

    def _add(
        self,
        store: PassageVectors,
        added: Sequence[tuple[str, str]],
        on_progress: Callable[[int], None] | None = None,
    ) -> None:
        for some in batches(added, PASSAGES_A_BATCH):
            with self._library.engine.connect() as connection:
                kept = {
                    row.passage_id: np.frombuffer(row.vector, dtype=np.float32)
                    for row in connection.execute(
                        sa.select(schema.vectors.c.passage_id, schema.vectors.c.vector).where(
                            schema.vectors.c.fingerprint == self._fingerprint,
                            schema.vectors.c.passage_id.in_([i for i, _ in some]),
                        )
                    )
                }
            store.add(
                [i for i, _ in some], [b for _, b in some], np.stack([kept[i] for i, _ in some])
            )
            if on_progress:
                on_progress(len(some))


def _stands_in(briefing_ids: Collection[str]) -> sa.ColumnElement[bool]:
    """Whether a passage is of one of these briefings, however many they are."""
    given = sa.func.json_each(json.dumps(list(briefing_ids))).table_valued("value")
    return schema.passages.c.briefing_id.in_(sa.select(given.c.value))


def _folder_name(generation: int) -> str:
    return f"generation-{generation}"
