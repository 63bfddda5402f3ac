"""Dates, only where day, month and year are written."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.written_dates import read_date


@pytest.mark.parametrize(
    "text",
    [
        "2022-10-03",
        "2022-10-03T09:00:00Z",
        "3 October 2022",
        "3rd October 2022",
        "3rd of October 2022",
        "3 Oct. 2022",
        "Monday, 3 October 2022",
        "October 3, 2022",
        "Oct 3 2022",
        "3 de octubre de 2022",
        "3 de octubre del 2022",
        "3 de outubro de 2022",
        "3 octobre 2022",
        "3. Oktober 2022",
    ],
)
def test_full_date_is_read(text: str) -> None:
    """A date with its year is read in the languages of our briefings."""
    assert read_date(text) == dt.date(2022, 10, 3)


@pytest.mark.parametrize(
    "text",
    [
        "Oct 6",
        "October 2022",
        "03/10/2022",
        "yesterday",
        "2022",
        "31 February 2022",
        "2022-13-40",
        "",
    ],
)
def test_no_date_is_guessed(text: str) -> None:
    """What leaves the day, month or year open is no date."""
    assert read_date(text) is None


def test_first_of_several_dates_counts() -> None:
    """Of two dates in a line, the first is read."""
    assert read_date("3 October 2022, updated 5 October 2022") == dt.date(2022, 10, 3)
