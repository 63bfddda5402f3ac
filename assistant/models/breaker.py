"""A server that fails again and again is left alone for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assistant import messages
from assistant.models.failure import RequestFailed
from corpus.errors import LanguageModelError

FAILURES = 3
PAUSE_SECONDS = 30.0


class CircuitBreaker:
    """Lets requests through until too many in a row have failed; then none for a while, then one.

    That one decides: if it succeeds, all are let through again, else the pause begins anew
    (Nygard, Release It!, 2007, 5.2). A request that the server refuses shows that it is well.

    Args:
        model: The model's name.
        clock: Seconds that only ever grow.
    """

    def __init__(self, model: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._model = model
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0
        self._tried = False

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Around one request; how it ends decides about the next ones.

        Raises:
            LanguageModelError: None is let through now.
        """
        self._admit()
        try:
            yield
        except RequestFailed as error:
            self._ended(well=error.is_refusal)
            raise
        except BaseException:
            # Given up by whoever asked: that says nothing about the server.
            with self._lock:
                self._tried = False
            raise
        self._ended(well=True)

    def _admit(self) -> None:
        with self._lock:
            if self._failures < FAILURES:
                return
            left = self._until - self._clock()
            if left > 0 or self._tried:
                cause, mend = messages.MODEL_LEFT_ALONE
                seconds = f"{max(left, 1):.0f}"
                raise LanguageModelError(
                    cause.format(model=self._model, failures=self._failures),
                    mend.format(seconds=seconds),
                )
            self._tried = True

    def _ended(self, well: bool) -> None:
        with self._lock:
            self._tried = False
            self._failures = 0 if well else self._failures + 1
            self._until = self._clock() + PAUSE_SECONDS
