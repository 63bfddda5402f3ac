"""Which reader a file needs: its bytes first, its name where the bytes leave it open."""

from __future__ import annotations

import io
import mimetypes
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath

from corpus.errors import IntakeError


class Format(StrEnum):
    """The kinds of document that are read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    EMAIL = "email"


SUFFIXES = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".eml": Format.EMAIL,
}

READABLE = "text, Markdown, HTML, PDF, DOCX or e-mail (.eml)"

# Some producers put bytes before "%PDF-"; the specification's readers look this far.
PDF_SEARCH = 1024

# Enough to see an HTML doctype behind comments, and an e-mail's whole block of headers.
HEAD = 4096

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UTF_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.I | re.S
)
_TAG = re.compile(rb"<[a-zA-Z!][^>]*>")
_HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]*):[ \t]?\S?.*(?:\n[ \t]+\S.*)*$", re.M)

# Headers that only a mail program writes. "From:" and "Subject:" alone may be a typed memo.
_MAIL_ONLY = {"message-id", "mime-version", "received", "return-path", "content-type"}


def format_of(data: bytes, name: str) -> Format:
    """The format of a file.

    Args:
        data: The file's bytes.
        name: The file's name; only its suffix is looked at.

    Raises:
        IntakeError: If the file is empty, binary, or of a kind that is not read.
    """
    if not data.strip(b"\x00\t\n\r\f "):
        raise IntakeError(f"'{name}' is empty", "Offer a file that has text in it.")
    suffix = PurePath(name).suffix.lower()
    by_name = SUFFIXES.get(suffix)
    found = _by_magic(data, name, by_name)
    if found:
        return found
    _refuse_binary(data, name)
    head = data[:HEAD].decode("utf-8", errors="replace").lstrip("\ufeff").replace("\r\n", "\n")
    if _HTML.match(head):
        return Format.HTML
    if by_name is Format.HTML:
        return Format.HTML if _TAG.search(data) else Format.TEXT
    if by_name is Format.EMAIL or _is_mail(head):
        return Format.EMAIL
    if by_name:
        return by_name
    kind = mimetypes.guess_type(name)[0]
    if kind in (None, "text/plain"):
        return Format.TEXT
    raise _unknown(name)


def _by_magic(data: bytes, name: str, by_name: Format | None) -> Format | None:
    """The format of a binary document, or None; refuses what only looks like one."""
    if b"%PDF-" in data[:PDF_SEARCH]:
        return Format.PDF
    if data.startswith(b"PK\x03\x04"):
        return _office_or_refuse(data, name, by_name)
    if data.startswith(OLE_MAGIC):
        raise IntakeError(
            f"'{name}' is an old Office document or one locked with a password",
            "Save it as DOCX without a password, or as PDF.",
        )
    if data.startswith(b"{\\rtf"):
        raise IntakeError(f"'{name}' is an RTF document", "Save it as DOCX, PDF or plain text.")
    if by_name in (Format.PDF, Format.DOCX):
        raise IntakeError(
            f"'{name}' is named {by_name.value.upper()} but its content is not, or is damaged",
            "Open it in its own program and save it anew.",
        )
    return None


def _office_or_refuse(data: bytes, name: str, by_name: Format | None) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError) as error:
        what = "DOCX document" if by_name is Format.DOCX else "archive"
        raise IntakeError(
            f"'{name}' is a damaged {what} ({error})", "Fetch or save it anew."
        ) from error
    if "word/document.xml" in members:
        return Format.DOCX
    raise IntakeError(f"'{name}' is an archive without a Word document in it", f"Offer {READABLE}.")


def _refuse_binary(data: bytes, name: str) -> None:
    """Refuse bytes with NULs, which no text has but UTF-16 and UTF-32 with their mark."""
    if (
        b"\x00" in data
        and not data.startswith(UTF_BOMS)
        and not data.startswith(b"\x00\x00\xfe\xff")
    ):
        raise IntakeError(f"'{name}' is binary, not text", f"Offer {READABLE}.")


def _unknown(name: str) -> IntakeError:
    return IntakeError(
        f"'{name}' is of a kind that is not read ({PurePath(name).suffix})", f"Offer {READABLE}."
    )


def _is_mail(head: str) -> bool:
    """Whether the text starts with the headers of an e-mail, as saved by a mail program."""
    block = head.lstrip("\n").split("\n\n", 1)[0]
    names = {match[1].lower() for match in _HEADER.finditer(block)}
    starts_so = bool(_HEADER.match(block))
    return starts_so and bool(names & _MAIL_ONLY) and bool(names & {"from", "subject"})
