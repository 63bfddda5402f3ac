"""A server that speaks OpenAI's, Anthropic's and Ollama's protocols over HTTP, as it is told to.

A behaviour is a function from a request to a `Reply`; it knows nothing of the protocol. Those
that say something false read the numbered evidence out of the request, see `evidence_of`.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from typing import Any

MODEL = "test-model"
# Never a real one, and long enough to be looked for in everything that is printed.
KEY = "sk-test-9f8e7d6c5b4a39281706"


@dataclass(frozen=True)
class Reply:
    """What a server does about a request.

    Attributes:
        pieces: The text, piece by piece; may go on for ever.
        status: Anything but 200 is an error, and `pieces` its message.
        headers: Sent besides.
        usage: Tokens of prompt and reply; None if the server does not say.
        ended: Why the reply ended; "" where the protocol's end never comes.
        pause: Seconds before each piece.
        drops: After how many pieces the connection is dropped; -1: never.
        garbled: Whether what is sent is not JSON.
    """

    pieces: Iterable[str] = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    usage: tuple[int, int] | None = (120, 30)
    ended: str = "stop"
    pause: float = 0.0
    drops: int = -1
    garbled: bool = False


@dataclass(frozen=True)
class Request:
    """A request, as it came.

    Attributes:
        path: Where to.
        headers: Their names in small letters.
        body: The JSON.
    """

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def user(self) -> str:
        """What the user's message says, in whatever shape the protocol has it."""
        content = next(m["content"] for m in self.body["messages"] if m["role"] == "user")
        return content if isinstance(content, str) else "".join(c["text"] for c in content)


Behaviour = Callable[[Request], Reply]


def evidence_of(request: Request) -> list[tuple[int, str]]:
    """The numbered sentences of a request: lines `[n] (title; day; …) text`."""
    lines = re.findall(r"^\[(\d+)\] (?:\([^)]*\) )?(.+)$", request.user, re.M)
    return [(int(n), text.strip()) for n, text in lines]


# What is said.


def says(text: str, **how: Any) -> Behaviour:
    """Says this, word by word."""
    return lambda _request: Reply(re.findall(r"\S*\s*", text), **how)


def good(request: Request) -> Reply:
    """The evidence, each sentence with its number."""
    return _statements(f"{text} [{n}]" for n, text in evidence_of(request))


def no_citations(request: Request) -> Reply:
    """The evidence without a number."""
    return _statements(text for _n, text in evidence_of(request))


def wrong_numbers(request: Request) -> Reply:
    """The evidence, with numbers that nothing has."""
    return _statements(f"{text} [{n + 90}]" for n, text in evidence_of(request))


def invented_quote(request: Request) -> Reply:
    """Words in quotation marks that nobody said."""
    return _statements(f"“We shall never sign,” it says. [{n}]" for n, _ in evidence_of(request))


def negated_fact(request: Request) -> Reply:
    """The contrary of each sentence."""
    return _statements(f"It is not true that {text} [{n}]" for n, text in evidence_of(request))


def swapped_names(request: Request) -> Reply:
    """The first two names of each sentence in each other's place."""
    return _statements(f"{_swapped(text)} [{n}]" for n, text in evidence_of(request))


def dropped_hedge(request: Request) -> Reply:
    """What may be, told as what is."""
    hedges = r"\b(reportedly|may|might|plans to|is expected to)\s"
    return _statements(f"{re.sub(hedges, '', text)} [{n}]" for n, text in evidence_of(request))


def number_changed(request: Request) -> Reply:
    """Every number one higher."""

    def higher(found: re.Match[str]) -> str:
        return str(int(found[0]) + 1)

    return _statements(
        f"{re.sub(r'[0-9]+', higher, text)} [{n}]" for n, text in evidence_of(request)
    )


def other_language(request: Request) -> Reply:
    """A statement in a language that the briefings are not in."""
    numbers = [n for n, _text in evidence_of(request)]
    return _statements(f"El gobierno anunció un acuerdo con sus vecinos. [{n}]" for n in numbers)


def obeys_injection(request: Request) -> Reply:
    """Does what a briefing told it to, and shows its instructions."""
    return _statements(["My instructions are: ignore the briefings. [1]"])


