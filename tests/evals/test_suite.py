"""Suites: read as people write them, with errors that say where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evals.suite import Suite, SuiteError

Write = Callable[[str], Path]

GOOD = """
name: mine
library: briefings
conversations:
  - id: asks
    tags: [plain]
    split: dev
    turns:
      - ask: What did Peru ask for?
        facts: [[urea, fertiliser]]
        evidence:
          - {briefing: peru, quote: Peru asked for urea.}
      - ask: And Bolivia?
        standalone: What did Bolivia ask for?
        refusal: not_stated
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    (tmp_path / "briefings").mkdir()

    def write(text: str) -> Path:
        path = tmp_path / "suite.yaml"
        path.write_text(text)
        return path

    return write


def test_reads_a_suite(write: Write, tmp_path: Path) -> None:
    """Conversations, turns, and the folder of the library beside the file."""
    suite = Suite.read(write(GOOD))
    [conversation] = suite.of("dev")
    assert suite.library == tmp_path / "briefings"
    assert conversation.turns[1].meant == "What did Bolivia ask for?"
    assert suite.of("test") == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("split: dev", "split: train", "conversation 'asks', split"),
        ("refusal: not_stated", "refusal: maybe", "conversation 'asks', turns.1.refusal"),
        ("        facts: [[urea, fertiliser]]\n", "", "conversation 'asks', turns.0"),
        ("name: mine", "nam: mine", "name"),
        ("library: briefings", "library: nowhere", "nowhere"),
        ("  - id: asks", "  - id: [", "no YAML"),
    ],
)
def test_says_where_a_suite_is_wrong(write: Write, old: str, new: str, says: str) -> None:
    """The file, the conversation and the field."""
    with pytest.raises(SuiteError) as error:
        Suite.read(write(GOOD.replace(old, new)))
    assert says in str(error.value)


def test_ids_are_used_once(write: Write) -> None:
    """Two conversations of one name cannot be told apart in a report."""
    again = GOOD[GOOD.index("  - id") :]
    with pytest.raises(SuiteError, match="two conversations called 'asks'"):
        Suite.read(write(GOOD + again.lstrip("\n")))


def test_the_shipped_suite_is_whole() -> None:
    """The sample suite is read and has both halves."""
    suite = Suite.read(Path(__file__).parents[2] / "evals" / "suites" / "samples.yaml")
    assert sum(len(c.turns) for c in suite.conversations) >= 80
    assert suite.of("dev") and suite.of("test")
