"""`attache briefings`: what is in the library, and out of it again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant import messages
from assistant.cli import opening, options, terminal
from corpus.errors import QuestionError

group = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    epilog=options.example("attache briefings list --section Trade"),
)


@group.callback()
def briefings(context: typer.Context, home: options.Home = None) -> None:
    """List, show and remove briefings; without a command, list them."""
    if context.invoked_subcommand is None:
        list_(home=home)
    elif home:
        raise typer.BadParameter(messages.HOME_BEHIND.format(command=context.invoked_subcommand))


@group.command("list", epilog=options.example("attache briefings list --place Peru --since 2022"))
def list_(
    since: options.Since = "",
    until: options.Until = "",
    places: options.Places = None,
    section: options.Section = "",
    as_json: options.AsJson = False,
    home: options.Home = None,
) -> None:
    """List the briefings, newest first: id, date, title, countries."""
    from assistant.as_json import described
    from assistant.filtering import filters_of

    filters = filters_of(since, until, places or (), section)
    with opening.open_library(home) as library:
        found = library.read(library.ids(filters))
        if as_json:
            terminal.data([described(briefing) for briefing in found])
            return
        if not library.holdings().briefings:
            terminal.remark(messages.EMPTY_LIBRARY)
        for briefing in found:
            date = briefing.published.isoformat() if briefing.published else "undated   "
            places_named = f"  ({', '.join(briefing.places)})" if briefing.places else ""
            terminal.say(f"{briefing.id}  {date}  {briefing.title}{places_named}")


@group.command(
    epilog=options.example(
        'attache briefings show "Blinken tests the ground in the Andes"',
        "attache briefings show 9bd1dbbd4eb2 --json",
    )
)
def show(
    reference: Annotated[
        str, typer.Argument(metavar="BRIEFING", help="Its id, file or title, or a part of one.")
    ],
    version: Annotated[
        str | None, typer.Option("--version", metavar="V", help="An earlier version of it.")
    ] = None,
    as_json: options.AsJson = False,
    home: options.Home = None,
) -> None:
    """Print a briefing to the letter: title, standfirst, body, and nothing else."""
    from assistant.as_json import whole

    with opening.open_library(home) as library:
        briefing = library.find(reference)
        if version:
            briefing = library.get(briefing.id, version)
    if as_json:
        terminal.data(whole(briefing))
        return
    parts = (briefing.title, briefing.standfirst, briefing.body)
    terminal.exactly("\n\n".join(part for part in parts if part))


@group.command(
    epilog=options.example(
        "attache briefings remove minutes.pdf", "attache briefings remove --samples"
    )
)
def remove(
    references: Annotated[
        list[str] | None,
        typer.Argument(metavar="BRIEFING…", help="Ids, files or titles."),
    ] = None,
    samples: Annotated[bool, typer.Option("--samples", help="The sample briefings.")] = False,
    all_: Annotated[bool, typer.Option("--all", help="Every briefing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: options.AsJson = False,
    home: options.Home = None,
) -> None:
    """Remove briefings from the library, with all their versions. Files are left alone."""
    ids = _meant(references or [], samples, all_, home)
    if (samples or all_) and ids and not yes and not _agreed(len(ids)):
        terminal.remark(messages.NOT_REMOVED)
        raise typer.Exit(1)
    if ids:
        _remove(ids, home)
    if as_json:
        terminal.data({"removed": ids})
    else:
        terminal.say(messages.REMOVED.format(count=len(ids)))


def _meant(references: list[str], samples: bool, all_: bool, home: Path | None) -> list[str]:
    if not (references or samples or all_):
        raise QuestionError(messages.REMOVE_NOTHING_NAMED, messages.REMOVE_NOTHING_NAMED_MEND)
    with opening.open_library(home) as library:
        ids = [library.find(reference).id for reference in references]
        if samples or all_:
            from assistant.home import SAMPLE_PREFIX

            ids += library.keys("" if all_ else SAMPLE_PREFIX).values()
    return list(dict.fromkeys(ids))


def _agreed(count: int) -> bool:
    if not sys.stdin.isatty():
        raise QuestionError(
            messages.REMOVE_NEEDS_YES.format(count=count), messages.REMOVE_NEEDS_YES_MEND
        )
    return typer.confirm(messages.REMOVE_CONFIRM.format(count=count))


def _remove(ids: list[str], home: Path | None) -> None:
    from assistant.home import decline_samples

    with opening.open_desk(home, samples=False) as desk:
        desk.indexer.remove(ids)
        # Whoever empties a library does not want the samples back.
        decline_samples(desk.library)
