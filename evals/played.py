"""A language model that writes what it is told to, in this process: for measuring what gets by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.assistant import Assistant
from assistant.composing import Prose
from assistant.generative import Writer
from assistant.models.model import Prompt, Usage
from assistant.support import LearnedSupport
from index.embedding import embedded_directory

REPLY_TOKENS = 1_200
_LINE = re.compile(r"^\[(\d+)\] \((.*?)\) (.+)$", re.M)
_QUESTION = re.compile(r"^Question: (.+)$", re.M)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A sentence as a model is given it.

    Attributes:
        n: Its number.
        told: Its briefing's title, day and speaker.
        text: Its words.
    """

    n: int
    told: str
    text: str


Part = Callable[[str, list[Numbered]], str]
"""From the question and the numbered sentences to a reply."""


@dataclass(frozen=True)
class PlayedModel:
    """Writes what its part says."""

    part: Part
    name: str = "played"
    context: int = 16_000

    def count(self, text: str) -> int:
        """A quarter of the characters."""
        return len(text) // 4 + 1

    def reply(self, prompt: Prompt) -> Iterator[str | Usage]:
        """The reply in one piece."""
        asked = _QUESTION.search(prompt.user)
        given = [Numbered(int(n), told, text) for n, told, text in _LINE.findall(prompt.user)]
        yield self.part(asked[1] if asked else "", given)
        yield Usage()


def played(assistant: Assistant, part: Part, support: LearnedSupport | None = None) -> Assistant:
    """`assistant`, which writes with a model that plays `part`."""
    support = support or LearnedSupport.open(embedded_directory())
    return replace(assistant, prose=Prose(Writer(PlayedModel(part), REPLY_TOKENS), support))


def copies(_question: str, given: list[Numbered]) -> str:
    """Every sentence with its number, to the letter."""
    return "\n".join(f"{one.text} [{one.n}]" for one in given)
