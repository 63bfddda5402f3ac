"""A language model's reply, read as it comes: its statements and the numbers each one names.

What models write for a citation differs: [1], [1, 2], 【1】, ［1］, (1), [[1]], [1-3], [Source 1].
All are read, none is ever shown: a statement is handed out once it is whole, without markers.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index import sentences

_NUMBERS = r"\d{1,3}(?:†[^\]】]{0,40})?(?:\s*(?:[,;&、–-]|and)\s*\^?(?:\[)?\d{1,3}(?:\])?)*"
_MARKER = re.compile(
    rf"\s*(?:[\[【［〔]{{1,2}}\s*\^?(?:(?:sources?|evidence|sentences?|refs?)[\s:.#]*)?{_NUMBERS}"
    rf"\s*[\]】］〕]{{1,2}}|\(\s*{_NUMBERS}\s*\)(?=\s*(?:$|[.,;:!?\n\[【(]|(?-i:[A-Z“\"]))))",
    re.I | re.M,
)
_ONE = re.compile(r"\d+")
_RANGE = re.compile(r"(\d+)\s*[–-]\s*(\d+)")
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.S)
_LEAD = re.compile(
    r"^\s*(?:[-*•–]\s+|#+\s*|\d{1,2}[.)]\s+|>\s*|(?:answer|statements?)\s*:\s*)+", re.I
)
_EMPHASIS = re.compile(r"\*\*|__|`")
_NONE = re.compile(r"^\W*none\W*$", re.I)
_OBJECT = re.compile(r"\{\s*\"")
_AS_JSON = re.compile(r"\s*(?:```(?:json)?\s*)?(?:\{|\[\s*\{)")
# As long as these could still become something else, nothing is known of a reply.
_UNDECIDED = re.compile(r"\s*(?:`{0,3}|```[a-z]*\s*|\[\s*)\Z")
_WORD_FIRST = re.compile(r"[\s\"“‘'*_]*[^\W\d_]{2}")
# A number in a range of markers: more is no range of sentences.
_LONGEST_RANGE = 12


@dataclass(frozen=True, slots=True)
class Written:
    """A statement as a model wrote it: its words without markers, and the numbers it names."""

    text: str
    numbers: tuple[int, ...]


def read_statements(pieces: Iterable[str]) -> Iterator[Written]:
    """The statements of a reply, each as soon as it is whole.

    Lines or JSON, whichever the reply begins as; what is malformed is left out.

    Args:
        pieces: The reply's text, in pieces of any size.
    """
    reader = _Reader()
    for piece in pieces:
        yield from reader.feed(piece)
    yield from reader.end()


class _Reader:
    def __init__(self) -> None:
        self._text = ""
        self._json: bool | None = None

    def feed(self, piece: str) -> Iterator[Written]:
        self._text += piece
        yield from self._take(last=False)

    def end(self) -> Iterator[Written]:
        yield from self._take(last=True)

    def _take(self, *, last: bool) -> Iterator[Written]:
        if "<think>" in self._text:
            if "</think>" not in self._text and not last:
                return
            self._text = _THOUGHT.sub("", self._text)
        if self._json is None:
            if not self._text.strip() or (_UNDECIDED.match(self._text) and not last):
                return
            if "<think>".startswith(self._text.strip()) and not last:
                return
            self._json = bool(_AS_JSON.match(self._text))
        yield from self._take_objects() if self._json else self._take_lines(last)

    def _take_objects(self) -> Iterator[Written]:
        """Whole objects of the list; the outermost one is opened, never waited for."""
        decoder = json.JSONDecoder()
        at = 0
        while (found := _OBJECT.search(self._text, at)) is not None:
            try:
                value, stop = decoder.raw_decode(self._text, found.start())
            except ValueError:
                at = found.start() + 1
                continue
            self._text, at = self._text[stop:], 0
            yield from _of_json(value)

    def _take_lines(self, last: bool) -> Iterator[Written]:
        while "\n" in self._text:
            line, self._text = self._text.split("\n", 1)
            yield from _of_line(line)
        if last:
            line, self._text = self._text, ""
            yield from _of_line(line)
            return
        # Within a line, a sentence is whole once the next has begun, and that one has begun
        # once it has a word: what looks like one may be a marker that has half arrived.
        ends = _sentence_ends(self._text)
        if len(ends) > 1 and _WORD_FIRST.match(self._text[ends[-2] :]):
            stop = ends[-2]
            line, self._text = self._text[:stop], self._text[stop:]
            yield from _of_line(line)


def _sentence_ends(line: str) -> list[int]:
    """Where each sentence of `line` ends, with the markers behind it."""
    masked = _masked(line)
    spans = [s for s in sentences.split(masked) if s.of(masked).strip(" .,;")]
    if not spans:
        return []
    # What follows a sentence up to the next one are its markers.
    return [*(following.start for following in spans[1:]), len(line)]


def _of_line(line: str) -> Iterator[Written]:
    if line.strip().startswith("```"):
        return
    lead = _LEAD.match(line)
    line = line[lead.end() :] if lead else line
    begin = 0
    for end in _sentence_ends(line):
        stretch = line[begin:end]
        begin = end
        text = clean(_masked(stretch))
        if text and not _NONE.match(text):
            yield Written(text, _numbers(m.group() for m in _MARKER.finditer(stretch)))


def _of_json(value: object) -> Iterator[Written]:
    if not isinstance(value, dict):
        return
    if isinstance(value.get("statements"), list):
        for one in value["statements"]:
            yield from _of_json(one)
        return
    text, named = value.get("text"), value.get("evidence")
    if not isinstance(text, str):
        return
    given = [str(n) for n in named] if isinstance(named, list) else [str(named or "")]
    inside = [m.group() for m in _MARKER.finditer(text)]
    plain = clean(_masked(text))
    if plain and not _NONE.match(plain):
        yield Written(plain, _numbers([*given, *inside]))


def _masked(text: str) -> str:
    """`text` with its markers blanked, everything else in its place."""
    return _MARKER.sub(lambda m: " " * len(m.group()), text)


def _numbers(markers: Iterable[str]) -> tuple[int, ...]:
    found: list[int] = []
    for marker in markers:
        marker = re.sub(r"†[^\]】]*", "", marker)
        for first, final in _RANGE.findall(marker):
            if 0 < int(final) - int(first) <= _LONGEST_RANGE:
                found += range(int(first), int(final) + 1)
        found += [int(n) for n in _ONE.findall(marker)]
    return tuple(dict.fromkeys(found))


def clean(text: str) -> str:
    """Words as they are shown: no emphasis, no invisible characters, single spaces."""
    kept = "".join(c if unicodedata.category(c) != "Cc" else " " for c in text)
    kept = "".join(c for c in kept if unicodedata.category(c) not in ("Cf", "Co", "Cn", "Cs"))
    plain = _EMPHASIS.sub("", kept)
    return re.sub(r"\s+([.,;:!?])(?=\s|$)", r"\1", " ".join(plain.split()))
