"""Answer-sentence selection: WikiQA (Yang et al., EMNLP 2015) and TREC-QA (Wang et al., 2007)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from evals.benchmarks.figures import Bench, Figure
from evals.benchmarks.measures import average_precision, reciprocal_rank
from evals.benchmarks.windows import Case, Judged, joined, judge, sampled
from evals.rows import groups, read


def wikiqa_cases(data: Path) -> list[Case]:
    """Every question with an article's first section."""
    rows = groups(read(data / "answer-sentence" / "wikiqa_test.jsonl.xz"))
    return [
        Case(
            group[0]["question"],
            joined(group[0]["title"] + ".", [r["sentence"] for r in group]),
            frozenset(n for n, r in enumerate(group) if r["label"]),
        )
        for group in rows
    ]


def wikiqa(bench: Bench) -> Iterator[Figure]:
    """Which sentence of an article's first section; and whether any."""
    judged = judge(sampled(wikiqa_cases(bench.data), bench.sample), bench.note)
    yield Figure("WikiQA test: MAP", judged.mean(average_precision), judged.answered, 0.80)
    yield Figure("WikiQA test: MRR", judged.mean(reciprocal_rank), judged.answered, 0.81)
    yield Figure(
        "WikiQA test: any sentence answers, AUROC", judged.separation(), len(judged.cases), 0.80
    )


def trecqa(bench: Bench) -> Iterator[Figure]:
    """Which of single sentences of many articles: each is a window of its own."""
    found: list[tuple[list[Case], frozenset[int]]] = []
    for rows in groups(read(bench.data / "answer-sentence" / "trecqa_test.jsonl.xz")):
        gold = frozenset(n for n, r in enumerate(rows) if r["label"])
        if 0 < len(gold) < len(rows):
            cases = [
                Case(
                    r["question"], joined("", [r["sentence"]]), frozenset({0} if r["label"] else ())
                )
                for r in rows
            ]
            found.append((cases, gold))
    found = sampled(found, bench.sample)
    judged = judge([case for cases, _ in found for case in cases], bench.note)
    together = _by_question(found, judged)
    yield Figure("TREC-QA test: MAP", together.mean(average_precision), len(found), 0.85)
    yield Figure("TREC-QA test: MRR", together.mean(reciprocal_rank), len(found))


def _by_question(found: Sequence[tuple[list[Case], frozenset[int]]], judged: Judged) -> Judged:
    """A question's single sentences as one list again."""
    cases = [Case(c[0].question, c[0].window, gold) for c, gold in found]
    scores = {}
    for method, rows in judged.sentences.items():
        flat = iter(rows)
        scores[method] = [np.array([next(flat)[0] for _ in c]) for c, _ in found]
    return Judged(cases, scores, {})
