"""`attache reindex`, `doctor` and `backup`: a library kept well."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant import messages
from assistant.cli import opening, options, terminal

if TYPE_CHECKING:
    from assistant.doctor import Check


def reindex(as_json: options.AsJson = False, home: options.Home = None) -> None:
    """Build passages, full text and vector store anew beside the old, then swap.

    Vectors of texts that have not changed are taken over, so this takes seconds.
    """
    with (
        opening.open_desk(home, samples=False) as desk,
        terminal.progress(messages.REINDEXING) as on_progress,
    ):
        total, done = desk.library.holdings().briefings, 0

        def advance(more: int) -> None:
            nonlocal done
            done += more
            on_progress(messages.REINDEXING, done, total)

        passages = desk.indexer.rebuild(advance)
    if as_json:
        terminal.data({"briefings": total, "passages": passages})
    else:
        terminal.say(messages.REINDEXED.format(briefings=total, passages=passages))


def doctor(
    model: Annotated[
        bool, typer.Option("--model", help="Try the language model, too: one short reply.")
    ] = False,
    as_json: options.AsJson = False,
    home: options.Home = None,
) -> None:
    """Check home, database, indexes, weights, libraries and port; say how to mend each.

    Nothing is changed. Ends with 1 if anything is not well.
    """
    from assistant.doctor import examine
    from assistant.models.trial import try_model

    settings = opening.settings_of(home)
    # A doctor does not found a library where there is none.
    exists = settings.database.is_file()
    with opening.open_library(home) if exists else nullcontext() as library:
        checks = []
        tried = try_model(settings) if model else ()
        for check in chain(examine(settings, library), tried):
            checks.append(check)
            if not as_json:
                _show(check)
    if as_json:
        terminal.data([asdict(check) for check in checks])
    if not all(check.well for check in checks):
        raise typer.Exit(1)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The .zip file to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    as_json: options.AsJson = False,
    home: options.Home = None,
) -> None:
    """Copy the library, settings and uploads to a .zip file, also while Attaché runs.

    To restore, unpack it into an empty folder and name that folder with --home.
    """
    from assistant.backup import back_up

    settings = opening.settings_of(home)
    size = back_up(settings, file.expanduser(), force)
    with opening.open_library(home) as library:
        held = messages.holdings(library.holdings())
    if as_json:
        terminal.data({"file": str(file), "bytes": size})
        return
    shown = f"{size / 1e6:.1f} MB"
    terminal.say(
        messages.BACKED_UP.format(file=file, briefings=held, size=shown, home=settings.home)
    )


def _show(check: Check) -> None:
    mark, style = ("ok  ", "green") if check.well else ("FAIL", "bold red")
    terminal.say(mark, style, end="  ")
    terminal.say(f"{check.name:<10}  {check.found}")
    if check.mend:
        terminal.say(f"{'':<16}  {check.mend}", "yellow")
