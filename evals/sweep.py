"""What each value of a threshold would cost, measured on a suite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.assembly import Desk
from assistant.evidence import Ranker
from assistant.ranker import Window, WindowScore
from evals.runner import run
from evals.suite import Conversation
from evals.summary import summarise


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


def sweep(
    desk: Desk, conversations: tuple[Conversation, ...], name: str, values: Sequence[float]
) -> str:
    """A table: what comes out right with each value of the threshold `name`, all else as it is."""
    lines = [
        f"{name:<13}   right   answered though not stated   refused though stated   refusal kind"
    ]
    ranker = RememberedRanker(desk.assistant.ranker)
    for value in values:
        thresholds = replace(desk.assistant.thresholds, **{name: value})
        tried = replace(desk.assistant, ranker=ranker, thresholds=thresholds)
        outcomes = run(replace(desk, assistant=tried), conversations)
        measures = {m.name: m.share.value for m in summarise(outcomes)}
        lines.append(
            f"{value:<13.2f}   {measures['right']:5.1%}   "
            f"{1 - measures['refusal recall']:26.1%}   {measures['over-refusal']:21.1%}   "
            f"{measures['refusal kind']:12.1%}"
        )
    return "\n".join(lines)
