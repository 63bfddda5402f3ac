"""Passages: whole paragraphs or runs of sentences, exact spans, headings beside them."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from corpus.briefing import BlockKind, Briefing, TextBlock, join_blocks
from index.passages import LONGEST_PASSAGE, cut, embedded_text


def make(*blocks: TextBlock) -> Briefing:
    body, placed = join_blocks(blocks)
    return Briefing(
        id="b", key="k", title="Title", body=body, blocks=placed, published=dt.date(2022, 10, 7)
    )


def test_a_paragraph_is_a_passage() -> None:
    """Paragraphs that fit stay whole."""
    briefing = make(TextBlock("One. Two."), TextBlock("Three."))
    assert [p.span.of(briefing.body) for p in cut(briefing)] == ["One. Two.", "Three."]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    """Runs of sentences, each short enough, of about equal length, that cover the paragraph."""
    sentences = [f"The ministry published figure number {n} on Monday." for n in range(60)]
    briefing = make(TextBlock(" ".join(sentences)))
    runs = [p.span.of(briefing.body) for p in cut(briefing)]
    assert " ".join(runs) == briefing.body
    assert all(len(run) <= LONGEST_PASSAGE for run in runs)
    assert all(run.startswith("The ministry") and run.endswith("Monday.") for run in runs)
    assert max(map(len, runs)) < 2 * min(map(len, runs))


def test_a_heading_goes_with_what_follows_it() -> None:
    """It is embedded with the passages below it and is no passage itself."""
    briefing = make(TextBlock("Peru", BlockKind.HEADING, level=2), TextBlock("It asked for help."))
    [passage] = cut(briefing)
    assert passage.heading.of(briefing.body) == "Peru"
    assert embedded_text(briefing, passage) == "Title. 07 October 2022. Peru\nIt asked for help."
    assert passage.span.of(briefing.body) == "It asked for help."


def test_a_long_list_stays_whole() -> None:
    """A list is one passage however long."""
    items = "\n".join(f"- measure number {n} of the plan" for n in range(100))
    assert len(cut(make(TextBlock(items, BlockKind.LIST)))) == 1


def test_headings_alone_are_passages() -> None:
    """A briefing of nothing but headings can still be found."""
    assert len(cut(make(TextBlock("Tariffs rise", BlockKind.HEADING, level=1)))) == 1


def test_another_title_makes_other_passages() -> None:
    """What changes the vector changes the id, so that no stale vector keeps its place."""
    body, blocks = join_blocks([TextBlock("One.")])
    ids = {
        cut(Briefing(id="b", key="k", title=title, body=body, blocks=blocks))[0].id
        for title in ("Old", "New")
    }
    assert len(ids) == 2


@given(st.lists(st.text(alphabet="Ab. ", min_size=1, max_size=2500).map(str.strip).filter(bool)))
def test_passages_lie_within_their_blocks_in_order(paragraphs: list[str]) -> None:
    """Every passage is a slice of one block, none overlap, and no words are lost."""
    briefing = make(*map(TextBlock, paragraphs))
    passages = cut(briefing)
    at = 0
    for passage in passages:
        assert passage.start >= at
        assert briefing.body[at : passage.start].strip() == ""
        assert any(b.start <= passage.start and passage.end <= b.end for b in briefing.blocks)
        at = passage.end
    assert briefing.body[at:].strip() == ""
