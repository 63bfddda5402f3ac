"""Every phrase that names a country, and the one pattern that finds them in a text."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from corpus.countries import Country, countries
from corpus.place_names import GOVERNMENTS, NOT_PLACES, SHARED_NAMES


class Via(StrEnum):
    """By which of its words a country is mentioned."""

    NAME = "name"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    GOVERNMENT = "government"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for.

    Attributes:
        codes: The country's code; several where countries share the phrase; none for a phrase
            that holds a country's name and means something else.
        via: Which of the country's words it is.
        spelling: The phrase with its accents.
    """

    codes: tuple[str, ...]
    via: Via
    spelling: str


# Typographic forms of the characters in names.
_PLAIN = {"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u2011": "-", "\n": " "}


def unaccented(text: str) -> tuple[str, Sequence[int]]:
    """The text without accents, and for each of its characters the place in the original."""
    plain = {
        character: _PLAIN.get(character) or _without_accent(character) for character in set(text)
    }
    if all(len(part) == 1 for part in plain.values()):
        return "".join(map(plain.__getitem__, text)), range(len(text))
    # Accents written as characters of their own move the places of what follows.
    parts = [(part, place) for place, character in enumerate(text) for part in plain[character]]
    return "".join(part for part, _ in parts), [place for _, place in parts]


def _without_accent(character: str) -> str:
    if character.isascii():
        return character
    parts = unicodedata.normalize("NFD", character)
    return "".join(part for part in parts if not unicodedata.combining(part))


def meaning(written: str) -> Meaning:
    """What a match of `pattern` means; a plural means what its singular does."""
    known = phrases()
    return known.get(written) or known[written.removesuffix("s")]


@cache
def phrases() -> dict[str, Meaning]:
    """Every phrase without its accents, and what it means.

    Where one phrase has two uses, the first counts: names before capitals and demonyms, so
    that "Singapore" is a name; traps over everything.
    """
    meanings: dict[str, Meaning] = {}
    for spelling, code, via in _spellings():
        phrase = unaccented(spelling)[0]
        first = meanings.get(phrase)
        if first is None:
            meanings[phrase] = Meaning((code,), via, spelling)
        elif code not in first.codes and via is not Via.CAPITAL:
            meanings[phrase] = Meaning((*first.codes, code), first.via, first.spelling)
    for trap in NOT_PLACES:
        meanings[unaccented(trap)[0]] = Meaning((), Via.NAME, trap)
    return meanings


@cache
def pattern() -> re.Pattern[str]:
    """One pattern of all phrases, the longest first so that it wins: "Guinea-Bissau"."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for phrase in sorted(phrases(), key=len, reverse=True):
        by_letter[phrase[0]].append(phrase[1:])
    # Sorted by first letter, a word is held against the phrases of its own alone.
    any_phrase = "|".join(
        f"{re.escape(letter)}(?:{'|'.join(map(re.escape, rests))})"
        for letter, rests in by_letter.items()
    )
    # An s may follow for the plural, "Colombians". What stands in an address does not count.
    return re.compile(rf"(?<![\w.@#/])(?:{any_phrase})(?:s(?!\w))?(?![\w@])(?!-\w+\.)")


def _spellings() -> Iterator[tuple[str, str, Via]]:
    """Every spelling with its country's code; names first."""
    all_countries = countries().values()
    for country in all_countries:
        for name in country.names:
            yield name, country.code, Via.NAME
    for name, codes in SHARED_NAMES.items():
        for code in codes:
            yield name, code, Via.NAME
    for country in all_countries:
        yield from _other_spellings(country)


def _other_spellings(country: Country) -> Iterator[tuple[str, str, Via]]:
    for capital in country.capitals:
        yield capital, country.code, Via.CAPITAL
    for demonym in country.demonyms:
        yield demonym, country.code, Via.DEMONYM
    for seat in GOVERNMENTS.get(country.code, ()):
        yield seat, country.code, Via.GOVERNMENT
