"""Days, months and years that a text names."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import lru_cache

Date = tuple[int, int, int]
"""Year, month and day, each 0 where it is not named."""

_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
# "may" is a month only with a capital, and not where it begins a sentence as a verb would.
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>(?i:{_MONTH}))\b\.?"
    rf"(?:\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?![.,:]\d|\s*%))?"
    rf"(?:,?\s+(?P<year>(?:1[6-9]|20)\d\d)\b)?"
    r"|\b(?P<iso>\d{4}-\d\d-\d\d)\b"
    r"|\b(?P<alone>(?:1[6-9]|20)\d\d)s?\b(?![.,]\d|\s*%)"
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date, as written at [start, end) of a text."""

    text: str
    start: int
    end: int
    date: Date


@lru_cache(maxsize=4096)
def dates_in(text: str) -> tuple[DateMention, ...]:
    """The dates that `text` names, in order; days of the week are none."""
    return tuple(
        DateMention(m.group(), m.start(), m.end(), _date(m))
        for m in _DATE.finditer(text)
        # A month is written with a capital; "march" and "may" without are words.
        if not m["month"] or (m["month"][0].isupper() and not _is_verb(m))
    )


def without_dates(text: str) -> str:
    """`text` with its dates blanked, everything else in its place."""
    return blanked(text, [(d.start, d.end) for d in dates_in(text)])


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """`text` with spaces at `spans`, everything else in its place."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def _is_verb(match: re.Match[str]) -> bool:
    """A "May" or "March" with nothing around them that makes a date of them."""
    if (
        match["month"] not in ("May", "March", "Mar")
        or match["year"]
        or match["day"]
        or match["day2"]
    ):
        return False
    before = match.string[: match.start()].rstrip()
    return not before or before[-1] in ".!?"


def _date(match: re.Match[str]) -> Date:
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
        return year, month, day
    if match["alone"]:
        return int(match["alone"]), 0, 0
    month = _MONTHS[match["month"].casefold()]
    return int(match["year"] or 0), month, int(match["day"] or match["day2"] or 0)
