"""Small libraries of their own for single tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from assistant.assembly import Desk, open_desk
from assistant.ingestion import Sources, ingest
from assistant.settings import load

OpenLibrary = Callable[..., Desk]


@pytest.fixture
def open_library(loaded_once: None, tmp_path: Path) -> Iterator[OpenLibrary]:
    """Opens a library of files: their names and what stands in them."""
    with ExitStack() as opened:

        def open_with(**files: str) -> Desk:
            folder = tmp_path / "briefings"
            folder.mkdir()
            for name, text in files.items():
                suffix = ".html" if text.lstrip().startswith("<") else ".md"
                (folder / f"{name}{suffix}").write_text(text, "utf-8")
            desk = opened.enter_context(open_desk(load(home=tmp_path / "own", samples=False)))
            sources = Sources([str(folder)])
            ingest(sources, sources.briefings(), desk.library, desk.indexer)
            return desk

        yield open_with


def briefing(title: str, published: str, *paragraphs: str) -> str:
    """A briefing as a Markdown file."""
    stated = f"published: {published}\n" if published else ""
    return "\n\n".join([f"---\ntitle: {title}\n{stated}---", *paragraphs, ""])
