"""Requests to a language model that fail: what happened, and whether to try again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant import messages
from corpus.errors import LanguageModelError

# Answers that the same request may not get a moment later (529: Anthropic is overloaded).
PASSING = frozenset({429, 500, 502, 503, 529})

# Of what a server says about a failure; some send a whole page.
MOST_WORDS_OF_SERVER = 300

# Anthropic fails in the middle of a stream that began with 200; the kind says which it is.
_STATUS_OF_KIND = {"rate_limit_error": 429, "api_error": 500, "overloaded_error": 529}

# Each provider's library has exceptions of its own, and which of them are installed is not
# known: so they are told by the names of their classes.
_UNREACHABLE = frozenset({"ConnectError", "ConnectTimeout", "ProxyError", "UnsupportedProtocol"})
_SLOW = frozenset({"TimeoutException", "APITimeoutError", "TimeoutError"})
_CONNECTION = frozenset({"APIConnectionError", "TransportError"})


class RequestFailed(LanguageModelError):
    """A request to a language model that failed.

    Args:
        cause: As of every `AttacheError`.
        mend: As of every `AttacheError`.
        status: The HTTP status the server answered with; None if it did not.
        unreachable: Whether no connection came about.
        wait: How many seconds the server asks to be left alone; None if it does not say.
    """

    def __init__(
        self,
        cause: str,
        mend: str,
        status: int | None = None,
        unreachable: bool = False,
        wait: float | None = None,
    ) -> None:
        super().__init__(cause, mend)
        self.status = status
        self.unreachable = unreachable
        self.wait = wait

    @property
    def may_pass(self) -> bool:
        """Whether the same request may well succeed a moment later, and has cost nothing."""
        return self.unreachable or self.status in PASSING

    @property
    def is_refusal(self) -> bool:
        """Whether the server is well and did not want this request: a wrong key, a wrong name."""
        return self.status is not None and 400 <= self.status < 500 and self.status != 429


class TookTooLong(TimeoutError):
    """A reply that goes on and on."""


@dataclass(frozen=True, slots=True)
class Where:
    """What failures are told of.

    Attributes:
        model: The model's name.
        place: The server's address, or the file.
        key: The key, to be struck out of whatever a server says.
        seconds: How long a piece of a reply may be waited for.
    """

    model: str
    place: str
    key: str
    seconds: float

    def __repr__(self) -> str:
        return f"Where({self.model!r}, {self.place!r})"

    def failed(self, error: Exception) -> RequestFailed:
        """What an exception of a provider's library means."""
        kinds = _kinds(error)
        status = _status(error)
        if status is not None:
            return self._answered(error, status)
        # Ollama's library has no class of its own for it; a connection lost later is httpx's.
        if kinds & _UNREACHABLE or isinstance(error, ConnectionError):
            return self._told(messages.MODEL_UNREACHABLE, unreachable=True)
        if isinstance(error, TookTooLong):
            return self._told(messages.MODEL_ENDLESS)
        if kinds & _SLOW:
            return self._told(messages.MODEL_SLOW)
        if kinds & _CONNECTION:
            return self._told(messages.MODEL_DROPPED)
        return self._told(messages.MODEL_GARBLED, said=self._clean(str(error)))

    def broke_off(self) -> RequestFailed:
        """The reply ended without having come to its end."""
        return self._told(messages.MODEL_DROPPED)

    def too_long(self) -> RequestFailed:
        """The reply is longer than it may be."""
        return self._told(messages.MODEL_TOO_LONG)

    def _answered(self, error: Exception, status: int) -> RequestFailed:
        said = self._clean(_words(error))
        text = messages.MODEL_ANSWERED.get(status) or (
            messages.MODEL_SERVER_FAILED if status >= 500 else messages.MODEL_REFUSED
        )
        return self._told(text, status=status, wait=_wait(error), said=said)

    def _told(
        self,
        text: tuple[str, str],
        status: int | None = None,
        unreachable: bool = False,
        wait: float | None = None,
        said: str = "",
    ) -> RequestFailed:
        known = {
            "model": self.model,
            "place": self.place,
            "seconds": f"{self.seconds:g}",
            "status": status,
            "said": f" ({said})" if said else "",
        }
        cause, mend = (part.format(**known) for part in text)
        return RequestFailed(cause, mend, status, unreachable, wait)

    def _clean(self, said: str) -> str:
        """What a server says, in one line, without the key, not too long."""
        line = " ".join(said.split()).rstrip(".")
        if self.key:
            line = line.replace(self.key, "…")
        return line[:MOST_WORDS_OF_SERVER]


def _kinds(error: BaseException | None) -> set[str]:
    """The names of an exception's classes and of those of what it came of."""
    kinds: set[str] = set()
    while error is not None:
        kinds.update(kind.__name__ for kind in type(error).__mro__)
        error = error.__cause__
    return kinds


def _status(error: Exception) -> int | None:
    """The HTTP status that an exception of a provider stands for."""
    status = getattr(error, "status_code", None)
    if kind := _STATUS_OF_KIND.get(str(_detail(error).get("type", ""))):
        return kind
    # A stream that began well and then told of an error, in words that give no number.
    return status if isinstance(status, int) and status >= 300 else None


def _words(error: Exception) -> str:
    """What the server said about it, as far as that can be found."""
    bare = getattr(error, "error", "") or getattr(error, "message", "")
    return str(_detail(error).get("message") or bare or error)


def _detail(error: Exception) -> dict[str, Any]:
    """The `error` object of a server's answer, which stands bare or inside another."""
    body = getattr(error, "body", None)
    inner = body.get("error", body) if isinstance(body, dict) else {}
    return inner if isinstance(inner, dict) else {"message": inner}


def _wait(error: Exception) -> float | None:
    """The seconds of a Retry-After header; a date there is not understood."""
    headers = getattr(getattr(error, "response", None), "headers", {})
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return None
