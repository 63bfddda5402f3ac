"""Sentences: cut where people would cut, exact to the code point."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import split


def cut(text: str) -> list[str]:
    return [span.of(text) for span in split(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The U.S. and U.K. envoys met Dr. Silva in Washington, D.C. on Sept. 3.", "He left."],
        ["It rose 3.5% to $2.5bn.", "Nobody said why."],
        ["Mr. J. R. Ortiz of Codelco S.A. spoke first.", "The U.S. Treasury agreed."],
        ["The deal came from the U.S.", "The ministry signed it."],
        ["“We agree.”", "She then left."],
        ['"Why now?" he asked.', "Nobody answered!", "Talks ended…", "Others began."],
        ["Resolution No. 14 passed.", "Art. 5 of it failed.", "The answer was no.", "Peru voted."],
        ["Gen. Padrino spoke at 10 a.m. on Monday.", "Then he left."],
        ["Ecuador expelled the envoy (Mr. Ruiz).", "México protested."],
        ["¿Por qué ahora?", "Ángel Gurría no lo dijo."],
    ],
)
def test_cuts_between_sentences_only(sentences: list[str]) -> None:
    """Abbreviations, initials, figures and quotation marks do not end a sentence; stops do."""
    assert cut(" ".join(sentences)) == sentences


def test_every_line_of_a_list_is_a_sentence() -> None:
    """List items and table rows are cited one by one."""
    assert cut("- Copper\n- Lithium, from 2023\nA | B") == [
        "- Copper",
        "- Lithium, from 2023",
        "A | B",
    ]


def test_a_part_of_a_text_keeps_the_texts_own_offsets() -> None:
    """Spans of a passage are spans of the body it stands in."""
    text = "First one. Second one. Third one."
    assert [s.of(text) for s in split(text, 11, 22)] == ["Second one."]


@given(st.text(alphabet="Aa. “”?!\n\t1,U.S😀é", max_size=200))
def test_sentences_cover_all_but_space(text: str) -> None:
    """Nothing is lost, nothing is said twice, order is kept, no sentence begins with space."""
    spans = split(text)
    at = 0
    for span in spans:
        assert text[at : span.start].strip() == ""
        assert span.start < span.end
        assert span.of(text) == span.of(text).strip()
        at = span.end
    assert text[at:].strip() == ""
