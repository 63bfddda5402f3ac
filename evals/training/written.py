"""Questions written for training: over SQuAD's paragraphs, and over briefings written with them.

The files are in `written/`. A block begins with `# ` and the first digits of a paragraph's
SHA-256 (SQuAD's text is not copied), or with `= ` and a briefing's title and date, its sentences
following as `[n] …`. Then come questions: the numbers of the sentences that answer, or `-`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "written"
DIGITS = 12
CLAIMS = "claims-"  # files that begin so hold claims, not questions: see `claims.py`

_QUESTION = re.compile(r"(?P<gold>-|\d+(?:\s*,\s*\d+)*)\s+(?P<question>\S.*)")
_SENTENCE = re.compile(r"\[\d+\]\s+(?P<text>\S.*)")
_BRIEFING = re.compile(r"= (?P<title>.+?)\s*\|\s*(?P<date>\d{4}-\d\d-\d\d)\s*")


@dataclass(frozen=True, slots=True)
class Written:
    """A question, the sentences before it, and which of them answer.

    Attributes:
        question: As written.
        key: The paragraph's digits or the briefing's title: one key is one text.
        title: Its headline; "" for a paragraph.
        date: Its date; None for a paragraph.
        sentences: Its sentences.
        gold: Numbers of the sentences that answer; none where nothing does.
    """

    question: str
    key: str
    title: str
    date: dt.date | None
    sentences: tuple[str, ...]
    gold: frozenset[int]


def digits(text: str) -> str:
    """What stands for a paragraph in the files."""
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def written(paragraphs: Iterable[tuple[str, tuple[str, ...]]]) -> list[Written]:
    """All written questions.

    Args:
        paragraphs: The texts that blocks of digits may mean, each with its sentences. Blocks of
            other paragraphs are left out.

    Raises:
        ValueError: A line is not of the form, or names a sentence that is not there.
    """
    known = {digits(text): sentences for text, sentences in paragraphs}
    found: list[Written] = []
    for path in sorted(FOLDER.glob("*.txt")):
        if path.name.startswith(CLAIMS):
            continue
        for at, block in blocks(path):
            try:
                found += _read(block, known)
            except ValueError as error:
                raise ValueError(f"{path.name}, block at line {at}: {error}") from error
    return found


def blocks(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The blocks of a file, each a list of lines, with the number of its first line."""
    block: list[str] = []
    begun = 1
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith(("# ", "= ")) and block:
            yield begun, block
            block = []
        if line.strip():
            if not block:
                begun = number
            block.append(line.strip())
    if block:
        yield begun, block


def _read(block: list[str], known: dict[str, tuple[str, ...]]) -> Iterator[Written]:
    head, *lines = block
    title, date, key = "", None, ""
    if briefing := _BRIEFING.fullmatch(head):
        key = title = briefing["title"]
        date = dt.date.fromisoformat(briefing["date"])
        told = [m["text"] for line in lines if (m := _SENTENCE.fullmatch(line))]
        sentences: tuple[str, ...] | None = tuple(told)
        lines = [line for line in lines if not _SENTENCE.fullmatch(line)]
    elif head.startswith("# "):
        key = head.removeprefix("# ").split()[0]
        sentences = known.get(key)
    else:
        raise ValueError(f"begins with {head[:40]!r}")
    if sentences is None:
        return
    for line in lines:
        match = _QUESTION.fullmatch(line)
        if match is None:
            raise ValueError(f"no question: {line[:60]!r}")
        gold = frozenset(int(n) for n in re.findall(r"\d+", match["gold"]))
        if gold and max(gold) >= len(sentences):
            raise ValueError(f"there is no sentence {max(gold)}: {line[:60]!r}")
        yield Written(match["question"], key, title, date, sentences, gold)
