"""Edits that turn an answerable question into one its passage does not answer, plausibly.

Each edit replaces one thing by another of the same kind (a name, a number, a year, a word by its
opposite), negates, swaps who did it to whom, or adds a condition. What was replaced is kept, so
that the same replacement can be made in the passage: then the edited question is answered again,
and a ranker cannot learn the look of an edit in place of comparing question and passage.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pycountry

from assistant.bearing.opposites import antonyms

Vector = npt.NDArray[np.float32]
Vectors = Callable[[str], Vector]
"""A word's or name's static vector; names of a kind lie near each other."""

_PART = r"(?:(?:[A-Z]\.)+|[A-Z][\w'’&-]*)"
NAME = re.compile(rf"\b{_PART}(?:\s+(?:(?:of|the|de|von|and|al)\s+(?:the\s+)?)?{_PART})*")
YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
NUMBER = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])")
WORD = re.compile(r"[A-Za-z][a-z'’-]+")
AUXILIARIES = "is are was were did does do can could will would has have had should".split()
NEGATED = {
    "is": "isn't", "are": "aren't", "was": "wasn't", "were": "weren't", "did": "didn't",
    "does": "doesn't", "do": "don't", "can": "can't", "could": "couldn't", "will": "won't",
    "would": "wouldn't", "has": "hasn't", "have": "haven't", "had": "hadn't",
    "should": "shouldn't",
}  # fmt: skip
STARTERS = frozenset(
    "what when where which who whom whose why how in on at the a an during for from of to by is are"
    " was were did does do can could will would has have had should according after before name"
    " besides along since if as with under into about approximately".split()
)
STOP = STARTERS | frozenset(
    "this that these those it its they them their he she his her him we our you your i and or but"
    " not no than then there been being be many much some any other also such between through"
    " what's kind type name called made used does each more most very while one two".split()
)
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
CARDINALS = "one two three four five six seven eight nine ten eleven twelve".split()
MONTHS = (
    "January February March April May June July August September October November December".split()
)
DEMONYMS = (
    "French German British English American Russian Chinese Japanese Spanish Italian Portuguese"
    " Dutch Polish Greek Turkish Indian Brazilian Mexican Canadian Australian Swedish Norwegian"
    " Danish Finnish Egyptian Iranian Israeli Korean Vietnamese Ukrainian Roman Scottish Irish"
    " Welsh Belgian Austrian Hungarian Czech Swiss African European Asian Arab Cuban Chilean"
    " Peruvian Colombian Argentine Nigerian Kenyan Pakistani Saudi Syrian Iraqi Afghan".split()
)
FAMILIES = (ORDINALS, CARDINALS, MONTHS, DEMONYMS)
PLACES = ("Germany", "France", "China", "Russia", "India", "Japan", "Brazil", "Mexico", "Canada",
          "Egypt", "Italy", "Spain", "Poland", "Turkey", "Chile", "Peru", "Colombia", "Kenya",
          "London", "Paris", "Moscow", "Beijing", "New York", "California", "Texas", "Africa",
          "Europe", "Asia", "Ukraine", "Iran", "Australia", "the United States")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edit:
    """An edited question, what was replaced by what (empty where nothing was), and how."""

    question: str
    old: str
    new: str
    kind: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What an edit may draw on: the passage, its answers, and the article around it."""

    question: str
    passage: str
    answers: tuple[str, ...]
    article: str


@cache
def countries() -> frozenset[str]:
    """Short English names of the world's countries."""
    names = (getattr(c, "common_name", c.name).split(",")[0] for c in pycountry.countries)
    return frozenset(names) | {"England", "Scotland", "Britain", "Russia", "Iran", "Syria"}


def names_in(text: str, *, running: bool = False) -> list[str]:
    """Capitalised names of a text.

    Args:
        text: A question or a passage.
        running: Leave out single words at a sentence's start: most are no names.
    """
    found = []
    for match in NAME.finditer(text):
        first = match.start() == 0 or text[: match.start()].rstrip()[-1:] in '.!?\n"“'
        if running and first and " " not in match.group():
            continue
        name = match.group().rstrip(".,'’&-")
        words = name.split()
        while words and words[0].lower() in STOP:
            words = words[1:]
        name = " ".join(words).removesuffix("'s").removesuffix("’s")
        if len(name) > 2 and name.lower() not in STOP:
            found.append(name)
    return found


