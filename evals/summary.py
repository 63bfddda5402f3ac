"""A run in figures, each with its definition."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from evals.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        """The share, 0 to 1; 0 where there is nothing to share."""
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval after Wilson (JASA 22, 1927), which holds for few questions too."""
        if not self.total:
            return 0.0, 1.0
        z, n, p = 1.96, self.total, self.value
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        """The share in per cent, what it is of, and its interval."""
        if not self.total:
            return "–"
        low, high = self.interval
        return f"{self.value:6.1%}  {self.hits:>3}/{self.total:<3}  ({low:.0%}–{high:.0%})"


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure with its name and what it means."""

    name: str
    share: Share
    meaning: str


def summarise(outcomes: Sequence[Outcome]) -> list[Measure]:
    """The measures of a run.

    - hit@k: of the answerable questions, those with expected evidence among the first k
      passages retrieved (success@k).
    - right: of all questions, those answered with every fact, or refused as they should be.
    - citation precision: of all citations of answers to answerable questions, those that quote
      a sentence that rightly answers.
    - exact quotes: of all citations, those equal to the briefing's text at their span.
    - refusal precision and recall: of the refusals, those due; of those due, the ones made.
    - over-refusal: of the answerable questions, those refused.
    """
    answerable = [o for o in outcomes if not o.should_refuse]
    unanswerable = [o for o in outcomes if o.should_refuse]
    refused = [o for o in outcomes if o.refused]

    def hit(k: int) -> Share:
        found = sum(o.rank is not None and o.rank <= k for o in answerable)
        return Share(found, len(answerable))

    cited = [o for o in answerable if o.answer.citations]
    every = [o for o in outcomes if o.answer.citations]
    kinds = [o for o in unanswerable if o.refused]
    return [
        *(
            Measure(f"hit@{k}", hit(k), f"evidence among the first {k} passages")
            for k in (1, 5, 12)
        ),
        Measure(
            "right",
            Share(sum(o.right for o in outcomes), len(outcomes)),
            "answered with every fact, or refused where that is due",
        ),
        Measure(
            "right, answerable",
            Share(sum(o.right for o in answerable), len(answerable)),
            "answered with every fact",
        ),
        Measure(
            "citation precision",
            Share(sum(o.relevant for o in cited), sum(len(o.answer.citations) for o in cited)),
            "citations that quote a sentence that answers",
        ),
        Measure(
            "exact quotes",
            Share(sum(o.exact for o in every), sum(len(o.answer.citations) for o in every)),
            "citations equal to the briefing at their span",
        ),
        Measure(
            "refusal precision",
            Share(sum(o.should_refuse for o in refused), len(refused)),
            "refusals that were due",
        ),
        Measure(
            "refusal recall",
            Share(sum(o.refused for o in unanswerable), len(unanswerable)),
            "refusals due that were made",
        ),
        Measure(
            "refusal kind",
            Share(
                sum(
                    o.answer.refusal is not None and o.answer.refusal.reason == o.turn.refusal
                    for o in kinds
                ),
                len(kinds),
            ),
            "due refusals that gave the expected reason",
        ),
        Measure(
            "over-refusal",
            Share(sum(o.refused for o in answerable), len(answerable)),
            "answerable questions refused",
        ),
    ]


def by_tag(outcomes: Sequence[Outcome]) -> dict[str, Share]:
    """Right answers by tag, in the order of the tags' names."""
    tags = sorted({tag for o in outcomes for tag in o.tags})
    return {
        tag: Share(
            sum(o.right for o in outcomes if tag in o.tags), sum(tag in o.tags for o in outcomes)
        )
        for tag in tags
    }
