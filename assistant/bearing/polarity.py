"""What is denied and what is only possible: negations, hedges, and how far they reach.

Each cue reaches over the next few words that mean something in its clause. A cue of the quote
whose words a statement takes over must be there, too; a negation of the statement must be the
quote's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.bearing.fault import Fault, FaultKind
from assistant.bearing.words import Word, words_of

# How many words that mean something a cue reaches over.
REACH = 4
# So much of what it reaches over must be taken over before the cue is missed.
TAKEN_OVER = 0.5

_NEGATORS = frozenset("not no never none neither nor without nobody nothing cannot hardly".split())
_REFUSALS = {
    stem: None
    for stem in (
        "refus reject deni deny declin fail oppos unabl unwil unlik lack absenc rule-out forbid "
        "prohibit ban prevent block avoid abandon cancel scrap halt stop suspend withdraw withdrew "
        "withdrawn drop dismiss disput contradict"
    ).split()
}
_POSSIBLE = frozenset(
    "may might could possibly perhaps maybe likely probably potentially appears appear appeared "
    "seems seem seemed suggests suggested possible potential unlikely unclear presumably".split()
)
_INTENDED = frozenset(
    "plans plan planned planning intends intend intended proposes propose proposed proposal "
    "considers consider considering considered hopes hope hoped hoping expects expect expected "
    "wants want wanted seeks seek sought aims aim aimed should pledged pledge pledges promised "
    "promise promises vowed vows threatened threatens offered offers asked asks urged urges called "
    "recommended recommends if unless draft tentative willing ready prepared studying weighs "
    "weighing mulls discuss discussed negotiating requested requests demanded demands".split()
)
_FUTURE = frozenset("will would shall set due".split())
_HEARSAY = frozenset(
    "reportedly allegedly alleged alleges apparently rumoured rumored purported purportedly "
    "supposed supposedly claimed claims claim accused accuses suspected believed believes "
    "unconfirmed believe thought thinks".split()
)
_STRENGTH = {0: "", 1: "future", 2: "intention", 3: "possibility"}


@dataclass(frozen=True, slots=True)
class Reach:
    """A cue and the stems that it reaches over, nearest first."""

    cue: Word
    over: tuple[str, ...]


def negation_faults(statement: str, quotes: str) -> Iterator[Fault]:
    """What the quotes deny and the statement says, or the other way round."""
    ours, theirs = _negations(statement), _negations(quotes)
    said = {w.stem for w in words_of(statement)}
    for reach in theirs:
        if reach.over and _takes_over(reach.over, said) and not any(_share(reach, o) for o in ours):
            yield Fault(FaultKind.NEGATION, f"without “{reach.cue.text}”")
    denied = {stem for reach in theirs for stem in (*reach.over, reach.cue.stem)}
    for reach in ours:
        if reach.cue.stem in denied or denied & set(reach.over):
            continue
        yield Fault(FaultKind.NEGATION, reach.cue.text)


def hedge_faults(statement: str, quotes: str) -> Iterator[Fault]:
    """What is only possible, intended or hearsay in the quotes and a fact in the statement."""
    said = {w.stem for w in words_of(statement)}
    ours = _hedges(statement)
    for reach, strength in _hedges(quotes):
        if not reach.over or not _takes_over(reach.over, said):
            continue
        kept = max(
            (s for o, s in ours if set(o.over) & set(reach.over) or o.cue.stem == reach.cue.stem),
            default=0,
        )
        if kept < strength:
            yield Fault(FaultKind.HEDGE, f"without “{reach.cue.text}”")
    heard = _reaches(statement, _HEARSAY)
    for reach in _reaches(quotes, _HEARSAY):
        if (
            reach.over
            and _takes_over(reach.over, said)
            and not heard
            and not _is_attributed(statement)
        ):
            yield Fault(FaultKind.HEDGE, f"without “{reach.cue.text}”")


def _is_attributed(statement: str) -> bool:
    return any(
        w.stem in ("said", "say", "accord", "argu", "tell", "told") for w in words_of(statement)
    )


def _takes_over(over: tuple[str, ...], said: set[str]) -> bool:
    """Whether a statement says what a cue reaches over: its nearest word, and half of all."""
    return over[0] in said and sum(s in said for s in over) > TAKEN_OVER * len(over) - 1e-9


def _share(one: Reach, other: Reach) -> bool:
    return bool(set(one.over) & set(other.over)) or one.cue.stem == other.cue.stem


@lru_cache(maxsize=4096)
def _negations(text: str) -> tuple[Reach, ...]:
    words = words_of(text)
    found = []
    for at, word in enumerate(words):
        following = words[at + 1].lower if at + 1 < len(words) else ""
        if word.lower == "not" and following in ("only", "just", "least"):
            continue
        if (
            word.lower == "no"
            and following in ("less", "fewer", "more", "later", "longer")
            and following != "longer"
        ):
            continue
        ruled_out = word.stem == "rule" and following == "out"
        if (
            word.lower in _NEGATORS
            or word.lower.endswith("n't")
            or word.stem in _REFUSALS
            or ruled_out
        ):
            found.append(_reach(words, at + ruled_out))
    return tuple(found)


@lru_cache(maxsize=4096)
def _hedges(text: str) -> tuple[tuple[Reach, int], ...]:
    found = []
    for strength, cues in ((3, _POSSIBLE), (2, _INTENDED), (1, _FUTURE)):
        found += [(reach, strength) for reach in _reaches(text, cues)]
    return tuple(found)


def _reaches(text: str, cues: frozenset[str]) -> list[Reach]:
    words = words_of(text)
    return [
        _reach(words, at)
        for at, word in enumerate(words)
        # "May" with a capital in mid-sentence is the month.
        if word.lower in cues and not (at and word.text == "May")
    ]


def _reach(words: tuple[Word, ...], at: int) -> Reach:
    cue = words[at]
    over = [
        w.stem
        for w in words[at + 1 :]
        if w.clause == cue.clause and w.content and w.lower not in _FUTURE
    ]
    return Reach(cue, tuple(over[:REACH]))
