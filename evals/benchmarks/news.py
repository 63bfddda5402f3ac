"""RealTimeQA (Kasai et al., NeurIPS 2023): weekly news quizzes over dated articles."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant.assistant import Assistant
from evals.benchmarks.figures import FUSED, OURS, Bench, Figure
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
            assistant = _on_the_day(desk.assistant, row)
            runs = document_runs(desk, row["question"])
            runs[OURS] = _ours(assistant, row["question"], runs[FUSED])
            for method, run in runs.items():
                found[method].append(bool(set(run[:TOP]) & set(row["gold_doc_ids"])))
            cited.append(_is_cited(assistant, row))
            bench.note("Asking", done, len(asked))
    figures = {method: float(np.mean(values)) for method, values in found.items()}
    yield Figure(
        "RealTimeQA news: article in top 5", figures, len(asked),
        max(v for m, v in figures.items() if m != OURS) + 0.05,
    )  # fmt: skip
    yield Figure(
        "RealTimeQA news: answer among cited sentences", {OURS: float(np.mean(cited))}, len(asked)
    )


def _on_the_day(assistant: Assistant, row: Row) -> Assistant:
    """The assistant as of the question's day: "this week" is the quiz's week."""
    day = dt.datetime.strptime(row["date"], "%Y/%m/%d").date()
    return replace(assistant, today=lambda: day)


def _ours(assistant: Assistant, question: str, retrieved: list[str]) -> list[str]:
    """Articles in the order of their best evidence, then as retrieved, as a refusal shows them."""
    evidence = assistant.evidence(question).evidence
    return list(dict.fromkeys([*(e.briefing.key for e in evidence), *retrieved]))


def _is_cited(assistant: Assistant, row: Row) -> bool:
    quotes = normal(" ".join(c.quote for c in assistant.ask(row["question"]).citations))
    return any(normal(answer) in quotes for answer in row["answer"])
