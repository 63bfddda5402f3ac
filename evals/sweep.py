"""What each value of the refusal threshold would cost, measured on a suite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.assembly import Desk
from assistant.evidence import Ranker
from assistant.ranker import Window, WindowScore
from evals.runner import run
from evals.suite import Conversation


class RememberedRanker:
    """A ranker that scores the same window for the same question once.

    Args:
        ranker: The ranker that scores what has not been scored before.
    """

    def __init__(self, ranker: Ranker) -> None:
        self._ranker = ranker
        self._scores: dict[tuple[str, Window], WindowScore] = {}

    def score(self, question: str, windows: Sequence[Window]) -> list[WindowScore]:
        """One score a window, in order."""
        new = [w for w in windows if (question, w) not in self._scores]
        for window, score in zip(new, self._ranker.score(question, new), strict=True):
            self._scores[question, window] = score
        return [self._scores[question, w] for w in windows]


def sweep_thresholds(
    desk: Desk, conversations: tuple[Conversation, ...], values: Sequence[float]
) -> str:
    """A table: for each threshold, right answers, wrong answers to unanswerable, over-refusal."""
    lines = ["threshold   right   answered though not stated   refused though stated"]
    ranker = RememberedRanker(desk.assistant.ranker)
    for value in values:
        tried = replace(desk, assistant=replace(desk.assistant, ranker=ranker, enough=value))
        outcomes = run(tried, conversations)
        unanswerable = [o for o in outcomes if o.should_refuse]
        answerable = [o for o in outcomes if not o.should_refuse]
        right = sum(o.right for o in outcomes) / len(outcomes)
        wrong = sum(not o.refused for o in unanswerable) / max(1, len(unanswerable))
        over = sum(o.refused for o in answerable) / max(1, len(answerable))
        lines.append(f"{value:9.2f}   {right:5.1%}   {wrong:26.1%}   {over:21.1%}")
    return "\n".join(lines)
