"""What every request passes: only this machine's pages, bounded bodies, safe headers."""

from __future__ import annotations

import logging
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant import messages
from assistant.api.problems import FORBIDDEN, UNEXPECTED, problem, response
from assistant.listening import is_loopback

log = logging.getLogger("attache")

# Four briefings of the largest size that is read, and what wraps them.
UPLOAD_BYTES = 101 * 1024 * 1024
# A question, a comment and filters are a few kilobytes.
BODY_BYTES = 256 * 1024
UPLOADS = "/api/briefings"

_READING = {"GET", "HEAD", "OPTIONS"}

# Nothing is loaded from, sent to or framed by another place, whatever a briefing may hold.
# Gradio's page needs inline scripts and styles, and evaluates templates.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class SafeHeaders:
    """Adds the headers that keep a browser to this machine; what the API says is not kept."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, its answer with the headers."""

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, send_safely)


class LocalOnly:
    """Refuses requests that another site's page has a browser of this machine send.

    A page elsewhere can point a name of its own to 127.0.0.1 (then the Host is that name), or
    post a form across sites (then the Origin is its own).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it with 403."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        changes = scope.get("method", "") not in _READING
        if not is_loopback(_name_in(host)):
            detail = messages.FOREIGN_HOST.format(host=host)
        elif changes and origin is not None and urlsplit(origin).netloc != host:
            detail = messages.FOREIGN_ORIGIN.format(origin=origin)
        else:
            await self._app(scope, receive, send)
            return
        refused = response(FORBIDDEN, problem(FORBIDDEN, detail, messages.FOREIGN_MEND))
        await refused(scope, receive, send)


class Failsafe:
    """Answers what nobody expected with a problem; the traceback goes to the log alone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and answer 500 where that fails."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_noting(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        except Exception:
            failure = secrets.token_hex(4)
            log.exception("failure %s: %s %s", failure, scope["method"], scope["path"])
            if started:
                # Half an answer cannot be taken back; closing the connection shows that it is.
                raise
            detail = messages.UNEXPECTED.format(id=failure)
            body = problem(UNEXPECTED, detail, messages.UNEXPECTED_MEND, id=failure)
            await response(UNEXPECTED, body)(scope, receive, send)


class BodyLimit:
    """Stops reading a request to the API as soon as it is too large."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, reading no more of it than is allowed."""
        if scope["type"] != "http" or not scope["path"].startswith("/api/"):
            await self._app(scope, receive, send)
            return
        limit = UPLOAD_BYTES if scope["path"].rstrip("/") == UPLOADS else BODY_BYTES
        read = 0

        async def receive_bounded() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit or _announced(scope) > limit:
                raise HTTPException(413, messages.TOO_LARGE.format(limit=_size(limit)))
            return message

        await self._app(scope, receive_bounded, send)


def _announced(scope: Scope) -> int:
    """The length that a request says it has; 0 if it does not say."""
    length = Headers(scope=scope).get("content-length", "0")
    return int(length) if length.isdecimal() else 0


def _size(count: int) -> str:
    return f"{count // 2**20} MB" if count >= 2**20 else f"{count // 2**10} kB"


def _name_in(host: str) -> str:
    """The name or address in a Host header, without its port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
