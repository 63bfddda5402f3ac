"""Conversations: turns, kept in the library's database."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from assistant.answer import Answer, from_json
from corpus import schema
from corpus.errors import NotFound

# As much of the first question as a list of conversations shows.
TITLE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation and its turns, in order."""

    id: str
    title: str
    created_at: str
    turns: tuple[Answer, ...]


class Conversations:
    """The conversations of one home. Safe from any thread.

    Args:
        engine: The library's database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, conversation_id: str) -> Conversation:
        """The conversation with its turns.

        Raises:
            NotFound: There is none with this id.
        """
        with self._engine.connect() as connection:
            row = connection.execute(
                sa.select(schema.conversations).where(schema.conversations.c.id == conversation_id)
            ).one_or_none()
            if row is None:
                raise NotFound(
                    f"There is no conversation {conversation_id!r}",
                    "Leave the id out to begin a new one.",
                )
            answers = connection.scalars(
                sa.select(schema.turns.c.answer)
                .where(schema.turns.c.conversation_id == conversation_id)
                .order_by(schema.turns.c.ordinal)
            ).all()
        return Conversation(row.id, row.title, row.created_at, tuple(map(from_json, answers)))

    def answer(self, answer_id: str) -> Answer:
        """The answer with this id.

        Raises:
            NotFound: There is none.
        """
        with self._engine.connect() as connection:
            found = connection.scalar(
                sa.select(schema.turns.c.answer).where(schema.turns.c.answer_id == answer_id)
            )
        if found is None:
            raise NotFound(f"There is no answer {answer_id!r}", "Check the id, or ask again.")
        return from_json(found)

    def add(self, answer: Answer) -> None:
        """Keep `answer` as the next turn of its conversation, begun here where it is new."""
        now = dt.datetime.now(dt.UTC).isoformat()
        with self._engine.begin() as connection:
            known = connection.scalar(
                sa.select(schema.conversations.c.id).where(
                    schema.conversations.c.id == answer.conversation_id
                )
            )
            if known is None:
                connection.execute(
                    schema.conversations.insert().values(
                        id=answer.conversation_id,
                        title=answer.question[:TITLE_LENGTH],
                        created_at=now,
                    )
                )
            turns = connection.scalar(
                sa.select(sa.func.count()).where(
                    schema.turns.c.conversation_id == answer.conversation_id
                )
            )
            connection.execute(
                schema.turns.insert().values(
                    answer_id=answer.answer_id,
                    conversation_id=answer.conversation_id,
                    ordinal=turns,
                    question=answer.question,
                    answer=answer.to_json(),
                    asked_at=now,
                )
            )

    def add_feedback(self, answer_id: str, verdict: str, comment: str) -> None:
        """Keep what a reader thought of an answer.

        Raises:
            NotFound: There is no such answer.
        """
        self.answer(answer_id)
        with self._engine.begin() as connection:
            connection.execute(
                schema.feedback.insert().values(
                    answer_id=answer_id,
                    verdict=verdict,
                    comment=comment,
                    given_at=dt.datetime.now(dt.UTC).isoformat(),
                )
            )


def new_id() -> str:
    """An id for a conversation or an answer: 16 hexadecimal digits, not to be guessed."""
    return secrets.token_hex(8)
