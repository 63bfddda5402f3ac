"""ClapNQ (Rosenthal et al., TACL 2025), development: long answers from one passage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from evals.benchmarks.figures import Bench, Figure
from evals.benchmarks.measures import Floats, set_f1
from evals.benchmarks.windows import Case, joined, judge, sampled
from evals.rows import read

# What is cited beside the best sentence: all that are at most so many logits worse.
MARGIN = 5.0


def cases(data: Path) -> list[Case]:
    """Every question with its passage."""
    found = []
    for name in ("dev_answerable", "dev_unanswerable"):
        for row in read(data / "clapnq" / f"{name}.jsonl.xz"):
            passage = row["passages"][0]
            chosen = {s for output in row["output"] for s in output["selected_sentences"]}
            gold = frozenset(n for n, s in enumerate(passage["sentences"]) if s in chosen)
            if gold or name == "dev_unanswerable":
                window = joined(passage["title"] + ".", passage["sentences"])
                found.append(Case(row["input"], window, gold))
    return found


def clapnq(bench: Bench) -> Iterator[Figure]:
    """Which sentences a long answer cites; and whether the passage answers."""
    judged = judge(sampled(cases(bench.data), bench.sample), bench.note)
    two = judged.mean(lambda scores, gold: set_f1(_best(scores, 2), gold))
    yield Figure("ClapNQ dev: citation F1, two best sentences", two, judged.answered)
    wide = judged.mean(lambda scores, gold: set_f1(_within(scores, MARGIN), gold))["ours"]
    yield Figure(
        f"ClapNQ dev: citation F1, all within {MARGIN:g} logits of the best",
        {**{m: v for m, v in two.items() if m != "ours"}, "ours": wide},
        judged.answered,
        0.65,
    )
    yield Figure("ClapNQ dev: refusal, AUROC", judged.separation(), len(judged.cases), 0.80)


def _best(scores: Floats, count: int) -> list[int]:
    return [int(n) for n in np.argsort(-scores)[:count]]


def _within(scores: Floats, margin: float) -> list[int]:
    return [n for n, score in enumerate(scores) if score >= scores.max() - margin]
