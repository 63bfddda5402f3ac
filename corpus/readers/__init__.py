"""Bytes to blocks: one module a format, chosen by what the bytes are and then by the name."""

from __future__ import annotations

from collections.abc import Callable

from corpus.readers import docx, email, html, markdown, pdf, text
from corpus.readers.document import Document
from corpus.readers.sniffing import READABLE, Format, format_of

__all__ = ["READABLE", "Document", "Format", "format_of", "read"]

Reader = Callable[[bytes, str], Document]

READERS: dict[Format, Reader] = {
    Format.TEXT: text.read,
    Format.MARKDOWN: markdown.read,
    Format.HTML: html.read,
    Format.PDF: pdf.read,
    Format.DOCX: docx.read,
    Format.EMAIL: email.read,
}


def read(data: bytes, name: str) -> Document:
    """Read a document of whichever format it is.

    Args:
        data: The file's bytes.
        name: The file's name; its suffix decides where the bytes leave it open.

    Raises:
        IntakeError: If the bytes are empty, binary, damaged or of a kind that is not read.
    """
    return READERS[format_of(data, name)](data, name)
