"""A language model that writes what it is told to, and an assistant that writes with it."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.assistant import Assistant
from assistant.composing import Prose
from assistant.generative import Writer
from assistant.models.model import LanguageModel, Prompt, Usage
from assistant.support import LearnedSupport
from index.embedding import embedded_directory

# How long a model that never ends goes on for whoever never stops it, in seconds.
PATIENCE = 20.0
TICK = 0.02


class ScriptedModel:
    """Writes lines, each citing the evidence that holds certain words.

    Args:
        lines: What to write, and words of the evidence that each line leans on.
        usage: What the reply took.
        before: Called in front of each line with how many have been written, and at the end.
        is_endless: Whether it goes on writing nothing in particular until it is closed.
    """

    name = "scripted <b>7b</b>"
    context = 4_096

    def __init__(
        self,
        *lines: tuple[str, str],
        usage: Usage | None = None,
        before: Callable[[int], None] = lambda _written: None,
        is_endless: bool = False,
    ) -> None:
        self._lines = lines
        self._usage = usage or Usage(1_204, 56)
        self._before = before
        self._is_endless = is_endless
        self.closed = threading.Event()
        self.finished = threading.Event()

    def count(self, text: str) -> int:
        """A third of the characters."""
        return len(text) // 3 + 1

    def reply(self, prompt: Prompt) -> Iterator[str | Usage]:
        """The lines, a word at a time."""
        try:
            for written, (text, words) in enumerate(self._lines):
                self._before(written)
                for word in f"{text} [{_number(prompt, words)}]\n".split(" "):
                    yield word if word.endswith("\n") else f"{word} "
            self._before(len(self._lines))
            ends = time.monotonic() + PATIENCE
            while self._is_endless and time.monotonic() < ends:
                time.sleep(TICK)
                yield " "
            yield self._usage
            self.finished.set()
        finally:
            self.closed.set()


def writing(assistant: Assistant, model: LanguageModel) -> Assistant:
    """`assistant`, which writes with `model`."""
    support = LearnedSupport.open(embedded_directory())
    return replace(assistant, prose=Prose(Writer(model, reply_tokens=400), support))


def _number(prompt: Prompt, words: str) -> str:
    """The number of the evidence that holds the words."""
    line = next(line for line in prompt.user.splitlines() if words in line)
    found = re.match(r"\[(\d+)\]", line)
    assert found, "evidence is numbered"
    return found[1]
