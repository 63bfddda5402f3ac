"""Questions with their paragraphs, and the ways to take the answer away."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from evals.training.articles import Articles, Asked, locate
from evals.training.examples import Example, exchanged, leaning, shifted, shortened
from evals.training.near_misses import YEAR, Edit, QuestionEditor, Scene


class SpanQuestions:
    """Examples made of one set of questions whose answers are spans.

    Args:
        articles: The set.
        editor: Makes near misses of questions.
        rng: The source of chance.
        kind: What examples are called that are as the set has them.
    """

    def __init__(
        self, articles: Articles, editor: QuestionEditor, rng: random.Random, kind: str
    ) -> None:
        self.articles = articles
        self._editor = editor
        self._rng = rng
        self._kind = kind

    def example(self) -> Example | None:
        """One of the set's questions, with its answer or without."""
        return self.draw(self._rng.randrange(len(self.articles.asked)))

    def draw(self, number: int) -> Example | None:
        """The question with its paragraph, or one of the ways to take the answer away."""
        ways: list[tuple[float, Callable[[int], Example | None]]] = [
            (0.47, self.told),
            (0.12, self.same_edit), (0.12, self._elsewhere), (0.05, self._removed),
            (0.20, self.edited_question), (0.06, self._edited_passage),
        ]  # fmt: skip
        chosen = self._rng.choices(ways, [weight for weight, _ in ways])[0][1]
        made = chosen(number) or self.answerable(number)
        return self._widened(made, self.articles.asked[number])

    def answerable(self, number: int, kind: str = "") -> Example | None:
        """The question with its paragraph; None where the answer is in no sentence."""
        asked = self.articles.asked[number]
        paragraph = self.articles.paragraphs[asked.paragraph]
        gold, spans = locate(paragraph.sentences, paragraph.text, asked.answers)
        if not gold:
            return None
        return Example(
            asked.question, paragraph.title, paragraph.sentences, gold, spans, kind or self._kind
        )

    def told(self, number: int) -> Example | None:
        """Answerable; now and then the answering sentence leans on one before it."""
        made = self.answerable(number)
        if made is None:
            return None
        roll = self._rng.random()
        if roll < 0.1:
            return leaning(made, self._rng) or made
        return replace(made, question=shortened(made.question)) if roll < 0.14 else made

    def _edit(self, number: int) -> Edit | None:
        asked = self.articles.asked[number]
        text = self.articles.paragraphs[asked.paragraph].text
        article = self.articles.article(asked.paragraph)
        return self._editor.edit(Scene(asked.question, text, asked.texts, article))

    def edited_question(self, number: int) -> Example | None:
        """An edited question, which the paragraph does not answer."""
        edit = self._edit(number)
        if edit is None:
            return None
        paragraph = self.articles.paragraphs[self.articles.asked[number].paragraph]
        return Example(
            edit.question, paragraph.title, paragraph.sentences, frozenset(), (), edit.kind
        )

    def _edited_passage(self, number: int) -> Example | None:
        """The question as people wrote it; what it names replaced in the passage."""
        edit, base = self._edit(number), self.answerable(number, "passage")
        if edit is None or base is None or not edit.old or not edit.new:
            return None
        changed = exchanged(base, edit.old, edit.new, both_ways=False)
        if changed is None:
            return None
        return replace(changed, gold=frozenset(), spans=())

    def same_edit(self, number: int) -> Example | None:
        """The same replacement in question and passage: still answered."""
        edit, base = self._edit(number), self.answerable(number, "same-edit")
        if edit is None or base is None or not edit.new:
            return None
        if edit.kind == "condition":
            return _true_condition(base, self._rng)
        if not edit.old:
            return None
        changed = exchanged(base, edit.old, edit.new, both_ways=True)
        return None if changed is None else replace(changed, question=edit.question)

    def _elsewhere(self, number: int) -> Example | None:
        near = self.articles.nearest(number, 3)
        if not near:
            return None
        paragraph = self.articles.paragraphs[self._rng.choice(near)]
        question = self.articles.asked[number].question
        return Example(question, paragraph.title, paragraph.sentences, frozenset(), (), "elsewhere")

    def _removed(self, number: int) -> Example | None:
        base = self.answerable(number, "removed")
        if base is None:
            return None
        rest = tuple(s for n, s in enumerate(base.sentences) if n not in base.gold)
        held = [a.lower() for a in self.articles.asked[number].texts]
        if len(rest) < 2 or any(a in s.lower() for a in held for s in rest):
            return None
        return replace(base, sentences=rest, gold=frozenset(), spans=())

    def _widened(self, made: Example | None, asked: Asked) -> Example | None:
        """Sentences of the neighbouring paragraphs before or after, now and then."""
        if made is None or self._rng.random() > 0.25:
            return made
        before = self.articles.beside(asked.paragraph, asked.texts, -1)[-self._rng.randint(1, 3) :]
        after = self.articles.beside(asked.paragraph, asked.texts, 1)[: self._rng.randint(1, 3)]
        if self._rng.random() < 0.5:
            before = ()
        return shifted(made, before, after)


def _true_condition(base: Example, rng: random.Random) -> Example | None:
    """A condition added that the answering sentence does speak of."""
    sentence = base.sentences[min(base.gold)]
    years = [m for m in YEAR.finditer(sentence) if m.group() not in base.question]
    held = [y for y in years if not any(a <= y.start() < b for _, a, b in base.spans)]
    if not held or not base.question.endswith("?"):
        return None
    return replace(base, question=f"{base.question[:-1]} in {rng.choice(held).group()}?")
