"""TREC CAsT 2021 (Dalton et al.): follow-ups made questions that stand alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

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


def rewritten(history: Sequence[str], question: str) -> str:
    """The question as searched, after turns of questions and the answers that were given."""
    return understand(question, turns_of(history)).text


@cache
def _turns(history: tuple[str, ...]) -> tuple[Answer, ...]:
    if not history:
        return ()
    *earlier, said = history
    turns = _turns(tuple(earlier))
    if not said.startswith(ANSWER):
        return (*turns, Answer(question=said, standalone=understand(said, turns).text, text=""))
    text = said.removeprefix(ANSWER)
    return (
        *turns[:-1],
        *(replace(t, text=text, statements=(Statement(text, ()),)) for t in turns[-1:]),
    )


def turns_of(history: Sequence[str]) -> tuple[Answer, ...]:
    """The conversation that was had, each follow-up as it was searched.

    Args:
        history: Questions, oldest first, each maybe followed by its answer, marked `ANSWER`.
    """
    return _turns(tuple(history))
