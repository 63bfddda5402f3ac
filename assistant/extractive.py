"""The answer without a language model: the briefings' own sentences, as few as are whole."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from assistant.constraints import places_in
from assistant.evidence import Evidence, Weighing
from assistant.question import Query, Shape
from assistant.thresholds import Thresholds
from assistant.verify import Draft


def compose(query: Query, weighing: Weighing, thresholds: Thresholds, most: int) -> list[Draft]:
    """The statements that answer, in the order in which they are said; none where none does.

    Args:
        query: The question.
        weighing: What was found for it.
        thresholds: What is likely enough, and what is the same sentence.
        most: How many statements at most.
    """
    if not weighing.evidence or weighing.answerable < thresholds.enough:
        return []
    best = weighing.evidence[0]
    likely = [
        e
        for e in weighing.evidence
        if e.score >= max(thresholds.enough, thresholds.also * best.score)
    ]
    if query.shape is Shape.LATEST:
        chosen = [max(likely, key=_when)]
    elif query.shape is Shape.TIMELINE:
        newest_last = sorted(_distinct(likely, thresholds)[:most], key=_when)
        return [Draft(e.text, (e,)) for e in newest_last]
    elif query.shape is not Shape.SEVERAL:
        chosen = [best]
    elif len(query.places) > 1:
        chosen = _one_for_each_place(query.places, weighing.evidence, thresholds)
    else:
        chosen = likely
    return [Draft(e.text, (e,)) for e in _distinct(chosen, thresholds)[:most]]


def _when(evidence: Evidence) -> tuple[dt.date, int]:
    """By the briefing's date, then by the place in it."""
    return evidence.briefing.published or dt.date.min, evidence.sentence.start


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
    """Without sentences that repeat one already taken; the earliest briefing's stays."""
    kept: list[Evidence] = []
    for new in evidence:
        twin = next((old for old in kept if _repeats(old, new, thresholds)), None)
        if twin is None:
            kept.append(new)
        elif _is_earlier(new, twin):
            kept[kept.index(twin)] = new
    return kept


def _repeats(one: Evidence, other: Evidence, thresholds: Thresholds) -> bool:
    if one.briefing.id == other.briefing.id:
        return one.span.start < other.span.end and other.span.start < one.span.end
    alike = fuzz.token_sort_ratio(_plain(one.text), _plain(other.text)) / 100
    return alike >= thresholds.same_sentence


def _is_earlier(one: Evidence, other: Evidence) -> bool:
    first, second = one.briefing.published, other.briefing.published
    return (
        one.briefing.id != other.briefing.id
        and first is not None
        and (second is None or first < second)
    )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def one_a_passage(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence of each passage, best first."""
    first: dict[str, Evidence] = {}
    for one in evidence:
        first.setdefault(one.passage.id, one)
    return list(first.values())
