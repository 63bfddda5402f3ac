"""Cleaning: furniture goes, and nothing else does."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.briefing import BlockKind, TextBlock, join_blocks
from corpus.cleaning import clean
from corpus.folding import folded

LONG = (
    "The ministry will publish the rules before the end of the year. Until then the old ones "
    "hold, and the mayors have been told so in writing."
)
OTHER = (
    "Growers in the valley are not convinced. Two of the last three sets of rules came late, and "
    "the third was withdrawn within a month."
)

# Words that furniture is made of, so that the properties are held where they might break.
WORDS = [
    "share", "subscribe", "related", "read", "more", "home", "search", "copyright", "photo",
    "cookies", "site", "liability", "warranty", "disclaimer", "notice", "recent", "latest",
    "menu", "tags", "by", "published", "section", "minister", "talks", "harbour", "budget",
    "the", "a", "of", "in", "and", "said", "would", "not", "before", "river", "vote", "legal",
    "advice", "third", "parties", "accuracy",
]  # fmt: skip

# A busy machine is no bug.
UNTIMED = settings(deadline=None)

words = st.sampled_from(WORDS)
sentences = st.lists(words, min_size=6, max_size=14).map(lambda w: " ".join(w).capitalize() + ".")
paragraphs = st.lists(sentences, min_size=2, max_size=4).map(" ".join)


def _distinct(texts: list[str]) -> bool:
    """Whether no text repeats another or part of it."""
    plain = [folded(text) for text in texts]
    return not any(
        one in other for i, one in enumerate(plain) for j, other in enumerate(plain) if i != j
    )


documents = st.lists(paragraphs, min_size=1, max_size=6).filter(_distinct)
lines = st.one_of(
    st.sampled_from(
        [
            "Related articles",
            "Most recent in Trade",
            "Share",
            "Home > News > Chile",
            "5 min read",
            "Important Notice",
            "© 2023 The Ledger",
            "A short line",
            "Who pays?",
            "ECONOMY",
            "“A quoted line of some words here”",
        ]
    ),
    paragraphs,
    sentences,
)


def _blocks(*texts: str) -> list[TextBlock]:
    return [TextBlock(text) for text in texts]


def _texts(*texts: str) -> list[str]:
    return [block.text for block in clean(_blocks(*texts)).blocks]


@given(documents)
@UNTIMED
def test_distinct_prose_comes_through_whole(texts: list[str]) -> None:
    """Every paragraph of prose that stands alone survives, to the letter and in order."""
    assert _texts(*texts) == texts


@given(st.lists(lines, max_size=12))
@UNTIMED
def test_cleaning_what_is_clean_changes_nothing(texts: list[str]) -> None:
    """Cleaning is idempotent."""
    once = clean(_blocks(*texts))
    assert clean(once.blocks, once.title, once.standfirst) == once


@given(st.lists(lines, max_size=12))
@UNTIMED
def test_what_is_kept_stood_there(texts: list[str]) -> None:
    """The body is a subsequence of what was read: nothing is changed, added or moved."""
    rest = iter(texts)
    assert all(block.text in rest for block in clean(_blocks(*texts)).blocks)


@given(documents)
@UNTIMED
def test_blocks_cover_the_body(texts: list[str]) -> None:
    """The spans of joined blocks are their texts, with only blank lines between."""
    body, blocks = join_blocks(clean(_blocks(*texts)).blocks)
    assert [block.span.of(body) for block in blocks] == texts
    assert "\n\n".join(block.span.of(body) for block in blocks) == body


def test_title_is_the_first_short_line() -> None:
    """The first line without a full stop is the title and leaves the body."""
    cleaned = clean(_blocks("Rules before the year is out", LONG))
    assert (cleaned.title, [block.text for block in cleaned.blocks]) == (
        "Rules before the year is out",
        [LONG],
    )


def test_title_may_ask() -> None:
    """A headline that is a question is a title."""
    assert clean(_blocks("Who writes the rules?", LONG)).title == "Who writes the rules?"


def test_a_sentence_is_no_title() -> None:
    """A first paragraph that ends in a full stop stays in the body."""
    cleaned = clean(_blocks("The rules are late.", LONG))
    assert (cleaned.title, len(cleaned.blocks)) == ("", 2)


def test_a_lone_line_is_the_text() -> None:
    """A document of one line keeps it as its text."""
    assert _texts("Call the ministry") == ["Call the ministry"]


def test_standfirst_is_the_sentence_between_title_and_body() -> None:
    """A single sentence below the title, above a longer paragraph, is the standfirst."""
    cleaned = clean(_blocks("Late rules", "The mayors wait for the ministry’s rules.", LONG))
    assert cleaned.standfirst == "The mayors wait for the ministry’s rules."


def test_first_sentence_that_is_not_said_again_is_body() -> None:
    """A report's lead stays in the body, where it can be quoted."""
    lead = "Uruguay’s dockers went back to work on Monday."
    cleaned = clean(_blocks("Strike over", lead, LONG))
    assert (cleaned.standfirst, cleaned.blocks[0].text) == ("", lead)


