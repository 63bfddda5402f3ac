"""`docs/cli.md`, made from the commands' own help: `python -m assistant.cli.docs`."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from typing import Any

import typer.main

from assistant.cli import options
from assistant.cli.program import PLUG_INS, app

PAGE = """\
# Command line

<!-- Made by `python -m assistant.cli.docs > docs/cli.md`; a test compares. -->

`attache` does from a terminal whatever the browser chat does, over the same library, also
while `attache serve` runs.

- Data goes to standard output, everything else to standard error. Output is plain where it is
  piped on; `--json` prints data for programs.
- A failure is one line: what happened, and what to do about it.
- `--home FOLDER` names the library; without it `ATTACHE_HOME`, else your system's folder for
  data. [Settings](settings.md) lists what else can be set.
- An empty library that has never held anything is filled with the sample briefings by the
  first question. Once you have ingested briefings of your own, samples never come by themselves.

| exit code | meaning |
|---|---|
| 0 | done; an answer that says that the briefings do not say is done, too |
| 1 | `doctor` found something, or a yes was not given |
| 2 | the command or the question cannot be understood |
| 3 | something named cannot be taken in as a briefing |
| 4 | the library cannot be opened, read or written |
| 5 | the search indexes cannot be built or opened, or another process is writing |
| 6 | a model is missing or damaged |
| 7 | there is no such briefing, version or conversation |
| 8 | a setting has a value it cannot have, such as a port that is taken |
| 130 | stopped by Ctrl-C |

{commands}
## Backup and restoring

`attache backup FILE` writes a `.zip` with the database, `settings.toml` and uploads, consistent
also while Attaché runs. To restore, unpack it into an empty folder and name that folder with
`--home`. The vector store is not in it: it is built again from the vectors in the database when
the folder is first opened, without embedding anything anew.
"""


def page() -> str:
    """The page, whole. Commands that other rooms plug in are not on it."""
    return PAGE.format(commands="\n".join(_sections()))


def _sections() -> Iterator[str]:
    group: Any = typer.main.get_command(app)
    plugged_in = entry_points(group=PLUG_INS).names
    for name, command in group.commands.items():
        if name in plugged_in:
            continue
        yield from _section(f"attache {name}", command)
        for below, sub_command in getattr(command, "commands", {}).items():
            yield from _section(f"attache {name} {below}", sub_command)


def _section(path: str, command: Any) -> Iterator[str]:
    yield f"## {path}\n"
    yield f"{inspect.cleandoc(command.help)}\n"
    yield "| argument | |\n|---|---|"
    for parameter in command.params:
        yield f"| `{_written(parameter)}` | {_meaning(parameter)} |"
    example = command.epilog.removeprefix(options.example().rstrip())
    yield f"\n```sh\n{inspect.cleandoc(example)}\n```\n"


def _written(parameter: Any) -> str:
    """An argument as it is typed: "--limit N", "PATH…"."""
    if parameter.param_type_name == "argument":
        written = str(parameter.metavar)
    else:
        names = " / ".join((*parameter.opts, *parameter.secondary_opts))
        metavar = parameter.metavar or ("" if parameter.is_flag else "N")
        written = f"{names} {metavar}".strip()
    # A bar would end the table's cell.
    return written.replace("|", "\\|")


def _meaning(parameter: Any) -> str:
    # Zero, "" and False as defaults say nothing that the words do not.
    default = parameter.default if isinstance(parameter.default, int) else 0
    shown = f" Default: {default}." if default and not parameter.is_flag else ""
    return f"{parameter.help}{shown}"


if __name__ == "__main__":
    sys.stdout.write(page())
