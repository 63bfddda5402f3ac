"""Days, months, years and days of the week that a statement names."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.bearing.fault import Fault, FaultKind

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
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(calendar.day_name)})\b")
_RELATIVE = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|(?:last|next|this) (?:week|month|year|quarter|"
    r"spring|summer|autumn|fall|winter)|(?:earlier|later) this (?:week|month|year))\b",
    re.I,
)
# The day a briefing is of may be told of the briefing, not of what it reports.
_OF_THE_BRIEFING = re.compile(
    r"(?:\b(?:briefings?|reports?|articles?|notes?|pieces?)\s+"
    r"(?:of|from|dated|on|published(?: on)?)|\bas of|\breported on|\bpublished on|\bdated|\()\s*$",
    re.I,
)

Date = tuple[int, int, int]
"""Year, month and day, each 0 where it is not named."""


def date_faults(
    statement: str, quotes: str, published: Sequence[dt.date | None]
) -> Iterator[Fault]:
    """Dates that the quotes do not name.

    A year may come from the day the briefing was published, where the quotes name the month.

    Args:
        statement: What is said.
        quotes: What it cites.
        published: The days of the briefings cited.
    """
    there = [_parts(m) for m in _matches(quotes)]
    days = [day for day in published if day]
    for match in _matches(statement):
        date = _parts(match)
        if any(_bears(known, date, days) for known in there):
            continue
        of_briefing = _OF_THE_BRIEFING.search(statement[: match.start()])
        if of_briefing and any(_bears((d.year, d.month, d.day), date, ()) for d in days):
            continue
        yield Fault(FaultKind.DATE, match.group().strip())
    for pattern in (_WEEKDAY, _RELATIVE):
        known_words = {m.group().casefold() for m in pattern.finditer(quotes)}
        for found in pattern.finditer(statement):
            if found.group().casefold() not in known_words:
                yield Fault(FaultKind.DATE, found.group())


@lru_cache(maxsize=4096)
def without_dates(text: str) -> str:
    """`text` with its dates blanked, everything else in its place."""
    letters = list(text)
    for match in _matches(text):
        letters[match.start() : match.end()] = " " * (match.end() - match.start())
    return "".join(letters)


def _matches(text: str) -> list[re.Match[str]]:
    return [
        m
        for m in _DATE.finditer(text)
        # A month is written with a capital; "march" and "may" without are words.
        if not m["month"] or (m["month"][0].isupper() and not _is_verb(m))
    ]


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


def _parts(match: re.Match[str]) -> Date:
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
        return year, month, day
    if match["alone"]:
        return int(match["alone"]), 0, 0
    month = _MONTHS[match["month"].casefold()]
    return int(match["year"] or 0), month, int(match["day"] or match["day2"] or 0)


def _bears(known: Date, date: Date, days: Sequence[dt.date]) -> bool:
    """Whether `known` says all that `date` says; a missing year may be that of publication."""
    for at in (1, 2):
        if date[at] and date[at] != known[at]:
            return False
    if not date[0] or date[0] == known[0]:
        return True
    # The month nearest to the day of publication is meant: "in March", written in February 2022,
    # may be either year's, and so is left to the reader.
    return (
        not known[0]
        and bool(known[1])
        and any(date[0] == day.year and abs(day.month - known[1]) <= 4 for day in days)
    )
