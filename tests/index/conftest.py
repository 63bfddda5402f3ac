"""A real embedder and an indexer over a real database and a real Chroma store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.briefing import Briefing, TextBlock, briefing_id, join_blocks
from corpus.library import Library
from index.embedding import SentenceTransformerEmbedder
from index.indexer import Indexer
from index.mirror import VectorMirror
from index.retriever import Retriever


@pytest.fixture(scope="session")
def embedder() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder.open()


class Shelf:
    """A library with its indexes, which can be closed and opened again."""

    def __init__(self, home: Path, embedder: SentenceTransformerEmbedder) -> None:
        self.home = home
        self.embedder = embedder
        self.open()

    def open(self) -> None:
        self.library = Library.open(self.home / "attache.db")
        self.mirror = VectorMirror(self.library, self.embedder.fingerprint, self.home / "chroma")
        self.indexer = Indexer(self.library, self.embedder, self.mirror, self.home / "writing.lock")
        self.retriever = Retriever(self.library, self.embedder, self.mirror)

    def close(self) -> None:
        self.indexer.close()
        self.library.close()

    def titles(self, query: str, limit: int = 3) -> list[str]:
        return [hit.briefing.title for hit in self.retriever.retrieve(query, limit)]


@pytest.fixture
def shelf(tmp_path: Path, embedder: SentenceTransformerEmbedder) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path, embedder)
    yield shelf
    shelf.close()


def make_briefing(key: str, *paragraphs: str, **described: object) -> Briefing:
    body, blocks = join_blocks([TextBlock(p) for p in paragraphs])
    fields: dict[str, object] = {"title": key, **described}
    return Briefing(id=briefing_id(key), key=key, body=body, blocks=blocks, **fields)  # type: ignore[arg-type]


@pytest.fixture
def briefing() -> Callable[..., Briefing]:
    return make_briefing
