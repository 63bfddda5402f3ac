"""Markdown: front matter for what the briefing says of itself, then plain text blocks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import frontmatter
import yaml
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from corpus.briefing import BlockKind, TextBlock
from corpus.errors import IntakeError
from corpus.readers.decoding import decode
from corpus.readers.document import Document
from corpus.written_dates import read_date


def read(data: bytes, name: str) -> Document:
    """Read a Markdown file, with or without YAML front matter.

    Args:
        data: The file's bytes, in any encoding.
        name: The file's name, for messages.

    Raises:
        IntakeError: If the encoding is unreadable or the front matter is not YAML.
    """
    try:
        stated, body = frontmatter.parse(decode(data, name))
    except yaml.YAMLError as error:
        raise IntakeError(
            f"The front matter of '{name}' is not valid YAML ({_first_line(error)})",
            "Correct the lines between the two '---'.",
        ) from error
    return Document(
        blocks_of(body),
        title=_text(stated, "title"),
        standfirst=_text(stated, "standfirst"),
        published=_date(stated, name),
        section=_text(stated, "section"),
        author=_text(stated, "author"),
        places=_texts(stated, "places"),
        sources=_texts(stated, "sources"),
        url=_text(stated, "url"),
        source=_text(stated, "source"),
        format="markdown",
    )


def blocks_of(markdown: str) -> tuple[TextBlock, ...]:
    """The blocks of Markdown, each as its plain text."""
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(markdown))
    blocks: list[TextBlock] = []
    for node in tree.children:
        blocks.extend(_blocks(node))
    return tuple(block for block in blocks if block.text.strip())


def _blocks(node: SyntaxTreeNode) -> list[TextBlock]:
    if node.type == "heading":
        return [TextBlock(_plain(node), BlockKind.HEADING, level=int(node.tag[1:]))]
    if node.type in ("bullet_list", "ordered_list"):
        return [TextBlock("\n".join(_items(node)), BlockKind.LIST)]
    if node.type == "table":
        rows = [row for part in node.children for row in part.children]
        return [TextBlock("\n".join(map(_row, rows)), BlockKind.TABLE)]
    if node.type == "blockquote":
        return [block for child in node.children for block in _blocks(child)]
    if node.type in ("fence", "code_block"):
        return [TextBlock(node.content.rstrip("\n"))]
    return [TextBlock(_plain(node))]


def _items(node: SyntaxTreeNode, indent: str = "") -> list[str]:
    """A list's lines: its items with their bullets or numbers, lists in them indented."""
    lines: list[str] = []
    number = int(node.attrs.get("start", 1))
    for at, item in enumerate(node.children, start=number):
        bullet = "- " if node.type == "bullet_list" else f"{at}. "
        texts = [_plain(child) for child in item.children if not child.type.endswith("_list")]
        lines.append(indent + bullet + " ".join(texts))
        for child in item.children:
            if child.type.endswith("_list"):
                lines.extend(_items(child, indent + "  "))
    return lines


def _row(node: SyntaxTreeNode) -> str:
    return " | ".join(map(_plain, node.children))


def _plain(node: SyntaxTreeNode) -> str:
    """A node's text without markup; a line wrapped in the file goes on after a space."""
    if node.type in ("softbreak", "hardbreak"):
        return " "
    if node.type in ("text", "code_inline"):
        return node.content
    if node.type == "image" or node.type.startswith("html"):
        return ""
    return "".join(map(_plain, node.children))


def _text(stated: dict[str, Any], field: str) -> str:
    value = stated.get(field)
    return "" if value is None else str(value).strip()


def _texts(stated: dict[str, Any], field: str) -> tuple[str, ...]:
    """A field's values, whether written as a YAML list or with commas."""
    value = stated.get(field) or []
    values = value if isinstance(value, list) else str(value).split(",")
    return tuple(text for text in (str(part).strip() for part in values) if text)


def _date(stated: dict[str, Any], name: str) -> dt.date | None:
    value = stated.get("published", stated.get("date"))
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    found = value if isinstance(value, dt.date) else read_date(str(value))
    if found is None:
        raise IntakeError(
            f"The front matter of '{name}' has published '{value}', which is not a date",
            "Write it as YYYY-MM-DD.",
        )
    return found


def _first_line(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
