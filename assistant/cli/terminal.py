"""What a person sees: coloured and wrapped on a terminal, plain where output is piped on."""

from __future__ import annotations

import json
import signal
import sys
import threading
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from assistant import messages

if TYPE_CHECKING:
    from rich.console import Console

Progress = Callable[[str, int, int], None]

# Control characters in a briefing could rewrite what a terminal shows.
_UNPRINTABLE = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)])


def say(text: str, style: str = "", end: str = "\n") -> None:
    """Write a line for people to standard output."""
    _write(_console(), text, style, end)


def remark(text: str, style: str = "dim") -> None:
    """Write a line beside the output: to standard error."""
    _write(_console(stderr=True), text, style, "\n")


def marked(text: str, start: int, end: int) -> None:
    """Write `text` with `[start, end)` marked: highlighted, or between » and « when plain."""
    if not _console().is_terminal:
        say(f"{text[:start]}»{text[start:end]}«{text[end:]}")
        return
    say(text[:start], end="")
    say(text[start:end], "black on yellow", end="")
    say(text[end:])


def exactly(text: str) -> None:
    """Write `text` as it is, a line break at its end."""
    sys.stdout.write((printable(text) if sys.stdout.isatty() else text) + "\n")


def data(value: Any) -> None:
    """Write `value` as JSON."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def printable(text: str) -> str:
    """`text` without what would steer a terminal."""
    return text.translate(_UNPRINTABLE)


@contextmanager
def progress(what: str) -> Iterator[Progress]:
    """A bar on standard error while something takes long; nothing where that is no terminal.

    Args:
        what: What is being done until the first report says otherwise.

    Yields:
        A function to report with: what is being done, how many are done, how many there are.
    """
    console = _console(stderr=True)
    if not console.is_terminal:
        yield lambda _what, _done, _total: None
        return
    # Imported here, as in all of this package: what is not needed must not slow `--help` down.
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)

        def report(now: str, done: int, total: int) -> None:
            bar.update(task, description=f"{now} {done}/{total}", completed=done, total=total)

        yield report


def is_watched() -> bool:
    """Whether standard output is a terminal, where somebody waits for the next line."""
    return _console().is_terminal


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """Let Ctrl-C stop what is being done in the block, not the program; a second one does.

    Yields:
        What is set by Ctrl-C.
    """
    stop = threading.Event()

    def on_interrupt(_number: int, _frame: types.FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def tolerate_narrow_encodings() -> None:
    """Show a question mark for letters that a terminal cannot show, rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def complain(error: Exception) -> None:
    """Write an expected failure in its one line."""
    line = " ".join(printable(str(error)).split())
    sys.stderr.write(messages.FAILURE.format(error=line) + "\n")


def _write(console: Console, text: str, style: str, end: str) -> None:
    from rich.text import Text

    shown = Text(printable(text), style=style)
    console.print(shown, soft_wrap=not console.is_terminal, end=end)


def _console(stderr: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)
