"""Whether a text bears a statement, with the weights that ship."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.support import CLAIM_TOKENS, LearnedSupport
from corpus.errors import ModelError
from index.embedding import embedded_directory

HEADER = "Storm closes Black Sea port. 12 March 2021."
PORT = f"{HEADER} The port of Varna closed on Monday after a storm damaged two of its cranes."
PLAN = f"{HEADER} Harbour master Elena Petrova proposed that ships be sent to Burgas."


@pytest.fixture(scope="module")
def support() -> LearnedSupport:
    """What ships."""
    return LearnedSupport.open(embedded_directory())


@pytest.mark.parametrize(
    ("premise", "borne", "not_borne"),
    [
        (PORT, "A storm that damaged cranes shut the port of Varna.",
         "A strike shut the port of Varna."),
        (PORT, "The port of Varna closed after a storm.",
         "The port of Varna reopened after a storm."),
        (PLAN, "Elena Petrova suggested that ships go to Burgas.",
         "Ships suggested that Elena Petrova go to Varna."),
        (PLAN, "The harbour master proposed sending ships to Burgas.",
         "Grain exporters asked the government for compensation."),
    ],
)  # fmt: skip
def test_what_is_said_is_borne_more_than_what_is_not(
    support: LearnedSupport, premise: str, borne: str, not_borne: str
) -> None:
    """Of two statements on one text the true one scores higher."""
    high, low = support.score([(premise, borne), (premise, not_borne)])
    assert 0 <= low < high <= 1


def test_a_quote_is_borne_and_another_subject_is_not(support: LearnedSupport) -> None:
    """Either side of one half."""
    quote = "The port of Varna closed on Monday after a storm damaged two of its cranes."
    high, low = support.score([(PORT, quote), (PORT, "France won the football world cup in 1998.")])
    assert low < 0.5 < high


def test_order_of_pairs_changes_nothing(support: LearnedSupport) -> None:
    """Each pair scores the same, whatever stands before it."""
    pairs = [(PORT, "A storm hit Varna."), (PLAN, "Ships were sent to Burgas."), (PORT, "No.")]
    assert support.score(pairs) == support.score(pairs[::-1])[::-1]


def test_the_bearing_sentence_is_found_at_the_end_of_a_long_text(support: LearnedSupport) -> None:
    """A text that does not fit is read in windows, to its end."""
    filler = " ".join(f"Item {n} of the agenda was deferred to a later day." for n in range(90))
    claim = "The chair, Amina Diallo, resigned on Friday."
    with_it, without = support.score([(f"{filler} {claim}", claim), (filler, claim)])
    assert without < 0.5 < with_it


def test_no_part_of_a_long_claim_is_left_unread(support: LearnedSupport) -> None:
    """A claim that does not fit is borne only if its end is."""
    said = "The port of Varna closed on Monday after a storm damaged two of its cranes. "
    long = said * (2 * CLAIM_TOKENS // 16)
    borne, not_borne = support.score(
        [(PORT, long), (PORT, f"{long} France won the football world cup in Paris in 1998 by far.")]
    )
    assert not_borne < borne


def test_one_sentence_without_end_is_read(support: LearnedSupport) -> None:
    """Text without a full stop is cut, not lost."""
    [score] = support.score([("Item after item, " * 400, "Items came one after another.")])
    assert 0 <= score <= 1


def test_nothing_bears_nothing(support: LearnedSupport) -> None:
    """No text, no claim, no pairs."""
    assert support.score([]) == []
    assert all(score < 0.01 for score in support.score([("", "A storm."), (PORT, "")]))


def test_missing_weights_are_said(tmp_path: Path) -> None:
    """Without the adapter the error says what to do."""
    with pytest.raises(ModelError, match="cannot be read"):
        LearnedSupport.open(embedded_directory(), tmp_path)
