"""What a follow-up is meant with: `python -m evals.training.follow_ups --data DIR` fits it.

A term of the conversation that the question lacks counts as meant if a person's rewrite has it.
Logistic regression on `assistant.topic`'s signs, ridge penalty; the fit is judged by folds over
conversations. The conversations are rewritten with the weights that ship, so after a change of
signs it takes two runs. Nothing of CAsT 2021 is read, which measures the outcome.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.answer import Answer
from assistant.phrases import tokens
from assistant.question import understand
from assistant.topic import LEAST, QUESTION_SIGNS, TERM_SIGNS, Floats, signs, spoken
from evals.benchmarks.cast import ANSWER, turns_of
from evals.benchmarks.measures import token_f1
from evals.rows import Row, read

# What a conversation of each set counts. CANARD's are on persons and bands, with titles for first
# questions; the last are queries to tables.
SHARES = {"CAsT-2019": 1.0, "CAsT-2020": 1.0, "iKAT": 1.0, "CANARD": 0.1, "FollowUp": 0.03}
JUDGED = ("CAsT-2019", "CAsT-2020", "iKAT")
FOLDS = 5
PENALTY = 10.0
WEIGHTS = Path("assistant/topic_weights.py")
_HEAD = '''"""The weights of `assistant.topic`: a row a term's sign, a column a question's.

Written by `python -m evals.training.follow_ups`.
"""

from __future__ import annotations

import numpy as np

# fmt: off
WEIGHTS = np.array(
    [
'''


@dataclass(frozen=True, slots=True)
class Pair:
    """A follow-up with its conversation, and as a person rewrote it."""

    source: str
    group: str
    turns: tuple[Answer, ...]
    question: str
    rewrite: str


@dataclass(frozen=True, slots=True)
class Case:
    """A pair's terms, their signs (terms x signs), the question's signs, and which are meant."""

    pair: Pair
    stems: list[str]
    of_terms: Floats
    of_question: Floats
    are_meant: Floats

    @property
    def crossed(self) -> Floats:
        """Terms x (terms' signs x question's signs)."""
        crossed = np.einsum("ij,k->ijk", self.of_terms, self.of_question)
        flat: Floats = crossed.reshape(len(self.stems), len(TERM_SIGNS) * len(QUESTION_SIGNS))
        return flat


def main() -> None:
    """Fit, judge, and write the table of weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of data sets")
    parser.add_argument("--seed", type=int, default=13, help="which conversations share a fold")
    args = parser.parse_args()
    cases = [case for pair in pairs(args.data) if (case := _case(pair)).stems]
    _judge(cases, args.seed)
    WEIGHTS.write_text(_module(fit(cases)), "utf-8")


def pairs(data: Path) -> Iterator[Pair]:
    """The follow-ups to learn from.

    Args:
        data: The folder of data sets.

    Raises:
        DataError: One is not there.
    """
    for row in read(data / "conv-rewrite" / "pairs.jsonl.xz"):
        if row["history"] and row["source"] in SHARES:
            yield _pair(row, row["source"], row["history"][0], row["history"])
    training = data / "training"
    for row in read(training / "rewrites_ikat.jsonl.xz"):
        if row["history"]:
            yield _pair(row, "iKAT", row["group"], row["history"])
    for row in read(training / "rewrites_canard.jsonl.xz"):
        title, section, *said = row["history"]
        marked = [(ANSWER if n % 2 else "") + text for n, text in enumerate(said)]
        opening = f"Tell me about {title}, {section}."
        yield _pair(row, "CANARD", row["group"], [opening, *marked])
    for row in read(training / "rewrites_followup.jsonl.xz"):
        yield _pair(row, "FollowUp", row["group"], row["history"])


def _pair(row: Row, source: str, group: str, history: Sequence[str]) -> Pair:
    return Pair(source, group, turns_of(history), row["question"], row["rewrite"])


def _case(pair: Pair) -> Case:
    stems, of_terms, of_question = signs(pair.question, spoken(pair.turns))
    wanted = {t.stem for t in tokens(pair.rewrite)}
    return Case(pair, stems, of_terms, of_question, np.array([s in wanted for s in stems], float))


def fit(cases: Sequence[Case]) -> Floats:
    """The weights, terms' signs x question's signs."""
    model = LogisticRegression(C=1 / PENALTY, max_iter=500, fit_intercept=False)
    model.fit(
        np.concatenate([c.crossed for c in cases]),
        np.concatenate([c.are_meant for c in cases]),
        sample_weight=np.repeat(
            [SHARES[c.pair.source] for c in cases], [len(c.stems) for c in cases]
        ),
    )
    weights: Floats = model.coef_.reshape(len(TERM_SIGNS), len(QUESTION_SIGNS))
    return weights


def _judge(cases: Sequence[Case], seed: int) -> None:
    """Print what the fit is worth: words shared with the rewrite, the terms merely added."""
    folds = [zlib.crc32(f"{seed} {c.pair.group}".encode()) % FOLDS for c in cases]
    found: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for fold in range(FOLDS):
        weights = fit([c for c, f in zip(cases, folds, strict=True) if f != fold])
        for case, f in zip(cases, folds, strict=True):
            if f == fold and case.pair.source in JUDGED:
                found[case.pair.source].append(_figures(case, weights))
    for source, figures in found.items():
        last, added, ours = np.mean(figures, axis=0)
        sys.stdout.write(
            f"{source}: {len(figures)} follow-ups, F1 as asked {last:.3f}, with the terms of a "
            f"fit without its fold {added:.3f}, as rewritten with what ships {ours:.3f}\n"
        )


def _figures(case: Case, weights: Floats) -> tuple[float, float, float]:
    pair = case.pair
    # The logistic of a score is above LEAST where the score is above its logit.
    scores = case.of_terms @ weights @ case.of_question
    added = [s for s, x in zip(case.stems, scores, strict=True) if x > np.log(LEAST / (1 - LEAST))]
    return (
        token_f1(pair.question, pair.rewrite),
        token_f1(" ".join([pair.question, *added]), pair.rewrite),
        token_f1(understand(pair.question, pair.turns).text, pair.rewrite),
    )


def _module(weights: Floats) -> str:
    lines = []
    for name, row in zip(TERM_SIGNS, weights, strict=True):
        numbers = ", ".join(f"{weight:.2f}" for weight in row)
        lines += [
            f"        # {name}",
            *wrap(f"[{numbers}],", 90, initial_indent=" " * 8, subsequent_indent=" " * 9),
        ]
    return _HEAD + "\n".join(lines) + "\n    ]\n)\n"


if __name__ == "__main__":
    main()
