"""`attache serve`: the browser chat and the HTTP API."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli import options, terminal


def serve(
    host: Annotated[
        str | None,
        typer.Option("--host", metavar="ADDRESS", help="This machine's address to listen on."),
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="The port; 0 takes a free one.")
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the chat in a browser.")
    ] = True,
    home: options.Home = None,
) -> None:
    """Start the chat and the HTTP API on this machine; Ctrl-C stops them.

    Ready when the address is printed, or when /readyz answers 200.
    """
    from assistant.serve import serve as run
    from assistant.settings import load

    run(load(home=home, host=host, port=port), browser, terminal.progress)
