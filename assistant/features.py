"""What speaks for a sentence: the learned ranker's word, and signs that are read by rule.

The signs are few and each has its reason; how much each counts was fitted on the development
half of the sample suite by `python -m evals.training.combine`, which prints these weights.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import NamedTuple

import snowballstemmer

from assistant.acts import acts_in
from assistant.constraints import Fit
from assistant.question import Query
from index.lexical import terms
from index.retriever import Hit

# A passage that is not in the dense run at all is as unlike the question as the last one in it.
LEAST_SIMILAR = 0.2


class Features(NamedTuple):
    """Signs that a sentence answers a question, each about 0 to 1 but for the first.

    Attributes:
        ranker: The learned ranker's logit for the sentence in its window.
        near: How near what the question names stands (`Fit.near`).
        act: 1 if the sentence reports the act that is asked about: "asked", "requested".
        clash: 1 if it reports acts, but none of those.
        words: The share of the question's words that it holds, by their stems.
        passage: How like its passage is to the question: the cosine, .2 to .7 made 0 to 1.
    """

    ranker: float
    near: float
    act: float
    clash: float
    words: float
    passage: float


WEIGHTS = Features(
    ranker=0.60, near=1.37, act=0.83, clash=-1.01, words=2.38, passage=2.86
)
# The score at which a sentence is as likely to answer as nothing is.
EVEN = 2.34


def features(query: Query, hit: Hit, sentence: str, logit: float, fitting: Fit) -> Features:
    """Read the signs for one sentence of a passage that was found."""
    asked, told = acts_in(query.text), acts_in(sentence)
    wanted, there = stems(query.text), stems(sentence)
    return Features(
        ranker=logit,
        near=fitting.near,
        act=float(bool(asked & told)),
        clash=float(bool(asked and told and not asked & told)),
        words=len(wanted & there) / len(wanted) if wanted else 0.0,
        passage=((hit.similarity or LEAST_SIMILAR) - LEAST_SIMILAR) * 2,
    )


def probability(signs: Features) -> float:
    """How likely the sentence is to answer, against nothing doing so, 0 to 1."""
    score = sum(w * f for w, f in zip(WEIGHTS, signs, strict=True)) - EVEN
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The stems of the words of `text` that mean something (Porter's algorithm, 1980)."""
    return frozenset(_stemmer().stemWords([term.casefold() for term in terms(text)]))


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")