class QuestionEditor:
    """Makes near misses of questions.

    Args:
        vectors: Static vectors by which words and names of the same kind are found.
        rng: The source of chance.
    """

    def __init__(self, vectors: Vectors, rng: random.Random) -> None:
        self._vectors = vectors
        self._rng = rng
        # How often each kind is tried first: names and opposites are what people change most.
        self._kinds: tuple[tuple[float, Callable[[Scene], Edit | None]], ...] = (
            (0.29, self.other_name), (0.12, self.other_number), (0.22, self.opposite),
            (0.06, self.negated), (0.18, self.other_word), (0.06, self.swapped),
            (0.02, self.other_kind), (0.05, self.condition),
        )  # fmt: skip

    def edit(self, scene: Scene) -> Edit | None:
        """One near miss, or None where no edit applies."""
        remaining = list(self._kinds)
        while remaining:
            chosen = self._rng.choices(remaining, [weight for weight, _ in remaining])[0]
            made = chosen[1](scene)
            if made is not None and made.question != scene.question:
                return made
            remaining.remove(chosen)
        return None

    def other_name(self, scene: Scene) -> Edit | None:
        """Another name of the same kind, of the same passage or article."""
        mine = names_in(scene.question)
        if not mine:
            return None
        old = self._rng.choice(mine)
        for family in FAMILIES:
            if old in family:
                return self._replaced(scene, old, self._other(family, old), "name")
        near = set(names_in(scene.passage, running=True))
        # A name of the passage itself is the hardest: it is there, in another part.
        new = self._alike(old, near, scene, top=3) if self._rng.random() < 0.6 else None
        if new is None:
            near |= set(self._sample(names_in(scene.article, running=True), 60))
            if old in countries():
                near |= set(self._sample(sorted(countries()), 12))
            new = self._alike(old, near, scene, top=4)
        return self._replaced(scene, old, new, "name") if new else None

    def other_number(self, scene: Scene) -> Edit | None:
        """Another year, number or ordinal."""
        years = YEAR.findall(scene.question)
        if years:
            old = self._rng.choice(years)
            others = sorted({*YEAR.findall(scene.passage), *YEAR.findall(scene.article)} - {old})
            near = [y for y in others if y not in " ".join(scene.answers)]
            shifted = str(int(old) + self._rng.choice((-20, -10, -5, -2, -1, 1, 2, 5, 10, 20)))
            use_near = near and self._rng.random() < 0.7
            new = self._rng.choice(near) if use_near else shifted
            return self._replaced(scene, old, new, "number")
        numbers = NUMBER.findall(scene.question)
        if numbers:
            old = self._rng.choice(numbers)
            return self._replaced(scene, old, self._shifted(old), "number")
        for family in (ORDINALS, CARDINALS, MONTHS):
            held = [w for w in family if re.search(rf"\b{w}\b", scene.question)]
            if held:
                old = self._rng.choice(held)
                return self._replaced(scene, old, self._other(family, old), "number")
        return None

    def opposite(self, scene: Scene) -> Edit | None:
        """A word replaced by its opposite."""
        known = [w for w in WORD.findall(scene.question) if w.lower() in antonyms()]
        if not known:
            return None
        old = self._rng.choice(known)
        new = self._rng.choice(antonyms()[old.lower()])
        return self._replaced(scene, old, new, "opposite")

    def negated(self, scene: Scene) -> Edit | None:
        """Negation put in, or taken out."""
        question = scene.question
        if re.search(r"\bnot\b|n't\b|\bnever\b", question):
            plain = re.sub(r"\s*\bnot\b|\s*\bnever\b", "", re.sub(r"n't\b", "", question))
            return Edit(plain, "", "", "negation")
        match = re.search(rf"\b({'|'.join(AUXILIARIES)})\b", question)
        if not match or match.start() == 0:
            return self._with_never(question)
        word = match.group(1)
        style = self._rng.random()
        new = NEGATED[word] if style < 0.6 or word in ("did", "do", "does") else f"{word} not"
        if style > 0.85 and word in ("was", "were", "is", "are", "has", "have", "had"):
            new = f"{word} never"
        made = question[: match.start()] + new + question[match.end() :]
        return Edit(made, "", "", "negation")

    def _with_never(self, question: str) -> Edit | None:
        match = re.match(r"(Who|What|Which \w+)\s+(?=[a-z]+ed\b)", question)
        if not match:
            return None
        return Edit(f"{match.group(1)} never {question[match.end() :]}", "", "", "negation")

    def other_word(self, scene: Scene) -> Edit | None:
        """A word of the question replaced by another of its kind from the article."""
        held = [w for w in WORD.findall(scene.question)
                if len(w) > 3 and w.islower() and w not in STOP]  # fmt: skip
        if not held:
            return None
        old = self._rng.choice(held)
        text = scene.passage if self._rng.random() < 0.5 else scene.article
        words = {w for w in WORD.findall(text) if len(w) > 3 and w.islower()}
        new = self._alike(old, words - STOP, scene, top=5)
        return self._replaced(scene, old, new, "word") if new else None

    def swapped(self, scene: Scene) -> Edit | None:
        """Who did it and to whom, the other way round."""
        mine = list(dict.fromkeys(names_in(scene.question)))
        if len(mine) > 1 and mine[0] not in mine[1] and mine[1] not in mine[0]:
            one, other = mine[0], mine[1]
            made = scene.question.replace(one, "\0").replace(other, one).replace("\0", other)
            return Edit(made, "", "", "swap")
        match = re.match(r"(Who|What) ([a-z]{3,})(ed) ([^?]+)\?", scene.question)
        if match and len(match.group(4).split()) <= 5:
            made = (
                f"{match[1]} did {match[4]} {match[2]}{'' if match[2][-1] not in 'vsuc' else 'e'}?"
            )
            return Edit(made, "", "", "swap")
        match = re.match(r"(Who|What) did ([A-Z][\w' ]+?) ([a-z]{4,})\?", scene.question)
        if match:
            past = match[3] + ("d" if match[3].endswith("e") else "ed")
            return Edit(f"{match[1]} {past} {match[2]}?", "", "", "swap")
        return None

    def other_kind(self, scene: Scene) -> Edit | None:
        """Another kind of answer asked for: when for where, why for how."""
        match = re.match(r"(When|Where|Why|How) (?=did|was|were|is|are|does|do)", scene.question)
        if not match or re.match(r"How (many|much|long|old)", scene.question):
            return None
        # A passage often says when and where at once; "why" it seldom says.
        other = self._rng.choice([w for w in ("Why", "How", "Why") if w != match.group(1)])
        return Edit(f"{other} {scene.question[match.end() :]}", "", "", "kind")

    def condition(self, scene: Scene) -> Edit | None:
        """A condition added that the passage does not speak of."""
        if len(scene.question.split()) > 13 or not scene.question.endswith("?"):
            return None
        place = self._rng.choice(PLACES)
        around = self._sample(names_in(scene.article, running=True), 12)
        names = [n for n in around if n not in scene.passage]
        year = str(self._rng.randint(1900, 2022))
        endings = [f"in {place}", f"in {year}", f"before {year}", f"after {year}"]
        if names:
            name = self._rng.choice(names)
            endings += [f"besides {name}", f"according to {name}", f"for {name}", f"in {name}"]
        ending = self._rng.choice(endings)
        if ending.split(maxsplit=1)[1] in scene.passage:
            return None
        return Edit(f"{scene.question[:-1]} {ending}?", "", ending, "condition")

    def _alike(self, old: str, pool: set[str], scene: Scene, top: int) -> str | None:
        """One of the pool's names most like `old`, that the question and answers lack."""
        known = f"{scene.question} {' '.join(scene.answers)}".lower()
        stem = old.lower()[:5]
        fitting = sorted(n for n in pool if n.lower() not in known and stem not in n.lower())
        if not fitting:
            return None
        vector = self._vectors(old)
        likeness = np.array([float(vector @ self._vectors(name)) for name in fitting])
        best = np.argsort(-likeness)[:top]
        # Words too near are synonyms, too far of another kind.
        kept = [fitting[i] for i in best if 0.25 < likeness[i] < 0.8]
        return self._rng.choice(kept) if kept else None

    def _replaced(self, scene: Scene, old: str, new: str, kind: str) -> Edit | None:
        pattern = re.compile(rf"\b{re.escape(old)}\b")
        if old == new or not pattern.search(scene.question):
            return None
        made = pattern.sub(new.replace("\\", ""), scene.question, count=1)
        return Edit(made[:1].upper() + made[1:], old, new, kind)

    def _other(self, family: Sequence[str], old: str) -> str:
        return self._rng.choice([word for word in family if word != old])

    def _sample(self, items: Sequence[str], most: int) -> list[str]:
        unique = sorted(set(items))
        return self._rng.sample(unique, min(most, len(unique)))

    def _shifted(self, number: str) -> str:
        value = float(number.replace(",", ""))
        factor = self._rng.choice((0.5, 0.8, 1.2, 1.5, 2.0, 10.0))
        moved = value * factor if value > 9 else value + self._rng.choice((1, 2, 3))
        return f"{int(moved):,}" if "," in number else str(int(moved))
