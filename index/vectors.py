"""The vectors of passages in Chroma, embedded in the home or on a server.

Derived from the library's database and rebuilt from it whenever it does not fit: Chroma's
embedded store can be left unreadable by a killed process and does not show one process what
another has written, so a store is opened by generation and checked on opening.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import chromadb
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError
from llama_index.core.schema import TextNode
from llama_index.vector_stores.chroma import ChromaVectorStore

from corpus.batches import batches
from corpus.errors import IndexingError
from index.embedding import Vectors

# Chroma takes at most 5,461 rows a call, and answers at most 32,766.
ROWS_A_CALL = 5000
# Recall of 10 against exact search over 12,000 passages: .994 at Chroma's default of 100,
# .998 at 200, for 0.1 ms more.
SEARCH_WIDTH = 200


class PassageVectors:
    """One collection of passage vectors: those of one embedding model.

    Args:
        client: An open Chroma client.
        collection: The collection's name: the fingerprint of the embedding model.
    """

    def __init__(self, client: Any, collection: str) -> None:
        self._client = client
        self._collection = client.get_or_create_collection(
            collection,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine", "ef_search": SEARCH_WIDTH}},
        )
        self._store = ChromaVectorStore(chroma_collection=self._collection)

    @classmethod
    def open(cls, folder: Path, collection: str) -> PassageVectors:
        """Open the embedded store in `folder`, creating it where there is none.

        Raises:
            IndexingError: The store is damaged.
        """
        with _damage_told():
            folder.mkdir(parents=True, exist_ok=True)
            client = chromadb.PersistentClient(str(folder), settings=_settings())
            return cls(client, collection)

    @classmethod
    def connect(cls, url: str, collection: str) -> PassageVectors:
        """Open a collection on the Chroma server at `url`.

        Raises:
            IndexingError: The server does not answer.
        """
        parts = urlsplit(url)
        try:
            client = chromadb.HttpClient(
                host=parts.hostname or "localhost",
                port=parts.port or (443 if parts.scheme == "https" else 8000),
                ssl=parts.scheme == "https",
                settings=_settings(),
            )
            return cls(client, collection)
        except (ChromaError, ValueError, OSError) as error:
            raise IndexingError(
                f"The Chroma server at {url} does not answer ({error})",
                "Start it, or leave chroma_url out of the settings to use the embedded store.",
            ) from error

    def close(self) -> None:
        """Let go of the store's files, so that opening it again reads what others wrote."""
        self._client.close()

    def add(self, ids: Sequence[str], briefing_ids: Sequence[str], vectors: Vectors) -> None:
        """Add passages. The ids must be new: Chroma silently keeps what an old id had.

        Raises:
            IndexingError: The store is damaged.
        """
        nodes = [
            # No text: the words stay in the library, which alone knows them.
            TextNode(id_=i, text="", embedding=v.tolist(), metadata={"briefing_id": b})
            for i, b, v in zip(ids, briefing_ids, vectors, strict=True)
        ]
        with _damage_told():
            for some in batches(nodes, ROWS_A_CALL):
                self._store.add(list(some))

    def delete(self, ids: Sequence[str]) -> None:
        """Delete passages; unknown ids do no harm.

        Raises:
            IndexingError: The store is damaged.
        """
        with _damage_told():
            for some in batches(ids, ROWS_A_CALL):
                self._collection.delete(ids=some)

    def ids(self) -> set[str]:
        """The ids of all passages in the store.

        Raises:
            IndexingError: The store is damaged.
        """
        with _damage_told():
            return set(self._collection.get(include=[])["ids"])

    def count(self) -> int:
        """How many passages are in the store.

        Raises:
            IndexingError: The store is damaged.
        """
        with _damage_told():
            return int(self._collection.count())

    def nearest(
        self, vector: Vectors, limit: int, among: Iterable[str] | None = None
    ) -> list[tuple[str, float]]:
        """The passages nearest to `vector`, nearest first: id and cosine similarity.

        Args:
            vector: A unit vector, shape `(dimensions,)`.
            limit: How many at most.
            among: Only these ids, if given.

        Raises:
            IndexingError: The store is damaged.
        """
        allowed = {} if among is None else {"ids": list(among)}
        if among is not None and not allowed["ids"]:
            return []
        with _damage_told():
            # Not through llama-index, which has every hit's text and metadata read along: of
            # 100,000 passages 100 come in 1 ms, its way in 10.
            found = self._collection.query(
                query_embeddings=[vector.tolist()],
                n_results=limit,
                include=["distances"],
                **allowed,
            )
        # Chroma's distance is 1 - cosine.
        return [(i, 1.0 - d) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]


def remove_stores(parent: Path, keep: str) -> None:
    """Delete the folders of earlier generations beside the one called `keep`."""
    for folder in parent.glob("generation-*"):
        if folder.name != keep:
            shutil.rmtree(folder, ignore_errors=True)


def _settings() -> ChromaSettings:
    # Chroma would take settings from a .env file of whatever folder it is started in.
    return ChromaSettings(anonymized_telemetry=False, _env_file=None)  # type: ignore[call-arg]


@contextmanager
def _damage_told() -> Iterator[None]:
    """Whatever Chroma fails with becomes an IndexingError.

    On damaged files that can be any exception, also one of its Rust code, which is no
    `Exception` at all; so only what stops the program passes.
    """
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise IndexingError(
            f"The vector store cannot be used ({error})",
            "Run `attache reindex`: it is built anew from the library, without embedding again.",
        ) from error
