"""SciFact (Wadden et al., EMNLP 2020) as BEIR has it: is the retriever built right?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from evals.benchmarks.figures import FUSED, OURS, Bench, Figure
from evals.benchmarks.libraries import Document, desk_over, paragraphs
from evals.benchmarks.measures import ndcg
from evals.benchmarks.runs import document_runs
from evals.benchmarks.windows import sampled
from evals.rows import read, table


def scifact(bench: Bench) -> Iterator[Figure]:
    """nDCG@10 of abstracts for claims, by the retriever as shipped."""
    folder = bench.data / "scifact"
    documents = [
        Document(row["_id"], row["title"], paragraphs(row["text"]))
        for row in read(folder / "corpus.jsonl.xz")
    ]
    relevant: dict[str, set[str]] = defaultdict(set)
    for query, document, *_ in table(folder / "qrels_validation.tsv"):
        relevant[query].add(document)
    claims = {row["_id"]: row["text"] for row in read(folder / "queries_validation.jsonl")}
    asked = sampled([q for q in claims if q in relevant], bench.sample)
    found: dict[str, list[float]] = defaultdict(list)
    with desk_over(documents, bench.work / "scifact", bench.note) as desk:
        for done, query in enumerate(asked, 1):
            for method, run in document_runs(desk, claims[query]).items():
                found[method].append(ndcg(run, relevant[query]))
            bench.note("Searching", done, len(asked))
    figures = {method: float(np.mean(values)) for method, values in found.items()}
    # What ships is the fusion: here it is not a baseline.
    figures[OURS] = figures.pop(FUSED)
    yield Figure("SciFact test: nDCG@10, retriever as shipped", figures, len(asked), 0.72)
