"""Sentences of different briefings held against each other: the same, or at odds.

Both rules are careful: two sentences that share most of their words and differ in a figure are
neither a repetition nor, unless the question asks for the figure, a contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from assistant.constraints import places_in
from assistant.dates import Date, blanked, dates_in, without_dates
from assistant.features import stems
from assistant.names import find_names, fold, same
from corpus.gazetteer import find_places

# Of the words of two sentences at odds, both must have so much; figures, names, dates and
# negations, which are what they differ in, are not counted. Chosen for being careful, not fitted.
SHARED_OF_SHORTER = 0.75
SHARED_OF_LONGER = 0.5
# Two words in common are the least that a subject and what is said of it take.
FEWEST_SHARED = 2

_NUMERALS = {
    word: str(number)
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve".split(), start=2
    )
}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|\b(?:" + "|".join(_NUMERALS) + r")\b", re.I)
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|neither|nor|cannot|den(?:y|ies|ied)|failed to|declined to|"
    r"refused to)\b|n[’']t\b",
    re.I,
)
_ASKS_WHEN = re.compile(r"\b(?:when|what (?:day|date|month|year)|which (?:day|month|year))\b", re.I)
_ASKS_WHOM = re.compile(r"\b(?:who|whom|whose|which)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a sentence says, taken apart."""

    words: frozenset[str]
    figures: frozenset[str]
    dates: frozenset[Date]
    names: frozenset[str]
    negated: bool


def is_repeated(one: str, other: str, alike: float) -> bool:
    """Whether two sentences say the same: nearly the same words, and no other fact.

    Args:
        one: A sentence.
        other: A sentence of another briefing.
        alike: The share of words, in any order, that they must have in common.
    """
    if fuzz.token_sort_ratio(_plain(one), _plain(other)) / 100 < alike:
        return False
    a, b = _parts(one), _parts(other)
    return not (
        a.negated != b.negated
        or _each_has_its_own(a.figures, b.figures)
        or _are_others(a.names, b.names)
        or _are_other_times(a.dates, b.dates)
    )


def are_at_odds(question: str, one: str, other: str) -> bool:
    """Whether two sentences answer `question`, in much the same words, with different facts.

    A figure against a figure, a day against a day where it is asked when, a name against a name
    where it is asked who or which, or a yes against a no. Sentences on different times or places
    tell of a development and are not at odds.

    Args:
        question: What both answer.
        one: A sentence.
        other: A sentence of another briefing.
    """
    here, there = places_in(one), places_in(other)
    if not (here <= there or there <= here):
        return False
    a, b = _parts(one), _parts(other)
    if not _share_their_words(a.words, b.words):
        return False
    if _are_other_times(a.dates, b.dates):
        return bool(_ASKS_WHEN.search(question))
    if a.negated != b.negated:
        return True
    if _ASKS_WHOM.search(question):
        return _are_others(a.names, b.names)
    return not _ASKS_WHEN.search(question) and _each_has_its_own(a.figures, b.figures)


def figures_in(sentence: str) -> frozenset[str]:
    """The figures of a sentence, as digits; those of dates are none."""
    return _parts(sentence).figures


def _share_their_words(one: Set[str], other: Set[str]) -> bool:
    shared, shorter, longer = len(one & other), *sorted((len(one), len(other)))
    return (
        shared >= FEWEST_SHARED
        and shared >= SHARED_OF_SHORTER * shorter
        and shared >= SHARED_OF_LONGER * longer
    )


def _each_has_its_own(one: Set[str], other: Set[str]) -> bool:
    """Whether each has something that the other lacks."""
    return bool(one - other) and bool(other - one)


def _are_others(one: Set[str], other: Set[str]) -> bool:
    """Whether both name somebody, and each somebody whom the other does not name."""
    return any(not any(same(a, b) for b in other) for a in one) and any(
        not any(same(a, b) for a in one) for b in other
    )


def _are_other_times(one: Set[Date], other: Set[Date]) -> bool:
    """Whether both name a time, and none that could be one of the other's."""
    return bool(one and other) and not any(_is_compatible(a, b) for a in one for b in other)


def _is_compatible(one: Date, other: Date) -> bool:
    return all(a == b or not a or not b for a, b in zip(one, other, strict=True))


@lru_cache(maxsize=4096)
def _parts(sentence: str) -> _Parts:
    places = [(p.start, p.end) for p in find_places(sentence)]
    names = find_names(sentence)
    timeless = without_dates(sentence)
    figures = list(_NUMBER.finditer(timeless))
    rest = blanked(
        timeless,
        [
            *places,
            *((n.start, n.end) for n in names),
            *(f.span() for f in figures),
            *(m.span() for m in _NEGATION.finditer(timeless)),
        ],
    )
    return _Parts(
        words=stems(rest),
        figures=frozenset(_figure(f.group()) for f in figures),
        dates=frozenset(d.date for d in dates_in(sentence)),
        names=frozenset(fold(n.last) for n in names),
        negated=bool(_NEGATION.search(sentence)),
    )


def _figure(written: str) -> str:
    """Digits alike for "4,200", "4200" and, for small numbers, their words."""
    return _NUMERALS.get(written.casefold(), written.replace(",", ""))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
