"""Published documents as a library: indexed by the product's own way, kept between runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.assembly import Desk, open_desk
from assistant.settings import load
from corpus.batches import batches
from corpus.briefing import Briefing, TextBlock, briefing_id, join_blocks
from evals.benchmarks.figures import Note

# Briefings indexed at a time, so that progress shows.
AT_ONCE = 25


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a data set, as paragraphs."""

    key: str
    title: str
    paragraphs: tuple[str, ...]
    published: dt.date | None = None

    def briefing(self) -> Briefing:
        """The briefing it makes."""
        body, blocks = join_blocks([TextBlock(p) for p in self.paragraphs])
        return Briefing(
            id=briefing_id(self.key),
            key=self.key,
            title=self.title,
            body=body,
            blocks=blocks,
            published=self.published,
        )


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text whose lines are paragraphs."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())


@contextmanager
def desk_over(documents: Sequence[Document], home: Path, note: Note) -> Iterator[Desk]:
    """A desk over a library of these documents; those that `home` holds are not indexed again."""
    settings = load().model_copy(update={"home": home, "samples": False, "chroma_url": ""})
    with open_desk(settings) as desk:
        known = desk.library.keys()
        missing = [d.briefing() for d in documents if d.key not in known and d.paragraphs]
        done = 0
        for some in batches(missing, AT_ONCE):
            desk.indexer.index(some)
            done += len(some)
            note("Indexing", done, len(missing))
        yield desk
