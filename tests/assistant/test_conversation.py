"""Conversations as they are kept, also by earlier versions."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from assistant.answer import EXTRACTIVE
from assistant.assembly import Desk
from assistant.web import rendering
from corpus import schema

COST = "How much did the rail line in Uruguay cost?"
# What answers came to have after the first ones had been kept.
LATER = ("differs", "filters", "notice", "dropped", "usage")


@pytest.mark.parametrize("question", [COST, "Who won the chess championship in Iceland?"])
def test_answers_kept_without_what_came_later_still_open(desk: Desk, question: str) -> None:
    """They are read, shown and gone on with; what they lack is empty."""
    answer = desk.assistant.ask(question)
    written = {name: value for name, value in answer.to_json().items() if name not in LATER}
    for cited in written["citations"]:
        del cited["also"]
    if written["refusal"]:
        del written["refusal"]["choices"]
        for near in written["refusal"]["nearest"]:
            del near["also"]
    with desk.library.engine.begin() as connection:
        connection.execute(
            sa.update(schema.turns)
            .where(schema.turns.c.answer_id == answer.answer_id)
            .values(answer=written)
        )
    kept = desk.assistant.conversations.answer(answer.answer_id)
    assert (kept.notice, kept.dropped, kept.usage, kept.differs) == ("", (), None, False)
    assert kept.composer == EXTRACTIVE
    assert kept.statements == answer.statements
    assert kept.citations == tuple(answer.citations)
    assert "dropped" not in rendering.turn(kept, last=True)
    following = desk.assistant.ask("And Bolivia?", answer.conversation_id)
    assert desk.assistant.conversations.get(answer.conversation_id).turns == (kept, following)
