"""What the assistant asks of a language model, whoever makes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is given.

    Attributes:
        system: The instructions; never anything from a briefing.
        user: The question and the evidence, fenced as data.
        most: How many tokens the reply may have at most.
        schema: A JSON schema that the reply must follow, for servers that can hold to one.
    """

    system: str
    user: str
    most: int
    schema: Mapping[str, Any] | None = field(default=None, hash=False)


@dataclass(frozen=True, slots=True)
class Usage:
    """What a reply took.

    Attributes:
        prompt_tokens: Tokens read.
        completion_tokens: Tokens written.
        estimated: Whether the server did not say and they were counted here.
        cost: In the currency of the prices set; None where no prices are set.
        cached: Whether it was kept from an identical request, and so took nothing.
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: bool = False
    cost: float | None = None
    cached: bool = False


class LanguageModel(Protocol):
    """A model that can be asked."""

    @property
    def name(self) -> str:
        """Its name, as readers are shown it."""

    @property
    def context(self) -> int:
        """How many tokens of prompt and reply together it takes."""

    def count(self, text: str) -> int:
        """How many tokens `text` is; never too few."""

    def reply(self, prompt: Prompt) -> Iterator[str | Usage]:
        """The reply as it comes, piece by piece; its usage last.

        Closing the iterator ends the request.

        Raises:
            LanguageModelError: It cannot be reached, refuses, takes too long, breaks off, or may
                not be asked any more today; what was given before that stands.
        """
