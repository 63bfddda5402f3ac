"""Dates as people write them, read only where day, month and year are all written."""

from __future__ import annotations

import datetime as dt
import re

import dateparser

LANGUAGES = ["en", "es", "pt", "fr", "de"]

_MONTH = r"[^\W\d_]{3,10}\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|º|\.)?"

# A year of four digits always; "03/10/2022" is not here, as two countries read two days in it.
DATE = (
    rf"(?:\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|{_DAY}(?: of| de| d[eu])? {_MONTH},?(?: de| del)? \d{{4}}"
    rf"|{_MONTH} {_DAY},? \d{{4}})"
)

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_WRITTEN = re.compile(DATE)
_SETTINGS = {"REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True}


def read_date(text: str) -> dt.date | None:
    """The first full date written in `text`, or None.

    Args:
        text: A line such as "Published 3 October 2022" or "2022-10-03T09:00Z".

    Returns:
        The date, only if day, month and year are written and make one.
    """
    for match in _WRITTEN.finditer(text):
        found = _parse(match[0])
        if found:
            return found
    return None


def _parse(written: str) -> dt.date | None:
    iso = _ISO.match(written)
    if iso:
        try:
            return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
        except ValueError:
            return None
    parsed = dateparser.parse(written.replace("º", ""), languages=LANGUAGES, settings=_SETTINGS)
    return parsed.date() if parsed else None
