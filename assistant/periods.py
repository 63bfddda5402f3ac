"""The time that a text names: years, months, days, and whether since, before or in them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

_MONTHS = {
    name.casefold(): i
    for names in (calendar.month_name, calendar.month_abbr)
    for i, name in enumerate(names)
    if name
} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WHEN = re.compile(
    rf"\b(?:(?P<how>in|during|on|by|since|after|before|until|from|between|of|early|mid|late)\s+)?"
    rf"(?:(?:early|mid|late)[ -])?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?"
    rf"(?:(?P<month>{_MONTH})\.?\s+(?:(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?)?"
    rf"(?P<year>(?:19|20)\d\d)\b",
    re.I,
)
_RELATIVE = re.compile(
    r"\b(?:(?P<which>last|previous|this)\s+(?P<unit>week|month|year)"
    r"|(?:last|past)\s+(?P<n>\d{1,3}|two|three|four|five|six)\s+(?P<units>days|weeks|months|years)"
    r"|(?P<day>yesterday|today))\b",
    re.I,
)
_NUMERALS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_LENGTHS = {
    "days": dt.timedelta(days=1),
    "weeks": dt.timedelta(weeks=1),
    "months": dt.timedelta(days=30.44),
    "years": dt.timedelta(days=365.25),
}
# "3 April", "in May", "by the end of November": a month whose year the reader knows. In mid-
# sentence "May" needs such company, since it may be a verb.
_BARE_MONTH = re.compile(
    rf"\b(?:in|on|by|of|since|until|from|early|mid|late|last|next|\d{{1,2}}(?:st|nd|rd|th)?)[ -]"
    rf"(?P<month>{_MONTH})\b(?!\.?\s+(?:\d{{1,2}},?\s+)?(?:19|20)\d\d)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days that the question names, both inclusive, and how it names it."""

    since: dt.date | None
    until: dt.date | None
    text: str

    def holds(self, day: dt.date | None) -> bool:
        """Whether `day` lies in it."""
        return day is not None and (
            (self.since is None or day >= self.since) and (self.until is None or day <= self.until)
        )


def find_period(text: str, today: dt.date | None = None) -> Period | None:
    """The time that `text` names: a year, a month or a day, and whether since, before or in it.

    Args:
        text: A question, or what a briefing says.
        today: The day that "last month" is reckoned from; such words mean nothing without it.
    """
    found = list(_WHEN.finditer(text))
    if not found:
        relative = _RELATIVE.search(text)
        return _reckoned(relative, today) if relative and today else None
    spans = [_days(match) for match in found]
    first, last = found[0], found[-1]
    how = (first["how"] or "").casefold()
    words = text[first.start() : last.end()].strip()
    since, until = min(s for s, _ in spans), max(u for _, u in spans)
    if len(found) == 1 and how in ("since", "after", "from"):
        return Period(since if how != "after" else until, None, words)
    if len(found) == 1 and how in ("before", "until", "by"):
        return Period(None, until if how != "before" else since, words)
    return Period(since, until, words)


def _reckoned(match: re.Match[str], today: dt.date) -> Period:
    """What "last month", "this year" or "the past 3 weeks" means on the day `today`."""
    words = match.group()
    if match["day"]:
        day = today - dt.timedelta(days=match["day"].casefold() == "yesterday")
        return Period(day, day, words)
    if match["units"]:
        number = _NUMERALS.get(match["n"].casefold()) or int(match["n"])
        return Period(today - number * _LENGTHS[match["units"].casefold()], today, words)
    unit, is_last = match["unit"].casefold(), match["which"].casefold() != "this"
    if unit == "week":
        monday = today - dt.timedelta(days=today.weekday() + 7 * is_last)
        return Period(monday, monday + dt.timedelta(days=6), words)
    if unit == "year":
        year = today.year - is_last
        return Period(dt.date(year, 1, 1), dt.date(year, 12, 31), words)
    last_of_previous = today.replace(day=1) - dt.timedelta(days=1)
    month = last_of_previous if is_last else today
    end = calendar.monthrange(month.year, month.month)[1]
    return Period(month.replace(day=1), month.replace(day=end), words)


def _days(match: re.Match[str]) -> tuple[dt.date, dt.date]:
    year = int(match["year"])
    if not match["month"]:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    month = _MONTHS[match["month"].casefold().rstrip(".")]
    last = calendar.monthrange(year, month)[1]
    day = match["day"] or match["day2"]
    if day and 1 <= int(day) <= last:
        return dt.date(year, month, int(day)), dt.date(year, month, int(day))
    return dt.date(year, month, 1), dt.date(year, month, last)


def period_words(text: str) -> re.Match[str] | None:
    """Where `text` first names a time, with the word before it: "in October 2022"."""
    return _WHEN.search(text)


def months_meant(text: str, written: dt.date) -> list[Period]:
    """The months that `text` names without a year, in the years that lie nearest to its date.

    Args:
        text: What a briefing says: "on 3 April", "by the end of November".
        written: The day it was published.
    """
    found = []
    for match in _BARE_MONTH.finditer(text):
        month = _MONTHS[match["month"].casefold()]
        middle = min(
            (dt.date(written.year + years, month, 15) for years in (-1, 0, 1)),
            key=lambda day: abs((day - written).days),
        )
        last = calendar.monthrange(middle.year, month)[1]
        found.append(Period(middle.replace(day=1), middle.replace(day=last), match.group()))
    return found
