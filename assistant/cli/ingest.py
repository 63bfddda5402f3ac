"""`attache ingest`: own briefings into the library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant import messages
from assistant.cli import opening, options, terminal
from corpus.errors import IntakeError

if TYPE_CHECKING:
    from assistant.ingestion import Ingested


def ingest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH|URL…", help="Files, folders, .zip archives, web addresses."),
    ] = None,
    samples: Annotated[
        bool, typer.Option("--samples", help="Take the sample briefings in (again).")
    ] = False,
    keep_missing: Annotated[
        bool,
        typer.Option("--keep-missing", help="Keep briefings whose files are gone from a folder."),
    ] = False,
    as_json: options.AsJson = False,
    home: options.Home = None,
) -> None:
    """Take briefings in: text, Markdown, HTML, PDF, Word and e-mail.

    What has not changed is left alone, what has is indexed anew, and what is gone from a folder
    that was taken in before is removed. Only an address given here is ever fetched.
    """
    if not sources and not samples:
        raise typer.BadParameter(messages.INGEST_WHAT)
    if samples:
        _take_samples(home)
    if sources:
        _take(sources, keep_missing, as_json, home)


def _take_samples(home: Path | None) -> None:
    from assistant.assembly import load_samples

    with (
        opening.open_desk(home, samples=False) as desk,
        terminal.progress(messages.READING) as on_progress,
    ):
        count = load_samples(desk, on_progress)
    terminal.remark(messages.SAMPLES_TAKEN.format(count=count))


def _take(named: list[str], keep_missing: bool, as_json: bool, home: Path | None) -> None:
    from assistant.home import SAMPLE_PREFIX, decline_samples
    from assistant.ingestion import Sources, ingest

    sources = Sources(named)
    # Before anything is opened: whoever named nothing readable learns it at once.
    briefings = sources.briefings()
    with opening.open_desk(home, samples=False) as desk:
        with terminal.progress(messages.READING) as on_progress:
            total = sources.count()
            sources.on_read = lambda done: on_progress(messages.READING, done, total)
            done = ingest(sources, briefings, desk.library, desk.indexer, keep_missing)
        decline_samples(desk.library)
        beside_samples = bool(desk.library.keys(SAMPLE_PREFIX))
    _report(done, as_json)
    if beside_samples:
        terminal.remark(messages.SAMPLES_BESIDE)
    if done.refused:
        raise typer.Exit(IntakeError.exit_code)


def _report(done: Ingested, as_json: bool) -> None:
    if as_json:
        terminal.data(done.to_json())
        return
    for skipped in done.skipped:
        terminal.remark(
            messages.SKIPPED_FILE.format(
                source=skipped.source, cause=skipped.cause, mend=skipped.mend
            ),
            "yellow",
        )
    counts = {what: len(ids) for what, ids in done.to_json().items()}
    skipped_too = messages.SKIPPED.format(count=len(done.skipped)) if done.skipped else ""
    terminal.say(messages.INGESTED.format(**counts) + skipped_too)
