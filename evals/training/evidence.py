"""Windows to train the evidence ranker on, answerable and nearly so.

Every draw makes new near misses, so that no two passes over the data are alike. What is held out
for calibration is whole articles, and whole paragraphs where a row names no article.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

from evals.rows import Row, read
from evals.training.near_misses import (
    MONTHS,
    NAME,
    STOP,
    YEAR,
    Edit,
    QuestionEditor,
    Scene,
    Vectors,
)
from evals.training.written import Written, written
from index.sentences import split

LONGEST = 1_350  # code points of a window, about 300 tokens
HELD_OUT = 12  # one article in so many is held out
WRITTEN_HELD_OUT = 6  # of the written texts: what weighs the ranker's word is fitted on these


@dataclass(frozen=True, slots=True)
class Example:
    """A question and a window, and what is known of it.

    Attributes:
        gold: The sentences that answer; none where nothing does.
        spans: Answers as (sentence, start, end), end exclusive; empty where not known.
        kind: Where it comes from and how it was made, for the figures by kind.
        date: The day it was published, where that is known.
    """

    question: str
    header: str
    sentences: tuple[str, ...]
    gold: frozenset[int]
    spans: tuple[tuple[int, int, int], ...]
    kind: str
    date: dt.date | None = None


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


def window(example: Example, rng: random.Random) -> Example:
    """Cut a window that is too long, around the sentence that answers or a random one."""
    sentences = example.sentences
    centre = min(example.gold) if example.gold else rng.randrange(len(sentences))
    first = last = centre
    size = len(sentences[centre])
    while first > 0 or last < len(sentences) - 1:
        forward = last < len(sentences) - 1 and (first == 0 or rng.random() < 0.5)
        step = last + 1 if forward else first - 1
        size += len(sentences[step])
        if size > LONGEST:
            break
        first, last = min(first, step), max(last, step)
    return replace(
        example,
        sentences=sentences[first : last + 1],
        gold=frozenset(g - first for g in example.gold if first <= g <= last),
        spans=tuple((s - first, a, b) for s, a, b in example.spans if first <= s <= last),
    )


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


Vectors2D = npt.NDArray[np.float32]
Maker = Callable[[random.Random], Example | None]


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
        self._editor = QuestionEditor(vectors, self._rng)

        def rows(name: str, *keys: str) -> list[Row]:
            return [
                row
                for row in read(data / f"{name}.jsonl.xz")
                if is_held_out(next(row[k] for k in keys if row.get(k))) == held_out
            ]

        self.squad = Articles(rows("squad_spans", "title", "context"), embed)
        people = [r for r in rows("qamr_spans", "doc") if _stands_alone(r["question"])]
        self._people = Articles(people, embed, pool="source")
        self._natural = Articles(rows("nq_spans", "title", "context"), embed, pool="source")
        several = rows("multispan", "context")
        self._several = Articles([r for r in several if r["answers"]], embed, pool="source")
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
            (0.36, self._squad_example), (0.10, self._people_example),
            (0.04, self._sentence_example), (0.05, self._natural_example),
            (0.03, self._list_example("selqa")), (0.04, self._list_example("ares_synthetic")),
            (0.01, self._several_example), (0.02, self._people_s_own_example),
            (0.18, self._written_example(self._on_paragraphs)),
            (0.17, self._written_example(self._on_briefings)),
        ]  # fmt: skip

    def draw(self) -> Iterator[Example]:
        """Examples without end."""
        weights = [weight for weight, _ in self._makers]
        while True:
            _, make = self._rng.choices(self._makers, weights)[0]
            example = make(self._rng)
            if example is None or not example.sentences:
                continue
            yield self._dressed(window(example, self._rng))

    @staticmethod
    def _grouped(rows: Sequence[Row]) -> list[list[Row]]:
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            groups[row["group"]].append(row)
        return [g for g in groups.values() if any(r["label"] for r in g) and len(g) > 1]

    def _squad_example(self, rng: random.Random) -> Example | None:
        number = rng.randrange(len(self.squad.asked))
        return self._span_example(self.squad, number, rng, "squad")

    def _natural_example(self, rng: random.Random) -> Example | None:
        number = rng.randrange(len(self._natural.asked))
        return self._span_example(self._natural, number, rng, "nq")

    def _several_example(self, rng: random.Random) -> Example | None:
        number = rng.randrange(len(self._several.asked))
        return self._answerable(self._several, number, "several")

    @staticmethod
    def _written_example(asked: Sequence[Written]) -> Maker:
        """Questions written for this: traps that people set, and their answerable twins."""

        def make(rng: random.Random) -> Example | None:
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

    def _people_s_own_example(self, rng: random.Random) -> Example | None:
        """SQuAD's own unanswerable questions, few but of the true kind."""
        if not self.squad.unanswerable:
            return None
        asked = rng.choice(self.squad.unanswerable)
        paragraph = self.squad.paragraphs[asked.paragraph]
        return Example(
            asked.question, paragraph.title, paragraph.sentences, frozenset(), (), "written"
        )

    def _span_example(
        self, articles: Articles, number: int, rng: random.Random, name: str
    ) -> Example | None:
        """The question with its paragraph, or one of the ways to take the answer away."""
        ways: list[tuple[float, Callable[[Articles, int, random.Random], Example | None]]] = [
            (0.47, lambda a, n, _: self._told(a, n, name)),
            (0.12, self._same_edit), (0.12, self._elsewhere), (0.05, self._removed),
            (0.20, self._edited_question), (0.06, self._edited_passage),
        ]  # fmt: skip
        chosen = rng.choices(ways, [weight for weight, _ in ways])[0][1]
        made = chosen(articles, number, rng) or self._answerable(articles, number, name)
        asked = articles.asked[number]
        return self._widened(made, articles, asked, rng)

    def _answerable(self, articles: Articles, number: int, name: str) -> Example | None:
        asked = articles.asked[number]
        paragraph = articles.paragraphs[asked.paragraph]
        gold, spans = locate(paragraph.sentences, paragraph.text, asked.answers)
        if not gold:
            return None
        return Example(asked.question, paragraph.title, paragraph.sentences, gold, spans, name)

    def _told(self, articles: Articles, number: int, name: str) -> Example | None:
        """Answerable; now and then the answering sentence leans on one before it."""
        made = self._answerable(articles, number, name)
        if made is None:
            return None
        roll = self._rng.random()
        if roll < 0.1:
            return _leaning(made, self._rng) or made
        return replace(made, question=_shortened(made.question)) if roll < 0.14 else made

    def _edit(self, articles: Articles, number: int) -> Edit | None:
        asked = articles.asked[number]
        text = articles.paragraphs[asked.paragraph].text
        article = articles.article(asked.paragraph)
        return self._editor.edit(Scene(asked.question, text, asked.texts, article))

    def _edited_question(
        self, articles: Articles, number: int, rng: random.Random
    ) -> Example | None:
        edit = self._edit(articles, number)
        if edit is None:
            return None
        paragraph = articles.paragraphs[articles.asked[number].paragraph]
        return Example(
            edit.question, paragraph.title, paragraph.sentences, frozenset(), (), edit.kind
        )

    def _edited_passage(
        self, articles: Articles, number: int, rng: random.Random
    ) -> Example | None:
        """The question as people wrote it; what it names replaced in the passage."""
        edit, base = self._edit(articles, number), self._answerable(articles, number, "passage")
        if edit is None or base is None or not edit.old or not edit.new:
            return None
        changed = _exchanged(base, edit.old, edit.new, both_ways=False)
        if changed is None:
            return None
        return replace(changed, gold=frozenset(), spans=())

    def _same_edit(self, articles: Articles, number: int, rng: random.Random) -> Example | None:
        """The same replacement in question and passage: still answered."""
        edit, base = self._edit(articles, number), self._answerable(articles, number, "same-edit")
        if edit is None or base is None or not edit.new:
            return None
        if edit.kind == "condition":
            return self._true_condition(base, rng)
        if not edit.old:
            return None
        changed = _exchanged(base, edit.old, edit.new, both_ways=True)
        return None if changed is None else replace(changed, question=edit.question)

    @staticmethod
    def _true_condition(base: Example, rng: random.Random) -> Example | None:
        """A condition added that the answering sentence does speak of."""
        sentence = base.sentences[min(base.gold)]
        years = [m for m in YEAR.finditer(sentence) if m.group() not in base.question]
        held = [y for y in years if not any(a <= y.start() < b for _, a, b in base.spans)]
        if not held or not base.question.endswith("?"):
            return None
        return replace(base, question=f"{base.question[:-1]} in {rng.choice(held).group()}?")

    def _elsewhere(self, articles: Articles, number: int, rng: random.Random) -> Example | None:
        near = articles.nearest(number, 3)
        if not near:
            return None
        paragraph = articles.paragraphs[rng.choice(near)]
        question = articles.asked[number].question
        return Example(question, paragraph.title, paragraph.sentences, frozenset(), (), "elsewhere")

    def _removed(self, articles: Articles, number: int, rng: random.Random) -> Example | None:
        base = self._answerable(articles, number, "removed")
        if base is None:
            return None
        rest = tuple(s for n, s in enumerate(base.sentences) if n not in base.gold)
        held = [a.lower() for a in articles.asked[number].texts]
        if len(rest) < 2 or any(a in s.lower() for a in held for s in rest):
            return None
        return replace(base, sentences=rest, gold=frozenset(), spans=())

    def _widened(
        self, made: Example | None, articles: Articles, asked: Asked, rng: random.Random
    ) -> Example | None:
        """Sentences of the neighbouring paragraphs before or after, now and then."""
        if made is None or rng.random() > 0.25:
            return made
        before = articles.beside(asked.paragraph, asked.texts, -1)[-rng.randint(1, 3) :]
        after = articles.beside(asked.paragraph, asked.texts, 1)[: rng.randint(1, 3)]
        if rng.random() < 0.5:
            before = ()
        return _shifted(made, before, after)

    def _people_example(self, rng: random.Random) -> Example | None:
        """Who did what: a sentence and its questions among sentences like it."""
        number = rng.randrange(len(self._people.asked))
        roll = rng.random()
        if roll < 0.62:
            made = self._told(self._people, number, "people")
        elif roll < 0.90:
            made = self._edited_question(self._people, number, rng)
        else:
            made = self._same_edit(self._people, number, rng)
        near = self._people.nearest(number, 6)
        if made is None or not near:
            return made
        others = rng.sample(near, min(len(near), rng.choice((0, 1, 2, 3))))
        around = [s for n in others for s in self._people.paragraphs[n].sentences]
        place = rng.randint(0, len(around))
        widened = _shifted(made, tuple(around[:place]), tuple(around[place:]))
        if around and rng.random() < 0.12:
            return Example(made.question, "", tuple(around), frozenset(), (), "elsewhere")
        return replace(widened, header="")

    def _sentence_example(self, rng: random.Random) -> Example | None:
        """A question and its sentence among the sentences nearest to it."""
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

        def make(rng: random.Random) -> Example | None:
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


