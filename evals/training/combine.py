"""How much each sign counts: `python -m evals.training.combine` fits it and prints it.

A question's candidates compete with each other and with "nothing answers", whose score is
fixed: the softmax over all of them shall fall on the sentences that answer, or on nothing where
nothing does. Few weights, ridge penalty. Fitted on the development half of a suite, which counts
two thirds, and on questions written for training, of texts that the ranker never saw, asked of
all the texts at once: those whose answer was among what was read, and unanswerable ones in the
suite's proportion, for many written for one passage mean little beside six hundred. Eight-fold
cross-validation over questions says what the fit is worth. The weights go into
`assistant/features.py` by hand, with the threshold.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from assistant import offline
from assistant.assembly import Desk
from assistant.evidence import Evidence
from assistant.features import Features
from evals.benchmarks.libraries import Document, desk_over
from evals.outcome import quotes_evidence_at
from evals.runner import desk_for
from evals.suite import Suite, Turn
from evals.training.articles import WRITTEN_HELD_OUT, is_held_out
from evals.training.written import Written, written

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
        asked = [_of_suite(desk, t) for c in suite.of("dev") for t in c.turns]
    told = _of_written_texts()
    for questions in (asked, told):
        random.Random(3).shuffle(questions)
    counts: dict[str, list[int]] = {"suite": [0] * 4, "written": [0] * 4}
    for fold in range(FOLDS):
        rest = [[q for at, q in enumerate(qs) if at % FOLDS != fold] for qs in (asked, told)]
        weights, even = fit(_sets(*rest))
        for name, qs in (("suite", asked), ("written", told)):
            for at, count in enumerate(_judge(qs[fold::FOLDS], weights, even)):
                counts[name][at] += count
    weights, even = fit(_sets(asked, told))
    for name, qs in (("suite", asked), ("written", told)):
        stated = sum(q.stated for q in qs)
        first, right, wrong, refused = counts[name]
        sys.stdout.write(
            f"{name}, cross-validated: first {first}/{stated}, right {right}/{len(qs)}, "
            f"answered though not stated {wrong}/{len(qs) - stated}, "
            f"refused though stated {refused}/{stated}\n"
        )
    names = zip(Features._fields, weights.tolist(), strict=True)
    sys.stdout.write(
        f"WEIGHTS = Features({', '.join(f'{n}={w:.2f}' for n, w in names)})\nEVEN = {even:.2f}\n"
    )


def _sets(asked: list[Question], told: list[Question]) -> list[list[Question]]:
    """The suite's questions twice, and of the written ones those that count."""
    reached = [q for q in told if q.stated and q.answers.any()]
    stated = sum(q.stated for q in asked)
    most = round(len(reached) * (len(asked) - stated) / stated)
    return [asked, asked, reached + [q for q in told if not q.stated][:most]]


def fit(sets: Sequence[Sequence[Question]]) -> tuple[Tensor, float]:
    """The weights of the signs, and the score of "nothing answers"; each set counts the same."""
    counted = [(q, 1 / len(questions) / len(sets)) for questions in sets for q in questions]
    weights = torch.zeros(len(Features._fields))
    weights[0] = 1.0
    weights.requires_grad_()
    even = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights, even], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        total = RIDGE * (weights**2).sum()
        for question, share in counted:
            logs = torch.log_softmax(torch.cat([question.signs @ weights, even]), 0)
            if not question.stated:
                total = total - share * logs[-1]
            elif question.answers.any():
                total = total - share * logs[:-1][question.answers].logsumexp(0)
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return weights.detach(), float(even.detach())


def _of_suite(desk: Desk, turn: Turn) -> Question:
    """The candidates for a question as it is meant, without its conversation."""

    def answers(one: Evidence) -> bool:
        return quotes_evidence_at(one.sentence, one.briefing, turn)

    return _question(desk, turn.meant, answers, stated=turn.refusal is None)


def _of_written_texts() -> list[Question]:
    """The candidates for the questions on texts that the ranker never saw, among all texts."""
    every = written(())
    texts = {one.key: one for one in every}
    documents = [
        Document(key, one.title, (" ".join(one.sentences),), one.date) for key, one in texts.items()
    ]
    with (
        tempfile.TemporaryDirectory(prefix="attache-combine-") as home,
        desk_over(documents, Path(home), lambda *_: None) as desk,
    ):
        return [_of_text(desk, one) for one in every if is_held_out(one.key, WRITTEN_HELD_OUT)]


def _of_text(desk: Desk, asked: Written) -> Question:
    def answers(one: Evidence) -> bool:
        if one.briefing.key != asked.key:
            return False
        right = (one.briefing.body.find(asked.sentences[n]) for n in asked.gold)
        return any(one.sentence.start <= at < one.sentence.end for at in right)

    return _question(desk, asked.question, answers, stated=bool(asked.gold))


def _question(
    desk: Desk, question: str, answers: Callable[[Evidence], bool], *, stated: bool
) -> Question:
    evidence = desk.assistant.evidence(question).evidence
    signs = torch.tensor([list(e.signs or ()) for e in evidence])
    return Question(
        signs=signs.reshape(-1, len(Features._fields)),
        answers=torch.tensor([answers(e) for e in evidence], dtype=torch.bool),
        stated=stated,
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
