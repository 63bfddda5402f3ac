"""Whether a language model is fit to write answers: it is asked for a very short one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from assistant import messages
from assistant.doctor import Check
from assistant.models.model import Prompt, Usage
from assistant.models.opening import open_bare, place_of, prices_of
from assistant.models.served import ServedModel
from assistant.prompts import SCHEMA, SYSTEM, fenced
from assistant.settings import Settings
from assistant.statements import read_statements
from corpus.errors import AttacheError

# Asked as every answer is: the same rules, the same form, evidence nobody could know.
PROMPT = Prompt(
    SYSTEM,
    fenced(
        "What is known of the bridge at Guayaramerín?",
        [
            "[1] (A bridge opens; 4 March 2022) Bolivia opened the Guayaramerín bridge on 3 March.",
            "[2] (A bridge opens; 4 March 2022) The toll is four dollars for a car.",
        ],
    ),
    most=200,
    schema=SCHEMA,
)

# Of a reply that is not as it should be, for people to see.
MOST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Tried:
    """A reply, timed.

    Attributes:
        text: The whole of it.
        pieces: In how many pieces it came.
        first: Seconds until the first came.
        rest: Seconds from there to the last.
        usage: What it took.
    """

    text: str
    pieces: int
    first: float
    rest: float
    usage: Usage


def try_model(settings: Settings) -> Iterator[Check]:
    """Ask the model that the settings name; it is asked directly, and outside the day's budget.

    Args:
        settings: Which, and where.
    """
    try:
        model = open_bare(settings)
        if model is None:
            yield Check("model", True, messages.DOCTOR_NO_MODEL, messages.DOCTOR_NO_MODEL_MEND)
            return
        tried = _ask(model)
    except AttacheError as error:
        yield Check("model", False, error.cause, error.mend)
        return
    known = {"model": model.name, "place": place_of(settings)}
    if not tried.text.strip():
        silent = messages.DOCTOR_MODEL_SILENT.format(**known)
        yield Check("model", False, silent, messages.DOCTOR_MODEL_SILENT_MEND)
        return
    yield Check("model", True, messages.DOCTOR_MODEL_FOUND.format(**known))
    yield _streams(tried)
    yield _cites(tried)
    yield _speed(tried)
    cost = prices_of(settings).of(tried.usage)
    if cost is not None:
        yield Check("price", True, _price(cost, tried.usage))


def _ask(model: ServedModel) -> Tried:
    begun = time.monotonic()
    came: list[float] = []
    text, usage = "", Usage()
    for piece in model.reply(PROMPT):
        if isinstance(piece, Usage):
            usage = piece
            continue
        text += piece
        came.append(time.monotonic())
    first, last = (came[0], came[-1]) if came else (begun, begun)
    return Tried(text, len(came), first - begun, last - first, usage)


def _streams(tried: Tried) -> Check:
    if tried.pieces < 2:
        return Check("streaming", False, messages.DOCTOR_STREAMS_NOT, messages.DOCTOR_STREAMS_MEND)
    return Check("streaming", True, messages.DOCTOR_STREAMS.format(pieces=tried.pieces))


def _cites(tried: Tried) -> Check:
    written = list(read_statements([tried.text]))
    if not written or not all(w.numbers and set(w.numbers) <= {1, 2} for w in written):
        found = messages.DOCTOR_CITES_NOT.format(reply=tried.text[:MOST_SHOWN])
        return Check("citing", False, found, messages.DOCTOR_CITES_MEND)
    return Check("citing", True, messages.DOCTOR_CITES)


def _speed(tried: Tried) -> Check:
    # What is estimated is an upper bound and would flatter; a piece is a token, mostly.
    tokens = tried.pieces if tried.usage.estimated else tried.usage.completion_tokens
    rate = tokens / tried.rest if tried.rest else 0.0
    return Check("speed", True, messages.DOCTOR_SPEED.format(first=tried.first, rate=rate))


def _price(cost: float, usage: Usage) -> str:
    return messages.DOCTOR_PRICE.format(
        cost=cost, read=usage.prompt_tokens, written=usage.completion_tokens
    )
