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
    """Paragraphs that fit stay whole, and by themselves."""
    one, two = "Peru asked for urea. " * 20 + "So it did.", "Chile asked for nothing."
    briefing = make(TextBlock(one), TextBlock(two))
    assert [p.span.of(briefing.body) for p in cut(briefing)] == [one, two]


def test_paragraphs_of_a_sentence_go_together() -> None:
    """As news has them: alone, the second would not say whom it means. Headings part them."""
    briefing = make(
        TextBlock("The minister resigned on Monday."),
        TextBlock("He did not say why."),
        TextBlock("Markets", BlockKind.HEADING, level=2),
        TextBlock("The peso fell."),
        TextBlock("- tin\n- zinc", BlockKind.LIST),
    )
    assert [p.span.of(briefing.body) for p in cut(briefing)] == [
        "The minister resigned on Monday.\n\nHe did not say why.",
        "The peso fell.",
        "- tin\n- zinc",
    ]


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
def test_passages_are_whole_or_parts_of_paragraphs_in_order(paragraphs: list[str]) -> None:
    """A passage is a slice of one block or some blocks whole; none overlap, nothing is lost."""
    briefing = make(*map(TextBlock, paragraphs))
    passages = cut(briefing)
    at = 0
    for passage in passages:
        assert passage.start >= at
        assert briefing.body[at : passage.start].strip() == ""
        within = [b for b in briefing.blocks if b.start < passage.end and passage.start < b.end]
        whole = passage.start == within[0].start and passage.end == within[-1].end
        assert whole or len(within) == 1
        assert passage.end - passage.start <= LONGEST_PASSAGE or len(within) == 1
        at = passage.end
    assert briefing.body[at:].strip() == ""
