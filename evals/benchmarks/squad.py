"""SQuAD 2.0 (Rajpurkar et al., ACL 2018), half of its development set.

Which sentence of a paragraph holds the answer, whether any does, and the same sentence sought
among all paragraphs at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from assistant.assembly import Desk
from assistant.ranker import Window
from corpus.briefing import Span
from evals.benchmarks.figures import DENSE, FUSED, LEXICAL, OURS, Bench, Figure
from evals.benchmarks.libraries import Document, desk_over
from evals.benchmarks.measures import first
from evals.benchmarks.windows import Baselines, Case, fused, judge, sampled
from evals.rows import Row, read
from index.embedding import SentenceTransformerEmbedder
from index.sentences import split

TOP = 5


def paragraphs(data: Path) -> list[Row]:
    """The set's paragraphs with their questions."""
    return read(data / "squad2-dev-half" / "dev.jsonl.xz")


def cases(data: Path) -> list[Case]:
    """Every question with its paragraph."""
    found = []
    for row in paragraphs(data):
        spans = tuple(split(row["context"]))
        window = Window(row["title"].replace("_", " ") + ".", row["context"], spans)
        for asked in row["qas"]:
            gold = _gold(asked, spans)
            if gold or asked["is_impossible"]:
                found.append(Case(asked["question"], window, gold))
    return found


def _gold(asked: Row, spans: tuple[Span, ...]) -> frozenset[int]:
    starts = [a["answer_start"] for a in asked["answers"]]
    return frozenset(
        n for n, (begin, end) in enumerate(spans) if any(begin <= s < end for s in starts)
    )


def squad(bench: Bench) -> Iterator[Figure]:
    """Which sentence of its paragraph; and whether any, of adversarial questions."""
    judged = judge(sampled(cases(bench.data), bench.sample), bench.note)
    what = "SQuAD 2.0 half-dev"
    yield Figure(f"{what}: sentence first", judged.mean(first), judged.answered, 0.94)
    yield Figure(f"{what}: answerable, AUROC", judged.separation(), len(judged.cases), 0.80)


def squad_all(bench: Bench) -> Iterator[Figure]:
    """The sentence sought among all paragraphs at once, by the retriever as shipped."""
    rows = paragraphs(bench.data)
    documents = [
        Document(f"squad-{n}", row["title"].replace("_", " "), (row["context"],))
        for n, row in enumerate(rows)
    ]
    sentences: list[str] = []
    asked: list[tuple[str, set[int]]] = []
    places: dict[tuple[int, int], int] = {}
    for number, row in enumerate(rows):
        spans = tuple(split(row["context"]))
        for span in spans:
            places[number, span.start] = len(sentences)
            sentences.append(span.of(row["context"]))
        for question in row["qas"]:
            gold = {places[number, spans[n].start] for n in _gold(question, spans)}
            if gold:
                asked.append((question["question"], gold))
    asked = sampled(asked, bench.sample)
    ranked = _baseline_ranks([q for q, _ in asked], sentences)
    with desk_over(documents, bench.work / "squad", bench.note) as desk:
        numbers = {document.key: n for n, document in enumerate(documents)}
        ranked[OURS] = []
        for done, (question, _) in enumerate(asked, 1):
            ranked[OURS].append(_ours(desk, question, numbers, places))
            bench.note("Asking", done, len(asked))
    what = f"SQuAD 2.0 half-dev, all {len(rows)} paragraphs"
    for depth, reach in ((1, 0.70), (TOP, 0.88)):
        figures = {
            method: float(
                np.mean(
                    [bool(set(r[:depth]) & gold) for r, (_, gold) in zip(rows_, asked, strict=True)]
                )
            )
            for method, rows_ in ranked.items()
        }
        name = "sentence first" if depth == 1 else f"in top {depth}"
        yield Figure(f"{what}: {name}", figures, len(asked), reach)


def _baseline_ranks(questions: list[str], sentences: list[str]) -> dict[str, list[list[int]]]:
    baselines = Baselines(SentenceTransformerEmbedder.open(), questions, sentences)
    lexical = [baselines.lexical(q, sentences) for q in questions]
    dense = [baselines.dense(q, sentences) for q in questions]
    return {
        method: [[int(n) for n in np.argsort(-s)[:TOP]] for s in scores]
        for method, scores in (
            (LEXICAL, lexical), (DENSE, dense), (FUSED, fused(lexical, dense)),
        )
    }  # fmt: skip


def _ours(
    desk: Desk, question: str, numbers: dict[str, int], places: dict[tuple[int, int], int]
) -> list[int]:
    evidence = desk.assistant.evidence(question).evidence[:TOP]
    return [places[numbers[e.briefing.key], e.sentence.start] for e in evidence]
