"""One page from the web, from a server that exists in the test only."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from corpus import fetching
from corpus.errors import IntakeError
from corpus.fetching import fetch, is_address

Answer = Callable[[httpx.Request], httpx.Response]


def _client(answer: Answer) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(answer), follow_redirects=True)


def test_page_is_fetched_with_a_name_for_its_kind() -> None:
    """The page's name has the suffix of what the server says it sent."""
    client = _client(lambda _: httpx.Response(200, html="<p>High</p>"))
    page = fetch("https://example.org/river", 1000, client)
    assert (page.data, page.name, page.url) == (
        b"<p>High</p>",
        "river.html",
        "https://example.org/river",
    )


def test_redirect_is_followed() -> None:
    """The address is the one the page was found at."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/old":
            return httpx.Response(301, headers={"location": "/new.pdf"})
        return httpx.Response(200, content=b"%PDF", headers={"content-type": "application/pdf"})

    page = fetch("https://example.org/old", 1000, _client(answer))
    assert (page.url, page.name) == ("https://example.org/new.pdf", "new.pdf")


def test_refusal_is_said() -> None:
    """A status that is an error is named."""
    client = _client(lambda _: httpx.Response(404))
    with pytest.raises(IntakeError, match="answered 404 Not Found"):
        fetch("https://example.org/none", 1000, client)


def test_large_page_is_given_up() -> None:
    """A page is not read beyond its limit."""
    client = _client(lambda _: httpx.Response(200, content=b"a" * 2_000_000))
    with pytest.raises(IntakeError, match="more than 1 MB"):
        fetch("https://example.org/large", 2**20, client)


def test_slow_page_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that drips is given up."""
    monkeypatch.setattr(fetching, "WHOLE_SECONDS", -1.0)
    client = _client(lambda _: httpx.Response(200, content=b"a"))
    with pytest.raises(IntakeError, match="took more than"):
        fetch("https://example.org/slow", 1000, client)


def test_no_connection_is_said() -> None:
    """A server that is not there is an error of one line."""

    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route", request=request)

    with pytest.raises(IntakeError, match="could not be fetched"):
        fetch("https://example.org/", 1000, _client(answer))


def test_addresses_are_told_from_paths() -> None:
    """Only http and https are addresses."""
    assert is_address("https://example.org/a")
    assert not is_address("ftp://example.org/a")
    assert not is_address("/home/ana/https")
