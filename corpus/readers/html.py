"""HTML pages: the article out of the page, its headings, lists and tables kept whole."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import trafilatura
from lxml import etree
from lxml import html as lxml_html

from corpus.briefing import BlockKind, TextBlock
from corpus.errors import IntakeError
from corpus.readers.decoding import decode, tidy
from corpus.readers.document import Document

# `extensive_search` would guess a date from any number on the page; only dates that the page
# states in its header, its JSON-LD or a <time> element are taken.
DATE_SEARCH = {"extensive_search": False, "original_date": True}

# Where browsers, too, stop looking for a page's encoding.
CHARSET_SEARCH = 1024
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.I)


def read(data: bytes, name: str) -> Document:
    """Read a web page's article.

    Args:
        data: The page's bytes; its own `charset` is heeded.
        name: The file's name or address, for messages.

    Raises:
        IntakeError: If the page has no article text.
    """
    tree = _tree(data, name)
    found = trafilatura.bare_extraction(
        tree,
        favor_precision=True,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params=DATE_SEARCH,
    )
    if found is None or isinstance(found, dict):
        raise _without_text(name)
    blocks = tuple(_blocks(found.body))
    if not blocks:
        raise _without_text(name)
    return Document(
        blocks,
        title=_headline(blocks) or _line(found.title),
        published=dt.date.fromisoformat(found.date) if found.date else None,
        section=_line(found.categories[0]) if found.categories else "",
        author=_line(found.author),
        url=_line(found.url),
        source=_line(found.sitename),
        format="html",
    )


def _without_text(name: str) -> IntakeError:
    return IntakeError(
        f"'{name}' is a web page without article text",
        "Save the page with its text, or offer the text itself.",
    )


def _tree(data: bytes, name: str) -> lxml_html.HtmlElement:
    text = _decoded(data, name)
    # lxml refuses text that declares its own encoding, as saved XHTML does.
    if text.lstrip().startswith("<?xml"):
        text = text.split("?>", 1)[-1]
    try:
        return lxml_html.fromstring(text)
    except (etree.ParserError, ValueError) as error:
        raise IntakeError(
            f"'{name}' is not a readable web page ({error})", "Save the page anew."
        ) from error


def _decoded(data: bytes, name: str) -> str:
    """The page's text, in the encoding it states where that fits."""
    stated = _CHARSET.search(data[:CHARSET_SEARCH])
    if stated:
        try:
            return tidy(data.decode(stated[1].decode("ascii")))
        except (LookupError, UnicodeDecodeError):
            return decode(data, name)
    return decode(data, name)


def _headline(blocks: tuple[TextBlock, ...]) -> str:
    """The article's own first-rank heading, which has no publisher's name behind it; or ""."""
    return next((block.text for block in blocks[:3] if block.level == 1), "")


def _blocks(body: etree._Element) -> Iterator[TextBlock]:
    """The blocks of an article tree as trafilatura builds it."""
    for node in body:
        if node.tag == "head":
            level = int((node.get("rend") or "h2")[-1:])
            block = TextBlock(_text(node), BlockKind.HEADING, level=level)
        elif node.tag == "list":
            block = TextBlock("\n".join(_items(node)), BlockKind.LIST)
        elif node.tag == "table":
            block = TextBlock("\n".join(_rows(node)), BlockKind.TABLE)
        elif node.tag in ("quote", "div") and len(node):
            yield from _blocks(node)
            continue
        else:
            block = TextBlock(_text(node))
        if block.text:
            yield block


def _items(node: etree._Element, indent: str = "") -> Iterator[str]:
    numbered = node.get("rend") == "ol"
    for number, item in enumerate(node.iterchildren("item"), start=1):
        bullet = f"{number}. " if numbered else "- "
        text = _text(item, skip="list")
        if text:
            yield indent + bullet + text
        for inner in item.iterchildren("list"):
            yield from _items(inner, indent + "  ")


def _rows(node: etree._Element) -> Iterator[str]:
    for row in node.iterchildren("row"):
        cells = [_text(cell) for cell in row.iterchildren("cell")]
        if any(cells):
            yield " | ".join(cells)


def _text(node: etree._Element, skip: str = "") -> str:
    """A node's text on one line; a line break in the page goes on after a space."""
    return " ".join("".join(_pieces(node, skip)).split())


def _pieces(node: etree._Element, skip: str) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if child.tag in ("lb", "p"):
            yield " "
        if child.tag != skip:
            yield from _pieces(child, skip)
        yield child.tail or ""


def _line(value: str | None) -> str:
    return " ".join((value or "").split())
