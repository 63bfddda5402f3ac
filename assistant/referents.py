"""What the words of a follow-up refer to: persons, places, and items of what was listed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.names import Name, find_names, fold, people, same
from assistant.phrases import ARTICLES, Token, tokens
from corpus.gazetteer import find_places

_MALE = frozenset("mr king spokesman congressman sir".split())
_FEMALE = frozenset("mrs ms miss madam queen spokeswoman congresswoman".split())
_SHE = frozenset("she her hers".split())

_TOPIC = re.compile(r"(?P<main>.+) \((?P<topic>.+)\)\?")
_NUMBERED = re.compile(r"(?:^|(?<=\s))\(?(\d{1,2})[.):]{1,2}\s+([^\n;:,.(?!]+)")
_ORDINALS = {
    "first": 0,
    "former": 0,
    "second": 1,
    "third": 2,
    "fourth": 3,
    "fifth": 4,
    "latter": -1,
    "last": -1,
}
ORDINAL = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\b", re.I)
# "the second", "the former one": not "the first president", nor "the second of May".
_CHOICE = re.compile(
    r"\bthe\s+(?:(?P<which>first|second|third|fourth|fifth|last|former|latter)|(?P<other>other))"
    r"(?:\s+(?:one|thing|option|item|point))?"
    r"(?=\s*[?.!,]|\s*$|\s+(?:is|was|are|were|do|does|did|has|have|had|can|could|will|would|and|or|"
    r"in|on|for|to|be)\b)",
    re.I,
)
_CHOICE_OF_NOUN = re.compile(
    r"\bthe\s+(?P<which>first|second|third|fourth|fifth|last|former|latter)\s+(?P<noun>\w+)", re.I
)


def main_and_topic(standalone: str) -> tuple[str, str]:
    """An earlier question as it was asked, and the topic that was put behind it, if any."""
    match = _TOPIC.fullmatch(standalone)
    return (f"{match['main']}?", match["topic"]) if match else (standalone, "")


def possessive(text: str) -> str:
    """`text` with the ending of an owner: "Peru's", "the Steelers'"."""
    return text + ("'" if text.endswith("s") else "'s")


def answered(turn: Answer) -> str:
    """What a turn was answered with; "" where it was refused."""
    return " ".join(s.text for s in turn.statements)


def persons(word: str, turns: Sequence[Answer]) -> list[Name]:
    """Whom "he" or "she" may mean: nobody, one, or several between whom nothing decides.

    It is who was last asked about; else who comes first in the last answer that names anyone.
    """
    for turn in reversed(turns):
        asked = _fitting(word, _persons(main_and_topic(turn.standalone)[0]))
        told = [(s.text, _fitting(word, _persons(s.text))) for s in turn.statements]
        if len(asked) > 1:
            both = [n for n in asked if any(same(n.last, o.last) for _, f in told for o in f)]
            asked = both if len(both) == 1 else asked
        found = asked or next((_side_by_side(text, f) for text, f in told if f), [])
        if found:
            return [fullest(name, turn) for name in found]
    return []


def _persons(text: str) -> list[Name]:
    """The people that `text` names, once each."""
    titled = [n for n in find_names(text) if n.title]
    found = people(text) or titled
    kept: list[Name] = []
    for name in found:
        if not any(same(name.last, other.last) for other in kept):
            kept.append(name)
    return kept


def _fitting(word: str, found: Iterable[Name]) -> list[Name]:
    """Those whose title does not say that they are of the other sex."""
    other = _MALE if word.casefold() in _SHE else _FEMALE
    return [n for n in found if n.title.rstrip(".").casefold() not in other]


def _side_by_side(text: str, found: Sequence[Name]) -> list[Name]:
    """The first person of an answer, with those joined to it by "and"."""
    joined = [found[0]]
    for name in found[1:]:
        between = text[joined[-1].end : name.start]
        if not re.fullmatch(r"(?:,? and |, |,? or )(?:\w+ )?(?:\w+\.? )?", between):
            break
        joined.append(name)
    return joined


def fullest(name: Name, turn: Answer) -> Name:
    """The person's full name where the cited briefing gives one: "Mr Petro" → "Gustavo Petro".

    Where it gives two that fit, the name stays as it was.
    """
    fuller: dict[str, Name] = {}
    for cited in turn.citations:
        for other in people(cited.before + cited.quote + cited.after):
            if len(other.text) > len(name.text) and fold(other.last) == fold(name.last):
                fuller.setdefault(fold(other.text.split()[0]), other)
    return next(iter(fuller.values())) if len(fuller) == 1 else name


def last_place(turns: Sequence[Answer]) -> str:
    """Where "there" is: the place last asked about, else that of the last answer; or ""."""
    for turn in reversed(turns):
        for text in (turn.standalone, *(s.text for s in turn.statements)):
            if found := find_places(text):
                return found[0].name
    return ""


def things(turns: Sequence[Answer]) -> list[str]:
    """What is named, people aside, in the last question that names anything."""
    for turn in reversed(turns):
        main, _ = main_and_topic(turn.standalone)
        people_named = {n.text for n in people(main)}
        named = sorted(
            [(p.start, p.name) for p in find_places(main)]
            + [(n.start, n.text) for n in find_names(main) if n.text not in people_named]
        )
        if named:
            return list(dict.fromkeys(name for _, name in named))
    return []


def chosen(asked: str, turns: Sequence[Answer]) -> str:
    """The question with "the second", "the latter", "the other one" exchanged for what it is.

    Where nothing was listed, or too little, it stays as it is.
    """
    previous, _ = main_and_topic(turns[-1].standalone)
    match = _CHOICE.search(asked)
    if match is None:
        noun = _CHOICE_OF_NOUN.search(asked)
        stems = {t.stem for t in tokens(previous)}
        if noun is None or not {t.stem for t in tokens(noun["noun"])} & stems:
            return asked
        match = noun
    if match.groupdict().get("other"):
        item = _other(turns)
    else:
        item = _nth(match["which"].casefold(), turns)
    return asked[: match.start()] + item + asked[match.end() :] if item else asked


def _nth(which: str, turns: Sequence[Answer]) -> str:
    """The item of the last list that "first" or "latter" means, or ""."""
    question, answer = main_and_topic(turns[-1].standalone)[0], answered(turns[-1])
    # "The former" and "the latter" are of two that stand side by side, ordinals of any list.
    pair = which in ("former", "latter")
    asked, told = lists(question), [i for i in lists(answer) if i.numbered or i.named]
    for listed in [*asked, *told] if pair else [*told, *asked]:
        if (len(listed.items) == 2 or not pair) and _ORDINALS[which] < len(listed.items):
            return listed.items[_ORDINALS[which]]
    return ""


def _other(turns: Sequence[Answer]) -> str:
    """Of two that were listed, the one that the last question is not on; or ""."""
    spoken = {t.stem for t in tokens(main_and_topic(turns[-1].standalone)[0])}
    for turn in reversed(turns):
        for text in (main_and_topic(turn.standalone)[0], answered(turn)):
            for listed in lists(text):
                left = [i for i in listed.items if not {t.stem for t in tokens(i)} <= spoken]
                if len(listed.items) == 2 and len(left) == 1:
                    return left[0]
    return ""


@dataclass(frozen=True, slots=True)
class Listed:
    """Items that a text lists, and whether it numbers them."""

    items: tuple[str, ...]
    numbered: bool = False

    @property
    def named(self) -> bool:
        """Whether all are names, and not words that a prose sentence merely joins."""
        return all(item[0].isupper() for item in self.items)


def lists(text: str) -> list[Listed]:
    """What `text` lists, numbered or joined by commas and "and"; numbered lists first."""
    counted = [m for n, m in enumerate(_NUMBERED.finditer(text), 1) if int(m[1]) == n]
    found = [Listed(tuple(m[2].strip() for m in counted), True)] if len(counted) > 1 else []
    words = tokens(text)
    for at, word in enumerate(words):
        if word.text.lower() in ("and", "or", "versus", "vs"):
            before, after = _before(words, at, text), _after(words, at)
            if before and after:
                found.append(Listed((*before, text[after[0].start : after[-1].end])))
    return found


def _after(words: Sequence[Token], at: int) -> list[Token]:
    """The phrase behind the word `at`, articles passed over."""
    start = at + 1
    while start < len(words) and words[start].text.lower() in (*ARTICLES, "its", "their"):
        start += 1
    return _chunk(words, start)


def _chunk(words: Sequence[Token], at: int) -> list[Token]:
    if at >= len(words) or words[at].chunk < 0:
        return []
    return [w for w in words if w.chunk == words[at].chunk]


def _before(words: Sequence[Token], at: int, text: str) -> list[str]:
    """The phrases joined to each other in front of the word `at`."""
    items: list[str] = []
    at -= 1
    while at >= 0 and (chunk := _chunk(words, at)):
        items.insert(0, text[chunk[0].start : chunk[-1].end])
        first = words.index(chunk[0])
        if first and words[first - 1].text.lower() in ARTICLES and not words[first].parted:
            first -= 1
        if not words[first].parted or not first:
            break
        at = first - 1
    return items
