"""Lines and sentences told apart."""

from __future__ import annotations

import pytest

from corpus.briefing import BlockKind, TextBlock
from corpus.furniture.prose import ends_sentence, ends_statement, is_label, is_line, sentence_count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("No end", 0),
        ("One.", 1),
        ("One. Two? Three!", 3),
        ("The U.S. Senate met Mr. Kast.", 1),
        ("He said, “It is high.” It was.", 2),
        ("It rose by 2.5 percent.", 1),
    ],
)
def test_sentences_are_counted(text: str, count: int) -> None:
    """Sentences end in a mark before a capital; abbreviations and numbers do not."""
    assert sentence_count(text) == count


def test_ends_are_told_apart() -> None:
    """A question ends a sentence and is no statement."""
    assert ends_sentence("Who pays?”")
    assert not ends_statement("Who pays?”")
    assert ends_statement("He pays.)")


def test_line_is_short_and_no_table() -> None:
    """A teaser is a line; two sentences of some length, a table and a list are not."""
    assert is_line(TextBlock("Tolls: Up. Up? Up again."))
    assert not is_line(TextBlock("The river is high in Rosario and will be. " * 2 + "It is."))
    assert not is_line(TextBlock("a | b", BlockKind.TABLE))
    assert not is_line(TextBlock("- a\n- b", BlockKind.LIST))


def test_label_has_no_end() -> None:
    """A heading is a label, a question is not."""
    assert is_label(TextBlock("What growers say"))
    assert not is_label(TextBlock("Who pays?"))
