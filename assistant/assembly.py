"""The one place where concrete parts are chosen and put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from assistant.assistant import Assistant
from assistant.composing import Prose
from assistant.conversation import Conversations
from assistant.generative import Writer
from assistant.home import SAMPLE_PREFIX, decline_samples, open_library, wants_samples
from assistant.models.opening import open_model
from assistant.ranker import LearnedRanker
from assistant.settings import Settings
from assistant.support import LearnedSupport
from corpus import intake
from corpus.briefing import Briefing, briefing_id
from corpus.library import Library
from index.embedding import SentenceTransformerEmbedder, embedded_directory
from index.indexer import Indexer
from index.mirror import VectorMirror
from index.retriever import Retriever

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""


@dataclass(frozen=True)
class Desk:
    """A home, opened: everything that channels work with."""

    settings: Settings
    library: Library
    indexer: Indexer
    assistant: Assistant

    def close(self) -> None:
        """Let go of the home's files."""
        self.indexer.close()
        self.library.close()


@contextmanager
def open_desk(settings: Settings, on_progress: Progress | None = None) -> Iterator[Desk]:
    """Open a home: its library, indexes and models; put right what is out of line.

    An empty library that has never held anything is filled with the sample briefings, unless
    the settings say otherwise.

    Args:
        settings: Which home, and how.
        on_progress: Told of work that takes long: samples indexed, a store rebuilt.

    Raises:
        AttacheError: The home, a model or the vector store cannot be used.
    """
    library = open_library(settings)
    embedder = SentenceTransformerEmbedder.open(settings.embedding_model)
    mirror = VectorMirror(
        library, embedder.fingerprint, settings.home / "chroma", settings.chroma_url
    )
    indexer = Indexer(library, embedder, mirror, settings.home / "writing.lock")
    assistant = Assistant(
        library=library,
        retriever=Retriever(library, embedder, mirror),
        ranker=LearnedRanker.open(embedded_directory()),
        conversations=Conversations(library.engine),
        passages=settings.passages,
        statements=settings.statements,
        prose=_prose(settings, library),
    )
    desk = Desk(settings, library, indexer, assistant)
    try:
        _prepare(desk, on_progress)
        yield desk
    finally:
        desk.close()


def _prose(settings: Settings, library: Library) -> Prose | None:
    """What writes with the language model that the settings name; None where they name none."""
    model = open_model(settings, library.engine)
    if model is None:
        return None
    return Prose(
        Writer(model, settings.model_reply_tokens), LearnedSupport.open(embedded_directory())
    )


def sample_briefings() -> list[Briefing]:
    """The briefings that ship, under keys that are the same on every machine."""
    folder = Path(str(files("corpus") / "samples"))
    samples = []
    for path in sorted(folder.glob("*.md")):
        key = f"{SAMPLE_PREFIX}{path.stem}"
        briefing = intake.read_upload(path.name, path.read_bytes())
        samples.append(replace(briefing, key=key, id=briefing_id(key)))
    return samples


def load_samples(desk: Desk, on_progress: Progress | None = None) -> int:
    """Take the sample briefings into the library; say how many there are."""
    samples = sample_briefings()
    _report(on_progress, "Indexing the sample briefings", 0, len(samples))
    # One at a time, so that the progress bar moves.
    for done, sample in enumerate(samples, 1):
        desk.indexer.index([sample])
        _report(on_progress, "Indexing the sample briefings", done, len(samples))
    decline_samples(desk.library)
    return len(samples)


def _prepare(desk: Desk, on_progress: Progress | None) -> None:
    if desk.indexer.needs_repair():
        total = desk.indexer.pending()
        done = 0

        def embedded(count: int) -> None:
            nonlocal done
            done += count
            _report(on_progress, "Embedding passages for this model", done, total)

        desk.indexer.repair(embedded)
    if desk.settings.samples and wants_samples(desk.library):
        load_samples(desk, on_progress)


def _report(on_progress: Progress | None, what: str, done: int, total: int) -> None:
    if on_progress:
        on_progress(what, done, total)
