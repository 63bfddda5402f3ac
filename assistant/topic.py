"""What a conversation is on that a follow-up does not say: the terms it is meant with.

After QuReTeC (Voskarides et al., "Query Resolution for Conversational Search with Limited
Supervision", SIGIR 2020), which marks each term of the conversation as meant or not; here it is
a logistic regression over cheap signs instead of BERT. A term's signs (where it was said, how
often, how it is written) count differently by what the question lacks (a pronoun, a bare noun,
few words), so the weights are a table of the one by the other.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from assistant.answer import Answer
from assistant.phrases import ARTICLES, LINKS, Token, tokens
from assistant.referents import answered, main_and_topic
from assistant.topic_weights import WEIGHTS

Floats = npt.NDArray[np.float64]

# Of an answer, its beginning: what comes later is seldom taken up.
ANSWER_TOKENS = 150
# Terms of earlier questions go back this far.
EARLIER = 12
# Adding a word raises F1 where it is right more often than half the F1 that is had without it.
LEAST = 0.45
# What a word needs to be said with a meant one that follows it in its phrase.
BESIDE = 0.2
MOST_LINKS = 2

TERM_SIGNS = (
    "one",
    "in the last question",
    "in the last answer",
    "in the first question",
    "in a question",
    "share of questions",
    "nearness of the last question",
    "new in the last question",
    "times in the answer",
    "in the answer's first sentence",
    "how early in the answer",
    "capital",
    "acronym",
    "figure",
    "long word",
    "ends its phrase",
    "begins its phrase",
    "phrase of one word",
    "phrase of three words or more",
    "behind a preposition",
    "behind a or an",
    "behind the",
    "behind an auxiliary",
    "ends the text",
    "-ing",
    "-ed or -ly",
    "plural",
    "in a phrase with a word of the question",
    "in a sentence with a word of the question",
    "in question and answer",
    "before the or a",
    "before a preposition",
    "small behind a capital",
    "ends what an auxiliary begins",
)
QUESTION_SIGNS = (
    "one",
    "it",
    "they",
    "he or she",
    "this or that noun",
    "one word or none",
    "two words",
    "four words or more",
    "six words or more",
    "names something new",
    "has a word of a question before",
    "has a word of the answer",
    "what about",
    "ends with the noun",
    "other, more, else",
    "there",
    "a word before the pronoun",
    "second question",
    "fifth question or later",
)
_IT = re.compile(r"\b(?:it|its|this|that|it's)\b(?!\s+(?:is|was)\s+(?:true|possible))", re.I)
_THEY = re.compile(r"\b(?:they|them|their|these|those|they're)\b", re.I)
_HE = re.compile(r"\b(?:he|him|his|she|her|hers)\b", re.I)
_THIS_NOUN = re.compile(
    r"\b(?:this|that|these|those|such)\s+(?!is|are|was|were|do|can)[a-z]{3,}", re.I
)
_ABOUT = re.compile(r"^(?:\w+[.!,]\s+)?(?:and|or|but|what about|how about|what of)\b", re.I)
_THE_END = re.compile(r"\bthe\s+(?:[\w-]+\s+){0,2}[\w-]+\s*[?.!]*$", re.I)
_OTHER = re.compile(r"\b(?:other|others|another|more|else|ones?|similar|different|same)\b", re.I)
_THERE = re.compile(r"(?<!\bis )(?<!\bare )(?<!\bwas )\bthere\b(?! (?:is|are|any|a)\b)", re.I)
_AUXILIARIES = frozenset(
    "is are was were do does did has have had can could will would should".split()
)
_PREPOSITIONS = frozenset("of about for on in with to from between against".split())


@dataclass(frozen=True, slots=True)
class Said:
    """A text of the conversation: a question, `turn` questions ago, or the last answer."""

    tokens: tuple[Token, ...]
    is_answer: bool
    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring terms that are meant, as they were said.

    Attributes:
        text: The words.
        stems: What they are compared by.
        sure: The probability of the likeliest of them, 0 to 1.
    """

    text: str
    stems: frozenset[str]
    sure: float


