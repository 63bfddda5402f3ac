"""Who does what to whom, and who says it.

Names before a verb act, names behind it are acted on; a passive turns that round. A statement is
at fault only where the quote shows the contrary: its actor is the one acted on there, or two
names have changed places in what are otherwise the same words. What this cannot see is left to
the learned score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.acts import MUTUAL, acts_in
from assistant.bearing.fault import Fault, FaultKind
from assistant.bearing.words import Word, content_stems, words_of
from assistant.names import find_names, fold
from corpus.gazetteer import find_places

# As much of a statement's words must be the quote's before the order of names in it is compared.
SAME_WORDS = 0.75

_SAYS = (
    "said|says|say|saying|told|tells|stated|states|argued|argues|claimed|claims|warned|warns|noted|"
    "notes|added|adds|insisted|insists|estimated|estimates|acknowledged|acknowledges|admitted|"
    "declared|declares|commented|believes|believed|alleged|alleges|described|describes|announced|"
    "reported|reports|wrote|writes|confirmed|confirms|predicted|predicts|complained|"
    "stressed|emphasised|emphasized|explained|explains|observed|remarked"
)
# What is told with these is somebody's view, and no fact.
_VIEW = re.compile(
    r"\b(?:argue[sd]|arguing|claim(?:s|ed|ing)|alleg(?:es|ed|ing)|warn(?:s|ed|ing)|insist(?:s|ed|ing)|"
    r"believe[sd]?|complain(?:s|ed|ing)|predict(?:s|ed|ing)|suspect(?:s|ed)|"
    # "Critics say that", and "say that" to whoever answers.
    r"(?:say|declare|reply|state|mention|confirm|answer|report|respond|write|assert|conclude)\s+that)\b",
    re.I,
)
# "States" and "Reports" with a capital are no verbs.
_SPEECH = re.compile(rf"\b(?:{_SAYS}|[Aa]ccording to|[Ii]n the words of|[Ii]n the view of)\b")
_SAID = frozenset(_SAYS.split("|"))
_THAT = re.compile(
    rf"\b(?:{_SAYS}|declare|reply|state|mention|confirm|answer|report|respond|write|assert|conclude)\b"
    r"[^,.;:]{0,60}?\bthat\b",
    re.I,
)
_BE = frozenset("was were is are been being be".split())
_WITHIN = 2  # words between "was" and the verb


@dataclass(frozen=True, slots=True)
class Deed:
    """An act with the names on its two sides."""

    act: str
    actors: frozenset[str]
    others: frozenset[str]


def role_faults(statement: str, quotes: str) -> Iterator[Fault]:
    """Names whose parts in an act the quotes show the other way round."""
    theirs = deeds_in(quotes)
    for deed in deeds_in(statement):
        same = [d for d in theirs if d.act == deed.act and d.act not in MUTUAL]
        if not same or not deed.actors:
            continue
        # In any of the quote's deeds of this kind it may be as the statement says.
        if any(deed.actors & d.actors for d in same):
            continue
        if any(deed.actors & d.others for d in same):
            yield Fault(FaultKind.ROLE, ", ".join(sorted(deed.actors)))
    yield from _exchanged(statement, quotes)


def speaker_faults(statement: str, quotes: str) -> Iterator[Fault]:
    """A view of somebody's in the quotes, told as a fact; or words put in another's mouth."""
    speech = next((m for p in (_SPEECH, _THAT, _VIEW) if (m := p.search(statement))), None)
    if speech:
        ours = [d for d in deeds_in(statement) if d.act == "say" and d.actors]
        theirs = frozenset().union(*(d.actors for d in deeds_in(quotes) if d.act == "say"))
        everyone = frozenset(_names(quotes))
        for deed in ours:
            if theirs and not deed.actors & theirs and deed.actors & everyone:
                yield Fault(FaultKind.SPEAKER, ", ".join(sorted(deed.actors)))
        if (
            not _SPEECH.search(quotes)
            and not acts_in(quotes)
            and '"' not in quotes
            and "“" not in quotes
        ):
            yield Fault(FaultKind.SPEAKER, speech.group())
        return
    said, acts = content_stems(statement), acts_in(statement)
    for content in _reported(quotes):
        if acts & acts_in(quotes.replace(content, " ")):
            continue  # "asked", "offered", "accused": it is told as somebody's act
        over = content_stems(content)
        if len(over) >= 2 and len(said & over) > 0.6 * len(said):
            yield Fault(FaultKind.SPEAKER, content.strip()[:60])


def speaker_in(text: str) -> str:
    """Who says what `text` reports, as it is written there; "" if nobody is named."""
    speech = _SPEECH.search(text)
    if speech is None:
        return ""
    named = find_names(text)
    if speech.group().casefold().startswith(("according", "in the")):
        behind = [n for n in named if n.start >= speech.end()]
        return behind[0].text if behind else ""
    before = [n for n in named if n.end <= speech.start()]
    beside = [n for n in named if 0 <= n.start - speech.end() <= 2]
    return next((n.text for n in (*beside, *before[::-1])), "")


def _reported(quotes: str) -> Iterator[str]:
    """What is told as somebody's view, in each sentence."""
    for sentence in re.split(r"(?<=[.!?])\s+", quotes):
        match = _VIEW.search(sentence) or _THAT.search(sentence)
        if match is None:
            continue
        if that := _THAT.search(sentence):
            yield sentence[that.end() :]
        elif (
            sentence[: match.start()].rstrip().endswith((",", "”", '"'))
            or "," in sentence[: match.start()]
        ):
            # "Inflation would fall, the minister said": what stands before its last comma.
            before = sentence[: match.start()].rsplit(",", 1)[0]
            yield max(before, sentence[match.end() :], key=len)
        else:
            yield sentence[match.end() :]


