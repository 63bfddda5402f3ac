"""Whole replies, kept: the same request again is not sent again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Engine

from assistant.models.model import Prompt, Usage
from corpus.schema import model_replies

# Some 2 kB each.
MOST_KEPT = 1000


@dataclass(frozen=True, slots=True)
class KeptReply:
    """A reply that was whole.

    Attributes:
        text: What was said.
        usage: What it took then.
    """

    text: str
    usage: Usage


class KeptReplies:
    """The replies that one model gave, in the library's database.

    Args:
        engine: The open database.
        origin: Provider, address and name of the model: another's replies are not its own.
        most: How many are kept, of all models together; the oldest go first.
    """

    def __init__(self, engine: Engine, origin: tuple[str, ...], most: int = MOST_KEPT) -> None:
        self._engine = engine
        self._origin = origin
        self._most = most

    def find(self, prompt: Prompt) -> KeptReply | None:
        """The reply to exactly this prompt."""
        of_prompt = model_replies.c.key == self._key(prompt)
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(model_replies).where(of_prompt)).one_or_none()
        if row is None:
            return None
        usage = Usage(row.prompt_tokens, row.completion_tokens, row.estimated, cached=True)
        return KeptReply(row.reply, usage)

    def keep(self, prompt: Prompt, text: str, usage: Usage) -> None:
        """Keep a whole reply, in place of an earlier one to the same prompt."""
        row = {
            "reply": text,
            "prompt_tokens": usage.prompt_tokens,
            "completion_tokens": usage.completion_tokens,
            "estimated": usage.estimated,
            "kept_at": dt.datetime.now(dt.UTC).isoformat(),
        }
        newest = (
            sa.select(model_replies.c.key)
            .order_by(model_replies.c.kept_at.desc())
            .limit(self._most)
        )
        with self._engine.begin() as connection:
            connection.execute(
                insert(model_replies)
                .values(key=self._key(prompt), **row)
                .on_conflict_do_update(index_elements=["key"], set_=row)
            )
            connection.execute(model_replies.delete().where(model_replies.c.key.not_in(newest)))

    def _key(self, prompt: Prompt) -> str:
        """The SHA-256 of all that a reply hangs on; what was asked cannot be read out of it."""
        asked = [*self._origin, prompt.system, prompt.user, prompt.most, prompt.schema]
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
