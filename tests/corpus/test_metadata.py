"""What a text's own lines say of it."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.briefing import TextBlock
from corpus.metadata import Stated, take

TEXT = "The ministry will publish the rules soon. Until then the old ones hold for everyone there."


def _take(*texts: str) -> Stated:
    return take([TextBlock(text) for text in texts])


@pytest.mark.parametrize(
    "line",
    [
        "Published 3 October 2022",
        "Published on Monday, October 3, 2022",
        "3 October 2022",
        "DATE: 3 October 2022",
        "Publicado el 3 de octubre de 2022",
        "3 October 2022, 14:05 GMT",
        "Posted: 2022-10-03",
    ],
)
def test_date_line_is_read_and_taken_out(line: str) -> None:
    """A line that is only a date gives it and goes."""
    stated = _take("Late rules", line, TEXT)
    assert stated.published == dt.date(2022, 10, 3)
    assert [block.text for block in stated.blocks] == ["Late rules", TEXT]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ana Ruiz", "Ana Ruiz"),
        ("by Ana Ruiz and Tom O’Neill", "Ana Ruiz and Tom O’Neill"),
        ("Por Lucía de la Cruz", "Lucía de la Cruz"),
        ("Author: A. Quiroga", "A. Quiroga"),
        ("FROM: Adela Quiroga", "Adela Quiroga"),
    ],
)
def test_byline_is_read(line: str, author: str) -> None:
    """A line that names the writer gives the author."""
    assert _take("Late rules", line, TEXT).author == author


def test_several_facts_on_a_line_are_read() -> None:
    """A byline with a date behind a bar gives both."""
    stated = _take("By Ana Ruiz | 3 October 2022", TEXT)
    assert (stated.author, stated.published) == ("Ana Ruiz", dt.date(2022, 10, 3))


def test_section_and_subject_are_read() -> None:
    """A memo's lines give its section and its title."""
    stated = _take("Section: Energy", "SUBJECT: Fuel in Ecuador", TEXT)
    assert (stated.section, stated.title) == ("Energy", "Fuel in Ecuador")


@pytest.mark.parametrize(
    "text",
    [
        "LIMA, October 6, 2022 (Harbour Wire) — The port will close. It opens again in a week.",
        "BOGOTÁ, 6 October 2022 – The port will close. It opens again in a week or so, they say.",
        "LA PAZ, Bolivia, Oct. 6, 2022 (HW) - The port will close. It opens again in a week.",
    ],
)
def test_dateline_gives_the_date_and_stays(text: str) -> None:
    """A dateline is part of its paragraph."""
    stated = _take("Port closes", text)
    assert stated.published == dt.date(2022, 10, 6)
    assert stated.blocks[1].text == text


def test_dateline_without_a_year_gives_no_date() -> None:
    """A day and a month alone are not completed."""
    assert _take("LIMA, Oct 6 (HW) — The port will close. It opens again.").published is None


def test_update_does_not_displace_publication() -> None:
    """The day of publication counts over the day of the update."""
    stated = _take("Published 3 October 2022", "Updated 9 October 2022", TEXT)
    assert stated.published == dt.date(2022, 10, 3)


@pytest.mark.parametrize(
    "sentence",
    [
        "By March the ministry will have published the rules.",
        "By land and by sea",
        "From Lima to Quito: a journey",
        "On 3 October 2022 the ministry published the rules.",
    ],
)
def test_sentence_is_no_metadata(sentence: str) -> None:
    """A sentence that begins with the same words stays and says nothing."""
    stated = _take(sentence, TEXT)
    assert (stated.author, stated.published, len(stated.blocks)) == ("", None, 2)


def test_lines_far_into_the_text_are_text() -> None:
    """A line like a byline below the lead is part of the text."""
    stated = _take(TEXT, TEXT, TEXT, "By Ana Ruiz")
    assert (stated.author, len(stated.blocks)) == ("", 4)
