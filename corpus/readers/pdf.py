"""PDF: the text layer's lines joined to paragraphs, each with its page."""

from __future__ import annotations

import re

import pypdfium2

from corpus.errors import IntakeError
from corpus.readers.document import Document
from corpus.readers.pdf_lines import Line, lines_of, without_running_lines
from corpus.readers.pdf_paragraphs import blocks_of, headline

# A file with fewer characters than this a page is a scan: its producer may still have written
# a stamp or a page number over the picture.
SCANNED_PAGE_CHARACTERS = 15

_FILE_NAME = re.compile(r"\.(?:docx?|pdf|indd|pptx?|xlsx?|qxd|pages|odt)$", re.I)


def read(data: bytes, name: str) -> Document:
    """Read a PDF's text layer.

    Args:
        data: The file's bytes.
        name: The file's name, for messages.

    Returns:
        Blocks with the page each begins on. A paragraph that runs over a page's end is one
        block, of the page it begins on.

    Raises:
        IntakeError: If the file is damaged, locked with a password, or a scan without text.
    """
    document = _open(data, name)
    try:
        pages = [lines_of(page) for page in document]
        stated = {field: document.get_metadata_value(field) for field in ("Title", "Author")}
    except pypdfium2.PdfiumError as error:
        raise _damaged(name, error) from error
    finally:
        document.close()
    _refuse_scan(pages, name)
    blocks = blocks_of(without_running_lines(pages))
    return Document(
        blocks,
        title=headline(blocks) or _real_title(stated["Title"]),
        author=" ".join(stated["Author"].split()),
        format="pdf",
    )


def _open(data: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise IntakeError(
                f"'{name}' is locked with a password", "Save a copy without the password."
            ) from error
        raise _damaged(name, error) from error


def _damaged(name: str, error: Exception) -> IntakeError:
    return IntakeError(f"'{name}' is a damaged PDF ({error})", "Fetch or save it anew.")


def _refuse_scan(pages: list[list[Line]], name: str) -> None:
    if sum(len(line.text) for page in pages for line in page) < SCANNED_PAGE_CHARACTERS * len(
        pages
    ):
        raise IntakeError(
            f"'{name}' is a scan: its pages have no text in them",
            "Run text recognition (OCR) over it, then offer it again.",
        )


def _real_title(title: str) -> str:
    """The title in the file's properties, unless a program left a file's name there."""
    title = " ".join(title.split())
    return "" if _FILE_NAME.search(title) or " " not in title else title
