"""PDF files, made with a library that writes them."""

from __future__ import annotations

import io

import pytest
from fpdf import FPDF
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from corpus.briefing import BlockKind
from corpus.errors import IntakeError
from corpus.readers import pdf
from corpus.readers.document import Document


class _Paper(FPDF):
    """A page of wrapped text."""

    def line(self, text: str, size: int = 11, style: str = "") -> None:  # type: ignore[override]
        self.set_font("times", style, size)
        self.multi_cell(0, size / 2, text, align="L", new_x="LMARGIN", new_y="NEXT")

    def paragraph(self, text: str) -> None:
        self.line(text)
        self.ln(4)


class _Report(_Paper):
    """A report with a running head and a numbered foot on every page."""

    def header(self) -> None:
        self.set_font("helvetica", size=8)
        self.cell(0, 8, "The Harbour Weekly", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("helvetica", size=8)
        self.cell(0, 10, f"Page {self.page_no()} of 3", align="C")


SENTENCES = (
    "The dockers of {} stopped work on Monday after the talks about pay broke down, said their "
    "union. It has {} thousand members in the port and wants a rise of six in the hundred, or a "
    "longer break in each of the night shifts that they work. Nobody expects a vote this week."
)
PORTS = ["Callao", "Guayaquil", "Iquique", "Manta", "Paita", "Arica", "Colón", "Limón", "Santos"]


def _text(at: int) -> str:
    return SENTENCES.format(PORTS[at % len(PORTS)] + " " + "abcdefghijklmnopqrstuvw"[at], at + 2)


def _report() -> Document:
    report = _Report()
    report.add_page()
    report.line("Port strikes along the coast", 20, "B")
    report.ln(4)
    for at in range(20):
        report.paragraph(_text(at))
    return pdf.read(bytes(report.output()), "a.pdf")


def test_paragraphs_are_whole_and_in_order() -> None:
    """Wrapped lines become the paragraphs that were set, also across pages."""
    assert [block.text for block in _report().blocks[1:]] == [_text(at) for at in range(20)]


def test_title_is_the_largest_line_on_page_one() -> None:
    """The headline is known by its size."""
    read = _report()
    assert (read.title, read.blocks[0].kind) == (
        "Port strikes along the coast",
        BlockKind.HEADING,
    )


def test_blocks_have_pages() -> None:
    """Each block knows the page it begins on."""
    pages = [block.page for block in _report().blocks]
    assert pages == sorted(pages, key=lambda page: page or 0)
    assert {1, 2} <= set(pages)


def test_running_heads_and_page_numbers_are_left_out() -> None:
    """What stands on every page's edge is not text."""
    text = "\n".join(block.text for block in _report().blocks)
    assert "Harbour Weekly" not in text
    assert "of 3" not in text


def test_words_broken_at_line_ends_are_mended() -> None:
    """A hyphen at a line's end goes, unless the document writes the word with it."""
    report = _Paper()
    report.add_page()
    report.line(
        "The left-wing parties met on Sunday to speak of the agree-\nment, and the left-\n"
        "wing press of the capital was there to hear it."
    )
    text = " ".join(block.text for block in pdf.read(bytes(report.output()), "a.pdf").blocks)
    assert "agreement" in text
    assert text.count("left-wing") == 2


def test_lists_are_one_block() -> None:
    """Items stay on lines of their own in one block."""
    report = _Paper()
    report.add_page()
    report.paragraph(_text(0))
    report.line("- more pay\n- safer cranes\n- a longer break")
    block = pdf.read(bytes(report.output()), "a.pdf").blocks[-1]
    assert (block.kind, block.text) == (
        BlockKind.LIST,
        "- more pay\n- safer cranes\n- a longer break",
    )


def test_rows_are_a_table() -> None:
    """Cells that stand side by side are a table's row."""
    report = _Paper()
    report.add_page()
    report.paragraph(_text(0))
    for row in (("Port", "Ships"), ("Callao", "41"), ("Manta", "17")):
        for cell in row:
            report.cell(50, 7, cell)
        report.ln()
    block = pdf.read(bytes(report.output()), "a.pdf").blocks[-1]
    assert (block.kind, block.text) == (
        BlockKind.TABLE,
        "Port | Ships\nCallao | 41\nManta | 17",
    )


def test_two_columns_are_read_one_after_the_other() -> None:
    """A sentence goes on from the left column's foot to the right one's head."""
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=A4)
    left = ["The ministry has put off", "the auction until March and", "has not said who asked it"]
    right = ["to do so, though two of the", "firms had written to it in", "May of the year before."]
    for column, texts in ((60, left), (320, right)):
        for row, text in enumerate(texts):
            page.drawString(column, 700 - 14 * row, text)
    page.save()
    assert [block.text for block in pdf.read(buffer.getvalue(), "a.pdf").blocks] == [
        " ".join(left + right)
    ]


def test_scan_is_said() -> None:
    """Pages without a text layer are refused with what to do."""
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer)
    page.rect(100, 100, 200, 200, fill=1)
    page.save()
    with pytest.raises(IntakeError, match="is a scan") as raised:
        pdf.read(buffer.getvalue(), "a.pdf")
    assert "OCR" in raised.value.mend


def test_locked_file_is_said() -> None:
    """A file with a password is refused."""
    report = FPDF()
    report.set_encryption(owner_password="a", user_password="b")
    report.add_page()
    with pytest.raises(IntakeError, match="locked with a password"):
        pdf.read(bytes(report.output()), "a.pdf")


def test_damaged_file_is_said() -> None:
    """A file cut off is refused."""
    with pytest.raises(IntakeError, match="damaged PDF"):
        pdf.read(b"%PDF-1.7\n1 0 obj <<", "a.pdf")
