"""Measure the evidence ranker on sets it never saw: `python -m evals.training.measure --data DIR`.

Ours stands beside three baselines in one run: lexical (BM25 within the window), dense (cosine of
the base model's vectors) and their fusion (both standardised over the set, added up). "combined"
is ours with a share of the fusion.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import torch
from sklearn.metrics import roc_auc_score

from assistant.ranker import WEIGHTS, LearnedRanker, Window, WindowScore
from corpus.briefing import Span
from evals.training.evidence import Row, read
from index.embedding import SentenceTransformerEmbedder, embedded_directory
from index.sentences import split

Floats = npt.NDArray[np.float64]
Scored = TypeVar("Scored")
SETS = ("squad", "wikiqa", "trecqa", "clapnq")
METHODS = ("lexical", "dense", "fused", "ours", "combined")
# BM25's usual constants.
K1, B = 1.2, 0.75
# How much of the fused baseline is added to our logit in "combined".
FUSED_SHARE = 0.3
# How far below the best sentence others are cited too, in logits.
MARGINS = (2.0, 3.0, 4.0, 5.0, 6.0)


@dataclass(frozen=True, slots=True)
class Case:
    """A question with a window's sentences and those that answer; none where nothing does."""

    question: str
    window: Window
    gold: frozenset[int]

    @property
    def sentences(self) -> list[str]:
        """The window's sentences."""
        return [span.of(self.window.text) for span in self.window.sentences]


@dataclass(frozen=True, slots=True)
class Judged:
    """For every case and method: each sentence's score, and the window's."""

    sentences: dict[str, list[Floats]]
    windows: dict[str, Floats]


def joined(header: str, sentences: Sequence[str]) -> Window:
    """A window of sentences that came apart."""
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    return Window(header, " ".join(sentences), tuple(spans))


class Baselines:
    """Lexical and dense scores of sentences.

    Args:
        embedder: The base model.
        cases: The set; word frequencies are its own.
    """

    def __init__(self, embedder: SentenceTransformerEmbedder, cases: Sequence[Case]) -> None:
        texts = {sentence for case in cases for sentence in case.sentences}
        questions = {case.question for case in cases}
        every = sorted(texts | questions)
        self._vectors = dict(zip(every, embedder.embed(every), strict=True))
        self._words = {text: Counter(_words(text)) for text in every}
        counts = Counter(word for text in texts for word in self._words[text])
        self._idf = {
            word: math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for word, n in counts.items()
        }
        self._mean = sum(self._words[text].total() for text in texts) / len(texts)

    def dense(self, case: Case) -> Floats:
        """Cosine of question and sentence."""
        asked = self._vectors[case.question]
        return np.array([float(asked @ self._vectors[s]) for s in case.sentences])

    def lexical(self, case: Case) -> Floats:
        """BM25 of the question's words in each sentence."""
        return np.array([self._bm25(case.question, s) for s in case.sentences])

    def _bm25(self, question: str, sentence: str) -> float:
        held = self._words[sentence]
        norm = K1 * (1 - B + B * held.total() / self._mean)
        return sum(
            self._idf.get(word, 0.0) * held[word] * (K1 + 1) / (held[word] + norm)
            for word in self._words[question]
            if word in held
        )


def _words(text: str) -> list[str]:
    return [word.rstrip("s") for word in re.findall(r"\w+", text.lower())]


def judge(
    cases: Sequence[Case], ranker: LearnedRanker, embedder: SentenceTransformerEmbedder
) -> Judged:
    """Score a set by every method."""
    baselines = Baselines(embedder, cases)
    found: dict[str, list[Floats]] = {
        "lexical": [baselines.lexical(case) for case in cases],
        "dense": [baselines.dense(case) for case in cases],
    }
    found["fused"] = [
        one + other
        for one, other in zip(_standard(found["lexical"]), _standard(found["dense"]), strict=True)
    ]
    windows = {name: np.array([s.max() for s in scores]) for name, scores in found.items()}
    ours = scored(cases, ranker)
    found["ours"] = [np.array(score.sentences) for score in ours]
    found["combined"] = [
        one + FUSED_SHARE * other
        for one, other in zip(found["ours"], _standard(found["fused"]), strict=True)
    ]
    windows["combined"] = np.array([s.max() for s in found["combined"]])
    windows["ours"] = np.array([score.answerable for score in ours])
    return Judged(found, windows)


def scored(cases: Sequence[Case], ranker: LearnedRanker) -> list[WindowScore]:
    """Ours, the windows of one question together."""
    by_question: dict[str, list[int]] = defaultdict(list)
    for number, case in enumerate(cases):
        by_question[case.question].append(number)
    found: dict[int, WindowScore] = {}
    for question, numbers in by_question.items():
        scores = ranker.score(question, [cases[n].window for n in numbers])
        found.update(zip(numbers, scores, strict=True))
    return [found[number] for number in range(len(cases))]


