"""Options that several commands share, said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="FOLDER",
        help="The folder that holds the library (else ATTACHE_HOME, or your data folder).",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Since = Annotated[
    str, typer.Option("--since", metavar="DATE", help="From this day, month or year on.")
]
Until = Annotated[
    str, typer.Option("--until", metavar="DATE", help="Up to this day, month or year.")
]
Places = Annotated[
    list[str] | None,
    typer.Option("--place", metavar="COUNTRY", help="About this country; can be repeated."),
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="WORDS",
        help="Do not narrow by these words of the question, or by period, place or region; "
        "can be repeated.",
    ),
]
Section = Annotated[str, typer.Option("--section", metavar="NAME", help="In this section.")]


def example(*lines: str) -> str:
    """The end of a command's help: how it is used, line by line as written."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)
