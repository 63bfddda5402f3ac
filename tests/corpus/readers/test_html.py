"""Web pages: the article and what the page states of it."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.briefing import BlockKind
from corpus.errors import IntakeError
from corpus.readers import html

LEAD = (
    "Two ferries began to cross the channel again on Monday, nine years after the last of the old "
    "ones was sold for scrap, and both were full on the first day."
)


def _page(article: str, head: str = "") -> bytes:
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'>{head}</head><body>"
        f"<nav><a href='/'>Home</a></nav><article><h1>Ferries return</h1><p>{LEAD}</p>{article}"
        "</article><footer>© 2023 The Review</footer></body></html>"
    ).encode()


def test_article_is_taken_without_the_page_around_it() -> None:
    """Navigation and footer are not read."""
    blocks = html.read(_page(""), "a.html").blocks
    assert [block.text for block in blocks] == ["Ferries return", LEAD]


def test_headings_lists_and_tables_are_blocks() -> None:
    """Structure comes through: a list and a table are one block each."""
    blocks = html.read(
        _page(
            "<h2>Fares</h2>"
            "<ul><li>Three in <b>summer</b></li><li>One<ol><li>calm</li></ol></li></ul>"
            "<table><tr><th>Month</th><th>Fares</th></tr><tr><td>May</td><td>41</td></tr></table>"
        ),
        "a.html",
    ).blocks
    assert [(block.kind, block.text) for block in blocks[2:]] == [
        (BlockKind.HEADING, "Fares"),
        (BlockKind.LIST, "- Three in summer\n- One\n  1. calm"),
        (BlockKind.TABLE, "Month | Fares\nMay | 41"),
    ]


def test_metadata_is_what_the_page_states() -> None:
    """Date, author and publisher come from the page's header."""
    read = html.read(
        _page(
            "",
            "<title>Ferries return | The Review</title><meta name='author' content='Pía Larrondo'>"
            "<meta property='article:published_time' content='2023-12-05T08:30:00Z'>"
            "<meta property='og:site_name' content='The Review'>",
        ),
        "a.html",
    )
    assert (read.title, read.author, read.source, read.published) == (
        "Ferries return",
        "Pía Larrondo",
        "The Review",
        dt.date(2023, 12, 5),
    )


def test_date_is_not_guessed() -> None:
    """Years in the text and in the footer give no date."""
    assert html.read(_page("<p>The old ones ran from 1984 to May 2014.</p>"), "a").published is None


def test_stated_encoding_is_heeded() -> None:
    """A page in a code page it names is read in it."""
    page = _page("<p>El año próximo habrá más.</p>").decode().replace("utf-8", "iso-8859-1")
    texts = [block.text for block in html.read(page.encode("iso-8859-1"), "a.html").blocks]
    assert "El año próximo habrá más." in texts


def test_page_without_article_is_said() -> None:
    """A page with no text is refused."""
    with pytest.raises(IntakeError, match="without article text"):
        html.read(b"<html><body><script>run()</script></body></html>", "a.html")
