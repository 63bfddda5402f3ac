"""A home opened for a command: the library alone, or all that answers need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import messages
from assistant.cli import terminal

if TYPE_CHECKING:
    from assistant.assembly import Desk
    from assistant.settings import Settings
    from corpus.library import Library


def settings_of(home: Path | None, samples: bool | None = None) -> Settings:
    """The settings in force for the home that a command was given."""
    from assistant.settings import load

    return load(home=home, samples=samples)


@contextmanager
def open_library(home: Path | None) -> Iterator[Library]:
    """The library without models and vectors: opened in a moment."""
    from assistant.home import open_library as open_home

    library = open_home(settings_of(home))
    try:
        yield library
    finally:
        library.close()


@contextmanager
def open_desk(home: Path | None, samples: bool | None = None) -> Iterator[Desk]:
    """Everything that answers and indexing need, a bar showing while it opens.

    Args:
        home: The folder that holds the library.
        samples: False leaves an empty library empty; None does as the settings say.
    """
    from assistant.assembly import open_desk as open_home

    settings = settings_of(home, samples)
    with ExitStack() as stack:
        with terminal.progress(messages.OPENING) as on_progress:
            desk = stack.enter_context(open_home(settings, on_progress))
        yield desk
