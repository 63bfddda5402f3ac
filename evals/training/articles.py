"""Paragraphs and the questions asked about them, with the near misses around them."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

from evals.rows import Row
from index.sentences import split

Vectors2D = npt.NDArray[np.float32]
HELD_OUT = 12  # one article in so many is held out
WRITTEN_HELD_OUT = 6  # of the written texts: what weighs the ranker's word is fitted on these


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article, cut into sentences; `pool` is where near misses are sought."""

    title: str
    pool: str
    text: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a paragraph, with its answers as (text, start in the paragraph)."""

    question: str
    paragraph: int
    answers: tuple[tuple[str, int], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The answers' texts."""
        return tuple(text for text, _ in self.answers)


def is_held_out(key: str, one_in: int = HELD_OUT) -> bool:
    """Whether the article or paragraph of this key is kept from training."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % one_in == 0


def cut(text: str) -> tuple[str, ...]:
    """A paragraph's sentences."""
    flat = re.sub(r"\s", " ", text)
    return tuple(span.of(flat) for span in split(flat))


def locate(
    sentences: Sequence[str], text: str, answers: Sequence[tuple[str, int]]
) -> tuple[frozenset[int], tuple[tuple[int, int, int], ...]]:
    """The sentences that hold the answers, and where in them."""
    gold: set[int] = set()
    spans: list[tuple[int, int, int]] = []
    flat = re.sub(r"\s", " ", text)
    at = 0
    for number, sentence in enumerate(sentences):
        at = flat.find(sentence, at)
        for answer, start in answers:
            if at <= start < at + len(sentence):
                gold.add(number)
                spans.append((number, start - at, min(start - at + len(answer), len(sentence))))
        at += len(sentence)
    return frozenset(gold), tuple(dict.fromkeys(spans))


class Articles:
    """Paragraphs and the questions asked about them, with the nearest other paragraphs.

    Args:
        rows: Span rows of one set.
        embed: Unit vectors of texts, for the dense half of nearness.
        pool: The field whose value paragraphs share that may stand for one another; rows
            without it make one pool.
    """

    def __init__(
        self, rows: Sequence[Row], embed: Callable[[list[str]], Vectors2D], pool: str = "title"
    ) -> None:
        numbers: dict[str, int] = {}
        self.paragraphs: list[Paragraph] = []
        self.asked: list[Asked] = []
        self.unanswerable: list[Asked] = []
        for row in rows:
            text = row["context"]
            if text not in numbers:
                numbers[text] = len(self.paragraphs)
                self.paragraphs.append(
                    Paragraph(row.get("title") or "", row.get(pool) or "", text, cut(text))
                )
            answers = tuple((a["text"], a["start"]) for a in row["answers"])
            asked = Asked(row["question"], numbers[text], answers)
            (self.asked if answers else self.unanswerable).append(asked)
        self._pools: dict[str, list[int]] = defaultdict(list)
        for number, paragraph in enumerate(self.paragraphs):
            self._pools[paragraph.pool].append(number)
        self._texts: dict[str, str] = {}
        texts = [p.text for p in self.paragraphs]
        questions = [a.question for a in self.asked]
        lexical = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit(texts)
        self._dense = embed(texts), embed(questions)
        self._sparse = lexical.transform(texts), lexical.transform(questions)

    def article(self, paragraph: int) -> str:
        """The text of a paragraph's article; of its neighbours where it has no title."""
        title = self.paragraphs[paragraph].title
        if not title:
            near = range(max(0, paragraph - 8), min(len(self.paragraphs), paragraph + 8))
            return " \n".join(self.paragraphs[n].text for n in near)
        if title not in self._texts:
            self._texts[title] = " \n".join(p.text for p in self.paragraphs if p.title == title)
        return self._texts[title]

    def nearest(self, number: int, most: int) -> list[int]:
        """The paragraphs of the same article nearest to question `number`, its own left out."""
        asked = self.asked[number]
        pool = self._pools[self.paragraphs[asked.paragraph].pool]
        scores = self._dense[0][pool] @ self._dense[1][number]
        scores = scores + (self._sparse[0][pool] @ self._sparse[1][number].T).toarray()[:, 0]
        held = [a.lower() for a in asked.texts]
        found = []
        for place in np.argsort(-scores):
            text = self.paragraphs[pool[place]].text.lower()
            if pool[place] != asked.paragraph and not any(a in text for a in held):
                found.append(pool[place])
                if len(found) == most:
                    break
        return found

    def beside(self, paragraph: int, answers: Sequence[str], step: int) -> tuple[str, ...]:
        """The sentences of the paragraph before or after, if they hold none of the answers."""
        other = paragraph + step
        if not 0 <= other < len(self.paragraphs):
            return ()
        near = self.paragraphs[other]
        if near.title != self.paragraphs[paragraph].title or not near.title:
            return ()
        lowered = near.text.lower()
        return () if any(a.lower() in lowered for a in answers) else near.sentences
