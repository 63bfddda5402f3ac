"""RealTimeQA (Kasai et al., NeurIPS 2023): weekly news quizzes over dated articles."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from assistant.assembly import Desk
from evals.benchmarks.figures import OURS, Bench, Figure
from evals.benchmarks.libraries import Document, desk_over, paragraphs
from evals.benchmarks.measures import normal
from evals.benchmarks.runs import document_runs
from evals.benchmarks.windows import sampled
from evals.rows import Row, read

TOP = 5


def articles(data: Path) -> list[Document]:
    """The articles, by their ids."""
    return [
        Document(
            row["id"], row["title"], paragraphs(row["text"]),
            dt.datetime.strptime(row["date"], "%Y/%m/%d").date() if row.get("date") else None,
        )
        for row in read(data / "news" / "corpus.jsonl.xz")
    ]  # fmt: skip


def questions(data: Path, held: set[str]) -> list[Row]:
    """The questions whose article is among those held."""
    rows = read(data / "news" / "questions.jsonl.xz")
    return [row for row in rows if held & set(row["gold_doc_ids"])]


def news(bench: Bench) -> Iterator[Figure]:
    """Is the article among the first five; is the answer in what is cited."""
    documents = articles(bench.data)
    asked = sampled(questions(bench.data, {d.key for d in documents}), bench.sample)
    found: dict[str, list[bool]] = defaultdict(list)
    cited: list[bool] = []
    with desk_over(documents, bench.work / "news", bench.note) as desk:
        for done, row in enumerate(asked, 1):
            runs = {**document_runs(desk, row["question"]), OURS: _ours(desk, row["question"])}
            for method, run in runs.items():
                found[method].append(bool(set(run[:TOP]) & set(row["gold_doc_ids"])))
            cited.append(_is_cited(desk, row))
            bench.note("Asking", done, len(asked))
    figures = {method: float(np.mean(values)) for method, values in found.items()}
    yield Figure(
        "RealTimeQA news: article in top 5", figures, len(asked),
        max(v for m, v in figures.items() if m != OURS) + 0.05,
    )  # fmt: skip
    yield Figure(
        "RealTimeQA news: answer among cited sentences", {OURS: float(np.mean(cited))}, len(asked)
    )


def _ours(desk: Desk, question: str) -> list[str]:
    """Articles in the order of their best evidence."""
    evidence = desk.assistant.evidence(question).evidence
    return list(dict.fromkeys(e.briefing.key for e in evidence))


def _is_cited(desk: Desk, row: Row) -> bool:
    quotes = normal(" ".join(c.quote for c in desk.assistant.ask(row["question"]).citations))
    return any(normal(answer) in quotes for answer in row["answer"])
