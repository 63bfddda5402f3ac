"""What a question names must be borne by what answers it.

A sentence about Peru does not answer a question about Brazil, however alike the words are. The
names, places, times and figures in a question are looked for in the sentence, around it, and in
its briefing; what is nowhere rules the sentence out, what is only far away counts against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.names import fold, is_among
from assistant.periods import Period, find_period, months_meant
from assistant.question import Query
from corpus.briefing import Briefing
from corpus.gazetteer import find_places
from index.passages import Passage

# A briefing speaks of what has just happened: of a period that ended up to so many days before
# it was published, it may speak without naming the month again.
AFTERMATH_DAYS = 45

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a sentence's surroundings fit what a question names.

    Attributes:
        possible: Nothing that the question names is missing from the briefing.
        near: How near that of what it names stands that stands farthest: 1 in the passage or
            its heading, 0.6 in the headline, 0.3 elsewhere in the briefing.
    """

    possible: bool
    near: float


def fit(query: Query, briefing: Briefing, passage: Passage) -> Fit:
    """Hold what `query` names against a passage and its briefing."""
    close = " ".join((passage.heading.of(briefing.body), passage.span.of(briefing.body)))
    checks = [
        *(_place(place, briefing, close) for place in query.places),
        *(_name(name, briefing, close) for name in query.names),
        *(_number(number, briefing, close) for number in query.numbers),
    ]
    checks += [_region(word, countries, briefing, close) for word, countries in query.regions]
    if query.period:
        checks.append(_period(query.period, briefing, close))
    possible = all(found is not None for found in checks)
    return Fit(possible, min((found or 0.0 for found in checks), default=1.0))


def _place(place: str, briefing: Briefing, close: str) -> float | None:
    """1 close by, 0.6 in the headline, 0.3 elsewhere in the briefing, None nowhere."""
    if place in places_in(close):
        return 1.0
    if place in places_in(f"{briefing.title}. {briefing.standfirst}"):
        return 0.6
    if place in briefing.places or place in places_in(briefing.body):
        return 0.3
    return None


def _region(word: str, countries: tuple[str, ...], briefing: Briefing, close: str) -> float | None:
    """A region is there by its own name or by any of its countries."""
    ways = [_name(word, briefing, close), *(_place(c, briefing, close) for c in countries)]
    return max((score for score in ways if score is not None), default=None)


def _name(name: str, briefing: Briefing, close: str) -> float | None:
    """As for places. A name of several words is there if its last, or most of it, is."""
    if _mentions(name, words_in(close)):
        return 1.0
    if _mentions(name, words_in(f"{briefing.title} {briefing.standfirst} {briefing.section}")):
        return 0.6
    return 0.3 if _mentions(name, words_in(briefing.body)) else None


def _mentions(name: str, words: frozenset[str]) -> bool:
    parts = [
        fold(part) for part in re.findall(r"[\w’'-]+", name) if len(part) > 2 or part.isupper()
    ]
    if not parts:
        return True
    found = [_is_there(part, words) for part in parts]
    return found[-1] or sum(found) * 2 > len(found)


def _is_there(part: str, words: frozenset[str]) -> bool:
    """A word, or all that hyphens join in it: "EU-Mercosur" is in "Mercosur and the EU"."""
    pieces = part.split("-")
    return is_among(part, words) or (
        len(pieces) > 1 and all(is_among(piece, words) for piece in pieces if piece)
    )


def _number(number: str, briefing: Briefing, close: str) -> float | None:
    digits = number.replace(",", "")
    if digits in _numbers_in(close):
        return 1.0
    return 0.3 if digits in _numbers_in(briefing.body) else None


def _period(period: Period, briefing: Briefing, close: str) -> float | None:
    """1 if the passage names the time, 0.9 if the briefing is of that time, None otherwise."""
    named = find_period(close)
    if named and _overlap(named, period):
        return 1.0
    if any(_in_year(period, int(y)) for y in _YEAR.findall(close)):
        return 1.0
    day = briefing.published
    if day and any(_overlap(month, period) for month in months_meant(close, day)):
        return 1.0
    if period.holds(day):
        return 0.9
    if day and period.until and 0 <= (day - period.until).days <= AFTERMATH_DAYS:
        return 0.7
    return None


def _overlap(one: Period, other: Period) -> bool:
    return not (
        (one.since and other.until and one.since > other.until)
        or (one.until and other.since and one.until < other.since)
    )


def _in_year(period: Period, year: int) -> bool:
    """Whether a bare year lies in the period; a question for a month wants more than the year."""
    if period.since and period.until and (period.until - period.since).days < 300:
        return False
    return (not period.since or year >= period.since.year) and (
        not period.until or year <= period.until.year
    )


@lru_cache(maxsize=4096)
def places_in(text: str) -> frozenset[str]:
    """The countries that `text` speaks of."""
    return frozenset(place.name for place in find_places(text))


@lru_cache(maxsize=4096)
def words_in(text: str) -> frozenset[str]:
    """The folded words of `text`."""
    return frozenset(_folded(re.findall(r"[\w’'-]+", text)))


def _folded(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        yield fold(word)
        yield from (fold(part) for part in word.split("-") if "-" in word)


@lru_cache(maxsize=4096)
def _numbers_in(text: str) -> frozenset[str]:
    return frozenset(n.replace(",", "") for n in re.findall(r"\d+(?:[.,]\d+)*", text))
