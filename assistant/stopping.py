"""An answer in the making that a reader may stop, at any moment and from any thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue

from assistant.composing import Prose
from assistant.models.model import LanguageModel, Prompt, Usage

# How long a stop may go unnoticed while a model says nothing, in seconds.
NOTICED_WITHIN = 0.05

_Piece = str | Usage | Exception | None


class Stopped(Exception):
    """The reader has stopped the answer."""


@dataclass(frozen=True)
class StoppableModel:
    """A language model whose reply ends as soon as it is stopped.

    A model may read for a minute before its first word, and nobody can close an iterator that is
    being waited for; so the reply is waited for in a thread of its own.

    Attributes:
        model: The model.
        stop: Set by the reader.
    """

    model: LanguageModel
    stop: threading.Event

    @property
    def name(self) -> str:
        """The model's."""
        return self.model.name

    @property
    def context(self) -> int:
        """The model's."""
        return self.model.context

    def count(self, text: str) -> int:
        """As the model counts."""
        return self.model.count(text)

    def reply(self, prompt: Prompt) -> Iterator[str | Usage]:
        """The model's reply, until it is stopped.

        Raises:
            Stopped: The reader has stopped it; its request ends at the next piece at the latest.
            LanguageModelError: As `LanguageModel.reply`.
        """
        if self.stop.is_set():
            raise Stopped
        reply = self.model.reply(prompt)
        pieces: SimpleQueue[_Piece] = SimpleQueue()
        left = threading.Event()
        threading.Thread(target=_hand_on, args=(reply, pieces, left), daemon=True).start()
        try:
            while (piece := self._next(pieces)) is not None:
                if isinstance(piece, Exception):
                    raise piece
                yield piece
        finally:
            left.set()
            _close(reply)

    def _next(self, pieces: SimpleQueue[_Piece]) -> _Piece:
        while not self.stop.is_set():
            with suppress(Empty):
                return pieces.get(timeout=NOTICED_WITHIN)
        raise Stopped


def stoppable(prose: Prose, stop: threading.Event) -> Prose:
    """`prose`, whose model stops writing once `stop` is set."""
    model = StoppableModel(prose.writer.model, stop)
    return replace(prose, writer=replace(prose.writer, model=model))


def _hand_on(
    reply: Iterator[str | Usage], pieces: SimpleQueue[_Piece], left: threading.Event
) -> None:
    """Put what comes into `pieces`, None or what went wrong last, until nobody reads it."""
    try:
        for piece in reply:
            pieces.put(piece)
            if left.is_set():
                return
        pieces.put(None)
    except Exception as failure:
        pieces.put(failure)
    finally:
        _close(reply)


def _close(reply: Iterator[str | Usage]) -> None:
    # A generator that is being waited for refuses; whoever waits closes it at the next piece.
    with suppress(ValueError):
        if hasattr(reply, "close"):
            reply.close()
