"""How much each sign counts: `python -m evals.training.combine` fits it and prints it.

A question's candidates compete with each other and with "nothing answers", whose score is
fixed: the softmax over all of them shall fall on the sentences that answer, or on nothing where
nothing does. Few weights, ridge penalty, the development half of a suite only; eight-fold
cross-validation over questions says what the fit is worth. The weights go into
`assistant/features.py` by hand, with the threshold.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from assistant import offline
from assistant.assembly import Desk
from assistant.evidence import weigh
from assistant.features import Features
from assistant.question import understand
from evals.outcome import quotes_evidence_at
from evals.runner import desk_for
from evals.suite import Suite, Turn

FOLDS = 8
RIDGE = 0.001


@dataclass(frozen=True, slots=True)
class Question:
    """A question's candidates.

    Attributes:
        signs: Candidates x signs.
        answers: Which candidates answer.
        stated: Whether anything in the library does.
    """

    signs: Tensor
    answers: Tensor
    stated: bool


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--suite", type=Path, default=Path("evals/suites/samples.yaml"))
    suite = Suite.read(parser.parse_args().suite)
    offline.stay_offline()
    with desk_for(suite) as desk:
        questions = [_gather(desk, t) for c in suite.of("dev") for t in c.turns]
    random.Random(3).shuffle(questions)
    counts = [0] * 4
    for fold in range(FOLDS):
        rest = [q for at, q in enumerate(questions) if at % FOLDS != fold]
        weights, even = fit(rest)
        for at, count in enumerate(_judge(questions[fold::FOLDS], weights, even)):
            counts[at] += count
    weights, even = fit(questions)
    stated = sum(q.stated for q in questions)
    first, right, wrong, refused = counts
    names = zip(Features._fields, weights.tolist(), strict=True)
    sys.stdout.write(
        f"cross-validated: first {first}/{stated}, right {right}/{len(questions)}, "
        f"answered though not stated {wrong}/{len(questions) - stated}, "
        f"refused though stated {refused}/{stated}\n"
        f"WEIGHTS = Features({', '.join(f'{n}={w:.2f}' for n, w in names)})\n"
        f"EVEN = {even:.2f}\n"
    )


def fit(questions: Sequence[Question]) -> tuple[Tensor, float]:
    """The weights of the signs, and the score of "nothing answers"."""
    weights = torch.zeros(len(Features._fields))
    weights[0] = 1.0
    weights.requires_grad_()
    even = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights, even], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        total = RIDGE * (weights**2).sum()
        for question in questions:
            logs = torch.log_softmax(torch.cat([question.signs @ weights, even]), 0)
            if not question.stated:
                total = total - logs[-1] / len(questions)
            elif question.answers.any():
                total = total - logs[:-1][question.answers].logsumexp(0) / len(questions)
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return weights.detach(), float(even.detach())


def _gather(desk: Desk, turn: Turn) -> Question:
    """The candidates for a question as it is meant, without its conversation."""
    query = understand(turn.meant)
    hits = desk.assistant.search(query.text, desk.assistant.passages)
    evidence = weigh(query, hits, desk.assistant.ranker, desk.assistant.thresholds).evidence
    return Question(
        signs=torch.tensor([list(e.signs or ()) for e in evidence]).reshape(
            -1, len(Features._fields)
        ),
        answers=torch.tensor(
            [quotes_evidence_at(e.sentence, e.briefing, turn) for e in evidence], dtype=torch.bool
        ),
        stated=turn.refusal is None,
    )


def _judge(
    questions: Sequence[Question], weights: Tensor, even: float
) -> tuple[int, int, int, int]:
    """How many are answered first, right, though not stated, and refused though stated."""
    first = right = wrong = refused = 0
    for question in questions:
        scores = question.signs @ weights
        best = int(scores.argmax()) if len(scores) else -1
        answered = best >= 0 and float(scores[best]) > even
        hit = best >= 0 and bool(question.answers[best])
        first += question.stated and hit
        right += (answered and hit) if question.stated else not answered
        wrong += not question.stated and answered
        refused += question.stated and not answered
    return first, right, wrong, refused


if __name__ == "__main__":
    main()
