"""Phrases that name countries."""

from __future__ import annotations

from corpus.place_phrases import Via, meaning, pattern, phrases, unaccented


def test_places_of_unaccented_characters_are_kept() -> None:
    """Each character without its accent knows where it stood."""
    assert unaccented("e\u0301é") == ("ee", [0, 2])


def test_longest_phrase_wins() -> None:
    """A longer name is found over a shorter one in it."""
    match = pattern().search("in Guinea-Bissau today")
    assert match is not None
    assert match[0] == "Guinea-Bissau"


def test_plural_means_what_its_singular_does() -> None:
    """Colombians are Colombian."""
    assert meaning("Colombians") == meaning("Colombian")


def test_trap_means_no_country() -> None:
    """A phrase that is no place has no country, whatever it holds."""
    assert phrases()["Gulf of Mexico"].codes == ()


def test_name_counts_before_capital() -> None:
    """A state that is its own capital is met by name."""
    assert phrases()["Monaco"].via is Via.NAME
