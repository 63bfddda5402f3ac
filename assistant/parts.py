"""A question that asks two things: taken apart, so that each is answered, or said not to be."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from assistant.answer import Answer
from assistant.phrases import tokens
from assistant.question import Query, Shape, understand

_ASKS = r"(?:what|who|whom|how|when|where|why|which)"
# "…, and where?" asks for more of the same; "…, and what was the turnout?" asks another thing.
_SECOND = re.compile(rf",?\s+(?:and|but)\s+(?=(?:by |in |on |at |from |to )?{_ASKS}\b)", re.I)
_BEGINS = re.compile(rf"^(?:in |on |at |by |from |to )?{_ASKS}\b", re.I)
# Each part needs something that it is about.
FEWEST_WORDS = 4


def taken_apart(query: Query, today: dt.date) -> tuple[Query, ...]:
    """The questions that `query` asks, one or two, each standing on its own.

    The second may lean on the first ("…, and why did it fail?"): it is understood as the next
    question of a conversation would be.

    Args:
        query: A question that stands on its own.
        today: The day that "last month" is reckoned from.
    """
    if query.unresolved or query.about or query.shape is Shape.SPEAKER:
        return (query,)
    cut = list(_SECOND.finditer(query.text))
    if len(cut) != 1 or not _BEGINS.match(query.text):
        return (query,)
    one = f"{query.text[: cut[0].start()].rstrip('?,; ')}?"
    other = query.text[cut[0].end() :]
    if not (_is_whole(one) and _is_whole(other)):
        return (query,)
    asked = understand(one, (), today)
    said = Answer(question=one, standalone=asked.text, text="")
    then = understand(other[0].upper() + other[1:], (said,), today)
    if then.unresolved:
        return (query,)
    return tuple(replace(part, asked=query.asked) for part in (asked, then))


def _is_whole(part: str) -> bool:
    return len(part.split()) >= FEWEST_WORDS and any(t.content for t in tokens(part))