def test_number_that_is_not_said_again_is_body() -> None:
    """A sentence with a figure the body lacks stays quotable."""
    cleaned = clean(_blocks("Late rules", "The ministry makes 41 mayors wait for rules.", LONG))
    assert cleaned.standfirst == ""


def test_line_that_begins_something_is_no_title() -> None:
    """A dateline on a line of its own is not the headline."""
    assert clean(_blocks("LIMA —", LONG)).title == ""


def test_first_sentence_among_its_like_is_body() -> None:
    """In a report of one-sentence paragraphs, the first is not a standfirst."""
    cleaned = clean(_blocks("Late rules", "The rules are late.", "The growers wait."))
    assert (cleaned.standfirst, len(cleaned.blocks)) == ("", 2)


def test_the_first_question_of_many_is_no_standfirst() -> None:
    """In questions and answers, the first question stays above its answer."""
    cleaned = clean(_blocks("About the rules", "Who writes them?", LONG, "Who waits?", OTHER))
    assert cleaned.standfirst == ""


def test_stated_title_is_taken_off_the_body() -> None:
    """A title the reader knows does not stand in the body a second time."""
    heading = TextBlock("Late rules", BlockKind.HEADING, level=1)
    assert clean([heading, TextBlock(LONG)], "Late rules").blocks == (TextBlock(LONG),)


def test_masthead_is_not_the_title() -> None:
    """A publication's name in capitals above the title is not taken for it."""
    assert clean(_blocks("THE LEDGER", "Late rules in the valley", LONG)).title == (
        "Late rules in the valley"
    )


def test_repeated_paragraph_stands_once() -> None:
    """Of a paragraph that stands twice, the first is kept."""
    assert _texts(LONG, OTHER, LONG) == [LONG, OTHER]


def test_repeated_subheading_stays() -> None:
    """A short line that each part of a briefing has stays each time."""
    texts = _texts("Two states", "Peru", "Outlook", LONG, "Chile", "Outlook", OTHER)
    assert texts.count("Outlook") == 2


def test_short_line_above_prose_is_marked_a_heading() -> None:
    """A line without a full stop above a paragraph of prose becomes a heading."""
    cleaned = clean(_blocks("Late rules", LONG, "What growers say", OTHER))
    assert [block.kind for block in cleaned.blocks] == [
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
    ]


def test_page_of_a_block_is_kept() -> None:
    """A block keeps the page it stands on."""
    assert clean([TextBlock(LONG, page=3)]).blocks[0].page == 3


def test_nothing_but_furniture_leaves_nothing() -> None:
    """A page of navigation alone has no body."""
    assert _texts("Home > News", "Share", "© 2023 The Ledger") == []
