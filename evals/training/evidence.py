"""Windows to train the evidence ranker on, answerable and nearly so.

Every draw makes new near misses, so that no two passes over the data are alike. What is held out
for calibration is whole articles, and whole paragraphs where a row names no article.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

from evals.rows import Row, read
from evals.training.articles import WRITTEN_HELD_OUT, Articles, Vectors2D, is_held_out
from evals.training.examples import Example, shifted, window
from evals.training.near_misses import MONTHS, STOP, QuestionEditor, Vectors
from evals.training.span_questions import SpanQuestions
from evals.training.written import Written, written

Maker = Callable[[], Example | None]


class TrainingEvidence:
    """All training sets, drawn from in fixed shares.

    Args:
        data: The folder of the training sets.
        embed: Unit vectors of texts.
        vectors: Static vectors of words and names, for edits.
        seed: Fixes every draw.
        held_out: Draw from what is kept from training instead.
    """

    def __init__(
        self,
        data: Path,
        embed: Callable[[list[str]], Vectors2D],
        vectors: Vectors,
        seed: int,
        *,
        held_out: bool = False,
    ) -> None:
        self._rng = random.Random(seed)
        editor = QuestionEditor(vectors, self._rng)

        def rows(name: str, *keys: str) -> list[Row]:
            return [
                row
                for row in read(data / f"{name}.jsonl.xz")
                if is_held_out(next(row[k] for k in keys if row.get(k))) == held_out
            ]

        def asked_of(kind: str, rows: list[Row], pool: str) -> SpanQuestions:
            return SpanQuestions(Articles(rows, embed, pool), editor, self._rng, kind)

        squad = asked_of("squad", rows("squad_spans", "title", "context"), "title")
        self.squad = squad.articles
        people = [r for r in rows("qamr_spans", "doc") if _stands_alone(r["question"])]
        self._people = asked_of("people", people, "source")
        natural = asked_of("nq", rows("nq_spans", "title", "context"), "source")
        several = [r for r in rows("multispan", "context") if r["answers"]]
        self._several = asked_of("several", several, "source")
        self._lists = {
            name: self._grouped(rows(name, "group")) for name in ("selqa", "ares_synthetic")
        }
        self._sentences = rows("squad_positives", "sentence")
        self._near_sentences = _nearest_sentences([r["sentence"] for r in self._sentences])
        every = ((p.text, p.sentences) for p in self.squad.paragraphs)
        asked = [w for w in written(every) if is_held_out(w.key, WRITTEN_HELD_OUT) == held_out]
        self._on_paragraphs = [w for w in asked if not w.title]
        self._on_briefings = [w for w in asked if w.title]
        self._makers: list[tuple[float, Maker]] = [
            (0.28, squad.example), (0.07, self._people_example),
            (0.03, self._sentence_example), (0.05, natural.example),
            (0.03, self._list_example("selqa")), (0.03, self._list_example("ares_synthetic")),
            (0.01, self._several_example), (0.02, self._people_s_own_example),
            (0.28, self._written_example(self._on_paragraphs)),
            (0.20, self._written_example(self._on_briefings)),
        ]  # fmt: skip

    def draw(self) -> Iterator[Example]:
        """Examples without end."""
        weights = [weight for weight, _ in self._makers]
        while True:
            _, make = self._rng.choices(self._makers, weights)[0]
            example = make()
            if example is None or not example.sentences:
                continue
            yield self._dressed(window(example, self._rng))

    @staticmethod
    def _grouped(rows: Sequence[Row]) -> list[list[Row]]:
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            groups[row["group"]].append(row)
        return [g for g in groups.values() if any(r["label"] for r in g) and len(g) > 1]

    def _several_example(self) -> Example | None:
        return self._several.answerable(self._rng.randrange(len(self._several.articles.asked)))

    def _written_example(self, asked: Sequence[Written]) -> Maker:
        """Questions written for this: traps that people set, and their answerable twins."""
        rng = self._rng

        def make() -> Example | None:
            if not asked:
                return None
            one = rng.choice(asked)
            kind = "briefings" if one.title else "paragraphs"
            made = Example(one.question, one.title, one.sentences, one.gold, (), kind)
            if one.title and rng.random() < 0.1:
                # Asked of another briefing, which does not answer it.
                other = rng.choice(asked)
                if other.key != one.key:
                    return Example(
                        one.question, other.title, other.sentences, frozenset(), (), "elsewhere"
                    )
            return replace(made, date=one.date)

        return make

    def _people_s_own_example(self) -> Example | None:
        """SQuAD's own unanswerable questions, few but of the true kind."""
        if not self.squad.unanswerable:
            return None
        asked = self._rng.choice(self.squad.unanswerable)
        paragraph = self.squad.paragraphs[asked.paragraph]
        return Example(
            asked.question, paragraph.title, paragraph.sentences, frozenset(), (), "written"
        )

    def _people_example(self) -> Example | None:
        """Who did what: a sentence and its questions among sentences like it."""
        rng, articles = self._rng, self._people.articles
        number = rng.randrange(len(articles.asked))
        roll = rng.random()
        if roll < 0.62:
            made = self._people.told(number)
        elif roll < 0.90:
            made = self._people.edited_question(number)
        else:
            made = self._people.same_edit(number)
        near = articles.nearest(number, 6)
        if made is None or not near:
            return made
        others = rng.sample(near, min(len(near), rng.choice((0, 1, 2, 3))))
        around = [s for n in others for s in articles.paragraphs[n].sentences]
        place = rng.randint(0, len(around))
        widened = shifted(made, tuple(around[:place]), tuple(around[place:]))
        if around and rng.random() < 0.12:
            return Example(made.question, "", tuple(around), frozenset(), (), "elsewhere")
        return replace(widened, header="")

    def _sentence_example(self) -> Example | None:
        """A question and its sentence among the sentences nearest to it."""
        rng = self._rng
        number = rng.randrange(len(self._sentences))
        row = self._sentences[number]
        near = [self._sentences[n]["sentence"] for n in self._near_sentences[number]]
        around = [s for s in dict.fromkeys(near) if s != row["sentence"]]
        around = rng.sample(around, min(len(around), rng.randint(1, 5)))
        if rng.random() < 0.35:
            return Example(row["question"], "", tuple(around), frozenset(), (), "elsewhere")
        place = rng.randint(0, len(around))
        sentences = (*around[:place], row["sentence"], *around[place:])
        return Example(row["question"], "", sentences, frozenset({place}), (), "sentence")

    def _list_example(self, name: str) -> Maker:
        """A section's sentences, each judged."""
        rng = self._rng

        def make() -> Example | None:
            rows = rng.choice(self._lists[name])
            if rng.random() < 0.35:
                rest = tuple(r["sentence"] for r in rows if not r["label"])
                title = rows[0].get("title", "")
                return Example(rows[0]["question"], title, rest, frozenset(), (), "removed")
            return Example(
                rows[0]["question"], rows[0].get("title", ""),
                tuple(r["sentence"] for r in rows),
                frozenset(n for n, r in enumerate(rows) if r["label"]), (), name,
            )  # fmt: skip

        return make

    def _dressed(self, example: Example) -> Example:
        """Header and question as people may write them."""
        rng = self._rng
        header = example.header.replace("_", " ") if rng.random() < 0.55 else ""
        if example.date:
            header = f"{example.header}. {example.date:%d %B %Y}"
        elif rng.random() < 0.3:
            date = f"{rng.randint(1, 28):02} {rng.choice(MONTHS)} {rng.randint(1990, 2025)}"
            header = f"{header}. {date}" if header else date
        question = example.question.strip()
        if rng.random() < 0.15:
            question = question.lower()
        if rng.random() < 0.12:
            question = question.rstrip("? ")
        return replace(example, question=question, header=f"{header}." if header else "")


def _stands_alone(question: str) -> bool:
    """Whether a question says enough to be asked of more than its own sentence."""
    words = [w for w in re.findall(r"[\w'-]+", question) if w.lower() not in STOP]
    return len(words) >= 2 and len(question.split()) >= 5


def _nearest_sentences(sentences: Sequence[str]) -> npt.NDArray[np.int64]:
    """For every sentence the ten most like it by words."""
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(sentences)
    rows = []
    for at in range(0, len(sentences), 500):
        likeness = (vectors[at : at + 500] @ vectors.T).toarray()
        likeness[np.arange(likeness.shape[0]), np.arange(at, at + likeness.shape[0])] = -1
        rows.append(np.argpartition(-likeness, 10, axis=1)[:, :10])
    return np.concatenate(rows)
