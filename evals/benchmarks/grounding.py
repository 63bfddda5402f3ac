"""Does a text bear a claim? Published sets of grounded and ungrounded claims.

WiCE (Kamoi et al., EMNLP 2023), QAGS (Wang et al., ACL 2020), FM2 (Eisenschlos et al., NAACL 2021)
and SummEdits (Laban et al., EMNLP 2023), the parts that nothing was trained on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.metrics import roc_curve

from assistant.support import LearnedSupport
from evals.benchmarks.figures import DENSE, LEXICAL, OURS, Bench, Figure, Note
from evals.benchmarks.measures import auroc, balanced_accuracy, words
from evals.benchmarks.windows import sampled
from evals.rows import Row, read
from index.embedding import SentenceTransformerEmbedder, embedded_directory
from index.sentences import split

# Source and part; SummEdits is of seven kinds of text, counted together.
SETS = {
    "WiCE dev": ("wice", "dev"),
    "QAGS CNN/DailyMail": ("qags-cnndm", "test"),
    "QAGS XSum": ("qags-xsum", "test"),
    "FM2 test": ("fm2", "test"),
    "SummEdits test": ("summedits", "test"),
}
PAIRS_AT_ONCE = 32
BORNE = 0.5  # ours says so itself; a baseline's bar is the one best for it on the set
PASSAGE_WORDS = 120  # longer premises are embedded in parts, of which the likest counts


def grounding(bench: Bench) -> Iterator[Figure]:
    """How well claims that are borne stand above the others, and how many are told apart."""
    rows = read(bench.data / "grounding" / "pairs.jsonl.xz")
    support = LearnedSupport.open(embedded_directory())
    embedder = SentenceTransformerEmbedder.open()
    for what, (source, part) in SETS.items():
        of_set = [r for r in rows if r["source"].startswith(source) and r["split"] == part]
        cases = sampled(of_set, bench.sample)
        labels = [bool(row["label"]) for row in cases]
        if len(set(labels)) < 2:
            continue
        scores = {
            LEXICAL: [_overlap(row) for row in cases],
            DENSE: _likeness(cases, embedder),
            OURS: _supported(cases, support, bench.note),
        }
        yield Figure(
            f"{what}: borne or not, AUROC",
            {method: auroc(found, labels) for method, found in scores.items()},
            len(cases),
        )
        bars = {method: _best_bar(found, labels) for method, found in scores.items()}
        bars[OURS] = BORNE
        yield Figure(
            f"{what}: balanced accuracy (baselines at their best bar)",
            {m: balanced_accuracy(found, labels, bars[m]) for m, found in scores.items()},
            len(cases),
        )


def _supported(cases: Sequence[Row], support: LearnedSupport, note: Note) -> list[float]:
    found: list[float] = []
    for at in range(0, len(cases), PAIRS_AT_ONCE):
        pairs = [(row["premise"], row["claim"]) for row in cases[at : at + PAIRS_AT_ONCE]]
        found += support.score(pairs)
        note("Reading claims", len(found), len(cases))
    return found


def _overlap(row: Row) -> float:
    """The share of the claim's words that the premise has."""
    claim, premise = words(row["claim"]), set(words(row["premise"]))
    return sum(word in premise for word in claim) / max(1, len(claim))


def _likeness(cases: Sequence[Row], embedder: SentenceTransformerEmbedder) -> list[float]:
    """The cosine of the claim and the part of the premise likest to it."""
    parts = {row["premise"]: _parts(row["premise"]) for row in cases}
    texts = sorted({part for found in parts.values() for part in found})
    texts += sorted({row["claim"] for row in cases} - set(texts))
    vectors = dict(zip(texts, embedder.embed(texts), strict=True))
    return [
        max(float(vectors[row["claim"]] @ vectors[part]) for part in parts[row["premise"]])
        for row in cases
    ]


def _parts(premise: str) -> list[str]:
    parts: list[str] = []
    size = PASSAGE_WORDS
    for span in split(premise):
        sentence = span.of(premise)
        count = len(sentence.split())
        if size + count > PASSAGE_WORDS:
            parts.append(sentence)
            size = count
        else:
            parts[-1] += f" {sentence}"
            size += count
    return parts or [premise]


def _best_bar(scores: Sequence[float], labels: Sequence[bool]) -> float:
    false, true, bars = roc_curve(labels, scores)
    return float(bars[np.argmax(true - false)])
