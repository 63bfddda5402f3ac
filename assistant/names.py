"""Names of people and organisations in a text, by how they are written.

Without a model: runs of capitalised words that are neither places, months, nor merely the
first word of a sentence. Enough to carry a name from one question to the next, and to notice
that a question names somebody whom a passage does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from corpus.gazetteer import find_places

_LINK = r"(?:de|del|da|do|dos|das|la|las|los|van|von|der|al|bin|el|y|e|of|the|for|on|and)"
_WORD = r"(?:[A-ZÀ-Þ][\w’'-]*[\w]|[A-ZÀ-Þ]\.)"
_RUN = re.compile(rf"{_WORD}(?:\s+(?:{_LINK}\s+){{0,2}}{_WORD})*")

_TITLES = frozenset(
    "mr mrs ms dr prof president vice minister secretary chancellor senator governor ambassador "
    "general foreign finance prime interior trade defence economy energy justice judge former "
    "deputy chief justice congressman representative king queen pope mayor "
    "pm envoy spokesman spokeswoman spokesperson".split()
)
_NEVER_NAMES = frozenset(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter "
    "what who whom whose which when where why how is are was were do does did has have had can "
    "could should would will the a an and or but in on at by for from to of with since until "
    "before after during between about tell show list compare give name explain summarise "
    "summarize please he she it they we you i his her their its this that these those there "
    "i i'm i've i'd i'll if as so not no yes any "
    "some all both each many much more most other another".split()
)

# Behind these an untitled name is a place's or a thing's: "in New York", "the Milgram Experiment".
_PLACED = re.compile(r"\b(?:in|at|near|inside|outside|the)\s+$", re.I)

_PLACE_LIKE = re.compile(
    r"(?:New|San|Santa|São|Los|Las|North|South|East|West|Saint|St\.?|Fort|Port|Mount|Lake|Great)\s"
)

# Misspelt and differently transliterated names still match: "Urribe"/"Uribe" .91,
# "Zelensky"/"Zelenskyy" .94; "Lula"/"Luna" .75 and "Castro"/"Castillo" .71 do not.
SAME_NAME = 86
# Names of fewer letters must be written alike.
SHORTEST_MISSPELT = 4


@dataclass(frozen=True, slots=True)
class Name:
    """A name: its words without titles, its place in the text, and the title it had."""

    text: str
    start: int
    end: int
    title: str = ""

    @property
    def last(self) -> str:
        """The name's last word, by which a person is called later: "Petro"."""
        return self.text.split()[-1]

    @property
    def is_person(self) -> bool:
        """Whether it looks like a person: titled, or two or three plain words."""
        words = self.text.split()
        return bool(self.title) or (
            2 <= len(words) <= 4
            and not any(w.isupper() and len(w) > 2 for w in words)
            and not _ORGANISATION.search(self.text)
        )


_ORGANISATION = re.compile(
    r"\b(?:Organi[sz]ation|Bank|Fund|Union|Council|Congress|Court|Ministry|Department|Agency|"
    r"Company|Corporation|Group|Party|Assembly|Commission|Committee|Senate|House|University|"
    r"Institute|Association|Federation|Alliance|Summit|Treaty|Agreement|Accords?|Act|Nations|"
    r"States|Front|Movement|Army|Navy|Force|Guard|Tribunal|Supreme|National|Central|"
    r"International|Development|General|Belt|Road|Plan|Initiative|Strategy|Law|Bill|Port|Mine|"
    r"Consensus|of|for|and|on)\b"
)


def find_names(text: str) -> list[Name]:
    """The names in `text`, in order; places and dates are none."""
    places = [(p.start, p.end) for p in find_places(text)]
    found = []
    for run in _RUN.finditer(text):
        name = _trim(text, run.start(), run.end())
        if name is None or _is_of_places(text, name, places):
            continue
        if _only_opens_a_sentence(text, name):
            continue
        found.append(name)
    return found


def _is_of_places(text: str, name: Name, places: list[tuple[int, int]]) -> bool:
    """Whether it is a place, or several: "Beijing and Brasília"."""
    rest = list(text[name.start : name.end])
    for start, end in places:
        inside = range(max(start, name.start), min(end, name.end))
        for at in inside:
            rest[at - name.start] = " "
    return set("".join(rest).casefold().split()) <= {"and", "&"}


def people(text: str) -> list[Name]:
    """The names in `text` that look like people's."""
    return [
        n
        for n in find_names(text)
        if n.is_person
        and (n.title or not (_PLACED.search(text[: n.start]) or _PLACE_LIKE.match(n.text)))
    ]


def same(one: str, other: str) -> bool:
    """Whether two words are one name, allowing for accents and slips of spelling."""
    a, b = fold(one), fold(other)
    if a == b:
        return True
    return min(len(a), len(b)) >= SHORTEST_MISSPELT and fuzz.ratio(a, b) >= SAME_NAME


def is_among(word: str, words: Collection[str]) -> bool:
    """Whether a folded word is one of some folded words, as `same` would find of each."""
    if word in words or len(word) < SHORTEST_MISSPELT:
        return word in words
    # Shorter ones among the words cannot be as like as this to a word of four letters.
    like = process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=SAME_NAME)
    return like is not None


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """`text` without accents, case and possessive s, for comparing names."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[’']s$", "", plain).replace("’", "'")


def _trim(text: str, start: int, end: int) -> Name | None:
    """A run without titles in front and without words that are never names at its ends."""
    words = [
        (m.group(), start + m.start(), start + m.end())
        for m in re.finditer(r"\S+", text[start:end])
    ]
    title = ""
    while words:
        first = words[0][0].rstrip(".").casefold()
        if first in _TITLES:
            title = words[0][0]
        elif first not in _NEVER_NAMES:
            break
        words = words[1:]
    while words and words[-1][0].casefold() in _NEVER_NAMES:
        words = words[:-1]
    if not words:
        return None
    begin, stop = words[0][1], words[-1][2]
    if re.search(r"[’']s$", text[begin:stop]):
        stop -= 2
    return Name(text[begin:stop], begin, stop, title) if stop > begin else None


def _only_opens_a_sentence(text: str, name: Name) -> bool:
    """A single capitalised word that may be capital only because a sentence begins there."""
    if " " in name.text or name.title or name.text.isupper():
        return False
    before = text[: name.start].rstrip(" \"“'‘(")
    if before and before[-1] not in ".!?:\n":
        return False
    # Said again with a capital in mid-sentence, it is a name after all.
    again = re.compile(rf"[\w,;’']\s+{re.escape(name.text)}\b")
    return not again.search(text) and len(text) > len(name.text) + 1
