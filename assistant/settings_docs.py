"""`docs/settings.md`, made from the settings themselves: `python -m assistant.settings_docs`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from assistant.settings import Settings

HEADINGS = ("setting", "environment variable", "default", "values", "what it is")

PAGE = """\
# Settings

<!-- Made by `python -m assistant.settings_docs > docs/settings.md`; a test compares. -->

Each setting is an argument of the command line where there is one (`--home`, `--host`,
`--port`), else an environment variable, else a line of `settings.toml` in the home, else its
default. What comes first in this list counts.

{table}

`settings.toml` in the home:

```toml
port = 8080
samples = false
```

A setting with a value it cannot have, or a name that is none, stops every command with one
line that names it (exit code 8).

Attaché itself reads nothing else from the environment. Switches of the libraries that it is
built on
(telemetry, update checks, downloads) are set to off in its own process, whatever the
environment says.
"""


def page() -> str:
    """The page, whole."""
    rows = [_row(name, field) for name, field in Settings.model_fields.items()]
    return PAGE.format(table="\n".join((_line(HEADINGS), "|---" * len(HEADINGS) + "|", *rows)))


def _row(name: str, field: FieldInfo) -> str:
    cells = (
        f"`{name}`",
        f"`ATTACHE_{name.upper()}`",
        _default(name, field),
        _values(field),
        field.description or "",
    )
    return _line(cells)


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _default(name: str, field: FieldInfo) -> str:
    if name == "home":
        return "your system's folder for data"
    value: Any = field.default
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`" if value not in ("", SecretStr("")) else "empty"


def _values(field: FieldInfo) -> str:
    low = next((bound.ge for bound in field.metadata if isinstance(bound, Ge)), None)
    high = next((bound.le for bound in field.metadata if isinstance(bound, Le)), None)
    if low is not None and high is not None:
        return f"{low} to {high}"
    if get_origin(field.annotation) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(field.annotation) if value)
    names = {bool: "`true`, `false`", int: "a number", str: "text", Path: "a folder"}
    names[SecretStr] = "text"
    return names.get(field.annotation, "") if isinstance(field.annotation, type) else ""


if __name__ == "__main__":
    sys.stdout.write(page())
