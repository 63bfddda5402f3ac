"""Countries in a text: by name, demonym, capital or seat of government, with their places."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from corpus.countries import countries
from corpus.place_names import (
    AMERICAN_GEORGIA,
    CORROBORATED,
    GOVERNMENTS,
    NOT_PLACES,
    PERSONAL,
)

__all__ = ["PlaceMention", "Via", "find_places", "places_of"]

# A briefing is about a country that its title names, or that it mentions this often.
FEWEST_MENTIONS = 2


class Via(StrEnum):
    """By which of its words a country is mentioned."""

    NAME = "name"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    GOVERNMENT = "government"


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
class _Meaning:
    """What a phrase may stand for: one country or several that share it; none, for a trap."""

    codes: tuple[str, ...]
    via: Via
    spelling: str


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    meaning: _Meaning


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
    sure = {
        found_.meaning.codes[0]
        for found_ in found
        if len(found_.meaning.codes) == 1 and found_.meaning.spelling not in CORROBORATED
    }
    mentions = []
    for candidate in found:
        code = _settled(candidate.meaning, sure)
        if code:
            mentions.append(_mention(text, candidate, code))
    return mentions


def places_of(title: str, body: str) -> tuple[str, ...]:
    """The countries that a briefing is about.

    Args:
        title: Its title, with its standfirst if it has one.
        body: Its text.

    Returns:
        Short names of the countries in the title or mentioned twice or more, the most often
        mentioned first.
    """
    in_title = [mention.name for mention in find_places(title)]
    counts = Counter(mention.name for mention in find_places(f"{title}\n\n{body}"))
    about = [n for n, count in counts.items() if n in in_title or count >= FEWEST_MENTIONS]
    return tuple(sorted(about, key=lambda name: (-counts[name], name)))


def _mention(text: str, found: _Found, code: str) -> PlaceMention:
    written = text[found.start : found.end]
    name = countries()[code].name
    return PlaceMention(name, found.start, found.end, written, found.meaning.via)


def _settled(meaning: _Meaning, sure: set[str]) -> str:
    """The one country meant, or ""."""
    if meaning.spelling in CORROBORATED:
        return meaning.codes[0] if meaning.codes[0] in sure else ""
    if len(meaning.codes) == 1:
        return meaning.codes[0]
    named = [code for code in meaning.codes if code in sure]
    return named[0] if len(named) == 1 else ""


def _candidates(text: str) -> Iterator[_Found]:
    """Every phrase of the text that may name a country, traps left out."""
    plain, places = _accents_folded(text)
    american_georgia = any(word in text for word in AMERICAN_GEORGIA) and "Tbilisi" not in text
    for match in _pattern().finditer(plain):
        meaning = _meaning(match[0])
        if not meaning.codes or _is_shouted(match, plain):
            continue
        if meaning.spelling in PERSONAL and _is_person(match, plain):
            continue
        if meaning.codes == ("GE",) and american_georgia:
            continue
        if meaning.via is Via.DEMONYM and _is_language(match, plain):
            continue
        yield _Found(places[match.start()], places[match.end() - 1] + 1, meaning)


def _accents_folded(text: str) -> tuple[str, list[int]]:
    """The text without accents, and for each of its characters the place in the original."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in _UNACCENTED.get(character) or _without_accent(character):
            folded.append(part)
            places.append(place)
    return "".join(folded), places


