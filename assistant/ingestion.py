"""Own briefings into the library, from paths, addresses and uploads; what is gone, out of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import messages
from corpus import intake
from corpus.briefing import Briefing
from corpus.errors import IntakeError
from corpus.intake import Skipped

if TYPE_CHECKING:
    # The indexer brings the vector store along; that a path is wrong shows without it.
    from corpus.library import Library
    from index.indexer import Indexer, IndexReport


@dataclass(slots=True)
class Ingested:
    """What taking briefings in did.

    Attributes:
        report: Ids of briefings that were added, changed and so on.
        skipped: What could not be read, and why.
        refused: Whether one of the sources that were named could not be read at all.
    """

    report: IndexReport
    skipped: list[Skipped] = field(default_factory=list)
    refused: bool = False

    def to_json(self) -> dict[str, Any]:
        """The ids by what happened, and what was skipped, as plain JSON types."""
        return {
            "added": self.report.added,
            "changed": self.report.changed + self.report.described,
            "unchanged": self.report.unchanged,
            "removed": self.report.removed,
            "skipped": [
                {"source": s.source, "cause": s.cause, "mend": s.mend} for s in self.skipped
            ],
        }


class Sources:
    """Sources read one after another, only as fast as their briefings are used.

    Args:
        named: Paths and addresses.

    Attributes:
        on_read: Called after each file with the number of files read so far.
        skipped: Files that could not be read.
        refused: The errors of named sources that could not be read at all.
    """

    def __init__(self, named: Sequence[str]) -> None:
        self._named = named
        self._read_files = 0
        self.on_read: Callable[[int], None] = lambda _done: None
        self._seen: set[str] = set()
        self._read_through: list[Path] = []
        self.skipped: list[Skipped] = []
        self.refused: list[IntakeError] = []

    def count(self) -> int:
        """How many files there are to read, those of sources that cannot be read left out."""
        total = 0
        for source in self._named:
            try:
                total += intake.count(source)
            except IntakeError:
                # Reading it says what is wrong with it.
                continue
        return total

    def briefings(self) -> Iterator[Briefing]:
        """Every briefing of every source.

        The first is read before this returns, so that a caller learns that there is nothing
        to take in before it opens models and indexes.

        Raises:
            IntakeError: No source has a briefing in it.
        """
        readable = self._read()
        first = next(readable, None)
        if first is None:
            raise self._nothing()
        return chain([first], readable)

    def gone(self, library: Library) -> list[str]:
        """Ids of briefings that came from a folder or archive read here and are no longer in it.

        A file that is still there but could not be read keeps its briefing.
        """
        skipped = tuple(s.source for s in self.skipped)
        return [
            briefing_id
            for root in self._read_through
            for key, briefing_id in library.keys(str(root)).items()
            if key[len(str(root)) :].startswith(("/", os.sep))
            and key not in self._seen
            and not any(key == s or key.startswith((f"{s}/", f"{s}{os.sep}")) for s in skipped)
            and _is_absent(key)
        ]

    def _read(self) -> Iterator[Briefing]:
        for source in self._named:
            try:
                for item in intake.read(source):
                    self._read_files += 1
                    self.on_read(self._read_files)
                    if isinstance(item, Briefing):
                        self._seen.add(item.key)
                        yield item
                    else:
                        self.skipped.append(item)
            except IntakeError as error:
                self.refused.append(error)
                self.skipped.append(Skipped(source, error.cause, error.mend))
                continue
            if "://" not in source:
                self._read_through.append(Path(source).expanduser().resolve())

    def _nothing(self) -> IntakeError:
        if len(self.refused) == 1:
            return self.refused[0]
        first = self.refused[0].cause if self.refused else messages.NO_SOURCES
        return IntakeError(
            messages.NOTHING_READABLE.format(count=len(self._named), first=first),
            messages.NOTHING_READABLE_MEND,
        )


def ingest(
    sources: Sources,
    briefings: Iterator[Briefing],
    library: Library,
    indexer: Indexer,
    keep_missing: bool = False,
) -> Ingested:
    """Take the briefings of `sources` in, and remove those that are gone from their folders.

    Args:
        sources: Where the briefings come from.
        briefings: What `sources.briefings()` gave.
        library: Where they are kept.
        indexer: Its writer.
        keep_missing: Whether to keep briefings whose files are gone.
    """
    report = indexer.index(briefings)
    gone = [] if keep_missing else sources.gone(library)
    if gone:
        report.removed = indexer.remove(gone).removed
    return Ingested(report, sources.skipped, bool(sources.refused))


def take_uploads(indexer: Indexer, uploads: Iterable[tuple[str, bytes]]) -> Ingested:
    """Take uploaded files in; each name and its bytes.

    Raises:
        IntakeError: None of them can be read.
    """
    skipped: list[Skipped] = []

    def readable() -> Iterator[Briefing]:
        for name, data in uploads:
            try:
                yield intake.read_upload(name, data)
            except IntakeError as error:
                skipped.append(Skipped(name, error.cause, error.mend))

    report = indexer.index(readable())
    if not (report.added or report.changed or report.described or report.unchanged):
        if len(skipped) == 1:
            raise IntakeError(skipped[0].cause, skipped[0].mend)
        first = skipped[0].cause if skipped else messages.NO_SOURCES
        raise IntakeError(
            messages.NOTHING_READABLE.format(count=len(skipped), first=first),
            messages.NOTHING_READABLE_MEND,
        )
    return Ingested(report, skipped)


def _is_absent(key: str) -> bool:
    """Whether the file is known not to be there; one in a closed folder may well be."""
    try:
        Path(key).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
