"""The main job, from files to answers in a browser's place, with the network refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

# Run in a process of its own: an audit hook cannot be taken off again, and libraries look for
# updates only while they are first imported and started.
MAIN_JOB = '''
import sys

ATTEMPTS = []


def refuse(event, arguments):
    """Note and refuse whatever would leave the machine: connections, datagrams, names looked up."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if host is None or host == "localhost" or host == "::1" or host.startswith("127."):
        return
    ATTEMPTS.append((event, host))
    raise OSError(f"the network is refused: {event} {host}")


sys.addaudithook(refuse)

import json
import threading
import urllib.request

home, briefings = sys.argv[1:]
question = "Who asked Brazil to lay track on its own side of the border?"


def attache(*arguments):
    from assistant.cli import main

    try:
        main(list(arguments))
    except SystemExit as ended:
        assert not ended.code, (arguments, ended.code)


def get(path, data=None):
    body = data and json.dumps(data).encode()
    headers = {"content-type": "application/json"}
    with urllib.request.urlopen(
        urllib.request.Request(address + path, body, headers), timeout=60
    ) as response:
        return response.read().decode()


attache("ingest", briefings, "--home", home)
attache("ask", question, "--home", home)
attache("doctor", "--home", home)

import uvicorn

from assistant.api import create_app
from assistant.assembly import open_desk
from assistant.listening import address_of, listen
from assistant.settings import load

with open_desk(load(home=home)) as desk, listen("127.0.0.1", 0) as listening:
    address = address_of(listening)
    server = uvicorn.Server(uvicorn.Config(create_app(desk), log_level="warning"))
    running = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    running.start()
    try:
        assert "six kilometres" in json.loads(get("/api/ask", {"question": question}))["text"]
        assert "event: answer" in get("/api/ask", {"question": question, "stream": True})
        assert "<html" in get("/")
        assert "Attach" in get("/gradio_api/info") + get("/api/docs")
    finally:
        server.should_exit = True
        running.join()

assert not ATTEMPTS, ATTEMPTS

# The hook does refuse: otherwise all of the above would say nothing.
try:
    urllib.request.urlopen("http://192.0.2.1/", timeout=1)
except OSError:
    pass
assert ATTEMPTS
print("kept to this machine")
'''


def test_nothing_leaves_the_machine(tmp_path: Path, briefings_folder: Path) -> None:
    """Ingest, ask, doctor, the chat's page and the API: no attempt beyond loopback."""
    command = [sys.executable, "-c", MAIN_JOB, str(tmp_path / "home"), str(briefings_folder)]
    ran = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    assert "kept to this machine" in ran.stdout
