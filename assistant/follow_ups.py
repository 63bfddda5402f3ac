"""Follow-ups made to stand alone, by rules and by what the conversation itself has named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation
from assistant.names import Name, find_names, fold, people
from assistant.periods import find_period, period_words
from corpus.gazetteer import PlaceMention, find_places
from index.lexical import terms

_MORE = r"(?:and|or|but|what about|how about|and what about|and how about|what of|same for)"
_ELLIPSIS = re.compile(rf"^(?:{_MORE}\s+)(?P<rest>.+?)[?.!\s]*$", re.I)
SPEAKER = re.compile(
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


@dataclass(frozen=True, slots=True)
class Meant:
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
        """As it is searched: the question, and the topic in brackets behind it."""
        return f"{self.main.rstrip('?!. ')} ({self.topic})?" if self.topic else self.main


def first(asked: str) -> Meant:
    """What a first question means: itself. One that leans on nothing said is unresolved."""
    ellipsis = _ELLIPSIS.match(asked)
    leans = SPEAKER.match(asked) or _BARE.match(asked) or _WH_THAT.match(asked)
    if leans or (ellipsis and not _is_whole(ellipsis["rest"])):
        return Meant(asked, unresolved=asked)
    pronoun = next((m for m in _PRONOUN.finditer(asked) if m["he"] or m["his"]), None)
    named: list[PlaceMention | Name] = [*find_places(asked), *find_names(asked)]
    if pronoun and not any(one.start < pronoun.start() for one in named):
        return Meant(asked, unresolved=pronoun.group())
    return Meant(asked)


def stand_alone(asked: str, turns: Sequence[Answer]) -> Meant:
    """What the question means in its conversation."""
    previous, topic = _main_and_topic(turns[-1].standalone)
    bare = _BARE.match(asked) or _WH_THAT.match(asked)
    if bare:
        return Meant(_with_question_word(bare["wh"], previous), topic)
    ellipsis = _ELLIPSIS.match(asked)
    rest = ellipsis["rest"] if ellipsis else asked.rstrip("?!. ")
    if (ellipsis or len(asked.split()) <= 3) and not _is_whole(rest):
        return Meant(_swapped(rest, previous), topic)
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
    if find_period(rest) and (when := period_words(previous)):
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


def _resolved(asked: str, turns: Sequence[Answer]) -> Meant:
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
    return Meant(text, _gist(turns) if open_ends else "", unresolved)


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


def last_cited(turns: Sequence[Answer]) -> tuple[Citation, ...]:
    """What the last answer cited; refusals are passed over."""
    return next((t.citations for t in reversed(turns) if t.citations), ())


def speaker_question(turns: Sequence[Answer], asked: str) -> str:
    """What "Who said so?" asks: who says the first statement of the last answer."""
    answered = next((t for t in reversed(turns) if t.statements), None)
    if answered is None:
        return asked
    return f"Who says that {answered.statements[0].text.rstrip('.')}?"
