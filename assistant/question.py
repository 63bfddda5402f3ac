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
from corpus.gazetteer import find_places
from corpus.regions import region

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
    r"\b(?:is|was|are|were|will|would) (?:it|there)\b|\b(?:it|there) (?:is|was|are|were|has been)\b"
    r"|\bthere any\b",
    re.I,
)
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
    about: tuple[Citation, ...] = ()
    text, unresolved = asked, ""
    if turns:
        if _SPEAKER.match(asked):
            about = _last_cited(turns)
            text = _speaker_question(turns, asked)
        else:
            text, unresolved = _stand_alone(asked, turns)
    return _describe(asked, text, about, unresolved)


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


def _describe(asked: str, text: str, about: tuple[Citation, ...], unresolved: str) -> Query:
    period = find_period(text)
    return Query(
        asked=asked,
        text=text,
        places=tuple(dict.fromkeys(place.name for place in find_places(text))),
        regions=_regions(text),
        names=tuple(n.text for n in find_names(text)),
        period=period,
        numbers=_numbers(text, period),
        wants=_wants(text),
        shape=_shape(text, about),
        about=about,
        unresolved=unresolved,
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


def _stand_alone(asked: str, turns: Sequence[Answer]) -> tuple[str, str]:
    """The question without the conversation, and a word that could not be resolved, or ""."""
    previous = turns[-1].standalone
    bare = _BARE.match(asked) or _WH_THAT.match(asked)
    if bare:
        return _with_question_word(bare["wh"], previous), ""
    ellipsis = _ELLIPSIS.match(asked)
    rest = ellipsis["rest"] if ellipsis else asked.rstrip("?!. ")
    if (ellipsis or len(asked.split()) <= 3) and not _is_whole(rest):
        return _swapped(rest, previous), ""
    return _resolved(rest + "?" if ellipsis and _is_whole(rest) else asked, turns)


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
    body = re.sub(
        r"^(?:and\s+)?(?:what|who|whom|which|when|where|why|how(?:\s+(?:much|many|long))?)\s+",
        "",
        previous,
        flags=re.I,
    )
    return f"{word.capitalize()} {body}"


def _resolved(asked: str, turns: Sequence[Answer]) -> tuple[str, str]:
    """The question with its pronouns exchanged for what they stand for."""
    own_names = people(asked)
    own_places = find_places(asked)
    unresolved = ""
    empty = [m.span() for m in _EMPTY.finditer(asked)]

    def exchange(match: re.Match[str]) -> str:
        nonlocal unresolved
        if any(s <= match.start() < e for s, e in empty):
            return match.group()
        # A pronoun behind a name in the same question means that name.
        if match["he"] or match["his"]:
            if any(n.start < match.start() for n in own_names):
                return match.group()
            person = _last_person(turns)
            if person is None:
                unresolved = unresolved or match.group()
                return match.group()
            possessive = match["his"] or match.group().casefold() == "hers" or _is_possessive_her(
                asked, match
            )
            return person.text + ("'s" if possessive else "")
        if any(n.start < match.start() for n in [*own_names, *own_places]):
            return match.group()
        thing = _last_subject(turns)
        if thing is None:
            unresolved = unresolved or match.group()
            return match.group()
        if match["there"]:
            place = _last_place(turns)
            return f"in {place}" if place else match.group()
        return thing + ("'s" if match["their"] else "")

    text = _PRONOUN.sub(exchange, asked)
    if _THAT.search(text) and not own_places and not own_names:
        subject = _last_subject(turns)
        if subject:
            text = f"{text.rstrip('?!. ')} ({_gist(turns)})?"
    return text, unresolved


def _is_possessive_her(asked: str, match: re.Match[str]) -> bool:
    """ "her visit" is possessive, "meet her" is not."""
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


def _last_subject(turns: Sequence[Answer]) -> str | None:
    """What "it" or "they" means: the place or name that the last question spoke of first."""
    for turn in reversed(turns):
        for text in (turn.standalone, *(s.text for s in turn.statements)):
            named = sorted(
                [(p.start, p.name) for p in find_places(text)]
                + [(n.start, n.text) for n in find_names(text)]
            )
            if named:
                return named[0][1]
    return None


def _gist(turns: Sequence[Answer]) -> str:
    """What was last talked about, in the words of the question."""
    return re.sub(
        r"^(?:what|who|whom|which|when|where|why|how)\s+(?:did|does|do|is|are|was|were|has|have)?\s*",
        "",
        turns[-1].standalone.rstrip("?!. "),
        flags=re.I,
    )


def _last_cited(turns: Sequence[Answer]) -> tuple[Citation, ...]:
    return next((t.citations for t in reversed(turns) if t.citations), ())


def _speaker_question(turns: Sequence[Answer], asked: str) -> str:
    """ "Who said so?" about the first statement of the last answer."""
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
    lower = text.casefold()
    for pattern, wants in (
        (r"\bhow (?:much|many|large|big|long|far|high|old)\b|\bwhat (?:share|percentage|proportion|"
         r"number|amount|sum|price|size)\b", Wants.NUMBER),
        (r"^(?:and )?when\b|\bwhat (?:date|day|month|year)\b|\b(?:which|what) year\b|\bsince when\b",
         Wants.DATE),
        (r"^(?:and )?(?:who|whom|whose)\b|\bwhich (?:minister|president|leader|official)\b",
         Wants.PERSON),
        (r"^(?:and )?where\b|\b(?:which|what) (?:country|countries|city|cities|place)\b", Wants.PLACE),
        (r"^(?:and )?why\b|\bwhat (?:reason|caused|led)\b|\breasons? (?:for|why)\b", Wants.REASON),
    ):
        if re.search(pattern, lower):
            return wants
    return Wants.ANYTHING


def _shape(text: str, about: tuple[Citation, ...]) -> Shape:
    if about or _SPEAKER_OF.match(text):
        return Shape.SPEAKER
    return Shape.SEVERAL if _SEVERAL.search(text) else Shape.ONE