def spoken(turns: Sequence[Answer]) -> list[Said]:
    """The texts of a conversation, latest first: the last answer, questions with their topics."""
    questions = [" ".join(main_and_topic(t.standalone)) for t in turns[-EARLIER:]]
    said = [Said(tuple(tokens(q)), False, n, q) for n, q in enumerate(reversed(questions))]
    answer = answered(turns[-1])
    if answer:
        said.insert(0, Said(tuple(tokens(answer)[:ANSWER_TOKENS]), True, 0, answer))
    return said


def points_back(asked: str, said: Sequence[Said]) -> bool:
    """Whether anything but a pronoun tells that a question goes on with what was said.

    A word of a question before, "the symptoms" without of what, "the others", "and…".
    """
    before = {t.stem for s in said if not s.is_answer for t in s.tokens if t.content}
    patterns = (_THIS_NOUN, _THE_END, _OTHER, _ABOUT)
    return any(p.search(asked) for p in patterns) or any(
        t.content and t.stem in before for t in tokens(asked)
    )


def signs(asked: str, said: Sequence[Said]) -> tuple[list[str], Floats, Floats]:
    """The terms of the conversation that `asked` lacks, and what tells whether it means them.

    Returns:
        stems; their signs, terms x `TERM_SIGNS`; the question's signs, `QUESTION_SIGNS`.
    """
    own = [t for t in tokens(asked)]
    own_stems = {t.stem for t in own}
    own_content = {t.stem for t in own if t.content}
    mentions: dict[str, list[tuple[Said, int]]] = defaultdict(list)
    for one in said:
        for at, token in enumerate(one.tokens):
            if token.content and token.stem not in own_stems:
                mentions[token.stem].append((one, at))
    count = sum(not s.is_answer for s in said)
    near = {id(s): _beside(s, own_content) for s in said}
    rows = [_term_signs(m, count, near) for m in mentions.values()]
    return (
        list(mentions),
        np.array(rows, float).reshape(-1, len(TERM_SIGNS)),
        np.array(_question_signs(asked, own, said, count), float),
    )


def _beside(said: Said, own: set[str]) -> tuple[set[int], set[int]]:
    """The phrases, and the sentences, of a text that hold a word of the question."""
    chunks, sentences, sentence = set(), set(), 0
    for token in said.tokens:
        sentence += token.opens
        if token.content and token.stem in own:
            chunks.add(token.chunk)
            sentences.add(sentence)
    return chunks, sentences


def _term_signs(
    mentions: Sequence[tuple[Said, int]],
    count: int,
    near: dict[int, tuple[set[int], set[int]]],
) -> list[float]:
    asked = [(s, at) for s, at in mentions if not s.is_answer]
    answered = [(s, at) for s, at in mentions if s.is_answer]
    said, at = (asked or answered)[0]
    token = said.tokens[at]
    before = said.tokens[at - 1].text.lower() if at and not token.parted else ""
    first = at
    while first and said.tokens[first - 1].chunk == token.chunk:
        first -= 1
    lead = said.tokens[first - 1].text.lower() if first and not said.tokens[first].parted else ""
    following = said.tokens[at + 1] if at + 1 < len(said.tokens) else None
    length = sum(t.chunk == token.chunk for t in said.tokens)
    turns = {s.turn for s, _ in asked}
    in_last = 0 in turns
    sentences = [sum(t.opens for t in s.tokens[: k + 1]) for s, k in answered]
    beside = any(s.tokens[k].chunk in near[id(s)][0] for s, k in mentions)
    shared = any(sum(t.opens for t in s.tokens[: k + 1]) in near[id(s)][1] for s, k in mentions)
    word = token.stem
    return [
        1,
        in_last,
        bool(answered),
        count - 1 in turns,
        bool(asked),
        len(turns) / max(count, 1),
        1 / (1 + min(turns)) if turns else 0,
        turns == {0} and count > 1,
        math.log1p(len(answered)),
        bool(sentences) and sentences[0] == 1,
        1 - answered[0][1] / ANSWER_TOKENS if answered else 0,
        any(s.tokens[k].text[0].isupper() and not s.tokens[k].opens for s, k in mentions),
        token.text.isupper() and len(token.text) > 1,
        token.text[0].isdigit(),
        len(word) >= 8,
        following is None or following.chunk != token.chunk,
        first == at,
        length == 1,
        length >= 3,
        lead in _PREPOSITIONS,
        lead in ("a", "an"),
        lead == "the" or before == "the",
        lead in _AUXILIARIES,
        following is None,
        word.endswith("ing"),
        word.endswith(("ed", "ly")),
        word != token.text.lower() and not word.endswith("'s"),
        beside,
        shared,
        bool(asked and answered),
        following is not None and following.text.lower() in ("the", "a", "an"),
        following is not None and following.text.lower() in _PREPOSITIONS,
        first < at and said.tokens[at - 1].text[0].isupper() and not token.text[0].isupper(),
        lead in _AUXILIARIES
        and first < at
        and said.tokens[at].chunk != (following and following.chunk),
    ]