def _leaning(example: Example, rng: random.Random) -> Example | None:
    """The name that the answering sentence begins with, said before, becomes a pronoun.

    None where it begins with none, or where the answer or nothing before it holds the name.
    """
    number = min(example.gold)
    sentence = example.sentences[number]
    match = NAME.match(sentence)
    if match is None or not re.match(r" [a-z]", sentence[match.end() :]):
        return None
    name = match.group()
    if name.split()[0].lower() in STOP:
        return None
    before = " ".join(example.sentences[:number])
    if name.split()[-1] not in before or any(
        s == number and a < match.end() for s, a, _ in example.spans
    ):
        return None
    pronoun = rng.choice(("He", "She", "It", "They", "This one", "The same"))
    moved = len(pronoun) - match.end()
    changed = pronoun + sentence[match.end() :]
    return replace(
        example,
        sentences=(*example.sentences[:number], changed, *example.sentences[number + 1 :]),
        spans=tuple(
            (s, a + moved, b + moved) if s == number else (s, a, b) for s, a, b in example.spans
        ),
    )


def _shortened(question: str) -> str:
    """A question without the phrase at its end that narrows it: "…, in 2004?"."""
    match = re.match(r"(.{25,}?),? (?:in|during|after|before|with|from|by|under) [^?]{3,40}\?$",
                     question)  # fmt: skip
    return f"{match[1]}?" if match and len(match[1].split()) > 5 else question


