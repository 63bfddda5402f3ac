"""The answer without a language model: the briefings' own sentences, as few as are whole."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.constraints import places_in
from assistant.evidence import Evidence, Weighing
from assistant.features import concepts
from assistant.likeness import are_at_odds, figures_in, is_repeated
from assistant.names import find_names, fold, people
from assistant.question import Query, Shape
from assistant.thresholds import Thresholds
from assistant.verify import Draft

# Where no kind of thing is asked for, a further sentence adds something if so much of what it
# speaks of beside the question has not been spoken of yet.
NEW_SHARE = 0.5

_ASKS_PLACES = re.compile(
    r"\b(?:countries|nations|governments|states|members|capitals|places|cities)\b", re.I
)
_ASKS_NAMES = re.compile(
    r"\b(?:leaders|companies|parties|ministers|presidents|groups|politicians|organi[sz]ations)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Composition:
    """What would be said, in order, and whether the briefings differ on it."""

    drafts: tuple[Draft, ...]
    differs: bool = False


def compose(query: Query, weighing: Weighing, thresholds: Thresholds, most: int) -> Composition:
    """The statements that answer, in the order in which they are said; none where none does.

    Args:
        query: The question.
        weighing: What was found for it.
        thresholds: What is likely enough, and what is the same sentence.
        most: How many statements at most.
    """
    if not weighing.evidence or weighing.answerable < thresholds.enough:
        return Composition(())
    found, best = weighing.evidence, weighing.evidence[0]
    bar = max(thresholds.enough, thresholds.also * best.score)
    if query.shape is Shape.TIMELINE:
        # Once anything tells what happened, all that did belongs to it, each less sure than one
        # sentence that answers alone.
        bar = thresholds.enough * thresholds.also
    likely = [e for e in found if e.score >= bar]
    if query.shape is Shape.LATEST:
        newest = max(likely, key=_when)
        return Composition((Draft(newest.text, (newest,)),))
    differs = False
    if query.shape is Shape.TIMELINE:
        chosen = sorted(_distinct(likely, thresholds)[:most], key=_when)
    elif query.shape is Shape.SEVERAL:
        chosen = _several(query, found, likely, thresholds)[:most]
    else:
        chosen = [best, *_at_odds(query, best, likely, thresholds)][:most]
        differs = len(chosen) > 1
    if differs or query.period:
        chosen = sorted(chosen, key=_when)
    return Composition(tuple(_draft(e, found, thresholds) for e in chosen), differs)


def _when(evidence: Evidence) -> tuple[dt.date, int]:
    """By the briefing's date, then by the place in it."""
    return evidence.briefing.published or dt.date.min, evidence.sentence.start


def _draft(chosen: Evidence, found: Sequence[Evidence], thresholds: Thresholds) -> Draft:
    """The sentence, cited from the earliest briefing it stands in, and in which others it does."""
    alike = [chosen, *(e for e in found if _is_reprint(chosen, e, thresholds))]
    first = min(alike, key=lambda e: (e.briefing.published is None, _when(e)))
    others = dict.fromkeys(e.briefing.id for e in sorted(alike, key=_when))
    return Draft(first.text, (first,), tuple(i for i in others if i != first.briefing.id))


def _at_odds(
    query: Query, best: Evidence, likely: Sequence[Evidence], thresholds: Thresholds
) -> list[Evidence]:
    """What other briefings say to the contrary of the best sentence, each thing once."""
    if query.shape is not Shape.ONE:
        return []
    contrary = [
        e
        for e in likely
        if e.briefing.id != best.briefing.id and are_at_odds(query.text, best.text, e.text)
    ]
    return _distinct(contrary, thresholds)


def _several(
    query: Query, found: Sequence[Evidence], likely: Sequence[Evidence], thresholds: Thresholds
) -> list[Evidence]:
    """One sentence on each thing compared; else every likely one that adds something."""
    if len(query.places) > 1:
        return _distinct(_one_for_each_place(query.places, found, thresholds), thresholds)
    told: set[str] = set()
    chosen: list[Evidence] = []
    # Asked which countries, "three economies took measures" says less than the three by name; a
    # president may stand for his.
    naming = [e for e in likely if _things(query.text, e.text) or people(e.text)] or likely
    for evidence in _distinct(naming, thresholds):
        new = _things(query.text, evidence.text)
        if not chosen or _adds(query.text, new, told):
            chosen.append(evidence)
            told |= new
    return chosen


def _things(question: str, sentence: str) -> frozenset[str]:
    """What a sentence tells of the kind that is asked for: countries, names, or anything."""
    if _ASKS_PLACES.search(question):
        return places_in(sentence) - places_in(question)
    if _ASKS_NAMES.search(question):
        asked = {fold(n.last) for n in find_names(question)}
        return frozenset(fold(n.last) for n in find_names(sentence)) - asked
    return (concepts(sentence) - concepts(question)) | figures_in(sentence)


def _adds(question: str, new: frozenset[str], told: set[str]) -> bool:
    """Whether a sentence tells enough that has not been told; a figure always is enough."""
    if _ASKS_PLACES.search(question) or _ASKS_NAMES.search(question):
        return bool(new - told)
    untold = new - told
    return len(untold) > NEW_SHARE * len(new) or any(one[0].isdigit() for one in untold)


def _one_for_each_place(
    places: Sequence[str], evidence: Sequence[Evidence], thresholds: Thresholds
) -> list[Evidence]:
    """The best sentence on each place that is compared; the best of all where none names one."""
    likely = thresholds.enough * thresholds.also
    chosen = []
    for place in places:
        on = [e for e in evidence if place in places_in(e.text) and e.score >= likely]
        if on:
            chosen.append(on[0])
    return chosen or [evidence[0]]


def _distinct(evidence: Sequence[Evidence], thresholds: Thresholds) -> list[Evidence]:
    """Without sentences that repeat one already taken."""
    kept: list[Evidence] = []
    for new in evidence:
        if not any(_overlap(old, new) or _is_reprint(old, new, thresholds) for old in kept):
            kept.append(new)
    return kept


def _overlap(one: Evidence, other: Evidence) -> bool:
    return (
        one.briefing.id == other.briefing.id
        and one.span.start < other.span.end
        and other.span.start < one.span.end
    )


def _is_reprint(one: Evidence, other: Evidence, thresholds: Thresholds) -> bool:
    """Whether the same sentence stands in two briefings."""
    return one.briefing.id != other.briefing.id and is_repeated(
        one.text, other.text, thresholds.same_sentence
    )


def one_a_passage(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence of each passage, best first."""
    first: dict[str, Evidence] = {}
    for one in evidence:
        first.setdefault(one.passage.id, one)
    return list(first.values())
