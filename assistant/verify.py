"""What may be said: every statement borne by exact quotes, numbered by first use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import messages
from assistant.addressed import headline, is_order
from assistant.answer import Citation, Dropped, Statement, also_said, citation, day_of
from assistant.bearing import Fault, FaultKind, Source, faults
from assistant.bearing.named import takes_a_place
from assistant.bearing.words import content_stems
from assistant.evidence import Evidence
from assistant.support import Support
from corpus.briefing import Span
from index import sentences

_FOOTNOTE = re.compile(r"\[(\d+)\]")

# How many sentences before a quote are looked at for the name that it leans on.
LEAD_SENTENCES = 2
# A premise is a citation or two; more are not cited for one sentence.
MOST_CITATIONS = 4
# A sentence that a statement does not cite bears it only with so much of its words.
LEAST_HAD = 0.5


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement that a composer would like to make.

    Attributes:
        text: What it says.
        evidence: What it leans on.
        also: The ids of other briefings in which the same sentence stands, earliest first.
    """

    text: str
    evidence: tuple[Evidence, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """What may be said.

    Attributes:
        statements: The sentences, in order.
        citations: What bears them, in the order of their numbers.
        dropped: The drafts that were not borne.
        differs: Whether the statements are what briefings say to the contrary of one another.
    """

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    dropped: tuple[Dropped, ...] = ()
    differs: bool = False

    @property
    def text(self) -> str:
        """The statements as Markdown, each followed by the numbers of its citations.

        A number in brackets that stands in a briefing is escaped, so that it is no marker.
        """
        said = map(self._marked, self.statements)
        return " ".join([messages.BRIEFINGS_DIFFER, *said] if self.differs else said)

    def _marked(self, statement: Statement) -> str:
        more = also_said(statement, self.citations)
        dated = f"{messages.said_on(day_of(statement, self.citations))}: " if self.differs else ""
        return (
            dated
            + _FOOTNOTE.sub(r"\\[\1\\]", statement.text)
            + "".join(f" [{n}]" for n in statement.citations)
            + (f" ({messages.also_say(more)})" if more else "")
        )


class Verifier:
    """Lets through what is borne, drops the rest, and numbers citations by first use.

    A statement is borne if it is the quote, to the letter; or if no rule finds fault with it
    (`assistant.bearing`) and the learned score holds that the quotes support it.

    Args:
        support: The learned score; None where only the briefings' own words may be said.
        bar: The least support, 0 to 1.
        pool: All evidence that may be cited, best first.
    """

    def __init__(
        self, support: Support | None = None, bar: float = 1.0, pool: Sequence[Evidence] = ()
    ) -> None:
        self._support = support
        self._bar = bar
        self._pool = pool
        self._elsewhere = tuple(dict.fromkeys(_around(e) for e in pool))
        self._numbers: dict[tuple[str, str, int, int], int] = {}
        self._citations: list[Citation] = []
        self._statements: list[Statement] = []
        self._dropped: list[Dropped] = []

    def add(self, draft: Draft) -> Statement | None:
        """The statement as it may be said; None where it may not."""
        evidence, found = self._bearing(draft)
        if not evidence:
            kinds = tuple(str(f.kind) for f in found)
            self._dropped.append(Dropped(draft.text, kinds, tuple(f.words for f in found)))
            return None
        used = dict.fromkeys(self._cite(one, draft.also) for one in evidence)
        statement = Statement(draft.text, tuple(used))
        self._statements.append(statement)
        return statement

    def verified(self, differs: bool = False) -> Verified:
        """All that has been let through, and what has not.

        Args:
            differs: Whether it says that the briefings differ; one alone does not.
        """
        return Verified(
            tuple(self._statements),
            tuple(self._citations),
            tuple(self._dropped),
            differs and len(self._statements) > 1,
        )

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Those given so far, in the order of their numbers."""
        return tuple(self._citations)

    def has_cited(self, evidence: Evidence) -> bool:
        """Whether its sentence stands in a quote that has been cited."""
        return any(
            c.briefing_id == evidence.briefing.id
            and c.version == evidence.briefing.version
            and c.start <= evidence.sentence.start
            and evidence.sentence.end <= c.end
            for c in self._citations
        )

    def _cite(self, evidence: Evidence, also: tuple[str, ...]) -> int:
        briefing, span = evidence.briefing, evidence.span
        key = (briefing.id, briefing.version, span.start, span.end)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self._citations.append(
                citation(self._numbers[key], briefing, evidence.passage.id, span, also)
            )
        return self._numbers[key]

    def _bearing(self, draft: Draft) -> tuple[tuple[Evidence, ...], tuple[Fault, ...]]:
        """The evidence that bears the draft, and where none does what is wrong with it.

        What has it to the letter; what it cites, without what it does not need; with the sentence
        before where a name stands there; then the other sentence that has most of its words. The
        bar is the same for all.
        """
        own = tuple(e for e in draft.evidence if draft.text == e.text)
        if own:
            return draft.evidence, ()
        if self._support is None:
            return (), (Fault(FaultKind.SUPPORT),)
        letters = next((e for e in self._pool if draft.text == e.text), None)
        if letters:
            return (letters,), ()
        cited = draft.evidence[:MOST_CITATIONS]
        first = self._faults(draft.text, cited)
        if cited and not first:
            return self._needed(draft.text, cited), ()
        if any(f.kind is FaultKind.NAME for f in first):
            led = tuple(map(_with_name_before, cited))
            moved = takes_a_place(draft.text, "\n".join(e.text for e in cited))
            if led != cited and not moved and not self._faults(draft.text, led):
                return self._needed(draft.text, led), ()
        for one in self._closest(draft.text):
            if one not in cited and not self._faults(draft.text, (one,)):
                return (one,), ()
        return (), first

    def _closest(self, text: str) -> list[Evidence]:
        """What has most of the words of `text`: farther ones bear what the closest denies."""
        said = content_stems(text)
        had = [len(said & content_stems(one.text)) for one in self._pool]
        least = max(*had, LEAST_HAD * len(said)) if had else 0
        return [one for one, count in zip(self._pool, had, strict=True) if count >= least]

    def _faults(self, text: str, evidence: Sequence[Evidence]) -> tuple[Fault, ...]:
        by_rule = faults(text, [_source(e) for e in evidence], self._elsewhere)
        if by_rule:
            return by_rule
        assert self._support is not None, "asked only where there is a score"
        (score,) = self._support.score([("\n".join(map(_premise, evidence)), text)])
        return () if score >= self._bar else (Fault(FaultKind.SUPPORT),)

    def _needed(self, text: str, cited: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        """Without what bears nothing: every citation stands behind the whole or a needed part."""
        if len(cited) == 1:
            return cited
        alone = tuple(e for e in cited if not self._faults(text, (e,)))
        if alone:
            return alone
        kept = cited
        for one in reversed(cited):
            rest = tuple(e for e in kept if e is not one)
            if len(rest) > 1 and not self._faults(text, rest):
                kept = rest
        return kept


def _source(evidence: Evidence) -> Source:
    briefing = evidence.briefing
    headlines = f"{headline(briefing)}. {briefing.standfirst}"
    return Source(evidence.text, headlines, _around(evidence), briefing.published)


def _around(evidence: Evidence) -> str:
    return f"{evidence.briefing.title}. {evidence.briefing.standfirst}\n{evidence.briefing.body}"


def _premise(evidence: Evidence) -> str:
    """The quote as the learned score reads it: behind its headline and day."""
    day = evidence.briefing.published
    return f"{headline(evidence.briefing)}{messages.dated(day)}. {evidence.text}"


def _with_name_before(evidence: Evidence) -> Evidence:
    """The evidence with as many sentences before it as its passage has, up to a few."""
    body = evidence.briefing.body
    before = sentences.split(body, evidence.passage.start, evidence.span.start)
    if not before:
        return evidence
    led = Span(before[-LEAD_SENTENCES:][0].start, evidence.span.end)
    return evidence if is_order(evidence.briefing, led) else replace(evidence, span=led)
