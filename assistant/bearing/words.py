"""The words of a sentence with their stems, and the clauses they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.features import stem_of
from assistant.names import fold
from index.lexical import STOP_WORDS

_TOKEN = re.compile(r"[^\W_]+(?:[.\-’'/&][^\W_]+)*")
# A comma, colon, dash or bracket ends a clause for what a negation or a hedge reaches to.
_BREAK = re.compile(r"[,;:.!?()—–\[\]\n]|\s-\s")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence.

    Attributes:
        text: As written.
        lower: Folded: without case and accents.
        stem: Its stem (Porter's).
        start: Where it begins.
        end: One past where it ends.
        clause: The number of the stretch between marks that it stands in.
        content: Whether it means something by itself.
    """

    text: str
    lower: str
    stem: str
    start: int
    end: int
    clause: int
    content: bool


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of `text`, in order."""
    breaks = [m.start() for m in _BREAK.finditer(text)]
    found = []
    clause = 0
    for match in _TOKEN.finditer(text):
        while breaks and breaks[0] < match.start():
            breaks.pop(0)
            clause += 1
        plain = fold(match.group())
        found.append(
            Word(
                match.group(),
                plain,
                stem_of(plain),
                match.start(),
                match.end(),
                clause,
                plain not in STOP_WORDS and (len(plain) > 1 or plain.isdigit()),
            )
        )
    return tuple(found)


def content_stems(text: str) -> frozenset[str]:
    """The stems of the words that mean something."""
    return frozenset(w.stem for w in words_of(text) if w.content)
