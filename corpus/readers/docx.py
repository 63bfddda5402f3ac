"""Word documents: paragraphs, headings, lists and tables in their order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from corpus.briefing import BlockKind, TextBlock
from corpus.errors import IntakeError
from corpus.readers.decoding import tidy
from corpus.readers.document import Document

# Unpacked, a Word document of words is a few times its size; this guards against a small file
# made to unpack to gigabytes.
MOST_UNPACKED_BYTES = 200 * 1024 * 1024

# What python-docx writes into documents that nobody signed.
_NO_AUTHOR = {"", "python-docx"}


def read(data: bytes, name: str) -> Document:
    """Read a Word document.

    Args:
        data: The file's bytes.
        name: The file's name, for messages.

    Raises:
        IntakeError: If the file is damaged or unpacks to more than it should.
    """
    _refuse_bomb(data, name)
    try:
        word = docx.Document(io.BytesIO(data))
        blocks = tuple(_merged(_blocks(word)))
    except (KeyError, ValueError, OSError, zipfile.BadZipFile, SyntaxError) as error:
        raise IntakeError(
            f"'{name}' is a damaged DOCX document ({error})", "Open it in Word and save it anew."
        ) from error
    stated = word.core_properties
    title = next((block.text for block in blocks[:5] if block.level == 1), "")
    return Document(
        blocks,
        title=title or " ".join((stated.title or "").split()),
        standfirst=_styled(word, "Subtitle"),
        section=stated.category or "",
        author="" if stated.author in _NO_AUTHOR else stated.author,
        format="docx",
    )


def _refuse_bomb(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        raise IntakeError(
            f"'{name}' is a damaged DOCX document ({error})", "Fetch or save it anew."
        ) from error
    if unpacked > MOST_UNPACKED_BYTES:
        raise IntakeError(
            f"'{name}' unpacks to {unpacked // 2**20} MB", "Save it without its pictures."
        )


def _styled(word: WordDocument, style: str) -> str:
    return next((_text(p) for p in word.paragraphs if _style(p) == style), "")


def _blocks(word: WordDocument) -> Iterator[TextBlock]:
    """The document's blocks, each list item still a block of its own."""
    numbers: dict[str, int] = {}
    for part in word.iter_inner_content():
        if isinstance(part, Table):
            numbers.clear()
            yield TextBlock("\n".join(_rows(part)), BlockKind.TABLE)
            continue
        text, style = _text(part), _style(part)
        if not text or style == "Subtitle":
            continue
        if style == "Title" or style.startswith("Heading"):
            numbers.clear()
            level = 1 if style == "Title" else _level(style)
            yield TextBlock(text, BlockKind.HEADING, level=level)
        elif _is_item(part, style):
            yield TextBlock(_bullet(style, numbers) + text, BlockKind.LIST)
        else:
            numbers.clear()
            yield TextBlock(text)


def _merged(blocks: Iterator[TextBlock]) -> Iterator[TextBlock]:
    """The blocks with items that follow each other made one list."""
    items: list[str] = []
    for block in blocks:
        if block.kind is BlockKind.LIST:
            items.append(block.text)
            continue
        if items:
            yield TextBlock("\n".join(items), BlockKind.LIST)
            items = []
        if block.text.strip():
            yield block
    if items:
        yield TextBlock("\n".join(items), BlockKind.LIST)


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        # Cells merged across columns come once for each column; they are one cell to a reader.
        cells: list[str] = []
        seen: set[int] = set()
        for cell in row.cells:
            if id(cell._tc) not in seen:
                seen.add(id(cell._tc))
                cells.append(" ".join(tidy(cell.text).split()))
        if any(cells):
            yield " | ".join(cells)


def _text(paragraph: Paragraph) -> str:
    return " ".join(tidy(paragraph.text).split())


def _style(paragraph: Paragraph) -> str:
    style = paragraph.style
    return (style.name or "") if style is not None else ""


def _level(style: str) -> int:
    digits = style.removeprefix("Heading").strip()
    return min(int(digits), 6) if digits.isdigit() else 2


def _is_item(paragraph: Paragraph, style: str) -> bool:
    properties = paragraph._p.pPr
    numbered = properties is not None and properties.find(qn("w:numPr")) is not None
    return style.startswith("List") or numbered


def _bullet(style: str, numbers: dict[str, int]) -> str:
    """An item's bullet or number; lists numbered by other means than their style get a bullet."""
    if not style.startswith("List Number"):
        return "- "
    numbers[style] = numbers.get(style, 0) + 1
    return f"{numbers[style]}. "
