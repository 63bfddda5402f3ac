"""Word documents."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from corpus.briefing import BlockKind
from corpus.errors import IntakeError
from corpus.readers import docx as reader


def _saved(word: object) -> bytes:
    buffer = io.BytesIO()
    word.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def test_document_is_read_in_order() -> None:
    """Title, headings, paragraphs, lists and tables come as they stand."""
    word = docx.Document()
    word.add_paragraph("Fuel in Ecuador", style="Title")
    word.add_paragraph("The subsidy ends.", style="Subtitle")
    word.add_heading("Fleets", level=2)
    word.add_paragraph("They burn nine tenths of it.")
    word.add_paragraph("Manta", style="List Bullet")
    word.add_paragraph("Esmeraldas", style="List Bullet")
    word.add_paragraph("Decree", style="List Number")
    word.add_paragraph("Notice", style="List Number")
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Port", "Share", "Manta", "6"], strict=True):
        cell.text = text
    word.add_paragraph("Protests are expected.")
    read = reader.read(_saved(word), "a.docx")
    assert (read.title, read.standfirst) == ("Fuel in Ecuador", "The subsidy ends.")
    assert [(block.kind, block.level, block.text) for block in read.blocks] == [
        (BlockKind.HEADING, 1, "Fuel in Ecuador"),
        (BlockKind.HEADING, 2, "Fleets"),
        (BlockKind.PARAGRAPH, 0, "They burn nine tenths of it."),
        (BlockKind.LIST, 0, "- Manta\n- Esmeraldas\n1. Decree\n2. Notice"),
        (BlockKind.TABLE, 0, "Port | Share\nManta | 6"),
        (BlockKind.PARAGRAPH, 0, "Protests are expected."),
    ]


def test_core_properties_are_read() -> None:
    """Title, author and category of the file's properties are used."""
    word = docx.Document()
    word.core_properties.title = "Fuel"
    word.core_properties.author = "Adela Quiroga"
    word.core_properties.category = "Energy"
    word.add_paragraph("Text.")
    read = reader.read(_saved(word), "a.docx")
    assert (read.title, read.author, read.section) == ("Fuel", "Adela Quiroga", "Energy")


def test_cells_merged_across_columns_are_one() -> None:
    """A cell over two columns is written once."""
    word = docx.Document()
    table = word.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Wide"
    table.cell(0, 2).text = "Narrow"
    assert reader.read(_saved(word), "a.docx").blocks[0].text == "Wide | Narrow"


def test_damaged_document_is_said() -> None:
    """A file with parts missing is refused."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<broken")
    with pytest.raises(IntakeError, match="damaged DOCX"):
        reader.read(buffer.getvalue(), "a.docx")


def test_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that unpacks to too much is refused before it is unpacked."""
    monkeypatch.setattr(reader, "MOST_UNPACKED_BYTES", 100)
    word = docx.Document()
    word.add_paragraph("Text.")
    with pytest.raises(IntakeError, match="unpacks to"):
        reader.read(_saved(word), "a.docx")
