"""A question, understood: stand-alone, with the places, names and dates it is about.

Follow-ups are made stand-alone by rules and by what the conversation itself has named. A first
question is never rewritten; nor is a later one that stands on its own.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant import messages
from assistant.answer import Answer, Citation
from assistant.names import Name, find_names, fold, people
from corpus.errors import QuestionError
from corpus.gazetteer import PlaceMention, find_places
from corpus.regions import region
from index.lexical import terms

# Longer questions are pasted documents; nothing good comes of searching for them.
LONGEST_QUESTION = 2000


class Wants(StrEnum):
    """What kind of thing would answer the question."""

    PERSON = "person"
    DATE = "date"
    NUMBER = "number"
    PLACE = "place"
    REASON = "reason"
    ANYTHING = "anything"


class Shape(StrEnum):
    """What form the answer takes."""

    ONE = "one"
    SEVERAL = "several"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days that the question names, both inclusive, and how it names it."""

    since: dt.date | None
    until: dt.date | None
    text: str

    def holds(self, day: dt.date | None) -> bool:
        """Whether `day` lies in it."""
        return day is not None and (
            (self.since is None or day >= self.since) and (self.until is None or day <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched.

    Attributes:
        asked: As the person wrote it.
        text: As a question that needs no conversation.
        places: The countries it names, short names, in order.
        regions: The regions it names ("Andes") with their countries, any of which may be meant.
        names: The people and organisations it names.
        period: The time it names, or None.
        numbers: Figures it names other than years, as digits.
        wants: What kind of thing would answer it.
        shape: Whether one sentence, several, or the speaker of a sentence is asked for.
        about: What an earlier answer cited, where the question is about that.
        unresolved: A word that refers to nothing in the conversation, or "".
    """

    asked: str
    text: str
    places: tuple[str, ...] = ()
    regions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    names: tuple[str, ...] = ()
    period: Period | None = None
    numbers: tuple[str, ...] = ()
    wants: Wants = Wants.ANYTHING
    shape: Shape = Shape.ONE
    about: tuple[Citation, ...] = ()
    unresolved: str = ""


_MORE = r"(?:and|or|but|what about|how about|and what about|and how about|what of|same for)"
_ELLIPSIS = re.compile(rf"^(?:{_MORE}\s+)(?P<rest>.+?)[?.!\s]*$", re.I)
_SPEAKER = re.compile(
    r"^(?:and\s+)?(?:who\s+(?:said|says|claims|claimed|told us|reported|reports|is saying)\s*"
    r"(?:so|that|this|it)?|says who|according to whom?|who(?:'s| is) the source"
    r"(?: (?:of|for) (?:that|this|it))?|source)(?:,?\s*and when)?\s*\??$",
    re.I,
)
_BARE = re.compile(
    r"^(?:and\s+)?(?P<wh>why|when|where|how|who|how much|how many|since when|until when|"
    r"by how much|by when|to whom|with whom)(?:\s+(?:exactly|so|not|then))?\s*\?*$",
    re.I,
)
_WH_THAT = re.compile(
    r"^(?:and\s+)?(?P<wh>why|when|where|how)\s+(?:was|is|did|does|were|has|will)\s+"
    r"(?:that|this|it)(?:\s+(?:be|happen|happened|take place|so|said|announced|agreed))?\s*\?*$",
    re.I,
)
_PRONOUN = re.compile(
    r"\b(?P<he>he|him|she|her|hers)\b|\b(?P<his>his)\b|"
    r"\b(?P<they>they|them|it)\b|\b(?P<their>their|its)\b|\b(?P<there>there)\b",
    re.I,
)
_THAT = re.compile(
    r"\b(?:that|this|these|those)\s+(?P<noun>country|place|nation|government|president|minister|"
    r"leader|deal|agreement|accord|visit|meeting|election|vote|law|reform|port|company|mine|"
    r"decision|proposal|plan|talks|summit|treaty|tariffs?|ceasefire)\b",
    re.I,
)
# "Is it true that…", "What is there to…": these point at nothing that was said before.
_EMPTY = re.compile(
    r"\b(?:is|was|are|were|will|would) there\b|\bthere (?:is|was|are|were|has been|any)\b"
    r"|\b(?:is|was) it (?:true|likely|possible|clear|known)\b"
    r"|\bit (?:is|was) (?:true|likely|possible|clear|known)\b",
    re.I,
)
_QUESTION_WORD = re.compile(
    r"^(?:and\s+)?(?:what|who|whom|which|when|where|why|how(?:\s+(?:much|many|long))?)\s+", re.I
)
_AUXILIARY = re.compile(r"^(?:did|does|do|is|are|was|were|has|have|had|will|can|could)\s+", re.I)
_MONTHS = {
    name.casefold(): i
    for names in (calendar.month_name, calendar.month_abbr)
    for i, name in enumerate(names)
    if name
} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WHEN = re.compile(
    rf"\b(?:(?P<how>in|during|on|by|since|after|before|until|from|between|of|early|mid|late)\s+)?"
    rf"(?:(?:early|mid|late)[ -])?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?"
    rf"(?:(?P<month>{_MONTH})\.?\s+(?:(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?)?"
    rf"(?P<year>(?:19|20)\d\d)\b",
    re.I,
)
_NUMBER = re.compile(r"(?<![\w.,])[$€£]?(\d+(?:[.,]\d+)*)")
_SEVERAL = re.compile(
    r"\b(?:which|what)\s+(?:\w+\s+)?(?:countries|governments|states|leaders|companies|parties|"
    r"measures|reforms|agreements|issues|topics|steps|conditions|products|sectors|ministers|"
    r"presidents|groups|places|cities|positions|demands|reasons|criticisms|ways|members)\b"
    r"|\b(?:compare|list|both|each of|differ|difference|respectively)\b"
    r"|\bwhat happened (?:since|after|next|then)\b|\bhow did .* (?:each|respectively)\b",
    re.I,
)
_WANTED = (
    (
        re.compile(
            r"\bhow (?:much|many|large|big|long|far|high|old)\b|"
            r"\bwhat (?:share|percentage|proportion|number|amount|sum|price|size)\b",
            re.I,
        ),
        Wants.NUMBER,
    ),
    (
        re.compile(
            r"^(?:and )?when\b|\bwhat (?:date|day|month|year)\b|\bwhich year\b|\bsince when\b", re.I
        ),
        Wants.DATE,
    ),
    (
        re.compile(
            r"^(?:and )?(?:who|whom|whose)\b|\bwhich (?:minister|president|leader|official)\b", re.I
        ),
        Wants.PERSON,
    ),
    (
        re.compile(
            r"^(?:and )?where\b|\b(?:which|what) (?:country|countries|city|cities|place)\b", re.I
        ),
        Wants.PLACE,
    ),
    (
        re.compile(
            r"^(?:and )?why\b|\bwhat (?:reason|caused|led)\b|\breasons? (?:for|why)\b", re.I
        ),
        Wants.REASON,
    ),
)
_SPEAKER_OF = re.compile(r"^who (?:says|said|claims|claimed|reports|reported) that\b", re.I)


def understand(question: str, turns: Sequence[Answer] = ()) -> Query:
    """Make `question` stand on its own and find what it is about.

    Args:
        question: As a person wrote it.
        turns: The conversation so far, oldest first.

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
    if not turns:
        return _describe(asked, _Meant(asked))
    if _SPEAKER.match(asked):
        return _describe(asked, _Meant(_speaker_question(turns, asked)), about=_last_cited(turns))
    return _describe(asked, _stand_alone(asked, turns))


@dataclass(frozen=True, slots=True)
class _Meant:
    """What a question means.

    Attributes:
        main: The question itself, which says what an answer must bear.
        topic: What the conversation is on, where the question does not say; helps to find.
        unresolved: A word that refers to nothing in the conversation, or "".
    """

    main: str
    topic: str = ""
    unresolved: str = ""

    @property
    def text(self) -> str:
        return f"{self.main.rstrip('?!. ')} ({self.topic})?" if self.topic else self.main


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


def _describe(asked: str, meant: _Meant, about: tuple[Citation, ...] = ()) -> Query:
    main = meant.main
    period = find_period(main)
    return Query(
        asked=asked,
        text=meant.text,
        places=tuple(dict.fromkeys(place.name for place in find_places(main))),
        regions=_regions(main),
        names=tuple(n.text for n in find_names(main)),
        period=period,
        numbers=_numbers(main, period),
        wants=_wants(main),
        shape=_shape(main, about),
        about=about,
        unresolved=meant.unresolved,
    )


def find_period(text: str) -> Period | None:
    """The time that `text` names: a year, a month or a day, and whether since, before or in it."""
    found = list(_WHEN.finditer(text))
    if not found:
        return None
    spans = [_days(match) for match in found]
    first, last = found[0], found[-1]
    how = (first["how"] or "").casefold()
    words = text[first.start() : last.end()].strip()
    since, until = min(s for s, _ in spans), max(u for _, u in spans)
    if len(found) == 1 and how in ("since", "after", "from"):
        return Period(since if how != "after" else until, None, words)
    if len(found) == 1 and how in ("before", "until", "by"):
        return Period(None, until if how != "before" else since, words)
    return Period(since, until, words)


def _days(match: re.Match[str]) -> tuple[dt.date, dt.date]:
    year = int(match["year"])
    if not match["month"]:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    month = _MONTHS[match["month"].casefold().rstrip(".")]
    last = calendar.monthrange(year, month)[1]
    day = match["day"] or match["day2"]
    if day and 1 <= int(day) <= last:
        return dt.date(year, month, int(day)), dt.date(year, month, int(day))
    return dt.date(year, month, 1), dt.date(year, month, last)


def _stand_alone(asked: str, turns: Sequence[Answer]) -> _Meant:
    """What the question means in its conversation."""
    previous, topic = _main_and_topic(turns[-1].standalone)
    bare = _BARE.match(asked) or _WH_THAT.match(asked)
    if bare:
        return _Meant(_with_question_word(bare["wh"], previous), topic)
    ellipsis = _ELLIPSIS.match(asked)
    rest = ellipsis["rest"] if ellipsis else asked.rstrip("?!. ")
    if (ellipsis or len(asked.split()) <= 3) and not _is_whole(rest):
        return _Meant(_swapped(rest, previous), topic)
    return _resolved(f"{rest}?" if ellipsis else asked, turns)


def _main_and_topic(standalone: str) -> tuple[str, str]:
    """An earlier question as it was asked, and the topic that was put behind it, if any."""
    match = re.fullmatch(r"(?P<main>.+) \((?P<topic>.+)\)\?", standalone)
    return (f"{match['main']}?", match["topic"]) if match else (standalone, "")


def _is_whole(text: str) -> bool:
    """Whether `text` asks by itself: it begins as a question or has an auxiliary and a subject."""
    return bool(
        re.match(
            r"(?:who|whom|whose|what|which|when|where|why|how|did|does|do|is|are|was|were|has|have|"
            r"had|can|could|will|would|should|list|tell|show|compare|give|name|explain)\b",
            text,
            re.I,
        )
    )


def _swapped(rest: str, previous: str) -> str:
    """The previous question with its place, time or name exchanged for the one in `rest`."""
    new_places = find_places(rest)
    old_places = find_places(previous)
    if new_places and old_places:
        # In "What did Peru ask the US for? And Chile?" it is the first that is exchanged.
        new, old = new_places[0], old_places[0]
        already = {p.name for p in old_places}
        if new.name not in already:
            return previous[: old.start] + _like(old.text, new.name, new.text) + previous[old.end :]
    if find_period(rest) and (when := _WHEN.search(previous)):
        return previous[: when.start()] + " ".join(rest.split()) + previous[when.end() :]
    new_names, old_names = find_names(rest), find_names(previous)
    if new_names and old_names:
        old_name = old_names[0]
        return previous[: old_name.start] + new_names[0].text + previous[old_name.end :]
    return f"{previous.rstrip('?!. ')}, {rest}?"


def _like(old: str, name: str, written: str) -> str:
    """A place in the form the old one had: "Peruvian" → "Chilean" is left as the country's name."""
    return f"{name}'s" if old.endswith(("'s", "’s")) else written if written != old else name


def _with_question_word(word: str, previous: str) -> str:
    """The previous question asked with another question word: "When did Peru ask…?"."""
    body = _QUESTION_WORD.sub("", previous)
    return f"{word.capitalize()} {body}" if body != previous else f"{word.capitalize()}: {body}"


def _resolved(asked: str, turns: Sequence[Answer]) -> _Meant:
    """The question with its pronouns exchanged for what they stand for.

    Where that is not one thing, or where the question is too short to say what it is on, the
    topic of the conversation is put behind it instead.
    """
    own: list[PlaceMention | Name] = [*find_places(asked), *find_names(asked)]
    empty = [m.span() for m in _EMPTY.finditer(asked)]
    unresolved = ""
    open_ends = bool(_THAT.search(asked)) and not own

    def exchange(match: re.Match[str]) -> str:
        nonlocal unresolved, open_ends
        # "Is there any…" points at nothing; behind a name, a pronoun means that name.
        if any(s <= match.start() < e for s, e in empty):
            return match.group()
        if any(n.start < match.start() for n in own):
            return match.group()
        meant = _meaning(match, asked, turns)
        if meant is None:
            if match["he"] or match["his"] or not _things(turns):
                unresolved = unresolved or match.group()
            open_ends = True
        return meant or match.group()

    text = _PRONOUN.sub(exchange, asked)
    if text == asked and not open_ends:
        open_ends = _is_thin(asked) and _goes_on(own, turns)
    return _Meant(text, _gist(turns) if open_ends else "", unresolved)


def _meaning(match: re.Match[str], asked: str, turns: Sequence[Answer]) -> str | None:
    """What a pronoun stands for, in the same case; None where that is nothing or not one thing."""
    if match["he"] or match["his"]:
        person = _last_person(turns)
        if person is None:
            return None
        possessive = match["his"] or _is_possessive_her(asked, match)
        return person.text + ("'s" if possessive else "")
    if match["there"]:
        place = _last_place(turns)
        return f"in {place}" if place else None
    things = _things(turns)
    if len(things) != 1:
        return None
    return things[0] + ("'s" if match["their"] else "")


def _is_thin(asked: str) -> bool:
    """Whether a question says too little to be searched: "Who signed?", "What did Boric say?"."""
    own: list[PlaceMention | Name] = [*find_places(asked), *find_names(asked)]
    named = {word for one in own for word in one.text.split()}
    return len([t for t in terms(asked) if t not in named]) <= 2


def _goes_on(own: Sequence[PlaceMention | Name], turns: Sequence[Answer]) -> bool:
    """Whether all that a question names was spoken of in the last turn: no change of topic."""
    last = turns[-1]
    spoken = " ".join(
        [
            last.standalone,
            *(c.title for c in last.citations),
            *(c.before + c.quote + c.after for c in last.citations),
        ]
    )
    words = {fold(w) for w in re.findall(r"[\w’'-]+", spoken)}
    return all(fold(n.text.split()[-1]) in words for n in own)


def _is_possessive_her(asked: str, match: re.Match[str]) -> bool:
    """Whether it is the "her" of "her visit", not that of "meet her"."""
    if match.group().casefold() != "her":
        return False
    following = asked[match.end() :].lstrip()
    return bool(re.match(r"[a-z]", following)) and not re.match(
        r"(?:to|for|in|on|at|by|with|from|about|and|or|when|after|before)\b", following
    )


def _last_person(turns: Sequence[Answer]) -> Name | None:
    """Whom "he" or "she" means: the person last asked about, else the first last answered."""
    for turn in reversed(turns):
        for text in (turn.standalone, *(s.text for s in turn.statements)):
            found = people(text) or [n for n in find_names(text) if n.title]
            if found:
                return _fullest(found[0], turn)
    return None


def _fullest(name: Name, turn: Answer) -> Name:
    """The person's full name where the cited briefing gives it: "Mr Petro" → "Gustavo Petro"."""
    for cited in turn.citations:
        for other in people(cited.before + cited.quote + cited.after):
            if len(other.text) > len(name.text) and fold(other.last) == fold(name.last):
                return other
    return name


def _last_place(turns: Sequence[Answer]) -> str | None:
    for turn in reversed(turns):
        for text in (turn.standalone, *(s.text for s in turn.statements)):
            found = find_places(text)
            if found:
                return found[0].name
    return None


def _things(turns: Sequence[Answer]) -> list[str]:
    """What "it" or "they" can mean: the places and names, not people, of the last question."""
    for turn in reversed(turns):
        main, _ = _main_and_topic(turn.standalone)
        people_named = {n.text for n in people(main)}
        named = sorted(
            [(p.start, p.name) for p in find_places(main)]
            + [(n.start, n.text) for n in find_names(main) if n.text not in people_named]
        )
        if named:
            return list(dict.fromkeys(name for _, name in named))
    return []


def _gist(turns: Sequence[Answer]) -> str:
    """What the conversation is on, in the words of its last question that said so."""
    main, topic = _main_and_topic(turns[-1].standalone)
    return topic or _AUXILIARY.sub("", _QUESTION_WORD.sub("", main.rstrip("?!. ")))


def _last_cited(turns: Sequence[Answer]) -> tuple[Citation, ...]:
    return next((t.citations for t in reversed(turns) if t.citations), ())


def _speaker_question(turns: Sequence[Answer], asked: str) -> str:
    """What "Who said so?" asks: who says the first statement of the last answer."""
    answered = next((t for t in reversed(turns) if t.statements), None)
    if answered is None:
        return asked
    return f"Who says that {answered.statements[0].text.rstrip('.')}?"


def _regions(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The regions that `text` names, with their countries."""
    words = dict.fromkeys(re.findall(r"[A-Z][\w-]+(?: [A-Z][\w-]+)?", text))
    return tuple((word, countries) for word in words if (countries := region(word)))


def _numbers(text: str, period: Period | None) -> tuple[str, ...]:
    years = set() if period is None else set(re.findall(r"\d+", period.text))
    return tuple(
        n for n in (m.group(1) for m in _NUMBER.finditer(text)) if n not in years and len(n) > 1
    )


def _wants(text: str) -> Wants:
    return next((wants for pattern, wants in _WANTED if pattern.search(text)), Wants.ANYTHING)


def _shape(text: str, about: tuple[Citation, ...]) -> Shape:
    if about or _SPEAKER_OF.match(text):
        return Shape.SPEAKER
    return Shape.SEVERAL if _SEVERAL.search(text) else Shape.ONE
