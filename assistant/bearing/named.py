"""Names in a statement: people, bodies and places, and the titles they are given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.bearing.fault import Fault, FaultKind
from assistant.bearing.words import words_of
from assistant.constraints import places_in
from assistant.names import fold
from corpus.gazetteer import PlaceMention, find_places
from index.lexical import STOP_WORDS

_CAPITALISED = re.compile(r"\b[A-ZÀ-Þ](?:[\w’'&-]*[\w])?(?:\.[A-Z])*\b")
_MONTHS_AND_DAYS = frozenset(
    "january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday".split()
)
# Words that begin a sentence with a capital, often enough, and are nobody's name.
_OPENERS = frozenset(
    "according both each every some several many most few all another other others one two three "
    "four five six seven eight nine ten meanwhile however also earlier later further furthermore "
    "moreover in on at by for from to of with since until before after during between among "
    "under over while when as although though because if whether whereas despite following "
    "officials ministers analysts leaders diplomats negotiators talks ties trade relations exports "
    "imports prices inflation growth government governments parliament president minister".split()
)


def name_faults(
    statement: str, quotes: str, headlines: str, around: str, elsewhere: Sequence[str]
) -> Iterator[Fault]:
    """Names that the quotes do not have.

    A longer form of a name that the quotes have ("Pedro Castillo" for "Castillo") may come from
    what stands around them in the same briefing; nobody new may.

    Args:
        statement: What is said.
        quotes: What it cites.
        headlines: The headlines over them: the one country they are about goes without saying.
        around: The briefings that the quotes stand in, whole.
        elsewhere: The other texts that the writer saw, from which names may have strayed.
    """
    places = find_places(statement)
    quoted_places, quoted = places_in(quotes) | _only_place(headlines), _folded(quotes)
    for place in places:
        if (
            place.name not in quoted_places
            and not _folded(statement[place.start : place.end]) <= quoted
        ) or _displaces_a_place(statement, place, quotes):
            yield Fault(FaultKind.NAME, statement[place.start : place.end])
    blanked = list(statement)
    for place in places:
        blanked[place.start : place.end] = " " * (place.end - place.start)
    strayed = _names_in_mid_sentence(elsewhere)
    for run in _runs("".join(blanked)):
        missing = [
            w
            for w, opens in run
            if not _is_there(w, quoted, quotes) and not (opens and not _is_name(w, strayed))
        ]
        if not missing:
            continue
        phrase = " ".join(w for w, _ in run)
        bears_last = _is_there(run[-1][0], quoted, quotes)
        if bears_last and _folded(phrase) and _stands_in(phrase, around):
            continue
        yield Fault(FaultKind.NAME, " ".join(missing))


def _displaces_a_place(statement: str, place: PlaceMention, quotes: str) -> bool:
    """Whether a country that only the headline names stands where the quotes have another's name.

    "Peru asked" may stand for "Castillo asked"; not so "Caracas took" for "Brazil took".
    """
    if place.name in places_in(quotes):
        return False
    titled = statement[: place.start].rstrip().endswith(("Mr", "Ms", "Mrs", "Mr.", "Ms.", "Mrs."))
    behind = next((w.lower for w in words_of(statement) if w.start >= place.end), "")
    displaced = _before_what(quotes).get(behind, frozenset())
    return titled or any(places_in(name.title()) for name in displaced)


def takes_a_place(statement: str, quotes: str) -> bool:
    """Whether a name stands before a word that in the quotes another name stands before.

    "Boric called his negotiators" where they have "Petro called": what stands before the quotes
    may say who "he" is, and not who else is meant.
    """
    theirs, said = _before_what(quotes), _folded(statement)
    for word, names in _before_what(statement).items():
        there = theirs.get(word, frozenset())
        if there and not names & there and not there & said:
            return True
    return False


def _before_what(text: str) -> dict[str, frozenset[str]]:
    """The words that names stand right before, with those names."""
    found: dict[str, frozenset[str]] = {}
    words = words_of(text)
    for word, following in pairwise(words):
        if word.text[0].isupper() and (word.content or word.text.isupper()):
            found[following.lower] = found.get(following.lower, frozenset()) | {word.lower}
    return found


def _only_place(headlines: str) -> frozenset[str]:
    """The country that the headlines are about; none where there are several."""
    places = places_in(headlines)
    return places if len(places) == 1 else frozenset()


def _runs(text: str) -> Iterator[list[tuple[str, bool]]]:
    """Capitalised words that stand together, each with whether it opens a sentence."""
    run: list[tuple[str, bool]] = []
    end = 0
    for match in _CAPITALISED.finditer(text):
        word = match.group()
        if fold(word) in _MONTHS_AND_DAYS or fold(word) == "i":
            continue
        before = text[: match.start()].rstrip(" \"“‘'(")
        opens = not before or before[-1] in ".!?:\n"
        if run and text[end : match.start()].strip():
            yield run
            run = []
        run.append((word, opens))
        end = match.end()
    if run:
        yield run


def _is_there(word: str, quoted: frozenset[str], quotes: str) -> bool:
    """The word, or the words that its letters stand for, or those letters."""
    plain = fold(word)
    if plain in quoted or plain.rstrip("s") in quoted or f"{plain}s" in quoted:
        return True
    if "-" in plain and all(part in quoted for part in plain.split("-") if part):
        return True
    letters = word.replace(".", "")
    return letters.isupper() and len(letters) > 1 and _is_acronym(letters, quotes)


def _is_acronym(letters: str, quotes: str) -> bool:
    """Whether `quotes` has a run of words that begin so: "European Union" for "EU"."""
    initials = "".join(
        w.text[0]
        for w in words_of(quotes)
        if w.text[0].isupper() and fold(w.text) not in STOP_WORDS
    )
    return letters in initials


def _is_name(word: str, strayed: frozenset[str]) -> bool:
    """Whether a word that opens a sentence is a name: known as one, and no plain word."""
    return fold(word) in strayed and fold(word) not in _OPENERS | STOP_WORDS


def _names_in_mid_sentence(texts: Sequence[str]) -> frozenset[str]:
    found = set()
    for text in texts:
        for run in _runs(text):
            found |= {fold(word) for word, opens in run if not opens}
    return frozenset(found)


def _stands_in(phrase: str, text: str) -> bool:
    return f" {_plain(phrase)} " in f" {_plain(text)} "


def _plain(text: str) -> str:
    return " ".join(w.lower for w in words_of(text))


def _folded(text: str) -> frozenset[str]:
    words = {w.lower for w in words_of(text)}
    return frozenset(words | {part for word in words for part in re.split(r"[-/]", word)})
