"""`attache serve` and `python app.py`, as processes."""

from __future__ import annotations

import http.client
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.assembly import Desk
from assistant.listening import address_of, is_attache, is_loopback, listen
from corpus.errors import SettingsError

ROOT = Path(__file__).parents[2]
# Models and pages load in some seconds; on a machine that does much else, in many.
PATIENCE = 120


@pytest.fixture(scope="module")
def started(desk: Desk) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`python app.py` over the shared library on a free port, and the address it printed."""
    command = [sys.executable, "app.py", "--home", desk.settings.home, "--port", "0"]
    process = subprocess.Popen(
        [*command, "--no-browser"], cwd=ROOT, text=True, stdout=subprocess.PIPE
    )
    try:
        line = _line(process)
        assert line.startswith("Attaché is ready at http://127.0.0.1:"), line
        yield process, line.split()[4]
    finally:
        process.kill()
        process.wait()


def _line(process: subprocess.Popen[str]) -> str:
    """The next line that a process prints; a failure where it takes too long."""
    lines: queue.Queue[str] = queue.Queue()
    assert process.stdout
    threading.Thread(target=lambda: lines.put(process.stdout.readline()), daemon=True).start()  # type: ignore[union-attr]
    return lines.get(timeout=PATIENCE)


def _get(address: str, path: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=PATIENCE)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response.status, response.read().decode()


def test_serves_chat_and_api_then_stops(started: tuple[subprocess.Popen[str], str]) -> None:
    """The page, the API and readiness are there; a signal to end stops it with code 0."""
    process, address = started
    assert _get(address, "/readyz") == (200, '{"status":"ready","briefings":5}')
    status, page = _get(address, "/")
    assert status == 200
    assert "<html" in page
    # The chat lives at /, but what lies under /api is the API's alone.
    assert _get(address, "/api/nothing")[0] == 404
    assert _get(address, "/", host="evil.example")[0] == 403
    host, port = address.removeprefix("http://").split(":")
    assert is_attache(host, int(port))
    process.send_signal(signal.SIGTERM)
    assert _line(process) == "Attaché has stopped.\n"
    assert process.wait(PATIENCE) == 0


def test_a_port_that_is_taken(attache: Callable[..., Any], tmp_path: Path) -> None:
    """Said in one line that names --port, before anything is loaded."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ran = attache("serve", "--port", port, "--home", tmp_path / "none")
    assert ran.code == 8
    assert ran.err.startswith(f"attache: Port {port} on 127.0.0.1 is taken. ")
    assert "--port" in ran.err
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::", ""])
def test_a_host_open_to_the_network(attache: Callable[..., Any], host: str) -> None:
    """Refused, with the reason and a way to reach it all the same."""
    ran = attache("serve", "--host", host)
    assert ran.code == 8
    assert "no sign-in" in ran.err
    assert "ssh -L" in ran.err


def test_loopback() -> None:
    """Names and addresses of this machine alone."""
    own = ("localhost", "127.0.0.1", "127.8.8.8", "::1", "[::1]", "LocalHost.")
    assert all(is_loopback(host) for host in own)
    assert not any(is_loopback(host) for host in ("", "0.0.0.0", "10.0.0.1", "localhost.evil.org"))


def test_listening_waits_for_no_one() -> None:
    """A port is listened on as soon as it is taken, and given back when closed."""
    opened = listen("127.0.0.1", 0)
    port = opened.getsockname()[1]
    assert address_of(opened) == f"http://127.0.0.1:{port}"
    with pytest.raises(SettingsError, match="taken"):
        listen("127.0.0.1", port)
    opened.close()
    listen("127.0.0.1", port).close()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may take any port")
def test_a_port_that_may_not_be_taken(attache: Callable[..., Any]) -> None:
    """A system's port is refused with the system's reason."""
    assert "cannot listen on 127.0.0.1:1" in attache("serve", "--port", "1").err
