"""Which reader a file needs, whatever its name says."""

from __future__ import annotations

import io
import zipfile

import pytest

from corpus.errors import IntakeError
from corpus.readers.sniffing import Format, format_of

MAIL = b"Received: by example.org\nFrom: a@example.org\nSubject: River\n\nThe river is high.\n"


def _zip(member: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", Format.TEXT),
        ("a.md", Format.MARKDOWN),
        ("a.MD", Format.MARKDOWN),
        ("a.eml", Format.EMAIL),
        ("README", Format.TEXT),
        ("Note of 3.10.2022", Format.TEXT),
        ("a.html", Format.TEXT),
    ],
)
def test_name_decides_for_plain_text(name: str, expected: Format) -> None:
    """Plain text is read as its name says; an .html file without a tag is text."""
    assert format_of(b"The river is high.", name) is expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7 ...", Format.PDF),
        (b"junk\n%PDF-1.4 ...", Format.PDF),
        (b"<!DOCTYPE html><p>x</p>", Format.HTML),
        (b"\n<!-- saved -->\n<html lang=es><p>x</p></html>", Format.HTML),
        (MAIL, Format.EMAIL),
        (_zip("word/document.xml"), Format.DOCX),
    ],
)
def test_content_decides_over_the_name(data: bytes, expected: Format) -> None:
    """A .txt file that is something else is read as what it is."""
    assert format_of(data, "a.txt") is expected


def test_typed_memo_is_not_an_e_mail() -> None:
    """Lines of From and Subject that a person typed make no e-mail."""
    assert format_of(b"From: A. Quiroga\nSubject: Fuel\n\nQuito ends it.", "a.txt") is Format.TEXT


@pytest.mark.parametrize(
    ("data", "name", "cause"),
    [
        (b"", "a.txt", "'a.txt' is empty"),
        (b" \n\t\n", "a.txt", "'a.txt' is empty"),
        (b"\x89PNG\x00\x01", "a.png", "binary"),
        (b"MZ\x00\x01", "a.txt", "binary"),
        (b"a,b\n1,2", "a.csv", r"kind that is not read \(\.csv\)"),
        (b"print(1)", "a.py", "kind that is not read"),
        (b"not a pdf", "a.pdf", "named PDF but its content is not"),
        (b"not word", "a.docx", "named DOCX but its content is not"),
        (b"PK\x03\x04 cut off", "a.docx", "damaged DOCX"),
        (_zip("notes.txt"), "a.docx", "without a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "a.doc", "old Office document"),
        (b"{\\rtf1 x}", "a.rtf", "RTF"),
    ],
)
def test_what_is_not_read_is_refused(data: bytes, name: str, cause: str) -> None:
    """Empty, binary, damaged and unknown files are refused, with their name and what they are."""
    with pytest.raises(IntakeError, match=cause):
        format_of(data, name)
