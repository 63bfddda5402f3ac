"""Examples to train on, and the changes that keep or take away their answer."""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import dataclass, replace

from evals.training.near_misses import NAME, STOP

LONGEST = 1_350  # code points of a window, about 300 tokens


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


def leaning(example: Example, rng: random.Random) -> Example | None:
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


def shortened(question: str) -> str:
    """A question without the phrase at its end that narrows it: "…, in 2004?"."""
    match = re.match(r"(.{25,}?),? (?:in|during|after|before|with|from|by|under) [^?]{3,40}\?$",
                     question)  # fmt: skip
    return f"{match[1]}?" if match and len(match[1].split()) > 5 else question


def shifted(example: Example, before: tuple[str, ...], after: tuple[str, ...]) -> Example:
    """The example with sentences put before and after it."""
    moved = len(before)
    return replace(
        example,
        sentences=(*before, *example.sentences, *after),
        gold=frozenset(g + moved for g in example.gold),
        spans=tuple((s + moved, a, b) for s, a, b in example.spans),
    )


def exchanged(example: Example, old: str, new: str, *, both_ways: bool) -> Example | None:
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
