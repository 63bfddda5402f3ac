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
from assistant.bearing.words import Word, content_stems, words_of

# How many words that mean something a cue reaches over.
REACH = 4
# So much of what it reaches over must be taken over before the cue is missed.
TAKEN_OVER = 0.5
# How many words a "no" may stand ahead of what it denies, or behind it.
AHEAD, BEHIND = 8, 4
# From so much of a statement's words on it is in the quotes' own.
SAME_WORDS = 0.75

_NEGATORS = frozenset("not no never none neither nor without nobody nothing cannot".split())
# Stems of words that say no in a word of their own.
_REFUSALS = frozenset(
    "refus reject deni deny declin fail oppos forbid prohibit ban block abandon scrap disput "
    "contradict withdraw withdrew withdrawn".split()
)
# Stems that another writer may put for a "not", or for which he may put one.
_NEGATIVE = _REFUSALS | frozenset(
    "unabl unwil unlik lack absenc absent prevent avoid cancel halt stop suspend drop dismiss only "
    "hard rare instead except exclud free lose lost loss broke broken break close shelv postpon "
    "delay put off against too less fewer least miss leav left left open still undecid walk "
    "away resist stay out end quit remov exempt spare unchang unclear unpaid unsign unresolv "
    "rather stall deadlock dead refrain keep last stood but unless until up want need short below "
    "under differ unlik disagre veto bar barr remain rule".split()
)
_POSSIBLE = frozenset(
    "may might could possibl perhap mayb like probabl potenti appear seem suggest unclear presum "
    "can abl allow permit".split()
)
_INTENDED = frozenset(
    "plan intend intent propos consid hope expect want seek sought aim should pledg promis vow "
    "threaten offer ask urg call recommend if unless provid draft tentat will readi prepar studi "
    "weigh mull discuss negoti request demand would like wish prefer rather conting condit "
    "suggest need must due agre".split()
)
_FUTURE = frozenset("will would shall set due until by".split())
# In the quote only these make a thing less than a fact.
_HEDGES = {
    3: frozenset("may might could possibl perhap mayb like probabl potenti".split()),
    2: frozenset(
        "plan intend propos consid hope expect want seek sought aim should pledg promis vow "
        "threaten offer if unless weigh mull".split()
    ),
    1: frozenset("will would shall".split()),
}
_ATTRIBUTED = frozenset("said say accord argu tell told claim".split())
_AUXILIARIES = frozenset("will would shall".split())
# "Not only", "no fewer than": nothing is denied.
_NO_DENIAL = frozenset("only just least less fewer more later".split())
_HEARSAY = frozenset("reportedli allegedli alleg appar rumour rumor purport supposedli".split())


@dataclass(frozen=True, slots=True)
class Reach:
    """A cue and the stems that it reaches over, nearest first."""

    cue: Word
    over: tuple[str, ...]


def negation_faults(statement: str, quotes: str) -> Iterator[Fault]:
    """What the quotes deny and the statement says, or the other way round.

    In the quotes' own words a "no" must stand near what it denies; in others, another word there
    may say it.
    """
    said, there = content_stems(statement), content_stems(quotes)
    is_copied = len(said & there) >= SAME_WORDS * len(said)
    stems = {w.stem for w in words_of(statement)}
    for reach in _reaches(quotes, _NEGATORS, _REFUSALS):
        denied = reach.over[0] if is_copied and reach.over else ""
        if reach.over and _takes_over(reach.over, stems) and not _denies(statement, denied):
            yield Fault(FaultKind.NEGATION, f"without “{reach.cue.text}”")
    for reach in _reaches(statement, _NEGATORS, frozenset()):
        denied = reach.over[0] if is_copied and reach.over else ""
        if not _denies(quotes, denied):
            yield Fault(FaultKind.NEGATION, reach.cue.text)


def _denies(text: str, stem: str) -> bool:
    """Whether `text` has a word that says no: near the word of that stem, where it has that."""
    words = words_of(text)
    at = [n for n, w in enumerate(words) if w.stem == stem]
    negative = [n for n, w in enumerate(words) if _is_negative(w)]
    if not at:
        return bool(negative)
    return any(-AHEAD <= n - place <= BEHIND for n in negative for place in at)


def hedge_faults(statement: str, quotes: str) -> Iterator[Fault]:
    """What is only possible, intended or hearsay in the quotes and a fact in the statement."""
    said = {w.stem for w in words_of(statement)}
    for strength, cues in _HEDGES.items():
        for reach in _reaches(quotes, frozenset(), cues):
            # A future is told as such in too many ways to be missed by its words alone.
            kept = max(_strength_kept(statement, reach.over), 1)
            if strength > kept and reach.over and _takes_over(reach.over, said):
                yield Fault(FaultKind.HEDGE, f"without “{reach.cue.text}”")
    if said & (_HEARSAY | _ATTRIBUTED):
        return
    for reach in _reaches(quotes, frozenset(), _HEARSAY):
        if reach.over and _takes_over(reach.over, said):
            yield Fault(FaultKind.HEDGE, f"without “{reach.cue.text}”")


def _strength_kept(statement: str, over: tuple[str, ...]) -> int:
    """How far from a fact a statement tells what a cue reaches over, at most.

    That stays far only by a word near it, and not by one of its own ("may permit").
    """
    words = words_of(statement)
    at = [n for n, w in enumerate(words) if w.stem in over[:1]]
    near = [
        w
        for n, w in enumerate(words)
        if not at or any(-AHEAD <= n - place <= BEHIND for place in at)
    ]
    said = {w.stem for w in near if not _is_month(w)} - set(over[:1])
    if said & _POSSIBLE:
        return 3
    return 2 if said & _INTENDED else int(bool(said & _FUTURE))


def _is_negative(word: Word) -> bool:
    return (
        word.lower in _NEGATORS
        or word.lower.endswith("n't")
        or word.stem in _NEGATIVE
        or word.lower.startswith(("un", "non-"))
    )


def _takes_over(over: tuple[str, ...], said: set[str]) -> bool:
    """Whether a statement says what a cue reaches over: its nearest word, and half of all."""
    return over[0] in said and sum(s in said for s in over) > TAKEN_OVER * len(over) - 1e-9


def _is_month(word: Word) -> bool:
    return word.text == "May" and word.start > 0


@lru_cache(maxsize=8192)
def _reaches(text: str, plain: frozenset[str], stems: frozenset[str]) -> tuple[Reach, ...]:
    """The cues of `text`, by their words as written or by their stems."""
    words = words_of(text)
    found = []
    for at, word in enumerate(words):
        following = words[at + 1].lower if at + 1 < len(words) else ""
        if word.lower in ("not", "no") and following in _NO_DENIAL:
            continue
        if _is_month(word):
            continue
        negated = word.lower in plain or (bool(plain) and word.lower.endswith("n't"))
        if negated or word.stem in stems:
            found.append(_reach(words, at))
    return tuple(found)


def _reach(words: tuple[Word, ...], at: int) -> Reach:
    cue = words[at]
    over = [
        w.stem
        for w in words[at + 1 :]
        if w.clause == cue.clause and w.content and w.lower not in _AUXILIARIES
    ]
    return Reach(cue, tuple(over[:REACH]))
