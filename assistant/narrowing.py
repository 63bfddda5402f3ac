"""What in a question narrows the search: its time, its countries, its regions.

Each can be left out at the reader's wish, by its kind or by the words it is asked in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Narrowing, NarrowingKind
from assistant.constraints import AFTERMATH_DAYS
from assistant.question import Query
from corpus.gazetteer import find_places
from corpus.library import Filters


def narrowings(query: Query, without: Sequence[str] = ()) -> tuple[Narrowing, ...]:
    """What narrows the search for an answer to `query`, in the order time, countries, regions.

    Args:
        query: The question.
        without: What is to be left out: a kind ("period"), or words of the question ("in 2022").
    """
    unwanted = {words.strip().casefold() for words in without}
    return tuple(
        replace(one, used=not {one.kind, one.text.casefold()} & unwanted) for one in _named(query)
    )


def widened(query: Query, narrowed: Sequence[Narrowing]) -> Query:
    """`query` without what its narrowings leave out; a time goes from its words as well."""
    left_out = [one for one in narrowed if not one.used]
    if not left_out:
        return query
    texts = {one.text for one in left_out}
    places = {place for one in left_out if one.kind is NarrowingKind.PLACE for place in one.places}
    text, period = query.text, query.period
    if period and any(one.kind is NarrowingKind.PERIOD for one in left_out):
        text, period = " ".join(text.replace(period.text, "").split()).replace(" ?", "?"), None
    return replace(
        query,
        text=text,
        period=period,
        places=tuple(place for place in query.places if place not in places),
        actor="" if query.actor in places else query.actor,
        regions=tuple(region for region in query.regions if region[0] not in texts),
    )


def inside(query: Query, filters: Filters) -> Filters | None:
    """Which briefings are of the time and region that `query` names; None where it names none.

    A period takes in those that look back on it. A country narrows where it is the only one:
    where there are more, what is sought may be in a briefing on any of them.

    Args:
        query: The question.
        filters: Which briefings count at all; never widened.
    """
    since, until = filters.since, filters.until
    if query.period:
        since = max(filter(None, (since, query.period.since)), default=None)
        aftermath = dt.timedelta(days=AFTERMATH_DAYS)
        last = query.period.until and query.period.until + aftermath
        until = min(filter(None, (until, last)), default=None)
    countries = tuple(country for _, members in query.regions for country in members)
    if not countries and len(query.places) == 1:
        countries = query.places
    narrower = replace(filters, since=since, until=until, places=filters.places or countries)
    return None if narrower == filters else narrower


def _named(query: Query) -> Iterator[Narrowing]:
    if query.about:
        # "Who says so?" reads what was cited; nothing is searched.
        return
    if query.period:
        period = query.period
        yield Narrowing(NarrowingKind.PERIOD, period.text, period.since, period.until)
    mentions = {m.name: m.text for m in reversed(find_places(query.text))}
    for place in query.places:
        yield Narrowing(NarrowingKind.PLACE, mentions.get(place, place), places=(place,))
    for word, countries in query.regions:
        yield Narrowing(NarrowingKind.REGION, word, places=countries)
