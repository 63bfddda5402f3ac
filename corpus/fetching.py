"""One web page, fetched because somebody gave its address."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import httpx

from corpus.errors import IntakeError

# A page that does not answer in this time will not; the whole of it may take longer.
CONNECT_SECONDS = 10.0
WHOLE_SECONDS = 60.0

# Publishers chain a redirect or two; ten are a loop.
MOST_REDIRECTS = 10

_ADDRESS = re.compile(r"https?://[^\s/]+", re.I)

# Some publishers refuse clients that do not say what they are.
_HEADERS = {"User-Agent": "attache/1.0 (reads one page that its user named)"}

_SUFFIX_OF_TYPE = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "message/rfc822": ".eml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A fetched page: its bytes, a file name for it, and the address it came from at last."""

    data: bytes
    name: str
    url: str


def is_address(source: str) -> bool:
    """Whether a source is a web address."""
    return bool(_ADDRESS.match(source))


def fetch(address: str, most_bytes: int, client: httpx.Client | None = None) -> Page:
    """Fetch a page.

    Args:
        address: Where it is, http or https.
        most_bytes: How large it may be.
        client: What to fetch with; a new client where none is given.

    Raises:
        IntakeError: If it does not answer, refuses, is too large or takes too long.
    """
    limits = httpx.Timeout(CONNECT_SECONDS)
    try:
        with (
            (
                client
                or httpx.Client(
                    follow_redirects=True,
                    max_redirects=MOST_REDIRECTS,
                    timeout=limits,
                    headers=_HEADERS,
                )
            ) as session,
            session.stream("GET", address) as response,
        ):
            response.raise_for_status()
            data = _body(response, address, most_bytes)
            return Page(data, _name(response), str(response.url))
    except httpx.HTTPStatusError as error:
        status = f"{error.response.status_code} {error.response.reason_phrase}".strip()
        raise IntakeError(
            f"'{address}' answered {status}", "Check the address, or save the page as a file."
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise IntakeError(
            f"'{address}' could not be fetched ({error})",
            "Check the address and the connection, or save the page as a file.",
        ) from error


def _body(response: httpx.Response, address: str, most_bytes: int) -> bytes:
    """The response's bytes, given up as soon as they are too many or too slow."""
    started = time.monotonic()
    chunks: list[bytes] = []
    size = 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > most_bytes:
            raise IntakeError(
                f"'{address}' has more than {most_bytes // 2**20} MB", "Save its text as a file."
            )
        if time.monotonic() - started > WHOLE_SECONDS:
            raise IntakeError(
                f"'{address}' took more than {WHOLE_SECONDS:.0f} seconds", "Try again later."
            )
        chunks.append(chunk)
    return b"".join(chunks)


def _name(response: httpx.Response) -> str:
    """A file name for the page: the address's last part, with the suffix of what was sent."""
    parts = urlsplit(str(response.url))
    name = PurePosixPath(unquote(parts.path)).name or parts.netloc
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    suffix = _SUFFIX_OF_TYPE.get(kind, "")
    return name if not suffix or name.lower().endswith(suffix) else name + suffix
