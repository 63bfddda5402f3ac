"""The questions written for training are of their form."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.training import written as module
from evals.training.written import digits, written


def test_every_briefing_has_traps_and_their_twins() -> None:
    """Questions that are answered and such that are not, by each text: no look gives them away."""
    told = [one for one in written(()) if one.title]
    keys = {one.key for one in told}
    assert len(keys) >= 500
    assert keys == {one.key for one in told if one.gold} == {o.key for o in told if not o.gold}
    lengths = [[len(o.question.split()) for o in told if bool(o.gold) is is_answered]
               for is_answered in (True, False)]  # fmt: skip
    answered, unanswered = (sum(row) / len(row) for row in lengths)
    assert abs(answered - unanswered) < 2


def test_a_paragraph_is_known_by_its_digits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only questions on the paragraphs at hand are read."""
    folder = tmp_path / "written"
    folder.mkdir()
    text = "Peru asked for urea. Chile did not."
    (folder / "a.txt").write_text(
        f"# {digits(text)}\n1 Who asked for nothing?\n- Who sold urea?\n# 000000000000\n- Why?\n"
    )
    monkeypatch.setattr(module, "FOLDER", folder)
    found = written([(text, ("Peru asked for urea.", "Chile did not."))])
    assert [(one.question, sorted(one.gold)) for one in found] == [
        ("Who asked for nothing?", [1]),
        ("Who sold urea?", []),
    ]


@pytest.mark.parametrize("line", ["2 Which sentence?", "Who has no number?", "x Who?"])
def test_a_wrong_line_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    """A number without a sentence, a question without a number."""
    (tmp_path / "a.txt").write_text(f"= A title | 2020-01-01\n[0] One.\n[1] Two.\n{line}\n")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"a\.txt, block at line 1"):
        written(())
