"""The browser chat and the HTTP API, served to this machine."""

from __future__ import annotations

import logging
import signal
import socket
import sys
import threading
import types
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

import uvicorn
from fastapi import FastAPI

from assistant import messages
from assistant.api import create_app
from assistant.assembly import Progress, open_desk
from assistant.listening import address_of, listen
from assistant.settings import Settings

# How long answers under way may take once a stop was asked for, in seconds.
GRACE = 2


class _Server(uvicorn.Server):
    """A uvicorn server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and then say so."""
        await super().startup(sockets=sockets)
        if self.started:
            self._on_ready()


def serve(
    settings: Settings,
    open_browser: bool,
    progress: Callable[[str], AbstractContextManager[Progress]],
) -> None:
    """Serve until Ctrl-C or a signal to end.

    Args:
        settings: Which home, host and port.
        open_browser: Whether to open the chat in a browser once it is ready.
        progress: Shows, while the home is opened, what takes long.

    Raises:
        SettingsError: The host is open to the network, or the port is taken.
        AttacheError: The home cannot be opened.
    """
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    with ExitStack() as stack:
        # The port first: whoever has a server running already need not wait for a model to load.
        listening = stack.enter_context(listen(settings.host, settings.port))
        with progress(messages.OPENING) as on_progress:
            desk = stack.enter_context(open_desk(settings, on_progress))
        stack.enter_context(_stoppable())
        _run(create_app(desk), listening, open_browser)


def _run(app: FastAPI, listening: socket.socket, open_browser: bool) -> None:
    address = address_of(listening)

    def ready() -> None:
        sys.stdout.write(messages.READY.format(url=address) + "\n")
        sys.stdout.flush()
        if open_browser:
            threading.Thread(target=_show, args=(address,), daemon=True).start()

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    _Server(config, ready).run(sockets=[listening])


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let Ctrl-C and a signal to end leave the block, so that all is closed behind it."""

    def leave(_number: int, _frame: types.FrameType | None) -> None:
        raise KeyboardInterrupt

    # uvicorn stops by itself, and then sends the signal again to whoever handled it before.
    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    except KeyboardInterrupt:
        sys.stdout.write(messages.STOPPED + "\n")
    finally:
        signal.signal(signal.SIGTERM, before)


def _show(address: str) -> None:
    """Open a browser with windows; one that runs in the terminal would take it over."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return
    if type(browser) is not webbrowser.GenericBrowser:
        browser.open(address)