# Typographic forms of the characters in names.
_UNACCENTED = {"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "‑": "-", "\n": " "}


def _without_accent(character: str) -> str:
    if character.isascii():
        return character
    parts = unicodedata.normalize("NFD", character)
    return "".join(part for part in parts if not unicodedata.combining(part))


@cache
def _phrases() -> dict[str, _Meaning]:
    """Every phrase looked for, without accents, and what it means."""
    codes: dict[str, list[str]] = {}
    first: dict[str, tuple[Via, str]] = {}

    def add(spelling: str, code: str, via: Via) -> None:
        phrase = _accents_folded(spelling)[0]
        owners = codes.setdefault(phrase, [])
        if code not in owners:
            owners.append(code)
        first.setdefault(phrase, (via, spelling))

    for country in countries().values():
        for name in country.names:
            add(name, country.code, Via.NAME)
    for country in countries().values():
        for capital in country.capitals:
            # "Mexico City" is a capital; "Singapore" and "Guatemala" are their countries first.
            if _accents_folded(capital)[0] not in codes:
                add(capital, country.code, Via.CAPITAL)
        for demonym in country.demonyms:
            add(demonym, country.code, Via.DEMONYM)
    for code, seats in GOVERNMENTS.items():
        for seat in seats:
            add(seat, code, Via.GOVERNMENT)
    for shared in ("Korea", "Korean"):
        for code in ("KR", "KP"):
            add(shared, code, Via.NAME if shared == "Korea" else Via.DEMONYM)
    for code in ("CG", "CD"):
        add("Congo", code, Via.NAME)
    meanings = {phrase: _Meaning(tuple(codes[phrase]), *first[phrase]) for phrase in codes}
    for trap in NOT_PLACES:
        phrase = _accents_folded(trap)[0]
        meanings[phrase] = _Meaning((), Via.NAME, trap)
    return meanings


@cache
def _pattern() -> re.Pattern[str]:
    """One pattern of all phrases, the longest first, so that it wins: "Guinea-Bissau"."""
    longest_first = sorted(_phrases(), key=len, reverse=True)
    any_phrase = "|".join(map(re.escape, longest_first))
    # A plural's s belongs to a demonym: "Colombians". A point belongs to "U.S." only.
    return re.compile(rf"(?<![\w.@#/-])(?:{any_phrase})(?:s(?!\w))?(?![\w@])(?!-\w+\.)")


def _meaning(written: str) -> _Meaning:
    meanings = _phrases()
    return meanings.get(written) or meanings[written.removesuffix("s")]


_SMALL_LETTER = re.compile(r"[a-z]")
_CAPITALISED_BEFORE = re.compile(r"([A-Z][\w'.-]*) $")
_CAPITALISED_AFTER = re.compile(r" ([A-Z][a-z][\w'-]*)")
_LANGUAGE_BEFORE = re.compile(
    r"\b(?:in|into|from|speaks?|speaking|spoke|spoken|fluent|learn\w*|translated|write|written) $"
)
_NO_NOUN_AFTER = re.compile(r"\s*(?:[.,;:!?)\"”]|and\b|or\b|$)")

# Capitalised words that stand before a country without making it a surname.
_NOT_FIRST_NAMES = frozenset(
    "The In From To Of And But For With While When As At By On Since After Before Under Over If"
    " President Minister Ambassador Senator Government Embassy Kingdom Republic King Queen Prime"
    " North South East West Northern Southern Eastern Western Central Greater Both Between Neither"
    " Nor Yet So Then Now Meanwhile Against Across Inside Outside Through Like Unlike Via Where"
    " Whether Because Although Though Until Without Within Around Near Neighbouring Neighboring"
    " Visiting Leaving Toward Towards Into Is Are Was Were Has Have Can Will Would Should Does Did"
    " What Who Why How Which That This These Those Its Their Our Only Even Also Not Monday Tuesday"
    " Wednesday Thursday Friday Saturday Sunday January February March April May June July August"
    " September October November December En De Del El La Y Con Por Para".split()
)

# Capitalised words that stand after a country without being a surname.
_NOT_SURNAMES = frozenset(
    "And Or The In On To For With Is Was Has Will Would Can Said Says Government Parliament"
    " President Minister Embassy Ministry Congress Senate Office Bank Valley River City Republic"
    " Times Stock Exchange Chamber University Airport Port Metropolitan Region Summit Declaration"
    " Conference Group Police Court Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    " January February March April May June July August September October November December".split()
)


def _is_shouted(match: re.Match[str], text: str) -> bool:
    """Whether the phrase is a word in capitals in a line of capitals: "CONTACT US TODAY"."""
    if not match[0].isupper() or not match[0].isalpha():
        return False
    around = text[max(0, match.start() - 30) : match.end() + 30]
    return not _SMALL_LETTER.search(around) and len(around.split()) > 1


def _is_person(match: re.Match[str], text: str) -> bool:
    """Whether a name that people have too stands next to another name."""
    before = _CAPITALISED_BEFORE.search(text[max(0, match.start() - 30) : match.start()])
    if before and before[1] not in _NOT_FIRST_NAMES and before[1].rstrip(".") not in _phrases():
        # A sentence's first word is capitalised whatever it is.
        earlier = text[: match.start() - len(before[0])].rstrip()
        if (earlier and earlier[-1] not in ".!?:\"”") or before[1] not in _STARTS:
            return True
    after = _CAPITALISED_AFTER.match(text, match.end())
    return bool(after) and after[1] not in _NOT_SURNAMES and after[1] not in _phrases()


_STARTS = frozenset("Today Yesterday Here There Some Many Most All No".split())


def _is_language(match: re.Match[str], text: str) -> bool:
    """Whether a demonym is the name of a language: "spoke in Spanish." """
    before = text[max(0, match.start() - 14) : match.start()]
    speaking = text[match.end() : match.end() + 10].startswith(("-speaking", "-language"))
    said = _LANGUAGE_BEFORE.search(before) and _NO_NOUN_AFTER.match(text, match.end())
    return speaking or bool(said)
