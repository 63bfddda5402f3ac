"""Markdown: front matter and plain blocks."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.briefing import BlockKind
from corpus.errors import IntakeError
from corpus.readers import markdown


def _blocks(text: str) -> list[tuple[str, str]]:
    read = markdown.read(text.encode(), "a.md").blocks
    return [(block.kind.value, block.text) for block in read]


def test_front_matter_is_what_the_briefing_says_of_itself() -> None:
    """Every field of the front matter is read."""
    read = markdown.read(
        b"---\ntitle: Water\nstandfirst: Low.\npublished: 2024-08-19\nsection: Works\n"
        b"author: M. Salcedo\nplaces: [Peru, Chile]\nsources: Bulletin 12, Bulletin 13\n"
        b"url: https://example.org/w\nsource: Andes Desk\n---\nText.\n",
        "a.md",
    )
    assert (read.title, read.standfirst, read.published, read.section, read.author) == (
        "Water",
        "Low.",
        dt.date(2024, 8, 19),
        "Works",
        "M. Salcedo",
    )
    assert (read.places, read.sources, read.url, read.source) == (
        ("Peru", "Chile"),
        ("Bulletin 12", "Bulletin 13"),
        "https://example.org/w",
        "Andes Desk",
    )


def test_date_may_be_written_out() -> None:
    """A date in words is a date."""
    read = markdown.read(b"---\npublished: 3 October 2022\n---\nText.\n", "a.md")
    assert read.published == dt.date(2022, 10, 3)


def test_what_is_no_date_is_said() -> None:
    """A date that cannot be read is refused, not dropped."""
    with pytest.raises(IntakeError, match="published 'soon', which is not a date"):
        markdown.read(b"---\npublished: soon\n---\nText.\n", "a.md")


def test_broken_front_matter_is_said() -> None:
    """Front matter that is not YAML is refused."""
    with pytest.raises(IntakeError, match=r"front matter of 'a\.md' is not valid YAML"):
        markdown.read(b"---\ntitle: [unclosed\n---\nText.\n", "a.md")


def test_markup_becomes_its_text() -> None:
    """Emphasis, links and code leave their words; a wrapped line goes on after a space."""
    assert _blocks("The **city** loses\n[water](https://example.org), `half` of it.") == [
        ("paragraph", "The city loses water, half of it.")
    ]


def test_headings_have_levels() -> None:
    """A heading is a block with its level."""
    block = markdown.read(b"## What is planned\n\nText.\n", "a.md").blocks[0]
    assert (block.kind, block.level, block.text) == (BlockKind.HEADING, 2, "What is planned")


def test_list_is_one_block() -> None:
    """A list keeps its bullets and numbers, and lists within it, in one block."""
    assert _blocks("3. Mend\n4. Meter\n   - brewery\n") == [
        ("list", "3. Mend\n4. Meter\n  - brewery")
    ]


def test_table_is_one_block() -> None:
    """A table's cells are parted by bars, its rows by lines."""
    assert _blocks("| Year | Loss |\n|---|---|\n| 2022 | 41 |\n") == [
        ("table", "Year | Loss\n2022 | 41")
    ]


def test_quotation_is_text() -> None:
    """A block quotation gives paragraphs; rules, pictures and raw HTML give nothing."""
    assert _blocks("> We count.\n\n---\n\n![map](m.png)\n\n<div>x</div>\n") == [
        ("paragraph", "We count.")
    ]


def test_what_is_not_stated_is_empty() -> None:
    """Front matter without places and sources has none."""
    read = markdown.read(b"---\ntitle: Dam\nplaces:\n---\n\nText.\n", "a.md")
    assert (read.places, read.sources) == ((), ())
