"""What may be said: every statement borne by exact quotes, numbered by first use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import messages
from assistant.answer import Citation, Statement, also_said, citation, day_of
from assistant.evidence import Evidence

_FOOTNOTE = re.compile(r"\[(\d+)\]")


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
        dropped: How many drafts were not borne.
        differs: Whether the statements are what briefings say to the contrary of one another.
    """

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    dropped: int
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


def verify(drafts: Sequence[Draft], differs: bool = False) -> Verified:
    """Let through what is borne, drop the rest, and number the citations by first use.

    A statement is borne if it has evidence and says nothing but the evidence's own words, to
    the letter.

    Args:
        drafts: What a composer would like to say, in order.
        differs: Whether it says that the briefings differ; one alone does not.
    """
    numbers: dict[tuple[str, str, int, int], int] = {}
    citations: list[Citation] = []
    statements: list[Statement] = []
    for draft in drafts:
        if not _is_borne(draft):
            continue
        used = []
        for evidence in draft.evidence:
            briefing, span = evidence.briefing, evidence.span
            key = (briefing.id, briefing.version, span.start, span.end)
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                passage_id = evidence.passage.id
                citations.append(citation(numbers[key], briefing, passage_id, span, draft.also))
            used.append(numbers[key])
        statements.append(Statement(draft.text, tuple(dict.fromkeys(used))))
    return Verified(
        tuple(statements),
        tuple(citations),
        dropped=len(drafts) - len(statements),
        differs=differs and len(statements) > 1,
    )


def _is_borne(draft: Draft) -> bool:
    return any(
        draft.text == evidence.span.of(evidence.briefing.body) for evidence in draft.evidence
    )