def _standard(scores: Sequence[Floats]) -> list[Floats]:
    together = np.concatenate(scores)
    return [(s - together.mean()) / (together.std() + 1e-9) for s in scores]


def first(cases: Sequence[Case], scores: Sequence[Floats]) -> float:
    """How often the best sentence is one that answers, over answerable cases."""
    right = [int(s.argmax()) in c.gold for c, s in zip(cases, scores, strict=True) if c.gold]
    return float(np.mean(right))


def average_precision(cases: Sequence[Case], scores: Sequence[Floats]) -> float:
    """Mean average precision, over answerable cases."""
    return float(
        np.mean([np.mean([(k + 1) / r for k, r in enumerate(rs)]) for rs in _ranks(cases, scores)])
    )


def reciprocal_rank(cases: Sequence[Case], scores: Sequence[Floats]) -> float:
    """Mean reciprocal rank of the first that answers, over answerable cases."""
    return float(np.mean([1 / ranks[0] for ranks in _ranks(cases, scores)]))


def _ranks(cases: Sequence[Case], scores: Sequence[Floats]) -> list[list[int]]:
    return [
        [rank for rank, s in enumerate(np.argsort(-score), 1) if int(s) in case.gold]
        for case, score in zip(cases, scores, strict=True)
        if case.gold
    ]


def auroc(cases: Sequence[Case], windows: Floats) -> float:
    """How well windows that answer stand above those that do not."""
    return float(roc_auc_score([bool(case.gold) for case in cases], windows))


def squad(data: Path, sample: int) -> list[Case]:
    """SQuAD 2.0 development questions with their paragraphs."""
    cases = []
    for row in read(data / "squad2-dev-half" / "dev.jsonl.xz"):
        spans = tuple(split(row["context"]))
        window = Window(row["title"].replace("_", " ") + ".", row["context"], spans)
        for asked in row["qas"]:
            starts = [a["answer_start"] for a in asked["answers"]]
            gold = frozenset(
                n for n, (begin, end) in enumerate(spans) if any(begin <= s < end for s in starts)
            )
            if gold or asked["is_impossible"]:
                cases.append(Case(asked["question"], window, gold))
    return _sampled(cases, sample)


def wikiqa(data: Path, sample: int) -> list[Case]:
    """WikiQA test: an article's first section, sentence by sentence."""
    groups = _groups(data / "answer-sentence" / "wikiqa_test.jsonl.xz")
    cases = [
        Case(
            rows[0]["question"],
            joined(rows[0]["title"] + ".", [r["sentence"] for r in rows]),
            frozenset(n for n, r in enumerate(rows) if r["label"]),
        )
        for rows in groups
    ]
    return _sampled(cases, sample)


def trecqa(data: Path) -> list[tuple[str, list[Case], frozenset[int]]]:
    """TREC-QA test: sentences of different articles, so that each is a window of its own."""
    found = []
    for rows in _groups(data / "answer-sentence" / "trecqa_test.jsonl.xz"):
        gold = frozenset(n for n, r in enumerate(rows) if r["label"])
        if 0 < len(gold) < len(rows):
            cases = [
                Case(
                    r["question"], joined("", [r["sentence"]]), frozenset({0} if r["label"] else ())
                )
                for r in rows
            ]
            found.append((rows[0]["question"], cases, gold))
    return found


def clapnq(data: Path, sample: int) -> list[Case]:
    """ClapNQ development: long answers, with the sentences they were written from."""
    cases = []
    for name in ("dev_answerable", "dev_unanswerable"):
        for row in read(data / "clapnq" / f"{name}.jsonl.xz"):
            passage = row["passages"][0]
            chosen = {s for output in row["output"] for s in output["selected_sentences"]}
            sentences = passage["sentences"]
            gold = frozenset(n for n, s in enumerate(sentences) if s in chosen)
            if gold or name == "dev_unanswerable":
                window = joined(passage["title"] + ".", sentences)
                cases.append(Case(row["input"], window, gold))
    return _sampled(cases, sample)


