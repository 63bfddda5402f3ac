"""Page furniture out: what is left is the briefing's own title, standfirst and text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.briefing import BlockKind, TextBlock
from corpus.folding import folded
from corpus.furniture.navigation import without_navigation
from corpus.furniture.notices import without_notices
from corpus.furniture.prose import ends_sentence, ends_statement, is_label, sentence_count
from corpus.furniture.pull_quotes import without_pull_quotes
from corpus.furniture.trailers import without_trailers

# A headline runs to two lines of a page; so does a standfirst in smaller letters.
LONGEST_TITLE = 140
LONGEST_STANDFIRST = 180

# A standfirst sums up what follows: the paragraphs after it have at least this share of its
# longer words again. A report's own first sentence is not said twice, and stays in the body,
# where it can be quoted. Short lines below a title are standfirsts more often than leads. Of 313
# news articles that have none, 4 % have a lead that passes at these shares; all of it is said
# again. A number that is not said again is never lifted.
SHORT_STANDFIRST = 100
RESTATED_SHARE_SHORT = 0.4
RESTATED_SHARE = 0.6
RESTATING_PARAGRAPHS = 3

# Words are compared by their first letters: "visits" is restated by "visited".
STEM_LETTERS = 5
SHORTEST_STEM = 4

# A repeated line shorter than this is a subheading or an entry that each part of a briefing has:
# "Outlook", "Birth rate: 16 in the thousand".
SHORTEST_REPEAT = 80

# A paragraph below a subheading is longer than this; lines of verse or addresses are not.
SHORTEST_BODY = 100

_NUMBER = re.compile(r"\d[\d.,]*\d|\d")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A document without its page's furniture.

    Attributes:
        title: The headline, or "" where the text has none.
        standfirst: The line below it, or "".
        blocks: The body's blocks, to the letter.
    """

    title: str
    standfirst: str
    blocks: tuple[TextBlock, ...]


def clean(blocks: Sequence[TextBlock], title: str = "", standfirst: str = "") -> Cleaned:
    """Take the page's furniture out of a document.

    What is taken out can uncover more: a title below a menu, a list's heading above a notice.
    So the stages are gone through until nothing changes; cleaning what is clean changes nothing.

    Args:
        blocks: The document as read.
        title: The headline, where the reader knows it.
        standfirst: The standfirst, where the reader knows it.

    Returns:
        Title, standfirst and body. A paragraph of prose that stands once is always in the body.
    """
    before = Cleaned(title, standfirst, tuple(block for block in blocks if block.text.strip()))
    while True:
        after = _cleaned_once(before)
        if after == before:
            return replace(after, blocks=_with_headings(after.blocks))
        before = after


def _cleaned_once(given: Cleaned) -> Cleaned:
    """Go through the stages once.

    1. Navigation, share, cookie, credit and copyright lines.
    2. Legal notices.
    3. Lists of other articles.
    4. Title and standfirst, lifted off the body.
    5. Pull quotes with their attributions.
    6. Blocks that repeat an earlier one.
    """
    blocks = without_navigation(given.blocks)  # 1.
    blocks = without_notices(blocks)  # 2.
    blocks = without_trailers(blocks)  # 3.
    title, blocks = _lift_title(given.title, blocks)  # 4.
    standfirst, blocks = _lift_standfirst(given.standfirst, title, blocks)
    blocks = without_pull_quotes(blocks)  # 5.
    blocks = _without_repeats(blocks)  # 6.
    return Cleaned(title, standfirst, blocks)


def _lift_title(title: str, blocks: tuple[TextBlock, ...]) -> tuple[str, tuple[TextBlock, ...]]:
    """The title, and the blocks without it."""
    if title:
        return title, _without_first(title, blocks)
    if len(blocks) < 2:
        return "", blocks
    at = 1 if len(blocks) > 2 and _is_masthead(blocks[0], blocks[1]) else 0
    if _may_be_title(blocks[at]):
        return blocks[at].text, blocks[:at] + blocks[at + 1 :]
    return "", blocks


