"""`attache eval` on a small suite: figures, misses with their reasons, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Attache = Callable[..., Any]

SUITE = """
name: rails
library: briefings
conversations:
  - id: cost
    tags: [plain]
    split: dev
    turns:
      - ask: How much did the rail line in Uruguay cost?
        facts: [["$94m"]]
        evidence:
          - briefing: rail-line
            quote: >-
              The work took three years and cost $94m, of which a development bank lent
              two thirds.
  - id: bread
    tags: [not-in-library]
    split: test
    turns:
      - ask: How do I bake sourdough bread?
        refusal: nothing_found
  - id: impossible
    tags: [plain]
    split: test
    turns:
      - ask: Who said that eleven trains a week would run?
        facts: [["a fact that no answer holds"]]
        evidence:
          - {briefing: rail-line, quote: "Brazil has made no promise."}
"""


@pytest.fixture
def suite(tmp_path: Path, briefings_folder: Path) -> Path:
    (tmp_path / "briefings").symlink_to(briefings_folder)
    path = tmp_path / "rails.yaml"
    path.write_text(SUITE)
    return path


def test_prints_figures_and_every_miss(attache: Attache, suite: Path) -> None:
    """Right and wrong counted, and the wrong one named with its reason."""
    ran = attache("eval", suite)
    assert ran.code == 0
    assert "rails, all: 3 questions" in ran.out
    assert "exact quotes" in ran.out
    assert "100.0%" in ran.out
    assert "1 wrong" in ran.out
    assert "impossible: Who said that eleven trains a week would run?" in ran.out
    assert "without a fact that no answer holds" in ran.out


def test_one_half_as_json(attache: Attache, suite: Path) -> None:
    """Only the half asked for, with every answer whole."""
    ran = attache("eval", suite, "--split", "dev", "--json")
    data = json.loads(ran.out)
    assert data["measures"]["right"] == {"hits": 1, "total": 1, "value": 1.0}
    [question] = data["questions"]
    assert question["evidence_rank"] is not None
    assert question["answer"]["citations"][0]["quote"].endswith("two thirds.")


def test_a_sweep_prints_what_each_threshold_costs(attache: Attache, suite: Path) -> None:
    """One line a threshold; the highest refuses all, so that nothing is wrongly answered."""
    lines = attache("eval", suite, "--sweep", "enough").out.splitlines()
    assert len(lines) == 20
    assert "0.0%" in lines[-1]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Brazil has made no promise.", "Brazil promised.", "does not have to the letter"),
        ('briefing: rail-line, quote: "Brazil', 'briefing: rail-lime, quote: "Brazil', "rail-lime"),
    ],
)
def test_a_suite_that_misquotes_its_library(
    attache: Attache, suite: Path, old: str, new: str, says: str
) -> None:
    """Found before a question is asked, in one line."""
    suite.write_text(SUITE.replace(old, new))
    ran = attache("eval", suite)
    assert ran.code == 2
    assert says in ran.err
    assert len(ran.err.splitlines()) == 1


def test_no_such_threshold(attache: Attache, suite: Path) -> None:
    """What --sweep takes is said."""
    ran = attache("eval", suite, "--sweep", "luck")
    assert ran.code == 2
    assert "other_parties" in ran.err


def test_no_such_half(attache: Attache, suite: Path) -> None:
    """What --split takes is said."""
    ran = attache("eval", suite, "--split", "train")
    assert ran.code == 2
    assert "dev, test or all" in ran.err
