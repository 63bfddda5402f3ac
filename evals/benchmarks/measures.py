"""Measures of ranked lists, each with its definition."""

from __future__ import annotations

import math
import re
import string
from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score

Floats = npt.NDArray[np.float64]


def first(scores: Floats, gold: Collection[int]) -> float:
    """1 if the best item is a right one, else 0."""
    return float(int(scores.argmax()) in gold)


def average_precision(scores: Floats, gold: Collection[int]) -> float:
    """The mean of the precision at the rank of each right item."""
    ranks = _ranks(scores, gold)
    return float(np.mean([k / rank for k, rank in enumerate(ranks, 1)]))


def reciprocal_rank(scores: Floats, gold: Collection[int]) -> float:
    """One over the rank of the first right item."""
    return 1 / _ranks(scores, gold)[0]


def _ranks(scores: Floats, gold: Collection[int]) -> list[int]:
    return [rank for rank, n in enumerate(np.argsort(-scores), 1) if int(n) in gold]


def auroc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """How likely a case that is answered scores above one that is not."""
    return float(roc_auc_score(labels, scores))


def balanced_accuracy(scores: Sequence[float], labels: Sequence[bool], bar: float) -> float:
    """The mean of the shares told right of each label; `bar` and above counts as true."""
    said, true = np.array(scores) >= bar, np.array(labels, dtype=bool)
    return float((said[true].mean() + (~said[~true]).mean()) / 2)


def ndcg(ranked: Sequence[str], relevant: Collection[str], depth: int = 10) -> float:
    """Normalised discounted cumulative gain of a ranked list, binary relevance.

    Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", TOIS 20 (2002):
    each relevant item at rank r counts 1 / log2(r + 1), divided by the best sum there could be.
    """
    gain = sum(1 / math.log2(n + 2) for n, i in enumerate(ranked[:depth]) if i in relevant)
    return gain / sum(1 / math.log2(n + 2) for n in range(min(depth, len(relevant))))


def set_f1(chosen: Collection[int], gold: Collection[int]) -> float:
    """The harmonic mean of precision and recall of a set."""
    hit = len(set(chosen) & set(gold))
    return 2 * hit / (len(chosen) + len(gold)) if chosen else 0.0


def token_f1(said: str, wanted: str) -> float:
    """Harmonic mean of precision and recall of words, case and punctuation aside.

    As SQuAD's official script does it (Rajpurkar et al., EMNLP 2016), articles kept.
    """
    one, other = Counter(words(said)), Counter(words(wanted))
    hit = (one & other).total()
    return 2 * hit / (one.total() + other.total()) if one and other else float(one == other)


def words(text: str) -> list[str]:
    """The words of `text` in lower case, without punctuation."""
    return re.findall(r"\w+", text.lower())


def normal(text: str) -> str:
    """An answer as SQuAD's script compares it: no case, punctuation, article or double space."""
    bare = "".join(c for c in text.lower() if c not in string.punctuation + "“”‘’")
    return " ".join(re.sub(r"\b(?:a|an|the)\b", " ", bare).split())
