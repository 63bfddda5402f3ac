"""What became of each question of a suite."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Answer, Citation
from corpus.briefing import Briefing, Span
from corpus.errors import NotFound
from corpus.library import Library
from evals.suite import Turn


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question asked and judged.

    Attributes:
        conversation: The conversation's id.
        turn: The question and what is expected.
        tags: The conversation's tags.
        answer: What came back.
        rank: The place, from 1, of the first retrieved passage that holds expected evidence;
            None if none of those read does, or if a refusal is expected.
        relevant: How many of the answer's citations quote expected evidence.
        exact: How many quote the briefing to the letter.
    """

    conversation: str
    turn: Turn
    tags: tuple[str, ...]
    answer: Answer
    rank: int | None
    relevant: int
    exact: int

    @property
    def refused(self) -> bool:
        """Whether the answer is a refusal."""
        return self.answer.refusal is not None

    @property
    def should_refuse(self) -> bool:
        """Whether a refusal is expected."""
        return self.turn.refusal is not None

    @property
    def missing(self) -> tuple[tuple[str, ...], ...]:
        """The groups of facts of which nothing is in the answer."""
        said = " ".join(c.quote for c in self.answer.citations).casefold()
        return tuple(
            group for group in self.turn.facts if not any(f.casefold() in said for f in group)
        )

    @property
    def right(self) -> bool:
        """Whether it was answered with all facts, or refused as it should be."""
        if self.should_refuse:
            return self.refused
        return not self.refused and not self.missing

    @property
    def why_wrong(self) -> str:
        """The reason, in words; "" if it is right."""
        if self.right:
            return ""
        if self.should_refuse:
            said = self.answer.statements[0].text
            return f"answered what is not stated: “{_short(said)}”"
        if self.rank is None:
            return "no passage that answers was retrieved"
        if self.refused:
            return f"refused ({self.answer.refusal and self.answer.refusal.reason})"
        missing = "; ".join(" or ".join(group) for group in self.missing)
        return f"without {missing}: “{_short(self.answer.statements[0].text)}”"


def quotes_evidence(cited: Citation, briefing: Briefing | None, turn: Turn) -> bool:
    """Whether a citation's words overlap a sentence that rightly answers."""
    return briefing is not None and quotes_evidence_at(Span(cited.start, cited.end), briefing, turn)


def quotes_evidence_at(span: Span, briefing: Briefing, turn: Turn) -> bool:
    """Whether the words at `span` overlap a sentence that rightly answers."""
    for expected in turn.evidence:
        if Path(briefing.key).stem != expected.briefing:
            continue
        at = briefing.body.find(expected.quote)
        if at >= 0 and span.start < at + len(expected.quote) and at < span.end:
            return True
    return False


def cited_briefing(library: Library, cited: Citation) -> Briefing | None:
    """The version of the briefing that a citation quotes, if it is there."""
    try:
        return library.get(cited.briefing_id, cited.version)
    except NotFound:
        return None


def _short(text: str) -> str:
    return text if len(text) <= 110 else text[:107] + "…"
