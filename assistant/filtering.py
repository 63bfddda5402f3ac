"""Which briefings count, as people say it: dates in part, countries by any name."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence

from assistant import messages
from corpus.errors import QuestionError
from corpus.gazetteer import find_places
from corpus.library import Filters

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def filters_of(
    since: str = "",
    until: str = "",
    places: Sequence[str] = (),
    section: str = "",
    briefing_ids: Sequence[str] = (),
) -> Filters:
    """The filters that these words mean.

    Args:
        since: A day, month or year (2022-10-03, 2022-10, 2022): from its first day on.
        until: A day, month or year: up to and with its last day.
        places: Countries, by short name, demonym or capital.
        section: The section's name, whatever its case.
        briefing_ids: Ids of briefings.

    Raises:
        QuestionError: A date is none, or the first lies after the last.
    """
    first = first_day(since) if since else None
    last = last_day(until) if until else None
    if first and last and first > last:
        raise QuestionError(
            messages.DATES_CROSSED.format(since=first, until=last), messages.DATES_CROSSED_MEND
        )
    return Filters(
        since=first,
        until=last,
        places=tuple(country(place) for place in places),
        section=section.strip(),
        briefing_ids=tuple(briefing_ids),
    )


def first_day(written: str) -> dt.date:
    """The first day of the day, month or year that is written.

    Raises:
        QuestionError: It is no date.
    """
    year, month, day = _parts(written)
    return _date(written, year, month or 1, day or 1)


def last_day(written: str) -> dt.date:
    """The last day of the day, month or year that is written.

    Raises:
        QuestionError: It is no date.
    """
    year, month, day = _parts(written)
    month = month or 12
    if day is None:
        day = calendar.monthrange(year, month)[1] if year and 1 <= month <= 12 else 1
    return _date(written, year, month, day)


def country(written: str) -> str:
    """The short name of the country that is written, however its letters are; else as written."""
    for spelling in (written.strip(), written.strip().title(), written.strip().upper()):
        named = [mention.name for mention in find_places(spelling)]
        if named:
            return named[0]
    return written.strip()


def _parts(written: str) -> tuple[int, int | None, int | None]:
    match = _DATE.fullmatch(written.strip())
    if not match:
        raise _no_date(written)
    year, month, day = match.groups()
    return int(year), int(month) if month else None, int(day) if day else None


def _date(written: str, year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise _no_date(written) from error


def _no_date(written: str) -> QuestionError:
    return QuestionError(messages.NO_DATE.format(written=written), messages.NO_DATE_MEND)
