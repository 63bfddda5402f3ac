"""How long a server is waited for: to connect, between two pieces, for a whole reply."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from assistant.models.failure import TookTooLong

CONNECT_SECONDS = 10.0

# A whole reply may take so many times as long as one piece of it.
PIECES_A_REPLY = 10

# A reply is some kilobytes, and each piece comes wrapped in some hundred bytes.
MOST_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Patience:
    """Time that a reply may take.

    Attributes:
        seconds: Between two pieces.
    """

    seconds: float

    @property
    def whole(self) -> float:
        """Seconds for a whole reply."""
        return self.seconds * PIECES_A_REPLY

    @property
    def timeout(self) -> httpx.Timeout:
        """Seconds to connect, and between two reads."""
        return httpx.Timeout(self.seconds, connect=min(CONNECT_SECONDS, self.seconds))

    def options(self) -> dict[str, Any]:
        """What a client for one reply is opened with, so that no reply goes on for ever.

        A server that sends signs of life and nothing else keeps every time-out between pieces
        away, so each byte that comes is held against the time for the whole.
        """
        ends = time.monotonic() + self.whole

        def watch(response: httpx.Response) -> None:
            response.stream = _Watched(response.stream, ends)

        return {
            "timeout": self.timeout,
            # A key must not follow to wherever an answer points.
            "follow_redirects": False,
            "event_hooks": {"response": [watch]},
        }


class _Watched(httpx.SyncByteStream):
    """A response's bytes, until there are too many or they take too long."""

    def __init__(self, stream: Any, ends: float) -> None:
        self._stream = stream
        self._ends = ends

    def __iter__(self) -> Iterator[bytes]:
        read = 0
        for part in self._stream:
            read += len(part)
            if read > MOST_BYTES or time.monotonic() > self._ends:
                raise TookTooLong
            yield part

    def close(self) -> None:
        self._stream.close()
