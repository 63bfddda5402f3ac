"""`attache` put together: its commands, and what every one of them does about failures."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points
from typing import Annotated

import typer

from assistant import offline, version
from assistant.cli import ask, briefings, chat, ingest, options, search, serve, terminal, upkeep
from corpus.errors import AttacheError

# Commands of other rooms, which may use the assistant but which it does not know.
PLUG_INS = "attache.commands"

app = typer.Typer(
    name="attache",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=options.example('attache ask "What did Peru ask the US for?"'),
)

app.command(
    "serve",
    short_help="Start the browser chat and the HTTP API.",
    epilog=options.example("attache serve --port 8080 --no-browser"),
)(serve.serve)
app.command(
    "ingest",
    short_help="Take briefings in.",
    epilog=options.example(
        "attache ingest ~/briefings minutes.pdf https://example.org/report.html"
    ),
)(ingest.ingest)
app.command(
    "ask",
    short_help="Answer a question from the briefings.",
    epilog=options.example(
        'attache ask "What did Peru ask the US for?"',
        'attache ask "Who opposed the tariffs?" --place Chile --since 2024 --json',
    ),
)(ask.ask)
app.command(
    "chat",
    short_help="Talk with the briefings.",
    epilog=options.example("attache chat --section Geopolitics"),
)(chat.chat)
app.add_typer(briefings.group, name="briefings", short_help="List, show and remove briefings.")
app.command(
    "search",
    short_help="Find passages, with their scores.",
    epilog=options.example('attache search "lithium royalties" --limit 5'),
)(search.search)
app.command(
    "reindex", short_help="Build the indexes anew.", epilog=options.example("attache reindex")
)(upkeep.reindex)
app.command(
    "doctor",
    short_help="Check that all is well.",
    epilog=options.example("attache doctor --json", "attache doctor --model"),
)(upkeep.doctor)
app.command(
    "backup",
    short_help="Copy the library to a file.",
    epilog=options.example("attache backup ~/attache-monday.zip"),
)(upkeep.backup)
for _plug_in in sorted(entry_points(group=PLUG_INS), key=lambda found: found.name):
    app.command(_plug_in.name)(_plug_in.load())


def _print_version(wanted: bool) -> None:
    if wanted:
        terminal.exactly(f"attache {version.current()}")
        raise typer.Exit


@app.callback()
def attache(
    show_version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Ask your briefings; every sentence of the answer leads to the words that bear it."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and end the process with its code.

    0: done (an answer that is a refusal is done, too); 1: something failed; 2: wrong usage or
    question; 3 to 8: see `corpus.errors`; 130: stopped by Ctrl-C.

    Args:
        arguments: The command and its arguments; those of the process if left out.
    """
    offline.stay_offline()
    terminal.tolerate_narrow_encodings()
    try:
        app(args=arguments, prog_name="attache")
    except AttacheError as error:
        terminal.complain(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python would complain when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