def _question_signs(
    asked: str, own: Sequence[Token], said: Sequence[Said], count: int
) -> list[float]:
    before = {t.stem for s in said if not s.is_answer for t in s.tokens if t.content}
    answered = {t.stem for s in said if s.is_answer for t in s.tokens if t.content}
    content = [t for t in own if t.content]
    pronoun = next((m for p in (_IT, _THEY, _HE) if (m := p.search(asked))), None)
    named = [t for t in content if t.text[0].isupper() and not t.opens]
    return [
        1,
        bool(_IT.search(asked)),
        bool(_THEY.search(asked)),
        bool(_HE.search(asked)),
        bool(_THIS_NOUN.search(asked)),
        len(content) <= 1,
        len(content) == 2,
        len(content) >= 4,
        len(content) >= 6,
        any(t.stem not in before | answered for t in named),
        any(t.stem in before for t in content),
        any(t.stem in answered for t in content),
        bool(_ABOUT.match(asked)),
        bool(_THE_END.search(asked)),
        bool(_OTHER.search(asked)),
        bool(_THERE.search(asked)),
        bool(pronoun) and any(t.start < pronoun.start() for t in content if pronoun),
        count == 1,
        count >= 4,
    ]


def meant(asked: str, said: Sequence[Said], least: float = LEAST) -> list[Run]:
    """The terms that `asked` is meant with, as they were said, likeliest first.

    Args:
        asked: The question.
        said: The conversation's texts, latest first.
        least: The probability above which a term is meant.
    """
    stems, of_terms, of_question = signs(asked, said)
    sure = 1 / (1 + np.exp(-(of_terms @ WEIGHTS @ of_question)))
    chances = {s: float(p) for s, p in zip(stems, sure, strict=True) if p > min(BESIDE, least)}
    left = {s for s, p in chances.items() if p > least}
    found: list[Run] = []
    while left:
        runs = [run for one in said for run in _runs(one, left, chances)]
        best = max(runs, key=lambda run: len(run.stems & left))
        found.append(best)
        left -= best.stems
    return sorted(found, key=lambda run: -run.sure)


def _runs(said: Said, left: set[str], chances: dict[str, float]) -> list[Run]:
    """The stretches of a text that are meant, with the links between their words.

    A word beside a meant one in its phrase needs less to be meant with it.
    """
    wanted = [t.content and t.stem in left for t in said.tokens]
    beside = list(pairwise(range(len(wanted))))
    for at, to in [*beside, *((to, at) for at, to in reversed(beside))]:
        token, other = said.tokens[at], said.tokens[to]
        if wanted[at] and token.chunk == other.chunk and other.stem in chances:
            wanted[to] = True
    found: list[Run] = []
    run: list[Token] = []
    gap: list[Token] = []
    for token, is_wanted in zip(said.tokens, wanted, strict=True):
        if run and token.parted:
            found.append(_run(said, run, chances))
            run, gap = [], []
        if is_wanted:
            run += [*gap, token] if run else [token]
            gap = []
        elif run and len(gap) < MOST_LINKS and token.text in (LINKS if not gap else ARTICLES):
            gap.append(token)
        elif run:
            found.append(_run(said, run, chances))
            run, gap = [], []
    if run:
        found.append(_run(said, run, chances))
    return found


def _run(said: Said, run: Sequence[Token], chosen: dict[str, float]) -> Run:
    stems = frozenset(t.stem for t in run if t.stem in chosen)
    words = said.text[run[0].start : run[-1].end]
    return Run(words, stems, max(chosen[s] for s in stems))
