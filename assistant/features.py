"""What speaks for a sentence: the learned ranker's word, and signs that are read by rule.

The signs are few and each has its reason; how much each counts was fitted on the development
half of the sample suite, and on written questions that the ranker never saw, by
`python -m evals.training.combine`, which prints these weights.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from assistant.acts import acts_in, reports_an_act
from assistant.constraints import Fit
from assistant.question import Query
from corpus.gazetteer import find_places
from index.lexical import terms
from index.retriever import Hit

# The cosine of texts that have little to do with each other.
UNLIKE = 0.2


class Features(NamedTuple):
    """Signs that a sentence answers a question, each about 0 to 1 but for the first.

    Attributes:
        ranker: The learned ranker's logit for the sentence in its window.
        near: How near what the question names stands (`Fit.near`).
        act: 1 if the sentence reports the act that is asked about: "asked", "requested".
        clash: 1 if it reports acts, but none of those.
        words: The share of what the question speaks of that the sentence speaks of, too.
        passage: How like its passage is to the question: the cosine, .2 to .7 made 0 to 1.
    """

    ranker: float
    near: float
    act: float
    clash: float
    words: float
    passage: float


WEIGHTS = Features(ranker=0.78, near=0.77, act=0.52, clash=-0.68, words=1.33, passage=3.25)
# The score at which a sentence is as likely to answer as nothing is.
EVEN = 1.51


def features(query: Query, hit: Hit, sentence: str, logit: float, fitting: Fit) -> Features:
    """Read the signs for one sentence of a passage that was found.

    Args:
        query: The question.
        hit: The passage.
        sentence: The sentence's words.
        logit: The ranker's, that the sentence answers.
        fitting: How the passage fits what the question names.
    """
    asked, told = acts_in(query.text), acts_in(sentence)
    return Features(
        ranker=logit,
        near=fitting.near,
        act=float(bool(asked & told)),
        clash=float(bool(asked and told and not asked & told)),
        words=covered(query.text, sentence),
        passage=(hit.similarity - UNLIKE) * 2,
    )


def probability(signs: Features) -> float:
    """How likely the sentence is to answer, against nothing doing so, 0 to 1."""
    score = sum(w * f for w, f in zip(WEIGHTS, signs, strict=True)) - EVEN
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def covered(question: str, text: str) -> float:
    """The share of what `question` speaks of that `text` speaks of, 0 to 1.

    A country is spoken of by its name, capital or people ("Lima" for Peru), an act by any verb
    that reports it ("requested" for "asked"), all else by the stem of its word.
    """
    wanted = concepts(question)
    return len(wanted & concepts(text)) / len(wanted) if wanted else 0.0


@lru_cache(maxsize=8192)
def concepts(text: str) -> frozenset[str]:
    """The countries, acts and stems that stand for what `text` speaks of."""
    places = find_places(text)
    rest = list(text)
    for place in places:
        rest[place.start : place.end] = " " * (place.end - place.start)
    words = [w for w in terms("".join(rest), most=None) if not reports_an_act(w)]
    return frozenset(
        {f"place {place.name}" for place in places}
        | {f"act {act}" for act in acts_in(text)}
        | stems(" ".join(words))
    )


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The stems of the words of `text` that mean something (Porter's algorithm, 1980)."""
    return frozenset(stem_of(term.casefold()) for term in terms(text, most=None))


@lru_cache(maxsize=65_536)
def stem_of(word: str) -> str:
    """The stem of a folded word (Porter's algorithm, 1980)."""
    # A stemmer holds the word it is at: one for all would mix up those of several threads.
    stem: str = snowballstemmer.stemmer("english").stemWord(word)
    return stem
