"""Whole pages of many publishers' habits, each beside what must come of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.briefing import Briefing
from corpus.intake import read_upload

FOLDER = Path(__file__).parent / "layouts"
PAGES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".expected")
FIELDS = (
    "title",
    "standfirst",
    "published",
    "section",
    "author",
    "places",
    "sources",
    "url",
    "source",
    "format",
)


def _written(value: str | tuple[str, ...] | dt.date | None) -> str:
    return " | ".join(value) if isinstance(value, tuple) else str(value or "")


def as_plain_file(briefing: Briefing) -> str:
    """A briefing as the `.expected` files have it: a line a field, a blank line, the body."""
    head = [f"{field}: {_written(getattr(briefing, field))}".rstrip() for field in FIELDS]
    return "\n".join(head) + f"\n\n{briefing.body}\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_gives_what_is_expected(page: Path) -> None:
    """A page comes out with its fields and its body to the letter."""
    expected = page.with_name(f"{page.name}.expected").read_text(encoding="utf-8")
    assert as_plain_file(read_upload(page.name, page.read_bytes())) == expected
