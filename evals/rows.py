"""Rows of published data sets, as files hold them."""

from __future__ import annotations

import json
import lzma
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.errors import AttacheError

Row = dict[str, Any]


class DataError(AttacheError):
    """A data set that is not where it was looked for, or not of its form."""

    exit_code = 2


def read(path: Path) -> list[Row]:
    """The rows of a `.jsonl` or `.jsonl.xz` file.

    Raises:
        DataError: It is not there or not of that form.
    """
    try:
        with _lines(path) as lines:
            return [json.loads(line) for line in lines if line.strip()]
    except (OSError, EOFError, lzma.LZMAError, ValueError) as error:
        raise DataError(
            f"The data set {path} cannot be read ({error})",
            "Name the folder that holds the data sets with --data.",
        ) from error


def groups(rows: list[Row], key: str = "group") -> list[list[Row]]:
    """The rows that share a value of `key`, in the order of the file."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return list(found.values())


def table(path: Path) -> Iterator[list[str]]:
    """The lines of a tab-separated file without its heading.

    Raises:
        DataError: It is not there.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise DataError(
            f"The data set {path} cannot be read ({error})",
            "Name the folder that holds the data sets with --data.",
        ) from error
    return (line.split("\t") for line in lines[1:])


def _lines(path: Path) -> Any:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")
