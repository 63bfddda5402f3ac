"""Saved e-mails."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage

import pytest

from corpus.errors import IntakeError
from corpus.readers import email


def _message(text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Andrés Villalba <andres@example.org>"
    message["Subject"] = "Re: FW: Paraná levels"
    message["Date"] = "Tue, 17 Oct 2023 23:30:00 -0300"
    message.set_content(text)
    return message


def _texts(text: str) -> list[str]:
    return [block.text for block in email.read(_message(text).as_bytes(), "a.eml").blocks]


def test_headers_are_title_author_and_date() -> None:
    """Subject, sender and the sender's day are read; marks of replies are not the title's."""
    read = email.read(_message("High.").as_bytes(), "a.eml")
    assert (read.title, read.author, read.published) == (
        "Paraná levels",
        "Andrés Villalba",
        dt.date(2023, 10, 17),
    )


def test_quoted_message_and_signature_are_left_out() -> None:
    """Only the message's own words are read."""
    text = (
        "It is high.\n\n-- \nAndrés\n\nOn Mon, 16 Oct 2023, Desk <d@example.org> wrote:\n> And?\n"
    )
    assert _texts(text) == ["It is high."]


def test_reply_between_quoted_lines_is_kept() -> None:
    """Quoted lines go from among the answers to them."""
    assert _texts("> Is it high?\nIt is.\n> And falling?\nNot yet.\n") == ["It is.", "Not yet."]


def test_web_page_is_read_where_there_is_no_plain_text() -> None:
    """A message in HTML alone is read as a page."""
    message = _message("")
    message.set_content("<p>The river is high in Rosario and will be for a week.</p>", "html")
    read = email.read(message.as_bytes(), "a.eml")
    assert [block.text for block in read.blocks] == [
        "The river is high in Rosario and will be for a week."
    ]


def test_attachments_are_counted_not_read() -> None:
    """An attached document is not part of the message."""
    message = _message("See attached.")
    message.add_attachment(b"Other text", "text", "plain", filename="b.txt")
    read = email.read(message.as_bytes(), "a.eml")
    assert (read.attachments, [block.text for block in read.blocks]) == (1, ["See attached."])


def test_unknown_encoding_is_found_out() -> None:
    """A message that names an encoding nobody knows is read all the same."""
    raw = b'Subject: x\nContent-Type: text/plain; charset="x-none"\n\nBogot\xc3\xa1 is high.\n'
    assert email.read(raw, "a.eml").blocks[0].text == "Bogotá is high."


def test_date_that_is_none_is_no_date() -> None:
    """A Date header that makes no date gives none."""
    assert email.read(b"Subject: x\nDate: soon\n\nHigh.\n", "a.eml").published is None


def test_message_of_quotes_alone_is_said() -> None:
    """A message without words of its own is refused."""
    with pytest.raises(IntakeError, match="no text of its own"):
        email.read(_message("> Is it high?\n").as_bytes(), "a.eml")