def _groups(path: Path) -> list[list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in read(path):
        groups[row["group"]].append(row)
    return list(groups.values())


def _sampled(cases: list[Case], sample: int) -> list[Case]:
    if not sample or sample >= len(cases):
        return cases
    return random.Random(7).sample(cases, sample)


def citation_f1(
    cases: Sequence[Case], scores: Sequence[Floats], margin: float | None = None
) -> float:
    """F1 of the sentences cited: the two best, or the best and all within `margin` of it."""
    values = []
    for case, score in zip(cases, scores, strict=True):
        if not case.gold:
            continue
        best = {int(s) for s in np.argsort(-score)[:2]}
        if margin is not None:
            best = {n for n, s in enumerate(score) if s >= score.max() - margin}
        hit = len(best & case.gold)
        values.append(2 * hit / (len(best) + len(case.gold)))
    return float(np.mean(values))


class Table:
    """Figures by name and method, printed as they come."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, float]] = {}

    def add(self, name: str, figures: dict[str, float]) -> None:
        """One line of the table."""
        self.rows[name] = {method: round(value, 4) for method, value in figures.items()}
        line = "  ".join(f"{method} {value:.3f}" for method, value in figures.items())
        print(f"{name:42} {line}", flush=True)  # noqa: T201


@dataclass(frozen=True, slots=True)
class Bench:
    """What every measurement needs: data, models, and a table to write to."""

    data: Path
    ranker: LearnedRanker
    embedder: SentenceTransformerEmbedder
    sample: int
    table: Table

    def squad(self) -> None:
        """Which sentence of a paragraph; and whether any, of adversarial questions."""
        cases = squad(self.data, self.sample)
        judged = judge(cases, self.ranker, self.embedder)
        self.table.add("SQuAD2 half-dev, sentence first", _each(first, cases, judged.sentences))
        self.table.add("SQuAD2 half-dev, answerable AUROC", _each(auroc, cases, judged.windows))
        self.table.add("ms a window, twelve at once", {"ours": _pace(cases[:200], self.ranker)})

    def wikiqa(self) -> None:
        """Which sentence of an article's first section; and whether any."""
        cases = wikiqa(self.data, self.sample)
        judged = judge(cases, self.ranker, self.embedder)
        self.table.add("WikiQA test, MAP", _each(average_precision, cases, judged.sentences))
        self.table.add("WikiQA test, MRR", _each(reciprocal_rank, cases, judged.sentences))
        self.table.add("WikiQA test, any answers AUROC", _each(auroc, cases, judged.windows))

    def trecqa(self) -> None:
        """Which of single sentences of many articles."""
        cases, scores = _trec(self.data, self.ranker, self.embedder)
        self.table.add("TREC-QA test, MAP", _each(average_precision, cases, scores))
        self.table.add("TREC-QA test, MRR", _each(reciprocal_rank, cases, scores))

    def clapnq(self) -> None:
        """Which sentences a long answer cites; and whether the passage answers."""
        cases = clapnq(self.data, self.sample)
        judged = judge(cases, self.ranker, self.embedder)
        cited = _each(citation_f1, cases, judged.sentences)
        self.table.add("ClapNQ dev, citation F1, two best", cited)
        for margin in MARGINS:
            value = citation_f1(cases, judged.sentences["ours"], margin)
            self.table.add(f"ClapNQ dev, citation F1, within {margin}", {"ours": value})
        self.table.add("ClapNQ dev, refusal AUROC", _each(auroc, cases, judged.windows))


def _each(
    measure: Callable[[Sequence[Case], Scored], float],
    cases: Sequence[Case],
    by_method: dict[str, Scored],
) -> dict[str, float]:
    return {method: measure(cases, by_method[method]) for method in METHODS}


def _trec(
    data: Path, ranker: LearnedRanker, embedder: SentenceTransformerEmbedder
) -> tuple[list[Case], dict[str, list[Floats]]]:
    groups = trecqa(data)
    every = [case for _, cases, _ in groups for case in cases]
    judged = judge(every, ranker, embedder)
    asked: list[Case] = []
    scores: dict[str, list[Floats]] = {method: [] for method in METHODS}
    at = 0
    for question, cases, gold in groups:
        asked.append(Case(question, cases[0].window, gold))
        for method in METHODS:
            rows = judged.sentences[method][at : at + len(cases)]
            scores[method].append(np.array([row[0] for row in rows]))
        at += len(cases)
    return asked, scores


def _pace(cases: Sequence[Case], ranker: LearnedRanker) -> float:
    windows = [case.window for case in cases]
    times = []
    for at in range(0, len(windows) - 12, 12):
        begun = time.perf_counter()
        ranker.score(cases[at].question, windows[at : at + 12])
        times.append((time.perf_counter() - begun) / 12)
    return float(np.median(times)) * 1000


def main() -> None:
    """Print the table; write it as JSON where asked to."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.measure", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the measuring sets")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--sample", type=int, default=0, help="so many cases a set at most")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=SETS)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", type=Path, help="write the figures here")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    ranker = LearnedRanker.open(embedded_directory(), arguments.weights)
    embedder = SentenceTransformerEmbedder.open()
    bench = Bench(arguments.data, ranker, embedder, arguments.sample, Table())
    for name in arguments.sets:
        getattr(bench, name)()
    if arguments.json:
        arguments.json.write_text(json.dumps(bench.table.rows, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
