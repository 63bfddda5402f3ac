"""A home's library opened alone, for what needs neither models nor vectors; its samples."""

from __future__ import annotations

from assistant.settings import Settings
from corpus.errors import LibraryError
from corpus.library import Library

SAMPLE_PREFIX = "sample:"
_SEEDED = "samples_loaded"


def open_library(settings: Settings) -> Library:
    """Open the home's library, making the folder where there is none.

    Raises:
        LibraryError: The home cannot be used.
    """
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(
            f"The folder {settings.home} cannot be made ({error.strerror})",
            "Name another with --home or ATTACHE_HOME.",
        ) from error
    return Library.open(settings.database)


def decline_samples(library: Library) -> None:
    """Note that this library is for its owner's briefings: samples never come by themselves."""
    library.set_note(_SEEDED, "yes")


def wants_samples(library: Library) -> bool:
    """Whether the library has never held anything, nor been told to stay without samples."""
    return library.note(_SEEDED) is None and not library.holdings().briefings