def _may_be_title(block: TextBlock) -> bool:
    heads = block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH)
    return heads and (is_label(block, LONGEST_TITLE) or _is_question(block))


def _is_masthead(block: TextBlock, following: TextBlock) -> bool:
    """Whether a block is a publication's or section's name in capitals above the title."""
    above, below = block.text, following.text
    shorter = len(above.split()) < len(below.split())
    return above.isupper() and not below.isupper() and shorter and _may_be_title(following)


def _is_question(block: TextBlock) -> bool:
    """Whether a block is one short question, as headings of FAQs are."""
    text = block.text
    return text.endswith("?") and sentence_count(text) == 1 and len(text) <= LONGEST_TITLE


def _lift_standfirst(
    standfirst: str, title: str, blocks: tuple[TextBlock, ...]
) -> tuple[str, tuple[TextBlock, ...]]:
    """The standfirst, and the blocks without it."""
    if standfirst:
        return standfirst, _without_first(standfirst, blocks)
    if not title or len(blocks) < 2 or not _is_standfirst(blocks[0], blocks[1:]):
        return "", blocks
    if _is_question(blocks[0]) and any(map(_is_question, blocks[1:])):
        return "", blocks  # The first of a list of questions and answers.
    return blocks[0].text, blocks[1:]


def _is_standfirst(block: TextBlock, following: Sequence[TextBlock]) -> bool:
    """Whether a block is the one sentence below a title that sums up the paragraphs after it."""
    single = sentence_count(block.text) == 1 and ends_sentence(block.text)
    if block.kind is not BlockKind.PARAGRAPH or not single or len(block.text) > LONGEST_STANDFIRST:
        return False
    body = [other.text for other in following if _is_prose(other)]
    restated = _stems(" ".join(body[:RESTATING_PARAGRAPHS]))
    said = _stems(block.text)
    if not said or not body or len(body[0]) <= len(block.text):
        return False
    if not set(_NUMBER.findall(block.text)) <= set(_NUMBER.findall(" ".join(body))):
        return False
    short = len(block.text) <= SHORT_STANDFIRST
    needed = RESTATED_SHARE_SHORT if short else RESTATED_SHARE
    return len(said & restated) >= needed * len(said)


def _is_prose(block: TextBlock) -> bool:
    """Whether a block is a paragraph and no subheading, marked as one or not."""
    return block.kind is BlockKind.PARAGRAPH and not (is_label(block) or _is_question(block))


def _stems(text: str) -> set[str]:
    return {
        word[:STEM_LETTERS]
        for word in folded(text).split()
        if len(word.strip(",;:.")) >= SHORTEST_STEM
    }


def _without_first(text: str, blocks: tuple[TextBlock, ...]) -> tuple[TextBlock, ...]:
    """The blocks without the one at their head that is `text`."""
    wanted = folded(text)
    for at, block in enumerate(blocks[:4]):
        if folded(block.text) == wanted:
            return blocks[:at] + blocks[at + 1 :]
    return blocks


def _without_repeats(blocks: tuple[TextBlock, ...]) -> tuple[TextBlock, ...]:
    """The blocks without those that an earlier one says letter for letter."""
    seen: set[str] = set()
    kept: list[TextBlock] = []
    for block in blocks:
        if block.text in seen and len(block.text) >= SHORTEST_REPEAT:
            continue
        seen.add(block.text)
        kept.append(block)
    return tuple(kept)


def _with_headings(blocks: tuple[TextBlock, ...]) -> tuple[TextBlock, ...]:
    """The blocks, short lines above a paragraph of prose marked as the headings they are."""
    marked = list(blocks)
    for at, (block, following) in enumerate(pairwise(blocks)):
        prose = len(following.text) >= SHORTEST_BODY and ends_statement(following.text)
        heads = is_label(block) or _is_question(block)
        if block.kind is BlockKind.PARAGRAPH and prose and heads:
            marked[at] = replace(block, kind=BlockKind.HEADING, level=2)
    return tuple(marked)
