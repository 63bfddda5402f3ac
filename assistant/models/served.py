"""A language model as a provider serves it: its reply, piece by piece, and how that ends."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Protocol

from assistant.models.counting import surely_longer
from assistant.models.failure import Where
from assistant.models.model import Prompt, Usage
from corpus.errors import LanguageModelError

# What a provider calls the end of a reply that had no more room.
LENGTH = frozenset({"length", "max_tokens"})


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a reply, as it comes.

    Attributes:
        text: New text; "" where the part says something else.
        tokens: How many tokens prompt and reply have been, where the provider says.
        ended: Why the reply has ended, in the provider's word; "" while it goes on.
    """

    text: str = ""
    tokens: tuple[int, int] | None = None
    ended: str = ""


class Provider(Protocol):
    """Whoever speaks for a model."""

    def parts(self, prompt: Prompt) -> Generator[Part]:
        """The reply, part by part; closing the generator ends the request."""

    def count(self, text: str) -> int:
        """How many tokens `text` is; never too few."""


class ServedModel:
    """A model behind a provider; a `LanguageModel` that fails at the first difficulty.

    Args:
        name: As readers are shown it.
        context: How many tokens of prompt and reply together it takes.
        provider: Who speaks for it.
        where: What failures are told of.
    """

    def __init__(self, name: str, context: int, provider: Provider, where: Where) -> None:
        self.name = name
        self.context = context
        self._provider = provider
        self._where = where

    def count(self, text: str) -> int:
        """How many tokens `text` is; never too few."""
        return self._provider.count(text)

    def reply(self, prompt: Prompt) -> Generator[str | Usage]:
        """The reply as it comes; its usage last, also of one that had no more room.

        Raises:
            RequestFailed: As `LanguageModel.reply`.
        """
        written: list[str] = []
        tokens: tuple[int, int] | None = None
        ended = ""
        parts = self._provider.parts(prompt)
        try:
            for part in parts:
                tokens, ended = part.tokens or tokens, part.ended or ended
                if part.text:
                    written.append(part.text)
                    yield part.text
                if surely_longer(sum(map(len, written)), prompt.most):
                    # The server was told, and goes on.
                    raise self._where.too_long()
        except LanguageModelError:
            raise
        except Exception as error:
            # Whatever a foreign server or library does. Not chained: its text may hold the key.
            raise self._where.failed(error) from None
        finally:
            parts.close()
        if not ended:
            raise self._where.broke_off()
        yield self._usage(prompt, "".join(written), tokens)
        if ended in LENGTH:
            raise self._where.too_long()

    def _usage(self, prompt: Prompt, text: str, tokens: tuple[int, int] | None) -> Usage:
        # Anthropic's protocol has no way to say nothing but zero.
        if tokens and any(tokens):
            return Usage(*tokens)
        read = self.count(prompt.system) + self.count(prompt.user)
        return Usage(read, self.count(text), estimated=True)
