"""What replies cost, and how many tokens may go in a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Engine

from assistant import messages
from assistant.models.model import Usage
from corpus.errors import LanguageModelError
from corpus.schema import model_spending


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost; 0 where that is not known.

    Attributes:
        prompt: Of what is read.
        reply: Of what is written.
    """

    prompt: float = 0.0
    reply: float = 0.0

    def of(self, usage: Usage) -> float | None:
        """What a reply cost; nothing if it was kept, None where no price is known."""
        if not self.prompt and not self.reply:
            return None
        if usage.cached:
            return 0.0
        read, written = usage.prompt_tokens * self.prompt, usage.completion_tokens * self.reply
        return (read + written) / 1_000_000


@dataclass(frozen=True, slots=True)
class Booking:
    """Tokens set aside for a reply, before it is asked for."""

    day: str
    tokens: int


class DailyBudget:
    """So many tokens a day (UTC) and no more, over all processes that share the database.

    What a reply may take is booked before it is asked for, and put right once it is known: so
    two that are asked for at once cannot both take the last tokens, and what a process that was
    killed had booked stays spent.

    Args:
        engine: The open database.
        model: The model's name.
        most: Tokens a day, 0 for no limit.
        today: The day that it is.
    """

    def __init__(
        self,
        engine: Engine,
        model: str,
        most: int,
        today: Callable[[], dt.date] = lambda: dt.datetime.now(dt.UTC).date(),
    ) -> None:
        self._engine = engine
        self._model = model
        self._most = most
        self._today = today

    def book(self, tokens: int) -> Booking:
        """Set tokens aside.

        Raises:
            LanguageModelError: They are more than are left today.
        """
        booking = Booking(self._today().isoformat(), tokens)
        if not self._most:
            return booking
        spent = model_spending.c.tokens
        with self._engine.begin() as connection:
            connection.execute(
                insert(model_spending).values(day=booking.day, tokens=0).on_conflict_do_nothing()
            )
            booked = connection.execute(
                model_spending.update()
                .where(model_spending.c.day == booking.day, spent + tokens <= self._most)
                .values(tokens=spent + tokens)
            )
        if not booked.rowcount:
            cause, mend = messages.MODEL_BUDGET_SPENT
            raise LanguageModelError(
                cause.format(model=self._model, most=self._most, tokens=tokens), mend
            )
        return booking

    def settle(self, booking: Booking, used: int) -> None:
        """Put a booking right: so many tokens it really was."""
        if not self._most:
            return
        with self._engine.begin() as connection:
            connection.execute(
                model_spending.update()
                .where(model_spending.c.day == booking.day)
                .values(tokens=model_spending.c.tokens + (used - booking.tokens))
            )
