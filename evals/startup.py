"""How long from the command to the first answer, and how much memory: `python -m evals.startup`.

Runs over the sample briefings in a temporary home. Times are wall-clock on the machine at hand;
the baseline beside them is Python importing PyTorch and sentence-transformers and doing nothing.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from assistant import offline
from assistant.messages import EXAMPLES

# Questions asked of the warm assistant.
REPEATS = 5


def main() -> None:
    """Print the table."""
    offline.stay_offline()
    with tempfile.TemporaryDirectory(prefix="attache-startup-") as home:
        rows = [
            ("import of the libraries alone (baseline)", _python("import sentence_transformers")),
            ("first start: 20 briefings indexed, one answer", _ask(home)),
            ("every later start: one answer", _ask(home)),
        ]
        rows += _warm(home)
    for what, figure in rows:
        sys.stdout.write(f"{what:<48} {figure}\n")


def _seconds(command: list[str]) -> str:
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return f"{time.perf_counter() - began:6.1f} s"


def _python(program: str) -> str:
    return _seconds([sys.executable, "-c", program])


def _ask(home: str) -> str:
    command = [sys.executable, "-m", "assistant", "ask", EXAMPLES[0], "--home", home]
    return _seconds(command)


def _warm(home: str) -> list[tuple[str, str]]:
    # Imported here: their time is part of what is measured above.
    from assistant.assembly import open_desk
    from assistant.settings import load

    with open_desk(load(home=Path(home))) as desk:
        for question in EXAMPLES:
            desk.assistant.ask(question)
        times = [
            _milliseconds(partial(desk.assistant.ask, question)) for question in EXAMPLES * REPEATS
        ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        ("a question, warm: median", f"{statistics.median(times):6.0f} ms"),
        ("a question, warm: slowest", f"{max(times):6.0f} ms"),
        ("memory of the process, at most", f"{peak:6.0f} MB"),
    ]


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
