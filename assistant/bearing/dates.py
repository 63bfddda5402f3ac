"""Days, months, years and days of the week that a statement names."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence

from assistant.bearing.fault import Fault, FaultKind
from assistant.dates import Date, dates_in

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
    there = [mention.date for mention in dates_in(quotes)]
    days = [day for day in published if day]
    for mention in dates_in(statement):
        date = mention.date
        if any(_bears(known, date, days) for known in there):
            continue
        of_briefing = _OF_THE_BRIEFING.search(statement[: mention.start])
        if of_briefing and any(_bears((d.year, d.month, d.day), date, ()) for d in days):
            continue
        yield Fault(FaultKind.DATE, mention.text.strip())
    for pattern in (_WEEKDAY, _RELATIVE):
        known_words = {m.group().casefold() for m in pattern.finditer(quotes)}
        for found in pattern.finditer(statement):
            if found.group().casefold() not in known_words:
                yield Fault(FaultKind.DATE, found.group())


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
