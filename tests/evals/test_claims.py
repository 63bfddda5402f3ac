"""The claims written for training are of their form, and the statements made are what they say."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.training import written as module
from evals.training.claims import claims
from evals.training.near_misses import Vector
from evals.training.statements import StatementEditor, Told
from evals.training.written import written

LIGNITE = Told(
    "Warsaw seeks longer coal transition from Brussels",
    dt.date(2019, 10, 22),
    (
        "Poland's deputy minister, Marek Olszanowski, asked the Commission on Tuesday for eight "
        "years, citing 82,000 jobs.",
        "The Czech Republic backed the Polish position, while Denmark argued against it.",
        "Solidarność, however, called the plan a slow surrender and threatened a march.",
        "Germany has not taken a public stance.",
    ),
)


def test_every_briefing_has_claims_of_both_kinds() -> None:
    """True ones and wrong ones, alike in length, with all kinds of error among them."""
    told = claims([one for one in written(()) if one.title])
    keys = {one.briefing.key for one in told}
    assert len(keys) >= 120
    assert keys == {c.briefing.key for c in told if c.supported}
    assert keys == {c.briefing.key for c in told if not c.supported}
    lengths = [[len(c.text.split()) for c in told if c.supported is label]
               for label in (True, False)]  # fmt: skip
    supported, unsupported = (sum(row) / len(row) for row in lengths)
    assert abs(supported - unsupported) < 5
    kinds = Counter(c.kind for c in told)
    assert all(kinds[kind] >= 15 for kind in ("hedge", "done", "swap", "actor", "amount"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("+ 2 There is no such sentence.", "no sentence 2"),
        ("-odd 0 An error of no known kind.", "no claim"),
        ("0 Neither true nor wrong.", "no claim"),
    ],
)
def test_a_wrong_line_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, said: str
) -> None:
    """The file, the line its block begins at, and what is wrong."""
    (tmp_path / "a.txt").write_text("= A title | 2020-01-01\n[0] One.\n[1] Two.\n0 Which?\n")
    (tmp_path / "claims-a.txt").write_text(f"= A title\n{line}\n")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    briefings = written(())
    with pytest.raises(ValueError, match=rf"claims-a\.txt, block at line 1: .*{said}"):
        claims(briefings)


def vector(text: str) -> Vector:
    """Any word is like any other, but not the same."""
    seed = random.Random(text)
    return np.array([1.0, *(seed.uniform(-1, 1) for _ in range(2))], dtype=np.float32) / 1.7


@given(st.integers(0, 10_000))
def test_a_wrong_statement_differs_where_it_says(seed: int) -> None:
    """What was changed stands in the statement; what it replaced stood in the sentence."""
    rng = random.Random(seed)
    sentence = rng.choice(LIGNITE.sentences)
    made = StatementEditor(vector, rng).wrong(sentence, LIGNITE)
    assert made is not None
    assert made.text != sentence
    assert made.changed.lower() in made.text.lower()
    assert made.old in sentence


@given(st.integers(0, 10_000))
def test_a_true_statement_has_no_figures_of_its_own(seed: int) -> None:
    """Every number of it is the sentence's, or the day that the weekday was."""
    rng = random.Random(seed)
    sentence = rng.choice(LIGNITE.sentences)
    made = StatementEditor(vector, rng).true(sentence, LIGNITE)
    digits = {word.strip(".,") for word in made.split() if any(c.isdigit() for c in word)}
    assert digits <= {"82,000", "22"}
