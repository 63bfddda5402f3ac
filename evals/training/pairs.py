"""Pairs of a premise and a claim to train support on, from everything at hand."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.rows import Row, read
from evals.training.articles import WRITTEN_HELD_OUT, cut, is_held_out, locate
from evals.training.claims import Claim, claims
from evals.training.near_misses import QuestionEditor, Scene, Vectors
from evals.training.statements import StatementEditor, Told, Wrong
from evals.training.written import Written, written

# Sets of published pairs that are trained on, by source and split; the rest are for measuring.
PUBLISHED = (("fm2", "dev"), ("climate-fever", "test"), ("scifact", "train"),
             ("scifact", "validation"), ("summedits", "evaluation"))  # fmt: skip
LONGEST_WORDS = 260  # of a premise: what is longer would not be read whole
_SUBJECT = re.compile(
    r"(?:Who|What|Which(?: [a-z]+){1,2}) (?P<rest>(?!is\b|are\b|was\b|were\b|did\b|does\b|do\b|"
    r"can\b|could\b|will\b|would\b|has\b|have\b|had\b|should\b|kind\b|type\b|of\b|else\b)"
    r"[a-z]+(?:ed|s|d|t|w|n)\b [^?]{8,})\?"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A premise and a claim.

    Attributes:
        premise: The text that is said to bear the claim.
        claim: The claim.
        supported: Whether it does, in full.
        kind: Where the pair comes from and how it was made, for the figures by kind.
        changed: The words of the claim that are not borne, where they are known; else "".
    """

    premise: str
    claim: str
    supported: bool
    kind: str
    changed: str = ""


Maker = Callable[[], Pair | None]


