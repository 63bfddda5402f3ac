"""A question that can mean two things: which word that is, and the questions it can mean.

Asked back only where the briefings answer more than one of them; where they answer one alone,
that is the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.answer import Answer
from assistant.constraints import words_in
from assistant.evidence import Evidence, Weighing
from assistant.names import Name, find_names, fold, same
from assistant.question import Query
from assistant.thresholds import Thresholds
from corpus.countries import countries
from corpus.gazetteer import find_places
from corpus.place_phrases import Via, meaning, pattern, unaccented

# More to choose from is no help.
MOST_CHOICES = 4

# "Alberto Fernández of Argentina": what follows is no part of the name.
_LINKS = frozenset(("of", "and", "for", "on", "the"))
_AND = re.compile(r"\s+and\s+")
_PRONOUN = re.compile(r"\b(?:he|him|his|she|her|hers)\b", re.I)
_GEORGIA = re.compile(r"(?<!country of )(?<!state of )\bGeorgia\b")
_GEORGIAS = ("the country of Georgia", "the US state of Georgia")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word of a question that can mean several things.

    Attributes:
        word: The word as asked.
        choices: For each meaning the question, complete, in which only that is meant.
    """

    word: str
    choices: tuple[str, ...]


def doubt(
    query: Query,
    turns: Sequence[Answer],
    weighing: Weighing,
    thresholds: Thresholds,
    is_answered: Callable[[str], bool],
) -> Doubt | None:
    """What `query` leaves open between several things that the briefings all answer.

    Args:
        query: The question.
        turns: The conversation so far.
        weighing: What was found for it.
        thresholds: What is likely enough.
        is_answered: Whether the briefings answer another question.
    """
    for name in () if query.unresolved else query.names:
        persons = _persons_answered(name, weighing, thresholds)
        if len(persons) > 1 and not _is_settled(persons, turns):
            asked = [query.text.replace(name, person) for person in persons]
            return Doubt(name, tuple(asked[:MOST_CHOICES]))
    places = () if query.unresolved else _places(query)
    for open_word in (*places, *_pronouns(query, turns)):
        answered = tuple(filter(is_answered, open_word.choices[:MOST_CHOICES]))
        if len(answered) > 1:
            return Doubt(open_word.word, answered)
    return None


def _persons_answered(surname: str, weighing: Weighing, thresholds: Thresholds) -> list[str]:
    """The full names of those called `surname` of whom each has a likely sentence of their own."""
    if len(surname.split()) > 1 or not weighing.evidence:
        return []
    persons = _persons(surname, weighing.evidence)
    bar = max(thresholds.enough, thresholds.also * weighing.evidence[0].score)
    likely = [e for e in weighing.evidence if e.score >= bar]
    meant = {first for e in likely if (first := _person_meant(e, persons))}
    return [full for first, full in persons.items() if first in meant]


def _persons(surname: str, evidence: Sequence[Evidence]) -> dict[str, str]:
    """Those called `surname` in the briefings found: first name, folded, to full name."""
    found: dict[str, str] = {}
    for briefing in {e.briefing.id: e.briefing for e in evidence}.values():
        text = f"{briefing.title}\n{briefing.standfirst}\n{briefing.body}"
        # Line by line: a heading's last word and the next line's first are no name.
        for name in (name for line in text.splitlines() for name in find_names(line)):
            words = name.text.split()
            # "Vice-President Cristina Fernández": what is joined by a hyphen is a title there.
            words = words[1:] if "-" in words[0] and len(words) > 2 else words
            words = list(takewhile(lambda word: word not in _LINKS, words))
            if any(same(word, surname) for word in words[1:]):
                found.setdefault(fold(words[0]), " ".join(words))
    return found


def _person_meant(evidence: Evidence, persons: dict[str, str]) -> str:
    """Of which of `persons` a sentence is, by the nearest first name; "" if that is not one."""
    briefing = evidence.briefing
    around = (evidence.text, evidence.passage.span.of(briefing.body), briefing.title, briefing.body)
    for text in around:
        named = [first for first in persons if first in words_in(text)]
        if named:
            return named[0] if len(named) == 1 else ""
    return ""


def _is_settled(persons: Sequence[str], turns: Sequence[Answer]) -> bool:
    """Whether the last turn was on one of them alone."""
    if not turns:
        return False
    spoken = " ".join([turns[-1].standalone, *(s.text for s in turns[-1].statements)])
    return sum(person in spoken for person in persons) == 1


def _places(query: Query) -> Iterator[Doubt]:
    """Words that several countries share and that the question settles on none of them."""
    text = query.text
    settled = [(p.start, p.end) for p in find_places(text)]
    plain, at = unaccented(text)
    for match in pattern().finditer(plain):
        start, end, meant = at[match.start()], at[match.end() - 1] + 1, meaning(match[0])
        if len(meant.codes) < 2 or any(s <= start < e for s, e in settled):
            continue
        names = [countries()[code].name for code in meant.codes]
        if meant.via is Via.NAME:
            before, after = text[:start], text[end:]
            choices = [before + _with_article(name, before) + after for name in names]
        else:
            choices = [f"{text.rstrip('?!. ')} ({name})?" for name in names]
        yield Doubt(text[start:end], tuple(choices))
    georgia = _GEORGIA.search(text)
    if georgia and "Georgia" in query.places:
        choices = [_GEORGIA.sub(one, text) for one in _GEORGIAS]
        yield Doubt(georgia[0], tuple(choices))


def _with_article(name: str, before: str) -> str:
    takes_one = "Republic" in name and not before.casefold().endswith("the ")
    return f"the {name}" if takes_one else name


def _pronouns(query: Query, turns: Sequence[Answer]) -> Iterator[Doubt]:
    """A pronoun that can mean any of several people of whom the last turn spoke alike."""
    pronoun = _PRONOUN.search(query.asked)
    if not turns or not pronoun:
        return
    last = turns[-1]
    asked_about = _full_names(last.standalone)
    told_of = [n for s in last.statements for n in _full_names(s.text)]
    candidates = list(dict.fromkeys(asked_about or told_of))
    taken = next((n for n in candidates if n in query.text and n not in query.asked), None)
    if len(candidates) < 2 or not (taken or query.unresolved):
        return
    # A pronoun that was exchanged for one of them, or was left for want of one meaning.
    if taken and not query.unresolved:
        choices = [query.text.replace(taken, other) for other in candidates]
    else:
        before, after = query.asked[: pronoun.start()], query.asked[pronoun.end() :]
        owns = "'s" if pronoun[0].casefold() in ("his", "her") else ""
        choices = [f"{before}{other}{owns}{after}" for other in candidates]
    yield Doubt(pronoun[0], tuple(choices))


def _full_names(text: str) -> list[str]:
    """The people named in full; "William Ruto and Yoweri Museveni" are two."""
    parts = [part for name in find_names(text) for part in _AND.split(name.text)]
    return [part for part in parts if Name(part, 0, len(part)).is_person]
