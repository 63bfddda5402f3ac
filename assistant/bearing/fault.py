"""What can be wrong with a statement, held against the words that it cites."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """In what a statement goes beyond its quotes."""

    UNCITED = "uncited"
    QUOTE = "quote"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    ROLE = "role"
    SPEAKER = "speaker"
    NEGATION = "negation"
    HEDGE = "hedge"
    OPPOSITE = "opposite"
    EXTENT = "extent"
    CAUSE = "cause"
    ADDED = "added"
    LANGUAGE = "language"
    LINK = "link"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not borne.

    Attributes:
        kind: What kind of thing.
        words: The words of the statement that are at fault, or what is missing.
    """

    kind: FaultKind
    words: str = ""
