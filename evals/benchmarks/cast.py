"""TREC CAsT 2021 (Dalton et al.): follow-ups made questions that stand alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from assistant.answer import Answer, Statement
from assistant.question import understand
from evals.benchmarks.figures import OURS, Bench, Figure
from evals.benchmarks.measures import token_f1
from evals.benchmarks.windows import sampled
from evals.rows import read

LAST_TURN = "last turn"
# How the set marks an answer among the turns before.
ANSWER = "A: "


def cast(bench: Bench) -> Iterator[Figure]:
    """Words shared with the question as a person rewrote it (F1); the person has 1."""
    rows = read(bench.data / "conv-rewrite" / "pairs.jsonl.xz")
    rows = [r for r in rows if r["source"] == "CAsT-2021" and r["history"]]
    rows = sampled(rows, bench.sample)
    ours, last = [], []
    for done, row in enumerate(rows, 1):
        ours.append(token_f1(rewritten(row["history"], row["question"]), row["rewrite"]))
        last.append(token_f1(row["question"], row["rewrite"]))
        bench.note("Rewriting", done, len(rows))
    alone = float(np.mean(last))
    yield Figure(
        "CAsT 2021: words shared with the human rewrite, F1",
        {LAST_TURN: alone, OURS: float(np.mean(ours))},
        len(rows),
        (1 + alone) / 2,
    )


def rewritten(history: list[str], question: str) -> str:
    """The question as searched, after turns of questions and the answers that were given."""
    turns: list[Answer] = []
    for said in history:
        if said.startswith(ANSWER):
            text = said.removeprefix(ANSWER)
            turns[-1] = replace(turns[-1], text=text, statements=(Statement(text, ()),))
        else:
            query = understand(said, turns)
            turns.append(Answer(question=said, standalone=query.text, text=""))
    return understand(question, turns).text
