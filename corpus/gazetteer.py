"""Countries in a text: by name, demonym, capital or seat of government, with their places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.countries import countries
from corpus.place_names import (
    AMERICAN_GEORGIA,
    CORROBORATED,
    NOT_FIRST_NAMES,
    NOT_SURNAMES,
    PERSONAL,
)
from corpus.place_phrases import Meaning, Via, meaning, pattern, phrases, unaccented

__all__ = ["PlaceMention", "Via", "find_places", "places_of"]

# A briefing is about a country that its title names, or that it mentions this often.
FEWEST_MENTIONS = 2

# About as much as a first paragraph has.
LEAD_CHARACTERS = 400

# A text with more countries than this, each once, is a list of countries.
MOST_SINGLE_MENTIONS = 3


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A country mentioned in a text.

    Attributes:
        name: The country's English short name.
        start: Where the mention starts, in code points.
        end: Where it ends.
        text: The mention as written.
        via: By which of its words.
    """

    name: str
    start: int
    end: int
    text: str
    via: Via


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    meaning: Meaning


def find_places(text: str) -> list[PlaceMention]:
    """The countries that a text mentions, in order.

    Args:
        text: Any text. Case matters ("US", "Turkey"), accents do not ("Mexico", "México").

    Returns:
        A mention for each place; `text[start:end] == mention.text`. A word that several
        countries share ("Dominican", "Korean") is a mention only where the text names one of
        them otherwise.
    """
    found = list(_candidates(text))
    meanings = [candidate.meaning for candidate in found]
    sure = {
        meant.codes[0]
        for meant in meanings
        if len(meant.codes) == 1 and meant.spelling not in CORROBORATED
    }
    settled = [(candidate, _settled(candidate.meaning, sure)) for candidate in found]
    return [_mention(text, candidate, code) for candidate, code in settled if code]


def places_of(title: str, body: str) -> tuple[str, ...]:
    """The countries that a briefing is about.

    Args:
        title: Its title, with its standfirst if it has one.
        body: Its text.

    Returns:
        Short names of the countries in the title or mentioned twice or more, the most often
        mentioned first. In a short text none may be: then those it begins with, and else all
        that it mentions, if they are few.
    """
    in_title = _names(title)
    counts = Counter(in_title + _names(body))
    about = {name for name in counts if name in in_title or counts[name] >= FEWEST_MENTIONS}
    lead = body[:LEAD_CHARACTERS]
    few = counts if len(counts) <= MOST_SINGLE_MENTIONS else ()
    chosen = about or set(_names(lead)) or set(few)
    return tuple(sorted(chosen, key=lambda name: (-counts[name], name)))


def _names(text: str) -> list[str]:
    return [mention.name for mention in find_places(text)]


def _mention(text: str, found: _Found, code: str) -> PlaceMention:
    written = text[found.start : found.end]
    name = countries()[code].name
    return PlaceMention(name, found.start, found.end, written, found.meaning.via)


def _settled(meant: Meaning, sure: set[str]) -> str:
    """The one country meant, or ""."""
    if meant.spelling in CORROBORATED:
        return meant.codes[0] if meant.codes[0] in sure else ""
    if len(meant.codes) == 1:
        return meant.codes[0]
    named = [code for code in meant.codes if code in sure]
    return named[0] if len(named) == 1 else ""


def _candidates(text: str) -> Iterator[_Found]:
    """Every phrase of the text that may name a country, traps left out."""
    plain, places = unaccented(text)
    american_georgia = any(word in text for word in AMERICAN_GEORGIA) and "Tbilisi" not in text
    for match in pattern().finditer(plain):
        meant = meaning(match[0])
        if _is_trap(match, meant, plain) or (american_georgia and meant.codes == ("GE",)):
            continue
        yield _Found(places[match.start()], places[match.end() - 1] + 1, meant)


def _is_trap(match: re.Match[str], meant: Meaning, text: str) -> bool:
    """Whether a country's word means no country where it stands."""
    if not meant.codes or _is_shouted(match, text):
        return True
    if meant.spelling in PERSONAL and _is_person(match, text):
        return True
    return meant.via is Via.DEMONYM and _is_language(match, text)


_SMALL_LETTER = re.compile(r"[a-z]")
_CAPITALISED_BEFORE = re.compile(r"([A-Z][a-z]{0,2}\.|[A-Z][\w'-]*) $")
_CAPITALISED_AFTER = re.compile(r" ([A-Z][a-z][\w'-]*)")
_LANGUAGE_BEFORE = re.compile(
    r"\b(?:in|into|from|speaks?|speaking|spoke|spoken|fluent|learn\w*|translated|write|written) $"
)
_NO_NOUN_AFTER = re.compile(r"\s*(?:[.,;:!?)\"”]|and\b|or\b|$)")


def _is_shouted(match: re.Match[str], text: str) -> bool:
    """Whether the phrase is a word in capitals in a line of capitals: "CONTACT US TODAY"."""
    if not match[0].isupper() or not match[0].isalpha():
        return False
    around = text[max(0, match.start() - 30) : match.end() + 30]
    return not _SMALL_LETTER.search(around) and len(around.split()) > 1


def _is_person(match: re.Match[str], text: str) -> bool:
    """Whether a name that people have too stands next to another name."""
    before = _CAPITALISED_BEFORE.search(text[max(0, match.start() - 30) : match.start()])
    if before and before[1] not in NOT_FIRST_NAMES and before[1] not in phrases():
        return True
    after = _CAPITALISED_AFTER.match(text, match.end())
    return after is not None and after[1] not in NOT_SURNAMES and after[1] not in phrases()


def _is_language(match: re.Match[str], text: str) -> bool:
    """Whether a demonym is a language's name, as in "she spoke in Spanish, he in English"."""
    before = text[max(0, match.start() - 14) : match.start()]
    speaking = text[match.end() : match.end() + 10].startswith(("-speaking", "-language"))
    return speaking or bool(
        _LANGUAGE_BEFORE.search(before) and _NO_NOUN_AFTER.match(text, match.end())
    )
