"""What may be said: every statement borne by exact quotes, numbered by first use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Citation, Statement, citation
from assistant.evidence import Evidence

_FOOTNOTE = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement that a composer would like to make, and what it leans on."""

    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """What may be said: statements, their citations, and how many drafts were dropped."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    dropped: int

    @property
    def text(self) -> str:
        """The statements as Markdown, each followed by the numbers of its citations.

        A number in brackets that stands in a briefing is escaped, so that it is no marker.
        """
        return " ".join(
            _FOOTNOTE.sub(r"\\[\1\\]", s.text) + "".join(f" [{n}]" for n in s.citations)
            for s in self.statements
        )


def verify(drafts: Sequence[Draft]) -> Verified:
    """Let through what is borne, drop the rest, and number the citations by first use.

    A statement is borne if it has evidence and says nothing but the evidence's own words, to
    the letter.
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
                citations.append(citation(numbers[key], briefing, evidence.passage.id, span))
            used.append(numbers[key])
        statements.append(Statement(draft.text, tuple(dict.fromkeys(used))))
    return Verified(tuple(statements), tuple(citations), len(drafts) - len(statements))


def _is_borne(draft: Draft) -> bool:
    return any(
        draft.text == evidence.span.of(evidence.briefing.body) for evidence in draft.evidence
    )
