"""What a question gets: an answer whose every statement is cited, or a refusal with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from assistant.models.model import Usage
from corpus.briefing import Briefing, Span

# How much of the briefing around a quote travels with a citation, in code points.
CONTEXT = 300
# The composer that writes without a language model.
EXTRACTIVE = "extractive"


class Reason(StrEnum):
    """Why there is no answer."""

    NOTHING_FOUND = "nothing_found"
    NOT_STATED = "not_stated"
    OUTSIDE_DATES = "outside_dates"
    OUTSIDE_PLACES = "outside_places"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Citation:
    """The words of a briefing that bear a statement.

    Attributes:
        n: The number that stands for it in the answer's text, from 1.
        briefing_id: The briefing it quotes.
        version: The version of that briefing.
        title: The briefing's title.
        published: Its date, or None.
        source: Its publisher or file.
        url: Where it can be read, or "".
        section: Its section, or "".
        passage_id: The passage the quote stands in.
        quote: The words, to the letter: the body's code points `[start, end)`.
        start: Where the quote begins in the body.
        end: One past where it ends.
        before: What stands before it, as much as `CONTEXT`.
        after: What stands after it, as much as `CONTEXT`.
        page: The 1-based page of a paged document, or None.
        also: The ids of other briefings in which the same sentence stands, earliest first.
    """

    n: int
    briefing_id: str
    version: str
    title: str
    published: dt.date | None
    source: str
    url: str
    section: str
    passage_id: str
    quote: str
    start: int
    end: int
    before: str
    after: str
    page: int | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the answer and the numbers of the citations that bear it."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A statement that a language model made and no briefing bears: never part of the answer.

    Attributes:
        text: What it said.
        faults: What is not borne, a kind each (`assistant.bearing.FaultKind`), first found first.
        words: The words at fault, or what is missing, one for each of `faults`.
    """

    text: str
    faults: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is answered.

    Attributes:
        reason: Why not.
        message: The same in a sentence.
        nearest: What stands nearest.
        choices: Complete questions, where it is unclear which of them is meant.
    """

    reason: Reason
    message: str
    nearest: tuple[Citation, ...] = ()
    choices: tuple[str, ...] = ()


class NarrowingKind(StrEnum):
    """What kind of words in a question narrow the search."""

    PERIOD = "period"
    PLACE = "place"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Words of a question that narrow what may answer it.

    Attributes:
        kind: Whether they name a time, a country or a region.
        text: The words, as asked: "in October 2022", "Peru", "Andes".
        since: A period's first day, inclusive; None where it is open, and for places.
        until: Its last day, inclusive; likewise.
        places: The countries meant; none for a period.
        used: Whether it narrowed the search; False where the reader left it out.
    """

    kind: NarrowingKind
    text: str
    since: dt.date | None = None
    until: dt.date | None = None
    places: tuple[str, ...] = ()
    used: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What `Assistant.ask` returns; `to_json` is the form of the API and of `--json`.

    Attributes:
        question: As asked.
        standalone: As searched.
        text: Markdown with [1] [2] behind each statement; the refusal's message if refused.
        statements: The sentences, in order; none if refused.
        citations: In the order of their numbers; none if refused.
        refusal: Why not, or None.
        differs: Whether the statements are what briefings say to the contrary of one another;
            they stand in order of date.
        filters: What in the question narrowed the search, or was left out of it.
        follow_ups: Questions that could come next.
        composer: "extractive", or the language model's name.
        notice: What the reader must know of how the answer was made: the model failed, was
            stopped, or left out the best sentence; "" where there is nothing to know.
        dropped: What the model said and was not let through.
        usage: What the model took; None where none was asked.
        conversation_id: The conversation it belongs to.
        answer_id: Its own id.
        timings_ms: Milliseconds by stage: understand, retrieve, rank, compose (and verify), total.
    """

    question: str
    standalone: str
    text: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    refusal: Refusal | None = None
    differs: bool = False
    filters: tuple[Narrowing, ...] = ()
    follow_ups: tuple[str, ...] = ()
    composer: str = EXTRACTIVE
    notice: str = ""
    dropped: tuple[Dropped, ...] = ()
    usage: Usage | None = None
    conversation_id: str = ""
    answer_id: str = ""
    timings_ms: dict[str, float] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The answer as plain JSON types; dates as ISO 8601."""
        return plain(self)


def citation(
    n: int, briefing: Briefing, passage_id: str, span: Span, also: tuple[str, ...] = ()
) -> Citation:
    """Cite `briefing.body[span.start:span.end]` under the number `n`; `also` says the same."""
    body = briefing.body
    return Citation(
        n=n,
        briefing_id=briefing.id,
        version=briefing.version,
        title=briefing.title,
        published=briefing.published,
        source=briefing.source,
        url=briefing.url,
        section=briefing.section,
        passage_id=passage_id,
        quote=span.of(body),
        start=span.start,
        end=span.end,
        before=body[max(0, span.start - CONTEXT) : span.start],
        after=body[span.end : span.end + CONTEXT],
        page=briefing.page_at(span.start),
        also=also,
    )


def also_said(statement: Statement, citations: Sequence[Citation]) -> int:
    """How many briefings beside those cited say what `statement` says."""
    return max((len(c.also) for c in citations if c.n in statement.citations), default=0)


def day_of(statement: Statement, citations: Sequence[Citation]) -> dt.date | None:
    """The date of the briefing that bears `statement`, if it has one."""
    return next((c.published for c in citations if c.n in statement.citations), None)


def from_json(data: dict[str, Any]) -> Answer:
    """The answer that `Answer.to_json` wrote."""
    refusal = data["refusal"]
    return Answer(
        **{
            **data,
            "statements": tuple(
                Statement(s["text"], tuple(s["citations"])) for s in data["statements"]
            ),
            "citations": tuple(_citation_from_json(c) for c in data["citations"]),
            "refusal": refusal
            and Refusal(
                Reason(refusal["reason"]),
                refusal["message"],
                tuple(_citation_from_json(c) for c in refusal["nearest"]),
                tuple(refusal.get("choices", ())),
            ),
            "filters": tuple(_narrowing_from_json(n) for n in data.get("filters", ())),
            "follow_ups": tuple(data["follow_ups"]),
            "dropped": tuple(
                Dropped(d["text"], tuple(d["faults"]), tuple(d["words"]))
                for d in data.get("dropped", ())
            ),
            "usage": Usage(**data["usage"]) if data.get("usage") else None,
        }
    )


def _citation_from_json(data: dict[str, Any]) -> Citation:
    return Citation(
        **{
            **data,
            "published": _date(data["published"]),
            # Answers kept before these were counted have none.
            "also": tuple(data.get("also", ())),
        }
    )


def _narrowing_from_json(data: dict[str, Any]) -> Narrowing:
    return Narrowing(
        NarrowingKind(data["kind"]),
        data["text"],
        _date(data["since"]),
        _date(data["until"]),
        tuple(data["places"]),
        data["used"],
    )


def _date(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None


def plain(one: Answer | Citation | Statement | Narrowing) -> dict[str, Any]:
    """It as plain JSON types; dates as ISO 8601."""
    made: dict[str, Any] = _plain(asdict(one))
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value