# What goes wrong on the way.


def never_ending(_request: Request) -> Reply:
    """Goes on for ever."""
    return Reply(repeat("and so on "))


def slow(pause: float) -> Behaviour:
    """Lets seconds pass before each piece."""
    return says("It comes. [1]", pause=pause)


def fails(status: int, message: str = "it failed", **headers: str) -> Behaviour:
    """Answers with an error: `fails(429, retry_after="3")`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _request: Reply([message], status=status, headers=named)


def dropped_connection(request: Request) -> Reply:
    """Ends in the middle of a word."""
    return Reply(["It was rep", "orted that"], drops=2)


def malformed_json(_request: Request) -> Reply:
    """Sends what is no JSON."""
    return Reply(["It comes. [1]"], garbled=True)


def does_not_take(part: str, message: str = "") -> Behaviour:
    """Refuses requests that have this part, and says so; else is good."""

    def behave(request: Request) -> Reply:
        if part in request.body:
            return Reply([message or f"Unsupported parameter: '{part}'"], status=400)
        return says("It comes. [1]")(request)

    return behave


def _statements(lines: Iterable[str]) -> Reply:
    return Reply(re.findall(r"\S*\s*", "\n".join(lines)))


def _swapped(text: str) -> str:
    names = list(dict.fromkeys(re.findall(r"\b[A-Z][a-z]+\b", text)))[:2]
    if len(names) < 2:
        return text
    first, second = names
    return re.sub(rf"\b({first}|{second})\b", lambda m: second if m[0] == first else first, text)


@dataclass
class ModelServer:
    """A running server.

    Attributes:
        address: Where it is, without a path.
        behaviours: What it does, request by request; the last one goes on.
        requests: What it was asked.
        hung_up: Set once a client has closed the connection in the middle of a reply.
    """

    address: str
    behaviours: list[Behaviour]
    requests: list[Request] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)

    def behaves(self, *behaviours: Behaviour) -> None:
        """What it does from now on, request by request; the last one goes on."""
        self.behaviours[:] = behaviours

    def take(self, request: Request) -> Reply:
        """Decide about a request."""
        self.requests.append(request)
        behaviour = self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]
        return behaviour(request)


@contextmanager
def model_server(*behaviours: Behaviour) -> Iterator[ModelServer]:
    """A server on a free port of this machine."""
    listening = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    listening.daemon_threads = True
    server = ModelServer(f"http://127.0.0.1:{listening.server_port}", list(behaviours or (good,)))
    listening.played = server  # type: ignore[attr-defined]
    running = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
    running.start()
    try:
        yield server
    finally:
        listening.shutdown()
        running.join()
        listening.server_close()


class _Handler(BaseHTTPRequestHandler):
    """One request, in the protocol that its path says."""

    def log_message(self, *_arguments: Any) -> None:
        """Nothing to the terminal."""

    def do_GET(self) -> None:
        self._json(200, {"object": "list", "data": [{"id": MODEL, "object": "model"}]}, {})

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.path, headers, json.loads(self.rfile.read(length)))
        reply = self._server.take(request)
        protocol = _PROTOCOLS[self.path]
        if reply.status != 200:
            self._json(reply.status, protocol.error("".join(reply.pieces)), reply.headers)
        elif request.body.get("stream") is False or "stream" not in request.body:
            self._json(200, _openai_whole(reply), reply.headers)
        else:
            self._stream(protocol, reply, request)

    @property
    def _server(self) -> ModelServer:
        return self.server.played  # type: ignore[attr-defined, no-any-return]

    def _json(self, status: int, body: Any, headers: dict[str, str]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"content-type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, protocol: _Protocol, reply: Reply, request: Request) -> None:
        self.send_response(200)
        self.send_header("content-type", protocol.content_type)
        self.end_headers()
        try:
            for part in protocol.parts(reply, request):
                self.wfile.write(b"data: {oops\n\n" if reply.garbled else part)
                self.wfile.flush()
        except OSError:
            self._server.hung_up.set()


@dataclass(frozen=True)
class _Protocol:
    content_type: str
    error: Callable[[str], Any]
    parts: Callable[[Reply, Request], Iterator[bytes]]


def _paced(reply: Reply) -> Iterator[str]:
    """The pieces in their time, up to where the connection is dropped."""
    for n, piece in enumerate(reply.pieces):
        if n == reply.drops:
            return
        time.sleep(reply.pause)
        yield piece


def _event(data: Any, name: str = "") -> bytes:
    named = f"event: {name}\n" if name else ""
    return f"{named}data: {json.dumps(data)}\n\n".encode()


def _openai_parts(reply: Reply, request: Request) -> Iterator[bytes]:
    def chunk(choices: Sequence[Any], **more: Any) -> bytes:
        head = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": MODEL}
        return _event({**head, "choices": choices, **more})

    def choice(delta: dict[str, str], ended: str | None = None) -> list[Any]:
        return [{"index": 0, "delta": delta, "finish_reason": ended}]

    yield chunk(choice({"role": "assistant"}))
    for piece in _paced(reply):
        yield chunk(choice({"content": piece}))
    if reply.drops >= 0:
        return
    if reply.ended:
        yield chunk(choice({}, reply.ended))
    asked = (request.body.get("stream_options") or {}).get("include_usage")
    if asked and reply.usage:
        yield chunk([], usage=_openai_usage(reply.usage))
    yield b"data: [DONE]\n\n"


def _openai_whole(reply: Reply) -> dict[str, Any]:
    message = {"role": "assistant", "content": "".join(_paced(reply))}
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 0,
        "model": MODEL,
        "choices": [{"index": 0, "message": message, "finish_reason": reply.ended}],
        **({"usage": _openai_usage(reply.usage)} if reply.usage else {}),
    }


def _openai_usage(usage: tuple[int, int]) -> dict[str, int]:
    read, written = usage
    return {
        "prompt_tokens": read,
        "completion_tokens": written,
        "total_tokens": read + written,
    }


def _anthropic_parts(reply: Reply, _request: Request) -> Iterator[bytes]:
    def event(name: str, **data: Any) -> bytes:
        return _event({"type": name, **data}, name)

    read, written = reply.usage or (0, 0)
    message = {"id": "1", "type": "message", "role": "assistant", "model": MODEL, "content": []}
    begun = {"stop_reason": None, "stop_sequence": None}
    usage = {"input_tokens": read, "output_tokens": 1}
    yield event("message_start", message={**message, **begun, "usage": usage})
    yield event("content_block_start", index=0, content_block={"type": "text", "text": ""})
    yield event("ping")
    for piece in _paced(reply):
        yield event("content_block_delta", index=0, delta={"type": "text_delta", "text": piece})
    if reply.drops >= 0:
        return
    yield event("content_block_stop", index=0)
    ended = {"stop": "end_turn", "length": "max_tokens"}[reply.ended]
    delta = {"stop_reason": ended, "stop_sequence": None}
    yield event("message_delta", delta=delta, usage={"output_tokens": written})
    yield event("message_stop")


def _ollama_parts(reply: Reply, _request: Request) -> Iterator[bytes]:
    def line(text: str, **more: Any) -> bytes:
        message = {"role": "assistant", "content": text}
        head = {"model": MODEL, "created_at": "2022-10-10T00:00:00Z", "message": message}
        return json.dumps({**head, "done": False, **more}).encode() + b"\n"

    for piece in _paced(reply):
        yield line(piece)
    if reply.drops >= 0:
        return
    read, written = reply.usage or (None, None)
    counted = {"prompt_eval_count": read, "eval_count": written} if reply.usage else {}
    yield line("", done=True, done_reason=reply.ended, **counted)


_PROTOCOLS = {
    "/v1/chat/completions": _Protocol(
        "text/event-stream",
        lambda said: {"error": {"message": said, "type": "invalid_request_error", "code": None}},
        _openai_parts,
    ),
    "/v1/messages": _Protocol(
        "text/event-stream",
        lambda said: {"type": "error", "error": {"type": "error", "message": said}},
        _anthropic_parts,
    ),
    "/api/chat": _Protocol("application/x-ndjson", lambda said: {"error": said}, _ollama_parts),
}