class SupportPairs:
    """Draws pairs, or those held out.

    Args:
        data: The folder of the data sets.
        vectors: Static vectors of words.
        seed: Of all chance.
        held_out: Draw from the texts that are kept from training.
    """

    def __init__(self, data: Path, vectors: Vectors, seed: int, *, held_out: bool = False) -> None:
        self._rng = random.Random(seed)
        self._held_out = held_out
        self._statements = StatementEditor(vectors, self._rng)
        self._questions = QuestionEditor(vectors, self._rng)
        told = [one for one in written(()) if one.title]
        self._claims = [c for c in claims(told) if self._mine(c.briefing.key, WRITTEN_HELD_OUT)]
        self._by_label = [[c for c in self._claims if c.supported is label]
                          for label in (False, True)]  # fmt: skip
        self._joint = [c for c in self._claims if c.supported and len(c.cited) > 1]
        briefings = {one.key: _told(one) for one in told}
        self._briefings = [
            b for key, b in briefings.items() if self._mine(key, WRITTEN_HELD_OUT)
        ]  # fmt: skip
        grounding = read(data / "grounding" / "pairs.jsonl.xz")
        training = data / "training"
        self._makers: list[tuple[float, Maker]] = [
            (0.38, self._claimed), (0.35, self._edited),
            (0.1, self._entailed(read(training / "entailment.jsonl.xz"))),
            (0.03, self._answered(read(training / "squad_spans.jsonl.xz"))),
            (0.02, self._answered(read(training / "qamr_spans.jsonl.xz"))),
            (0.07, self._published(grounding, *PUBLISHED[0])),
            (0.01, self._published(grounding, *PUBLISHED[1])),
            (0.005, self._published(grounding, *PUBLISHED[2])),
            (0.005, self._published(grounding, *PUBLISHED[3])),
            (0.03, self._published(grounding, *PUBLISHED[4])),
        ]  # fmt: skip

    def draw(self) -> Iterator[Pair]:
        """Pairs without end."""
        weights = [weight for weight, _ in self._makers]
        while True:
            _, make = self._rng.choices(self._makers, weights)[0]
            pair = make()
            if pair is not None and pair.claim and pair.premise:
                yield self._dressed(pair)

    def of_claims(self) -> list[Pair]:
        """Every written claim once, beside the sentences it cites."""
        return [
            Pair(self._headed(_told(c.briefing), c.cited), c.text, c.supported,
                 f"claims {c.kind}".strip())
            for c in self._claims
        ]  # fmt: skip

    def _mine(self, key: str, one_in: int) -> bool:
        return is_held_out(key, one_in) == self._held_out

    def _claimed(self) -> Pair | None:
        """A written claim; or one that needs two sentences, beside but one."""
        if not self._claims:
            return None
        rng = self._rng
        if self._joint and rng.random() < 0.06:
            joint = rng.choice(self._joint)
            rest = tuple(n for n in joint.cited if n != rng.choice(joint.cited))
            if len(rest) < len(joint.cited):
                return Pair(self._headed(_told(joint.briefing), rest), joint.text,
                            supported=False, kind="half")  # fmt: skip
        # More of the true ones, since some of them are made wrong below.
        claim = rng.choice(self._by_label[rng.random() < 0.62])
        told = _told(claim.briefing)
        if claim.supported and rng.random() < 0.05:
            return self._elsewhere(claim, told)
        if rng.random() < 0.12:
            return self._changed_claim(claim, told)
        kind = f"claims {claim.kind}".strip()
        return Pair(self._headed(told, self._around(told, claim.cited)), claim.text,
                    claim.supported, kind)  # fmt: skip

    def _elsewhere(self, claim: Claim, told: Told) -> Pair | None:
        others = [n for n in range(len(told.sentences)) if n not in claim.cited]
        if not others:
            return None
        chosen = tuple(sorted(self._rng.sample(others, min(len(others), self._rng.randint(1, 2)))))
        return Pair(self._headed(told, chosen), claim.text, supported=False, kind="elsewhere")

    def _changed_claim(self, claim: Claim, told: Told) -> Pair | None:
        """A true claim with one thing wrong, or with the same thing changed in the text."""
        if not claim.supported:
            return None
        made = self._statements.wrong(claim.text, told)
        return None if made is None else self._judged(made, claim.text, told, claim.cited)

    def _edited(self) -> Pair | None:
        """A sentence said in other words, wrong in one thing or not."""
        rng = self._rng
        told = rng.choice(self._briefings)
        number = rng.randrange(len(told.sentences))
        statement = self._statements.true(told.sentences[number], told)
        roll = rng.random()
        if roll < 0.28:
            return Pair(self._headed(told, self._around(told, (number,))), statement,
                        supported=True, kind="same")  # fmt: skip
        if roll < 0.32:
            chosen = [n for n in range(len(told.sentences)) if n != number]
            some = tuple(sorted(rng.sample(chosen, min(len(chosen), rng.randint(1, 3)))))
            return Pair(self._headed(told, some), statement, supported=False, kind="elsewhere")
        made = self._statements.wrong(statement, told)
        return None if made is None else self._judged(made, statement, told, (number,))

    def _judged(
        self, made: Wrong, statement: str, told: Told, cited: tuple[int, ...]
    ) -> Pair | None:
        """The wrong statement; one time in three its true twin; or the text changed alone."""
        roll = self._rng.random()
        around = self._around(told, cited)
        if not made.old or roll < 0.5:
            if not made.old and roll < 0.33:
                return None
            return Pair(self._headed(told, around), made.text, supported=False,
                        kind=made.kind, changed=made.changed)  # fmt: skip
        other = _exchanged(told, made.old, made.changed)
        if other is None:
            return None
        if roll < 0.84:
            return Pair(self._headed(other, around), made.text, supported=True, kind="twin")
        return Pair(self._headed(other, around), statement, supported=False,
                    kind=f"text {made.kind}", changed=made.old)  # fmt: skip

    def _around(self, told: Told, cited: tuple[int, ...]) -> tuple[int, ...]:
        """The sentences cited, at times with others beside them."""
        roll, chosen = self._rng.random(), set(cited)
        if roll < 0.06:
            chosen |= set(range(len(told.sentences)))
        elif roll < 0.4:
            beside = {n + step for n in cited for step in (-1, 1)} & set(range(len(told.sentences)))
            chosen.add(self._rng.choice(sorted(beside)))
        return tuple(sorted(chosen))

    def _headed(self, told: Told, numbers: Sequence[int]) -> str:
        text = " ".join(told.sentences[n] for n in numbers)
        if not self._held_out and self._rng.random() < 0.3:
            return text
        return f"{told.title}. {told.date.day} {told.date:%B %Y}. {text}"

    def _entailed(self, rows: Sequence[Row]) -> Maker:
        mine = [row for row in rows if self._mine(row["premise"], 12)]
        both = [[row for row in mine if (row["label"] == "entailment") is label]
                for label in (False, True)]  # fmt: skip

        def make() -> Pair | None:
            label = self._rng.random() < 0.5
            # News sentences count for more than captions of photographs.
            row = self._rng.choice(both[label])
            if row["source"] == "snli" and self._rng.random() < 0.6:
                row = self._rng.choice(both[label])
            return Pair(row["premise"], row["hypothesis"], label, row["source"])

        return make

    def _published(self, rows: Sequence[Row], source: str, split: str) -> Maker:
        mine = [
            row for row in rows
            if row["source"].startswith(source) and row["split"] == split
            and self._mine(row["claim"] if source == "climate-fever" else row["premise"], 12)
            and len(row["premise"].split()) <= LONGEST_WORDS
        ]  # fmt: skip
        both = [[row for row in mine if bool(row["label"]) is label] for label in (False, True)]

        def make() -> Pair | None:
            label = self._rng.random() < 0.5
            if not both[label]:
                return None
            row = self._rng.choice(both[label])
            return Pair(row["premise"], row["claim"], label, source)

        return make

    def _answered(self, rows: Sequence[Row]) -> Maker:
        """Questions for who or what did it, with the answer put in their place."""
        mine = [
            (match["rest"], row) for row in rows
            if row["answers"] and (match := _SUBJECT.fullmatch(row["question"]))
            and self._mine(row.get("title") or row["context"], 12)
            and len(row["answers"][0]["text"].split()) <= 6
        ]  # fmt: skip
        rng = self._rng

        def make() -> Pair | None:
            if not mine:
                return None
            rest, row = rng.choice(mine)
            sentences = cut(row["context"])
            answer = row["answers"][0]
            gold, _ = locate(sentences, row["context"], [(answer["text"], answer["start"])])
            if not gold:
                return None
            place = min(gold)
            first = max(0, place - rng.choice((0, 0, 1)))
            premise = " ".join(sentences[first : place + 1])
            text = f"{answer['text'][:1].upper()}{answer['text'][1:]} {rest}."
            if rng.random() < 0.5:
                return Pair(premise, text, supported=True, kind="answer")
            scene = Scene(text, row["context"], (), row["context"])
            edit = (self._questions.other_name(scene) if rng.random() < 0.6
                    else self._questions.other_word(scene))  # fmt: skip
            if edit is None:
                return None
            return Pair(premise, edit.question, supported=False, kind="answer wrong",
                        changed=edit.new)  # fmt: skip

        return make

    def _dressed(self, pair: Pair) -> Pair:
        """The claim as models may write it."""
        claim = pair.claim.strip()
        if self._rng.random() < 0.1:
            claim = claim.rstrip(".")
        return Pair(pair.premise, claim, pair.supported, pair.kind, pair.changed)


def _told(one: Written) -> Told:
    if one.date is None:
        raise ValueError(f"{one.key} is no briefing")
    return Told(one.title, one.date, one.sentences)


def _exchanged(told: Told, old: str, new: str) -> Told | None:
    """The briefing with `old` and `new` exchanged throughout; None where `old` is not in it."""
    either = re.compile(rf"\b(?:{re.escape(old)}|{re.escape(new)})\b")
    if not any(re.search(rf"\b{re.escape(old)}\b", sentence) for sentence in told.sentences):
        return None

    def other(match: re.Match[str]) -> str:
        return new if match.group() == old else old

    sentences = tuple(either.sub(other, sentence) for sentence in told.sentences)
    return Told(either.sub(other, told.title), told.date, sentences)
