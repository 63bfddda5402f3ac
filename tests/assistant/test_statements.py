"""A model's reply, read as it comes."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.statements import read_statements

REPLIES = [
    ("Peru asked for urea. [2]\nChile did not [1, 3].\n",
     [("Peru asked for urea.", (2,)), ("Chile did not.", (1, 3))]),
    ("A union asked for aid [1]. Lima refused 【2】 it. [[3]] Quito said so (4).",
     [("A union asked for aid.", (1,)), ("Lima refused it.", (2, 3)), ("Quito said so.", (4,))]),
    ("Here: Peru asked ［1］ and got it【3†source】.", [("Here: Peru asked and got it.", (1, 3))]),
    ("1. **Peru** asked for U.S. aid [1-3]\n- *Chile* did not [Source 2]", [
        ("Peru asked for U.S. aid", (1, 2, 3)), ("*Chile* did not", (2,))]),
    ("In 2022 it cost 3 (12) dollars [9].", [("In 2022 it cost 3 (12) dollars.", (9,))]),
    ("NONE", []),
    ("none.", []),
    ("", []),
    ("[1] Peru asked.", [("Peru asked.", (1,))]),
    ("<think>The second [2] says so.</think>Peru asked. [1]", [("Peru asked.", (1,))]),
    ("```\nPeru asked. [1]\n```", [("Peru asked.", (1,))]),
    ("Answer: Peru asked. [1]", [("Peru asked.", (1,))]),
    ("Peru asked.\u200b\u202e [1]", [("Peru asked.", (1,))]),
    ('{"statements":[{"text":"Peru asked.","evidence":[1,2]},{"text":"Cut o',
     [("Peru asked.", (1, 2))]),
    ('```json\n{"statements": [{"text": "Peru asked [3].", "evidence": ["1"]}]}\n```',
     [("Peru asked.", (1, 3))]),
    ('[{"text": "Peru asked.", "evidence": 2}, {"evidence": [1]}, 7]', [("Peru asked.", (2,))]),
    ('{"text": {"deep": 1}}', []),
]  # fmt: skip


@pytest.mark.parametrize(("reply", "expected"), REPLIES)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 10_000])
def test_reads_whatever_markers_in_pieces_of_any_size(
    reply: str, expected: list[tuple[str, tuple[int, ...]]], size: int
) -> None:
    pieces = [reply[at : at + size] for at in range(0, len(reply), size)]
    assert [(w.text, w.numbers) for w in read_statements(pieces)] == expected


def test_hands_out_a_statement_before_the_next_is_whole() -> None:
    """The first is out as soon as the second has begun, marker and all."""
    taken: list[str] = []

    def pieces() -> list[str]:
        return ["Peru asked for urea. ", "[", "2", "] ", "Ch"]

    def told() -> Iterator[str]:
        for piece in pieces():
            taken.append(piece)
            yield piece

    first = next(read_statements(told()))
    assert (first.text, first.numbers) == ("Peru asked for urea.", (2,))
    assert taken == pieces()


@given(st.text(max_size=200), st.integers(1, 9))
def test_nothing_a_model_writes_breaks_it(reply: str, size: int) -> None:
    """Any text in any pieces; the statements are the same as of the whole."""
    pieces = [reply[at : at + size] for at in range(0, len(reply), size)]
    for written in read_statements(pieces):
        assert written.text.strip() == written.text != ""
        assert "\n" not in written.text


@given(
    st.lists(st.tuples(st.sampled_from(["Peru asked.", "Chile “said” so.", "Ünal \\ left."]),
                       st.lists(st.integers(1, 20), max_size=3, unique=True)), max_size=4),
    st.integers(1, 30),
)  # fmt: skip
def test_reads_json_in_any_pieces(said: list[tuple[str, list[int]]], size: int) -> None:
    """As JSON, what was written is what is read."""
    reply = json.dumps({"statements": [{"text": t, "evidence": e} for t, e in said]}, indent=1)
    pieces = [reply[at : at + size] for at in range(0, len(reply), size)]
    read = [(w.text, list(w.numbers)) for w in read_statements(pieces)]
    assert read == [(t, e) for t, e in said]
