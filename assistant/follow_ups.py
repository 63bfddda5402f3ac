"""Follow-ups made to stand alone, by rules and by what the conversation itself has named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation
from assistant.names import Name, find_names, fold
from assistant.periods import find_period, period_words
from assistant.phrases import tokens
from assistant.referents import (
    ORDINAL,
    chosen,
    last_place,
    main_and_topic,
    persons,
    possessive,
    things,
)
from assistant.topic import LEAST, Run, meant, points_back, spoken
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
_PERSON_OR_PLACE = re.compile(
    r"\b(?:(?P<he>he|him|she|her|hers)|(?P<his>his)|(?P<there>there))\b", re.I
)
# "That", "these" stand alone at the end, behind a preposition, or before another function word.
_THING = re.compile(
    r"\b(?:they|them|their|its|it)\b(?![’'])"
    r"|(?<=\bof )(?:this|that|these|those)\b(?=\s*(?:$|[?.!,]))"
    r"|(?<=\babout )(?:this|that|these|those)\b(?=\s*(?:$|[?.!,]))"
    r"|\b(?:this|that|these|those)\b(?=\s*(?:$|[?.!]))",
    re.I,
)
# "This reform", "such talks": what is meant was said before, whatever else is named.
_POINTS = re.compile(r"\b(?:[Tt]his|[Tt]hese|[Tt]hose|such)\s+[a-z]{3,}|\bthat\s+[a-z]{3,}\s*[?.!]")
_BETWEEN = re.compile(r"\b(?:between|compare|differ|different|both of|each of)\b", re.I)
_CLAUSE = re.compile(
    r"\b(?:that|why|if|because|when|where|what|how|who|after|before|and|but)\b", re.I
)
# "Is it true that…", "What is there to…": these point at nothing that was said before.
_EMPTY = re.compile(
    r"\b(?:is|was|are|were|will|would|should|can|could|may|must) there\b"
    r"|\bthere (?:be|is|was|are|were|has been|any)\b"
    r"|\b(?:is|was) it (?:true|likely|possible|clear|known)\b"
    r"|\bit (?:is|was) (?:true|likely|possible|clear|known)\b"
    r"|\b(?:is|was) it (?:\w+ )?(?:better|best|ok|okay|necessary|important|normal|common|legal|"
    r"worth|required|recommended)\b"
    r"|\bit (?:\w+ )?(?:takes?|took)\b",
    re.I,
)
_QUESTION_WORD = re.compile(
    r"^(?:and\s+)?(?:what|who|whom|which|when|where|why|how(?:\s+(?:much|many|long))?)\s+", re.I
)
# "And the government of Chile?": more words are a question of their own.
MOST_SWAPPED = 6
# How sure it must be what "it" stands for, and by how much surer than of anything else, for the
# question to be about that. Otherwise both are put behind it.
SURE = 0.45
MARGIN = 0.25
# "What did Boric say?" and "Who signed?" are on what was said before.
LEAST_IF_ONLY_NAMES = 0.2
LEAST_IF_THIN = 0.35
_SUBORDINATE = re.compile(r"\b(?:when|after|before|because|since|if|while|that|as|until)\s+$")
# Nothing in it points back: most likely another topic.
LEAST_IF_ALONE = 0.6


@dataclass(frozen=True, slots=True)
class Meant:
    """What a question means.

    Attributes:
        main: The question itself, which says what an answer must bear.
        topic: What the conversation is on, where the question does not say; helps to find.
        unresolved: A word that refers to nothing or to several in the conversation, or "".
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
    pronoun = next((m for m in _PERSON_OR_PLACE.finditer(asked) if not m["there"]), None)
    named: list[PlaceMention | Name] = [*find_places(asked), *find_names(asked)]
    if (
        pronoun
        and not any(one.start < pronoun.start() for one in named)
        and not _leans_on_its_own(asked, pronoun.start())
    ):
        return Meant(asked, unresolved=pronoun.group())
    return Meant(asked)


