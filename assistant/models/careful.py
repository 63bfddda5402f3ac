"""A language model asked with care: kept replies, a budget, retries, and a rest for the server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace

from assistant import messages
from assistant.models.breaker import CircuitBreaker
from assistant.models.failure import RequestFailed
from assistant.models.model import Prompt, Usage
from assistant.models.replies import KeptReplies
from assistant.models.served import ServedModel
from assistant.models.spending import DailyBudget, Prices

# A request is sent at most so often, the second and third time after these seconds.
PAUSES = (0.5, 2.0)

# Nobody waits longer for an answer to begin.
MOST_WAIT_SECONDS = 20.0

# The names of roles, and the schema, that a server puts around a prompt.
OVERHEAD_TOKENS = 400


@dataclass(frozen=True)
class CarefulModel:
    """A `LanguageModel` that spends no more than it may and gives up in good time.

    Attributes:
        model: Who is asked.
        replies: What it said before.
        budget: How much it may be asked.
        breaker: Whether it is asked now.
        prices: What it costs.
        sleep: Lets seconds pass.
    """

    model: ServedModel
    replies: KeptReplies
    budget: DailyBudget
    breaker: CircuitBreaker
    prices: Prices
    sleep: Callable[[float], None] = time.sleep

    @property
    def name(self) -> str:
        """Its name, as readers are shown it."""
        return self.model.name

    @property
    def context(self) -> int:
        """How many tokens of prompt and reply together it takes."""
        return self.model.context

    def count(self, text: str) -> int:
        """How many tokens `text` is; never too few."""
        return self.model.count(text)

    def reply(self, prompt: Prompt) -> Iterator[str | Usage]:
        """The reply as it comes, or as it was kept; its usage last.

        Raises:
            LanguageModelError: As `LanguageModel.reply`.
        """
        if kept := self.replies.find(prompt):
            yield kept.text
            yield replace(kept.usage, cost=self.prices.of(kept.usage))
            return
        with self.breaker.trial():
            yield from self._paid(prompt)

    def _paid(self, prompt: Prompt) -> Iterator[str | Usage]:
        """The reply, what it takes booked before and settled behind it, however it ends."""
        read = self.count(prompt.system) + self.count(prompt.user)
        booking = self.budget.book(read + OVERHEAD_TOKENS + prompt.most)
        text, usage, free = "", None, False
        try:
            for piece in self._retried(prompt):
                if isinstance(piece, Usage):
                    usage = piece = replace(piece, cost=self.prices.of(piece))
                else:
                    text += piece
                yield piece
        except RequestFailed as error:
            free = not text and (error.may_pass or error.is_refusal)
            raise
        finally:
            used = usage or Usage(0 if free else read, self.count(text) if text else 0)
            self.budget.settle(booking, used.prompt_tokens + used.completion_tokens)
        if text and usage:
            self.replies.keep(prompt, text, usage)

    def _retried(self, prompt: Prompt) -> Iterator[str | Usage]:
        """The reply, asked for again where that may help and nothing of it has come yet."""
        for pause in (*PAUSES, None):
            begun = False
            try:
                with closing(self.model.reply(prompt)) as reply:
                    for piece in reply:
                        begun = True
                        yield piece
                return
            except RequestFailed as error:
                if begun or pause is None or not error.may_pass:
                    raise
                wait = max(pause, error.wait or 0.0)
                if wait > MOST_WAIT_SECONDS:
                    raise _asks_to_wait(error, wait) from None
            self.sleep(wait)


def _asks_to_wait(error: RequestFailed, seconds: float) -> RequestFailed:
    mend = messages.MODEL_ASKS_TO_WAIT.format(seconds=f"{seconds:.0f}")
    return RequestFailed(error.cause, mend, error.status, wait=seconds)
