"""What a benchmark gives: figures, ours beside the baselines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

LEXICAL, DENSE, FUSED, OURS = "lexical", "dense", "fused", "ours"
METHODS = (LEXICAL, DENSE, FUSED, OURS)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes:
        what: The set and the measure.
        by_method: The figure of each method; those not measured are left out.
        cases: Over how many questions.
        reach: What we want to reach, or None.
        unit: "" for shares between 0 and 1, else "ms".
    """

    what: str
    by_method: Mapping[str, float]
    cases: int
    reach: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """What a benchmark is given.

    Attributes:
        data: The folder of the data sets.
        work: A folder for indexes, which a second run finds again.
        sample: So many questions at most; 0 for all.
        note: Told what is being done.
    """

    data: Path
    work: Path
    sample: int
    note: Note


class Note(Protocol):
    """Told what is being done, how much of it is done, and how much there is."""

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show it."""


class Benchmark(Protocol):
    """Measures one set."""

    def __call__(self, bench: Bench) -> Iterator[Figure]:
        """The figures, as they come."""