def _shifted(example: Example, before: tuple[str, ...], after: tuple[str, ...]) -> Example:
    moved = len(before)
    return replace(
        example,
        sentences=(*before, *example.sentences, *after),
        gold=frozenset(g + moved for g in example.gold),
        spans=tuple((s + moved, a, b) for s, a, b in example.spans),
    )


def _exchanged(example: Example, old: str, new: str, *, both_ways: bool) -> Example | None:
    """Replace `old` by `new` in every sentence (and `new` by `old`), outside the answers."""
    pattern = re.compile(rf"\b(?:{re.escape(old)}|{re.escape(new)})\b", re.IGNORECASE)
    sentences: list[str] = []
    spans = list(example.spans)
    found = False
    for number, sentence in enumerate(example.sentences):
        parts: list[str] = []
        last = 0
        for match in pattern.finditer(sentence):
            is_old = match.group().lower() == old.lower()
            if not is_old and not both_ways:
                continue
            at = [(a, b) for s, a, b in example.spans if s == number]
            if any(a < match.end() and match.start() < b for a, b in at):
                return None
            found = found or is_old
            put = new if is_old else old
            parts += [sentence[last : match.start()], put]
            last = match.end()
            moved = len(put) - len(match.group())
            spans = [
                (s, a + moved, b + moved) if s == number and a0 >= match.end() else (s, a, b)
                for (s, a, b), (_, a0, _) in zip(spans, example.spans, strict=True)
            ]
        sentences.append("".join(parts) + sentence[last:])
    return replace(example, sentences=tuple(sentences), spans=tuple(spans)) if found else None


def _nearest_sentences(sentences: Sequence[str]) -> npt.NDArray[np.int64]:
    """For every sentence the ten most like it by words."""
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(sentences)
    rows = []
    for at in range(0, len(sentences), 500):
        likeness = (vectors[at : at + 500] @ vectors.T).toarray()
        likeness[np.arange(likeness.shape[0]), np.arange(at, at + likeness.shape[0])] = -1
        rows.append(np.argpartition(-likeness, 10, axis=1)[:, :10])
    return np.concatenate(rows)
