"""Lines of navigation, and sentences that only look like them."""

from __future__ import annotations

from corpus.briefing import BlockKind, TextBlock
from corpus.furniture.navigation import without_navigation


def _kept(*texts: str) -> list[str]:
    return [block.text for block in without_navigation([TextBlock(text) for text in texts])]


def test_menu_of_one_entry_a_line_goes() -> None:
    """A run of menu entries is left out as a whole, with the entries nobody knows."""
    assert _kept("Home", "News", "Opinion", "Puzzles", "The river is high.") == [
        "The river is high."
    ]


def test_menu_on_one_line_goes() -> None:
    """Entries parted by bars are a menu."""
    assert _kept("Home | News | Contact") == []


def test_short_lines_that_are_no_menu_stay() -> None:
    """Short lines of a text stay."""
    assert _kept("Peru", "Outlook", "Good") == ["Peru", "Outlook", "Good"]


def test_table_is_never_navigation() -> None:
    """A table stays whatever its words."""
    table = TextBlock("Home | News | Contact", BlockKind.TABLE)
    assert without_navigation([table]) == (table,)
