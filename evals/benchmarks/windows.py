"""Questions over given windows: every method scores every sentence."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from assistant.ranker import LearnedRanker, Window, WindowScore
from corpus.briefing import Span
from evals.benchmarks.figures import DENSE, FUSED, LEXICAL, OURS, Note
from evals.benchmarks.measures import Floats, auroc, words
from index.embedding import Embedder, SentenceTransformerEmbedder, embedded_directory

# BM25's usual constants.
K1, B = 1.2, 0.75
T = TypeVar("T")


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
    """For every method: each case's sentences' scores, and how sure it is that any answers."""

    cases: Sequence[Case]
    sentences: Mapping[str, Sequence[Floats]]
    answerable: Mapping[str, Sequence[float]]

    def mean(self, measure: Callable[[Floats, Collection[int]], float]) -> dict[str, float]:
        """A measure's mean over the answerable cases, by method."""
        return {
            method: float(
                np.mean(
                    [measure(s, c.gold) for c, s in zip(self.cases, rows, strict=True) if c.gold]
                )
            )
            for method, rows in self.sentences.items()
        }

    def separation(self) -> dict[str, float]:
        """How well cases that are answered stand above the others (AUROC), by method."""
        labels = [bool(case.gold) for case in self.cases]
        return {method: auroc(scores, labels) for method, scores in self.answerable.items()}

    @property
    def answered(self) -> int:
        """How many cases are answered."""
        return sum(bool(case.gold) for case in self.cases)


def joined(header: str, sentences: Sequence[str]) -> Window:
    """A window of sentences that came apart."""
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    return Window(header, " ".join(sentences), tuple(spans))


class Baselines:
    """Lexical and dense scores of sentences; word frequencies are the set's own.

    Args:
        embedder: The base model.
        questions: All questions.
        sentences: All sentences.
    """

    def __init__(
        self, embedder: Embedder, questions: Sequence[str], sentences: Sequence[str]
    ) -> None:
        texts = set(sentences)
        every = sorted(texts | set(questions))
        self._vectors = dict(zip(every, embedder.embed(every), strict=True))
        self._words = {text: Counter(_stemmed(text)) for text in every}
        counts = Counter(word for text in texts for word in self._words[text])
        self._idf = {
            word: math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for word, n in counts.items()
        }
        self._mean = sum(self._words[text].total() for text in texts) / len(texts)

    def dense(self, question: str, sentences: Sequence[str]) -> Floats:
        """Cosine of question and each sentence."""
        asked = self._vectors[question]
        return np.array([float(asked @ self._vectors[s]) for s in sentences])

    def lexical(self, question: str, sentences: Sequence[str]) -> Floats:
        """BM25 of the question's words in each sentence."""
        return np.array([self._bm25(question, s) for s in sentences])

    def _bm25(self, question: str, sentence: str) -> float:
        held = self._words[sentence]
        norm = K1 * (1 - B + B * held.total() / self._mean)
        return sum(
            self._idf.get(word, 0.0) * held[word] * (K1 + 1) / (held[word] + norm)
            for word in self._words[question]
            if word in held
        )


def _stemmed(text: str) -> list[str]:
    return [word.rstrip("s") for word in words(text)]


def judge(cases: Sequence[Case], note: Note, ranker: LearnedRanker | None = None) -> Judged:
    """Score every case by every method; fused is lexical and dense, standardised, added up."""
    ranker = ranker or LearnedRanker.open(embedded_directory())
    baselines = Baselines(
        SentenceTransformerEmbedder.open(),
        [case.question for case in cases],
        [sentence for case in cases for sentence in case.sentences],
    )
    found: dict[str, list[Floats]] = {
        LEXICAL: [baselines.lexical(case.question, case.sentences) for case in cases],
        DENSE: [baselines.dense(case.question, case.sentences) for case in cases],
    }
    found[FUSED] = fused(found[LEXICAL], found[DENSE])
    answerable = {method: [float(s.max()) for s in rows] for method, rows in found.items()}
    ours = scored(cases, ranker, note)
    found[OURS] = [np.array(score.sentences) for score in ours]
    answerable[OURS] = [score.answerable for score in ours]
    return Judged(cases, found, answerable)


def scored(cases: Sequence[Case], ranker: LearnedRanker, note: Note) -> list[WindowScore]:
    """Ours, the windows of one question together."""
    by_question: dict[str, list[int]] = defaultdict(list)
    for number, case in enumerate(cases):
        by_question[case.question].append(number)
    found: dict[int, WindowScore] = {}
    for question, numbers in by_question.items():
        scores = ranker.score(question, [cases[n].window for n in numbers])
        found.update(zip(numbers, scores, strict=True))
        note("Ranking sentences", len(found), len(cases))
    return [found[number] for number in range(len(cases))]


def fused(one: Sequence[Floats], other: Sequence[Floats]) -> list[Floats]:
    """Both, standardised over the set, added up."""
    return [a + b for a, b in zip(_standard(one), _standard(other), strict=True)]


def _standard(scores: Sequence[Floats]) -> list[Floats]:
    together = np.concatenate(scores)
    return [(s - together.mean()) / (together.std() + 1e-9) for s in scores]


def sampled(cases: Sequence[T], sample: int) -> list[T]:
    """So many of the cases, always the same ones; all of them for 0."""
    if not sample or sample >= len(cases):
        return list(cases)
    return random.Random(7).sample(list(cases), sample)
