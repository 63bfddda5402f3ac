"""Bytes to text in the encodings that people's files come in."""

from __future__ import annotations

import pytest

from corpus.errors import IntakeError
from corpus.readers.decoding import decode, tidy

SPANISH = (
    "La comisión de energía de Perú publicó el año pasado un informe sobre el petróleo y la "
    "minería. Según el señor Núñez, “nadie esperaba más”."
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encoding_is_found(encoding: str) -> None:
    """A text comes out the same whatever it was saved in."""
    assert decode(SPANISH.encode(encoding), "nota.txt") == SPANISH


def test_russian_code_page_is_found() -> None:
    """A text in a Cyrillic code page is not taken for a Western one."""
    russian = "Министерство опубликует правила до конца года. До тех пор действуют старые. " * 3
    assert decode(russian.encode("cp1251"), "note.txt") == russian


def test_damaged_mark_is_said() -> None:
    """Bytes that say they are UTF-8 and are not are refused."""
    with pytest.raises(IntakeError, match=r"says it is UTF-8 but is not \(byte 5\)"):
        decode(b"\xef\xbb\xbfLima \xff\xfe", "note.txt")


def test_control_characters_are_binary() -> None:
    """Bytes full of control characters are no text."""
    with pytest.raises(IntakeError, match="binary"):
        decode(bytes(range(1, 9)) * 50 + b"abc", "note.txt")


def test_tidy_makes_line_ends_alike() -> None:
    """Every system's line end becomes a newline, a page's end a blank line."""
    assert tidy("a\r\nb\rc\u2028d\fe") == "a\nb\nc\nd\n\ne"


def test_tidy_drops_what_nobody_sees() -> None:
    """Marks, zero-width spaces and soft hyphens go; letters and spaces stay."""
    assert tidy("\ufeffBogo\u00adtá\u200b is\u00a0high\x00") == "Bogotá is\u00a0high"