@lru_cache(maxsize=4096)
def deeds_in(text: str) -> tuple[Deed, ...]:
    """The acts that `text` reports, each with the names before and behind its verb."""
    words, names = words_of(text), _names_at(text)
    found = []
    for at, word in enumerate(words):
        acts = {"say"} if word.text in _SAID else acts_in(word.text)
        for act in acts:
            before, behind = _sides(text, words, at, names)
            if _is_passive(words, at):
                behind_by = _after_by(text, words, at, names)
                before, behind = behind_by, before | (behind - behind_by)
            found.append(Deed(act, frozenset(before), frozenset(behind)))
    return tuple(found)


def _sides(
    text: str, words: tuple[Word, ...], at: int, names: list[tuple[int, str]]
) -> tuple[set[str], set[str]]:
    """The names of the clause before the verb, and those of its sentence behind it."""
    begin = max(
        (
            m.end()
            for m in re.finditer(
                r"[.;:!?]\s|\b(?:and|but|while|that)\b|,\s", text[: words[at].start]
            )
        ),
        default=0,
    )
    own = {name for place, name in names if begin <= place < words[at].start}
    if not own and not any(w.content and begin <= w.start < words[at].start for w in words):
        # "Castillo, who arrived on Friday, asked": back to the sentence's beginning.
        begin = max((m.end() for m in re.finditer(r"[.;!?]\s", text[: words[at].start])), default=0)
        own = {name for place, name in names if begin <= place < words[at].start}
    stop = re.search(r"[.;!?](?:\s|$)", text[words[at].end :])
    end = words[at].end + stop.start() if stop else len(text)
    return own, {name for place, name in names if words[at].end <= place < end}


def _is_passive(words: tuple[Word, ...], at: int) -> bool:
    if not words[at].lower.endswith(("ed", "en", "ght", "ld", "de")):
        return False
    return any(w.lower in _BE for w in words[max(0, at - _WITHIN) : at])


def _after_by(
    text: str, words: tuple[Word, ...], at: int, names: list[tuple[int, str]]
) -> set[str]:
    by = next((w for w in words[at + 1 : at + 4] if w.lower == "by"), None)
    if by is None:
        return set()
    following = [(place, name) for place, name in names if place >= by.end]
    return {following[0][1]} if following else set()


def _names_at(text: str) -> list[tuple[int, str]]:
    """Places by their country, other names by their last word, with where they begin."""
    places = find_places(text)
    found = [(p.start, p.name) for p in places]
    taken = {at for p in places for at in range(p.start, p.end)}
    for run in re.finditer(r"\b[A-ZÀ-Þ][\w’'-]+(?:\s+[A-ZÀ-Þ][\w’'-]+)*", text):
        last = run.group().split()[-1]
        begin = run.end() - len(last)
        if begin not in taken and not (run.start() == begin and _opens_plainly(text, begin)):
            found.append((run.start(), fold(last)))
    return sorted(found)


def _opens_plainly(text: str, begin: int) -> bool:
    """Whether a single capitalised word opens its sentence and may be a plain one."""
    before = text[:begin].rstrip(" \"“‘'(")
    word = re.match(r"[\w’'-]+", text[begin:])
    follows = words_of(text[begin:])[1:2]
    named = bool(follows and (follows[0].lower in _SAID or acts_in(follows[0].text)))
    return (not before or before[-1] in ".!?:\n") and not (
        named and word and not word.group().endswith("s")
    )


def _names(text: str) -> list[str]:
    return [name for _, name in _names_at(text)]


def _exchanged(statement: str, quotes: str) -> Iterator[Fault]:
    """Two names that stand the other way round in what are much the same words."""
    said, there = content_stems(statement), content_stems(quotes)
    if not said or len(said & there) < SAME_WORDS * len(said):
        return
    ours, theirs = list(dict.fromkeys(_names(statement))), list(dict.fromkeys(_names(quotes)))
    shared = [n for n in ours if n in theirs]
    if len(shared) < 2 or _voices_differ(statement, quotes):
        return
    order = [n for n in theirs if n in shared]
    for one, other in pairwise(shared):
        if order.index(one) > order.index(other) and not _are_listed(statement, quotes, one, other):
            yield Fault(FaultKind.ROLE, f"{one}, {other}")
            return


def _voices_differ(one: str, other: str) -> bool:
    def passive(text: str) -> bool:
        words = words_of(text)
        return any(_is_passive(words, at) for at in range(len(words)))

    return passive(one) != passive(other)


def _are_listed(statement: str, quotes: str, one: str, other: str) -> bool:
    """Whether they belong together in either text, so that their order says nothing.

    Items of one list, "Chile and Peru"; a person and where he is: "In Lima President Castillo".
    """
    for text in (statement, quotes):
        at = {name: place for place, name in reversed(_names_at(text))}
        first, second = sorted((at[one], at[other]))
        if re.fullmatch(r"[\w’'-]+\s*", text[first:second]):
            return True
        if re.fullmatch(
            r"[\w’'-]+(?:,[^.;]{0,40}|\s*)(?:,|\band\b|\bor\b|&)[\s\w,]*", text[first:second]
        ):
            return True
    return False
