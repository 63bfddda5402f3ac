"""Statements made of a briefing's sentences: true ones, and such as are wrong in one thing.

True ones say less, or the same in other words. Wrong ones differ as a careless writer's do: another
name of the same text, another number, a negation, a word's opposite, the parties exchanged, a plan
told as done. What was replaced is kept, so that the same replacement can be made in the text: the
statement is then true again, and its edited look says nothing.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from evals.training.near_misses import Edit, QuestionEditor, Scene, Vectors

WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

# Ways to say the same.
SAME = {
    "said": ("stated",), "asked": ("requested",), "rejected": ("turned down",),
    "about": ("roughly", "around"), "some": ("about",), "per cent": ("percent", "%"),
    "percent": ("per cent", "%"), "more than": ("over",), "nearly": ("almost",),
    "almost": ("nearly",), "fewer than": ("less than",), "warned": ("cautioned",),
    "backed": ("supported",), "supported": ("backed",), "opposed": ("was against",),
    "wants": ("would like",), "announced": ("made known",), "began": ("started",),
    "signed": ("put their names to",), "called off": ("cancelled",), "met": ("held talks",),
    "a year": ("annually", "per year"), "must": ("has to",), "denied": ("disputed",),
    "demanded": ("insisted on",), "criticised": ("found fault with",), "halted": ("stopped",),
    "put off": ("postponed",), "approved": ("gave its approval to",), "shut": ("closed",),
    "closed": ("shut",), "roughly": ("about",), "wanted": ("sought",), "sought": ("wanted",),
    "pledged": ("promised",), "promised": ("pledged",), "due": ("scheduled",),
}  # fmt: skip

# What is less than done, told as done; what is claimed, told as known.
FIRMER = {
    "would": ("will",), "may": ("will",), "might": ("will",), "could": ("will",),
    "should": ("will",), "can": ("will",), "is expected to": ("will",), "plans to": ("began to",),
    "hopes to": ("will",), "wants to": ("will",), "offered to": ("agreed to",),
    "proposed": ("adopted", "approved"), "proposes": ("has adopted",), "asked": ("ordered",),
    "asked for": ("received", "obtained"), "wants": ("has obtained",), "sought": ("won",),
    "wanted": ("obtained",), "hoped": ("knew",), "threatened to": ("decided to",),
    "offered": ("gave",), "demanded": ("won",), "urged": ("forced",), "suspects": ("has proved",),
    "will": ("did",), "is to": ("has begun to",), "are to": ("have begun to",),
    "promised": ("delivered",), "warned": ("confirmed",), "fears": ("has confirmed",),
    "agreed to": ("refused to",), "accused": ("convicted",), "suggested": ("ordered",),
    "about": ("exactly",), "some": ("all",), "most": ("all",), "many": ("all",),
    "at least": ("at most",), "more than": ("less than",), "nearly": ("over",),
    "almost": ("more than",), "half": ("all",), "up to": ("at least",), "only": ("not only",),
}  # fmt: skip

_TAIL = re.compile(
    r"^(.{30,}?),\s(?:which|who|while|and|but|citing|pointing|adding|where|whose|though|although)\b"
    r"[^“”\"]*\.$"
)
_HELD = re.compile(r"\b(?:if|unless|provided|condition|until|only)\b")
_APPOSITION = re.compile(r"(?<=\w), [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)+,(?= [a-z])")
_DAY = re.compile(rf"\b(?:late )?on ({'|'.join(WEEKDAYS)})\b(?: (?:evening|night|morning))?")
_LEAD = re.compile(r"^(?:However|Meanwhile|In the meantime|Yet|But|And),? ")
_PASSIVE = re.compile(
    r"^(?P<who>The [a-z][\w -]{2,28}?|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*) "
    r"(?P<did>[a-z]+ed) (?P<whom>(?:the|a|an) [\w -]{3,28}?|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)"
    r"(?=,| (?:on|in|after|for|over|at|from|until|before|during)\b|\.$)"
)
_VERB = re.compile(r"^(?P<before>(?:[A-Z]|\S+ )[^,;“\"]{2,50}?) (?P<verb>[a-z]{3,}ed|said) ")
_PLAIN = {"said": "say", "agreed": "agree", "proposed": "propose", "refused": "refuse",
          "promised": "promise", "announced": "announce", "approved": "approve",
          "closed": "close", "raised": "raise", "received": "receive", "used": "use",
          "denied": "deny", "replied": "reply", "banned": "ban", "admitted": "admit",
          "argued": "argue", "urged": "urge", "declared": "declare", "accused": "accuse",
          "blamed": "blame", "praised": "praise", "criticised": "criticise",
          "reduced": "reduce", "ordered": "order", "opposed": "oppose"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A briefing.

    Attributes:
        title: Its headline.
        date: When it was published.
        sentences: Its sentences.
    """

    title: str
    date: dt.date
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A statement that its sentence does not bear.

    Attributes:
        text: The statement.
        changed: The words in it that are wrong; "" where they are not so few.
        old: What they stand in place of; "" where nothing was replaced.
        kind: How it was made.
    """

    text: str
    changed: str
    old: str
    kind: str


Change = Callable[[str, Told], str]
Break = Callable[[str, Told], Wrong | None]
Edits = Callable[[Scene], Edit | None]


class StatementEditor:
    """Makes true and wrong statements of sentences.

    Args:
        vectors: Static vectors by which words and names of the same kind are found.
        rng: The source of chance.
    """

    def __init__(self, vectors: Vectors, rng: random.Random) -> None:
        self._edits = QuestionEditor(vectors, rng)
        self._rng = rng
        self._changes: tuple[tuple[float, Change], ...] = (
            (0.45, self._shorter), (0.3, self._without_apposition), (0.5, self._in_other_words),
            (0.3, self._dated), (0.15, self._passive), (0.12, self._reported),
        )  # fmt: skip
        self._breaks: tuple[tuple[float, Break], ...] = (
            (0.22, self._edited(self._edits.other_name)), (0.12, self._number),
            (0.12, self._edited(self._edits.opposite)), (0.1, self._negated),
            (0.1, self._edited(self._edits.other_word)), (0.12, self._exchanged),
            (0.18, self._firmer), (0.04, self._other_day),
        )  # fmt: skip

    def true(self, sentence: str, told: Told) -> str:
        """A statement that the sentence bears."""
        made = _LEAD.sub("", sentence)
        made = made[:1].upper() + made[1:]
        for chance, change in self._changes:
            if self._rng.random() < chance:
                made = change(made, told)
        return made

    def wrong(self, statement: str, told: Told) -> Wrong | None:
        """The statement made wrong in one thing, or None where nothing applies."""
        remaining = list(self._breaks)
        while remaining:
            chosen = self._rng.choices(remaining, [weight for weight, _ in remaining])[0]
            made = chosen[1](statement, told)
            if made is not None and made.text != statement:
                return made
            remaining.remove(chosen)
        return None

    def _shorter(self, statement: str, told: Told) -> str:
        match = _TAIL.match(statement)
        if match is None or _HELD.search(statement[len(match[1]) :]):
            return statement
        return f"{match[1]}." if match[1].count('"') % 2 == 0 else statement

    def _without_apposition(self, statement: str, told: Told) -> str:
        return _APPOSITION.sub("", statement, count=1)

    def _in_other_words(self, statement: str, told: Told) -> str:
        old = self._one_of(SAME, statement)
        if old is None:
            return statement
        return re.sub(rf"\b{old}\b", self._rng.choice(SAME[old]), statement, count=1)

    def _dated(self, statement: str, told: Told) -> str:
        match = _DAY.search(statement)
        if match is None:
            return statement
        if self._rng.random() < 0.5:
            return statement[: match.start()].rstrip() + statement[match.end() :]
        day = _before(told.date, match[1])
        return f"{statement[: match.start()]}on {_said(day)}{statement[match.end() :]}"

    def _passive(self, statement: str, told: Told) -> str:
        match = _PASSIVE.match(statement)
        return statement if match is None else _turned(match["who"], match["did"], match["whom"])

    def _reported(self, statement: str, told: Told) -> str:
        lead = self._rng.choice(("According to the briefing, ", "The briefing says that "))
        first, _, rest = statement.partition(" ")
        if first in (
            "He",
            "She",
            "They",
            "There",
            "This",
            "That",
            "These",
            "His",
            "Her",
            "The",
            "A",
            "An",
            "Some",
            "Its",
            "In",
            "It",
            "Both",
            "Two",
            "Three",
        ):
            first = first.lower()
        return f"{lead}{first} {rest}"

    def _edited(self, edit: Edits) -> Break:
        def make(statement: str, told: Told) -> Wrong | None:
            passage = " ".join(told.sentences)
            made = edit(Scene(statement, passage, (), passage))
            if made is None:
                return None
            return Wrong(made.question, made.new, made.old, made.kind)

        return make

    def _number(self, statement: str, told: Told) -> Wrong | None:
        return self._edited(self._edits.other_number)(statement, told)

    def _negated(self, statement: str, told: Told) -> Wrong | None:
        match = _VERB.match(statement)
        if match and self._rng.random() < 0.6:
            verb = match["verb"]
            plain = _PLAIN.get(verb, verb.removesuffix("ed"))
            made = f"{match['before']} did not {plain} {statement[match.end() :]}"
            return Wrong(made, f"did not {plain}", "", "negation")
        return self._edited(self._edits.negated)(statement, told)

    def _exchanged(self, statement: str, told: Told) -> Wrong | None:
        match = _PASSIVE.match(statement)
        if match and self._rng.random() < 0.7:
            who, did, whom = match["who"], match["did"], match["whom"]
            if self._rng.random() < 0.5:
                return Wrong(_turned(whom, did, who), "", "", "swap")
            who = who[:1].lower() + who[1:] if who.startswith("The ") else who
            return Wrong(f"{whom[:1].upper()}{whom[1:]} {did} {who}.", "", "", "swap")
        return self._edited(self._edits.swapped)(statement, told)

    def _firmer(self, statement: str, told: Told) -> Wrong | None:
        old = self._one_of(FIRMER, statement)
        if old is None:
            return None
        new = self._rng.choice(FIRMER[old])
        made = re.sub(rf"\b{old}\b", new, statement, count=1)
        return Wrong(made, new, old, "firmer")

    def _other_day(self, statement: str, told: Told) -> Wrong | None:
        match = _DAY.search(statement)
        if match is None:
            return None
        day = _before(told.date, match[1])
        moved = day + dt.timedelta(days=self._rng.choice((-30, -7, -3, -2, -1, 1, 2, 7, 31)))
        made = f"{statement[: match.start()]}on {_said(moved)}{statement[match.end() :]}"
        return Wrong(made, _said(moved), "", "day")

    def _one_of(self, table: dict[str, tuple[str, ...]], statement: str) -> str | None:
        found = [old for old in table if re.search(rf"\b{old}\b", statement)]
        return self._rng.choice(found) if found else None


def _turned(who: str, did: str, whom: str) -> str:
    who = who[:1].lower() + who[1:] if who.startswith("The ") else who
    was = "were" if whom.endswith("s") and whom.startswith(("the ", "The ")) else "was"
    return f"{whom[:1].upper()}{whom[1:]} {was} {did} by {who}."


def _before(published: dt.date, weekday: str) -> dt.date:
    """The last such day up to publication."""
    back = (published.weekday() - WEEKDAYS.index(weekday)) % 7
    return published - dt.timedelta(days=back)


def _said(day: dt.date) -> str:
    return f"{day.day} {day:%B}"
