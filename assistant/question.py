"""A question, understood: stand-alone, with the places, names and dates it is about.

Follow-ups are made stand-alone by rules and by what the conversation itself has named. A first
question is never rewritten; nor is a later one that stands on its own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from assistant import messages
from assistant.answer import Answer, Citation
from assistant.follow_ups import SPEAKER, Meant, first, last_cited, speaker_question, stand_alone
from assistant.names import find_names
from assistant.periods import Period, find_period
from corpus.errors import QuestionError
from corpus.gazetteer import find_places
from corpus.regions import is_organisation, region

# Longer questions are pasted documents; nothing good comes of searching for them.
LONGEST_QUESTION = 2000


class Shape(StrEnum):
    """What form the answer takes."""

    ONE = "one"
    SEVERAL = "several"
    LATEST = "latest"
    TIMELINE = "timeline"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched.

    Attributes:
        asked: As the person wrote it.
        text: As a question that needs no conversation.
        places: The countries it names, short names, in order.
        actor: The country that acts in it ("What did Peru ask…"), or "".
        regions: The regions it names ("Andes") with their countries, any of which may be meant.
        names: The people and organisations it names.
        period: The time it names, or None.
        numbers: Figures it names other than years, as digits.
        shape: Whether one sentence is asked for, several, those in order of time, the latest,
            or a sentence's speaker.
        about: What an earlier answer cited, where the question is about that.
        unresolved: A word that refers to nothing in the conversation, or "".
    """

    asked: str
    text: str
    places: tuple[str, ...] = ()
    actor: str = ""
    regions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    names: tuple[str, ...] = ()
    period: Period | None = None
    numbers: tuple[str, ...] = ()
    shape: Shape = Shape.ONE
    about: tuple[Citation, ...] = ()
    unresolved: str = ""


_NUMBER = re.compile(r"(?<![\w.,])[$€£]?(\d+(?:[.,]\d+)*)")
_SEVERAL = re.compile(
    r"\b(?:which|what)\s+(?:\w+\s+)?(?:countries|governments|states|leaders|companies|parties|"
    r"measures|reforms|agreements|issues|topics|steps|conditions|products|sectors|ministers|"
    r"presidents|groups|places|cities|positions|demands|reasons|criticisms|ways|members)\b"
    r"|\b(?:compare|list|both|each of|differ|difference|respectively)\b"
    r"|\bhow did .* (?:each|respectively)\b",
    re.I,
)
_TIMELINE = re.compile(
    r"\bwhat (?:has |have )?happened (?:since|after|next|then)\b|\btimeline\b|\bchronology\b"
    r"|\bin what order\b|\bhow (?:did|has|have) .+ (?:develop|evolve|unfold)(?:ed)?\b",
    re.I,
)
_LATEST = re.compile(r"\b(?:latest|newest|most recent(?:ly)?|currently|so far|up to now)\b", re.I)
_AUXILIARY = re.compile(r"\b(?:did|does|do|has|have|had|will|would|can|could)\s+(?:the\s+)?", re.I)
_SPEAKER_OF = re.compile(r"^who (?:says|said|claims|claimed|reports|reported) that\b", re.I)


def understand(question: str, turns: Sequence[Answer] = (), today: dt.date | None = None) -> Query:
    """Make `question` stand on its own and find what it is about.

    Args:
        question: As a person wrote it.
        turns: The conversation so far, oldest first.
        today: The day that "last month" is reckoned from; the present one if None.

    Raises:
        QuestionError: There is no question, or it is far too long.
    """
    asked = _capitalised(" ".join(question.split()))
    if not re.search(r"\w", asked):
        raise QuestionError(messages.EMPTY_QUESTION, messages.EMPTY_QUESTION_MEND)
    if len(asked) > LONGEST_QUESTION:
        raise QuestionError(
            messages.QUESTION_TOO_LONG.format(length=len(asked), limit=LONGEST_QUESTION),
            messages.QUESTION_TOO_LONG_MEND,
        )
    day = today or dt.date.today()
    if not turns:
        return _describe(asked, first(asked), day)
    if SPEAKER.match(asked):
        return _describe(asked, Meant(speaker_question(turns, asked)), day, last_cited(turns))
    return _describe(asked, stand_alone(asked, turns), day)


def _capitalised(text: str) -> str:
    """A question typed without capitals, given those of its places, of the same length.

    "what did peru ask the us for" names two countries; only "us" after an article is one.
    """
    if any(c.isupper() for c in text[1:]):
        return text
    text = re.sub(r"\b(the|with|from|to|by|and) (us|uk|eu|un|oas|imf)\b", _upper_second, text)
    spans = [(p.start, p.end) for p in find_places(text.title())]
    for start, end in spans:
        text = text[:start] + text[start:end].title() + text[end:]
    return text


def _upper_second(match: re.Match[str]) -> str:
    return f"{match[1]} {match[2].upper()}"


def _describe(asked: str, meant: Meant, today: dt.date, about: tuple[Citation, ...] = ()) -> Query:
    main = meant.main
    period = find_period(main, today)
    regions = _regions(main)
    named = {word for word, _ in regions}
    return Query(
        asked=asked,
        text=meant.text,
        places=tuple(dict.fromkeys(place.name for place in find_places(main))),
        actor=_actor(main),
        regions=regions,
        # Any of a region's countries will do; its own name need not stand anywhere.
        names=tuple(n.text for n in find_names(main) if n.text not in named),
        period=period,
        numbers=_numbers(main, period),
        shape=_shape(main, about),
        about=about,
        unresolved=meant.unresolved,
    )


def _regions(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The regions that `text` names, with their countries; organisations of states are names."""
    found: dict[str, tuple[str, ...]] = {}
    for run in re.findall(r"[A-Z][\w-]+(?: [A-Z][\w-]+)*", text):
        words = run.split()
        for name in (*map(" ".join, pairwise(words)), *words):
            is_part = any(name in longer for longer in found)
            if not is_part and not is_organisation(name) and (countries := region(name)):
                found[name] = countries
    return tuple(found.items())


def _actor(text: str) -> str:
    """The country right behind the auxiliary, if one stands there: "What did Peru ask…"."""
    behind = {m.end() for m in _AUXILIARY.finditer(text)}
    return next((place.name for place in find_places(text) if place.start in behind), "")


def _numbers(text: str, period: Period | None) -> tuple[str, ...]:
    years = set() if period is None else set(re.findall(r"\d+", period.text))
    return tuple(
        n for n in (m.group(1) for m in _NUMBER.finditer(text)) if n not in years and len(n) > 1
    )


def _shape(text: str, about: tuple[Citation, ...]) -> Shape:
    if about or _SPEAKER_OF.match(text):
        return Shape.SPEAKER
    if _TIMELINE.search(text):
        return Shape.TIMELINE
    if _LATEST.search(text):
        return Shape.LATEST
    return Shape.SEVERAL if _SEVERAL.search(text) else Shape.ONE
