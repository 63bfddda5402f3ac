"""Why a question gets no answer: the reason, in a sentence, and what stands nearest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from assistant import messages
from assistant.answer import Citation, Reason, Refusal, citation
from assistant.clarifying import Doubt
from assistant.evidence import Weighing
from assistant.extractive import one_a_passage
from assistant.question import Query
from assistant.thresholds import Thresholds
from corpus.errors import NotFound
from corpus.library import Library
from index.retriever import Hit

# Passages shown with a refusal.
NEAREST = 3
# How many of the places that most briefings are on a refusal names.
COMMON_PLACES = 4


def ask_back(open_word: Doubt) -> Refusal:
    """The question asked back, with the readings to choose from."""
    message = messages.WHICH_ONE.format(word=open_word.word)
    return Refusal(Reason.UNCLEAR, message, choices=open_word.choices)


def refuse(
    query: Query,
    hits: Sequence[Hit],
    weighing: Weighing,
    library: Library,
    holds: Callable[[str], bool],
    thresholds: Thresholds,
) -> Refusal:
    """Why nothing is said, and what the library does hold.

    Args:
        query: The question.
        hits: The passages that were found for it.
        weighing: Their sentences.
        library: The briefings.
        holds: Whether any briefing has a word.
        thresholds: What counts as related.
    """
    held = library.holdings()
    nearest = _nearest(query, hits, weighing)
    if not held.briefings:
        return Refusal(Reason.NOTHING_FOUND, messages.EMPTY_LIBRARY)
    if query.unresolved:
        message = messages.NOBODY_TO_REFER_TO.format(word=query.unresolved)
        return Refusal(Reason.UNCLEAR, message)
    if query.about:
        return Refusal(Reason.NOT_STATED, _unattributed(query.about[0], library), nearest)
    period = query.period
    if period and held.earliest and held.latest and not weighing.evidence:
        too_early = period.until is not None and period.until < held.earliest
        too_late = period.since is not None and period.since > held.latest
        if too_early or too_late:
            message = messages.outside_dates(held, period.text)
            return Refusal(Reason.OUTSIDE_DATES, message, nearest)
    unknown = _unknown_places(query, library, holds)
    if unknown:
        common = tuple(islice(library.places(), COMMON_PLACES))
        message = messages.outside_places(held, unknown, common)
        return Refusal(Reason.OUTSIDE_PLACES, message, nearest)
    if not _is_related(hits, thresholds):
        return Refusal(Reason.NOTHING_FOUND, messages.nothing_found(held), nearest)
    message = messages.not_stated(held, nearest[0].title)
    return Refusal(Reason.NOT_STATED, message, nearest)


def _unknown_places(
    query: Query, library: Library, holds: Callable[[str], bool]
) -> tuple[str, ...]:
    """The places in the question that no briefing is about or speaks of."""
    about = library.places() if query.places else {}
    return tuple(place for place in query.places if place not in about and not holds(place))


def _nearest(query: Query, hits: Sequence[Hit], weighing: Weighing) -> tuple[Citation, ...]:
    """The best sentences of the nearest passages; passages whole where none was weighed."""
    if query.about:
        return query.about[:NEAREST]
    best = one_a_passage(weighing.evidence)
    weighed = {e.passage.id for e in best}
    places = [(e.briefing, e.passage.id, e.span) for e in best] + [
        (h.briefing, h.passage.id, h.passage.span) for h in hits if h.passage.id not in weighed
    ]
    return tuple(citation(n, *place) for n, place in enumerate(places[:NEAREST], 1))


def _is_related(hits: Sequence[Hit], thresholds: Thresholds) -> bool:
    """Whether anything found is near in meaning."""
    return any(hit.similarity >= thresholds.unrelated for hit in hits)


def _unattributed(cited: Citation, library: Library) -> str:
    dated = messages.dated(cited.published)
    try:
        sources = library.get(cited.briefing_id, cited.version).sources
    except NotFound:
        sources = ()
    if not sources:
        return messages.NOT_ATTRIBUTED_NO_SOURCES.format(title=cited.title, dated=dated)
    return messages.NOT_ATTRIBUTED.format(
        title=cited.title, dated=dated, sources="; ".join(sources)
    )
