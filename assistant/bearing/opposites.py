"""A word's opposite: "rose" where the briefing has "fell"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from assistant.bearing.fault import Fault, FaultKind
from assistant.bearing.words import Word, words_of

# Turned round, both say the same: "before the vote" is "the vote came after", who buys is sold to.
_CONVERSES = frozenset(
    "before after during prior subsequent previous next give take gave took given taken send "
    "receive sent received buy sell bought sold buyer seller borrow lend teach learn taught "
    "learned ask answer told husband wife son daughter sons daughters father mother brother sister "
    "brothers sisters parent child parents children man woman men women male female boy girl boys "
    "girls more less most least fewer no still left right like able unable with without early "
    "late import export imports exports imported exported over under".split()
)


@cache
def antonyms() -> dict[str, tuple[str, ...]]:
    """Opposites, both ways, of the word list beside this module."""
    found: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / "antonyms.txt").read_text("utf-8").splitlines():
        one, other = line.split()
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return {word: tuple(others) for word, others in found.items()}


def opposite_faults(statement: str, quotes: str) -> Iterator[Fault]:
    """Words that the quotes lack, where they have their opposite."""
    there = words_of(quotes)
    written, stems = {w.lower for w in there}, {w.stem for w in there}
    for word in words_of(statement):
        if word.lower in written or word.stem in stems or word.lower in _CONVERSES:
            continue
        contrary = [o for o in _opposites(word) if o in written and o not in _CONVERSES]
        if contrary:
            yield Fault(FaultKind.OPPOSITE, f"{word.text} / {contrary[0]}")


def _opposites(word: Word) -> tuple[str, ...]:
    return antonyms().get(word.lower, ())
