"""The one door to every reader."""

from __future__ import annotations

from corpus import readers


def test_format_is_chosen_and_said() -> None:
    """A file is read by the reader its content needs."""
    assert readers.read(b"# River\n\nHigh.", "a.md").format == "markdown"
    assert readers.read(b"River\n\nHigh.", "a.txt").format == "text"


def test_every_format_has_a_reader() -> None:
    """No format is known that cannot be read."""
    assert set(readers.READERS) == set(readers.Format)