def _leans_on_its_own(asked: str, pronoun: int) -> bool:
    """Whether the pronoun of a clause leans on what the clause before names, in small letters.

    "where was castillo going when he was arrested": typed so, no name shows as one.
    """
    before = asked[:pronoun]
    clause = _SUBORDINATE.search(before)
    return (
        asked == asked.lower()
        and clause is not None
        and any(token.content for token in tokens(before[: clause.start()]))
    )


def stand_alone(asked: str, turns: Sequence[Answer]) -> Meant:
    """What the question means in its conversation."""
    previous, topic = main_and_topic(turns[-1].standalone)
    bare = _BARE.match(asked) or _WH_THAT.match(asked)
    if bare:
        return Meant(_with_question_word(bare["wh"], previous), topic)
    ellipsis = _ELLIPSIS.match(asked)
    rest = ellipsis["rest"] if ellipsis else asked.rstrip("?!. ")
    if (ellipsis or len(asked.split()) <= 3) and not _is_whole(rest) and _is_brief(rest):
        item = chosen(rest, turns)
        # "And the latter?" asks of one of those that the previous question put side by side.
        swapped = "" if item != rest and item in previous else _swapped(item, previous)
        if swapped:
            return Meant(swapped, topic)
    elif ellipsis and _is_whole(rest):
        asked = f"{rest}?"
    return _resolved(chosen(asked, turns), turns)


def _is_brief(rest: str) -> bool:
    return len(rest.split()) <= MOST_SWAPPED


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
    """The previous question with its place, time, name or ordinal exchanged for that in `rest`.

    "" where they have none of a kind in common.
    """
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
    if (new_order := ORDINAL.search(rest)) and (old_order := ORDINAL.search(previous)):
        return previous[: old_order.start()] + new_order.group() + previous[old_order.end() :]
    return ""


def _like(old: str, name: str, written: str) -> str:
    """A place in the form the old one had: "Peruvian" → "Chilean" is left as the country's name."""
    return f"{name}'s" if old.endswith(("'s", "’s")) else written if written != old else name


def _with_question_word(word: str, previous: str) -> str:
    """The previous question asked with another question word: "When did Peru ask…?"."""
    body = _QUESTION_WORD.sub("", previous)
    return f"{word.capitalize()} {body}" if body != previous else f"{word.capitalize()}: {body}"


def _resolved(asked: str, turns: Sequence[Answer]) -> Meant:
    """The question with its pronouns exchanged for what they stand for.

    What else it is meant with is put behind it as its topic.
    """
    text, unresolved = _with_persons_and_places(asked, turns)
    slot = _slot(text)
    # Two people whom "he" may mean are no topic either.
    several = bool(unresolved) and len(persons(unresolved, turns)) > 1
    if several or (text != asked and not slot):
        return Meant(text, unresolved=unresolved)
    if not slot and not _POINTS.search(asked) and _turns_away(asked, turns):
        return Meant(text, unresolved=unresolved)
    least = LEAST if slot else _least(asked, turns)
    held = {t.stem for t in tokens(text)}
    runs = [run for run in meant(asked, spoken(turns), least) if not run.stems <= held]
    if slot:
        return _filled(text, slot, runs, turns, unresolved)
    return Meant(text, ", ".join(run.text for run in runs), unresolved)


def _filled(
    text: str, slot: re.Match[str], runs: list[Run], turns: Sequence[Answer], unresolved: str
) -> Meant:
    """The question with the pronoun `slot` exchanged for what it stands for, if that is sure."""
    filler, rest = "", runs
    several = slot.group().casefold() in ("they", "them", "these", "those")
    if several and len(runs) > 1 and _BETWEEN.search(text):
        filler, rest = " and ".join(run.text for run in runs[:2]), runs[2:]
    elif runs and runs[0].sure >= SURE and all(runs[0].sure - r.sure > MARGIN for r in runs[1:]):
        filler, rest = runs[0].text, runs[1:]
    elif not runs:
        named = things(turns)
        filler = named[0] if len(named) == 1 else ""
        rest = [] if named else meant(text, spoken(turns), LEAST_IF_ONLY_NAMES)
        unresolved = unresolved or ("" if named or rest else slot.group())
    if filler:
        filler = possessive(filler) if slot.group().casefold() in ("its", "their") else filler
        text = text[: slot.start()] + filler + text[slot.end() :]
    return Meant(text, ", ".join(run.text for run in rest), unresolved)


