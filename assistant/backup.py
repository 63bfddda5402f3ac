"""A consistent copy of a home, taken while it is in use."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assistant import messages
from assistant.settings import Settings
from corpus.errors import LibraryError


def back_up(settings: Settings, target: Path, replace: bool = False) -> int:
    """Write the home's database, settings and uploads to a .zip file.

    The vector store is left out: it is derived, and built again from the vectors in the
    database when a restored home is first opened.

    Args:
        settings: Which home.
        target: The file to write; it appears only once it is whole.
        replace: Whether it may take the place of a file that is there.

    Returns:
        The size of the file in bytes.

    Raises:
        LibraryError: There is no library, or the file is there already or cannot be written.
    """
    if not settings.database.is_file():
        raise LibraryError(
            messages.BACKUP_NO_LIBRARY.format(home=settings.home), messages.BACKUP_NO_LIBRARY_MEND
        )
    if target.exists() and not replace:
        raise LibraryError(messages.BACKUP_EXISTS.format(file=target), messages.BACKUP_EXISTS_MEND)
    try:
        with _written_beside(target) as unfinished:
            _write(settings, unfinished)
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(
            messages.BACKUP_FAILED.format(file=target, reason=error), messages.BACKUP_FAILED_MEND
        ) from error
    return target.stat().st_size


def _write(settings: Settings, target: Path) -> None:
    home = settings.home
    with (
        tempfile.TemporaryDirectory(dir=target.parent) as folder,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        copy = Path(folder) / settings.database.name
        _copy_database(settings.database, copy)
        archive.write(copy, copy.name)
        if (home / "settings.toml").is_file():
            archive.write(home / "settings.toml", "settings.toml")
        for path in sorted((home / "uploads").rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(home))


def _copy_database(source: Path, target: Path) -> None:
    """Copy a database as it stands at one moment, whoever is writing to it."""
    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as original,
        closing(sqlite3.connect(target)) as copy,
    ):
        original.backup(copy)
        # One file, without a log beside it.
        copy.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def _written_beside(target: Path) -> Iterator[Path]:
    """A file in the same folder that takes the target's place when all went well."""
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield unfinished
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
