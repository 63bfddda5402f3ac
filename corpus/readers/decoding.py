"""Bytes to text: marks, encodings, line ends and characters nobody can see."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from corpus.errors import IntakeError

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # UTF-32 first: its little-endian mark starts with UTF-16's.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Of a text's characters, the share that may be control characters before it is called binary.
# Texts have none; a stray one from an old word processor should not cost the document.
CONTROL_SHARE = 0.01

_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029|\x0b")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")

# Zero-width space, word joiner, byte-order mark, soft hyphen: invisible, and they break search
# and quoting. Joiners (U+200C/D) stay: they are letters' shapes in Persian and Hindi.
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")


def decode(data: bytes, name: str) -> str:
    """The text that bytes are, its line ends made newlines.

    A mark at the start decides, then UTF-8 where the bytes are that, then charset-normalizer.

    Raises:
        IntakeError: If the bytes are in no encoding that gives readable text.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return tidy(_strict(data, encoding, name))
    try:
        decoded = data.decode("utf-8")
    except UnicodeDecodeError:
        decoded = _guess(data, name)
    if len(_CONTROL.findall(decoded)) > CONTROL_SHARE * len(decoded):
        raise IntakeError(f"'{name}' is binary or in an unknown encoding", "Save it as UTF-8 text.")
    return tidy(decoded)


def tidy(text: str) -> str:
    """The text with newlines for line ends and without control and invisible characters."""
    text = _LINE_ENDS.sub("\n", text).replace("\f", "\n\n")
    return _INVISIBLE.sub("", _CONTROL.sub("", text))


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise IntakeError(
            f"'{name}' says it is {encoding.removesuffix('-sig').upper()} but is not "
            f"(byte {error.start})",
            "Save it as UTF-8 text.",
        ) from error


def _guess(data: bytes, name: str) -> str:
    matches = charset_normalizer.from_bytes(data)
    best = matches.best()
    if best is None:
        raise IntakeError(f"'{name}' is binary or in an unknown encoding", "Save it as UTF-8 text.")
    # A page or two of Western text fits several code pages alike; Windows' own is by far the
    # likeliest, and the only one whose curly quotes come out as quotes.
    western = next((match for match in matches if match.encoding == "cp1252"), None)
    return str(western or best)