def _least(asked: str, turns: Sequence[Answer]) -> float:
    """How likely a term must be: less where the question says little of its own."""
    names = {word for n in find_names(asked) for word in n.text.split()}
    own = [t for t in terms(asked) if t not in names]
    if names and not own:
        return LEAST_IF_ONLY_NAMES
    if len(own) <= 1:
        return LEAST_IF_THIN
    return LEAST if points_back(asked, spoken(turns)) else LEAST_IF_ALONE


def _with_persons_and_places(asked: str, turns: Sequence[Answer]) -> tuple[str, str]:
    """The question with "he", "her", "there" exchanged; and a word that could not be, or ""."""
    own: list[PlaceMention | Name] = [*find_places(asked), *find_names(asked)]
    unresolved = ""

    def exchange(match: re.Match[str]) -> str:
        nonlocal unresolved
        # Behind a name, a pronoun means that name.
        if any(n.start < match.start() for n in own):
            return match.group()
        if match["there"]:
            place = last_place(turns)
            return f"in {place}" if place else match.group()
        found = persons(match.group(), turns)
        if len(found) == 1:
            owns = match["his"] or _is_possessive_her(asked, match)
            return possessive(found[0].text) if owns else found[0].text
        unresolved = unresolved or match.group()
        return match.group()

    empty = [m.span() for m in _EMPTY.finditer(asked)]
    parts, at = [], 0
    for match in _PERSON_OR_PLACE.finditer(asked):
        # "Is there any…" points at nothing.
        if not any(s <= match.start() < e for s, e in empty):
            parts += [asked[at : match.start()], exchange(match)]
            at = match.end()
    return "".join([*parts, asked[at:]]), unresolved


def _slot(text: str) -> re.Match[str] | None:
    """The first pronoun that stands for a thing said before, not for one of the question."""
    empty = [m.span() for m in _EMPTY.finditer(text)]
    named = [p.start for p in find_places(text)] + [n.start for n in find_names(text)]
    asks = _last_sentence(text)
    for match in _THING.finditer(text):
        if match.start() < asks:
            continue
        if any(s <= match.start() < e for s, e in empty):
            continue
        before = [start for start in named if start < match.start()]
        # The object of a clause is not its subject ("Did China invest in it?"); elsewhere a
        # pronoun behind a name means that name.
        is_object = match.group().casefold() in ("it", "them") and bool(
            re.match(
                r"\s*(?:$|[?.!,]|(?:in|on|at|for|with|by|to|from|and|or)\b)", text[match.end() :]
            )
        )
        if before and not (is_object and not _CLAUSE.search(text[before[-1] : match.start()])):
            return None
        return match
    return None


def _last_sentence(text: str) -> int:
    """Where the last sentence begins: those before it ("Interesting.") ask nothing."""
    return max((m.end() for m in re.finditer(r"[.!?]\s+(?=\S)", text)), default=0)


def _turns_away(asked: str, turns: Sequence[Answer]) -> bool:
    """Whether a question names what was not spoken of: a change of topic."""
    own: list[PlaceMention | Name] = [*find_places(asked), *find_names(asked)]
    return bool(own) and not _goes_on(own, turns)


def _goes_on(own: Sequence[PlaceMention | Name], turns: Sequence[Answer]) -> bool:
    """Whether all that a question names was spoken of in the last turn: no change of topic."""
    last = turns[-1]
    spoken = " ".join(
        [
            last.standalone,
            *(s.text for s in last.statements),
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


def last_cited(turns: Sequence[Answer]) -> tuple[Citation, ...]:
    """What the last answer cited; refusals are passed over."""
    return next((t.citations for t in reversed(turns) if t.citations), ())


def speaker_question(turns: Sequence[Answer], asked: str) -> str:
    """What "Who said so?" asks: who says the first statement of the last answer."""
    answered = next((t for t in reversed(turns) if t.statements), None)
    if answered is None:
        return asked
    return f"Who says that {answered.statements[0].text.rstrip('.')}?"
