"""What tells a line of a page from a sentence of its text."""

from __future__ import annotations

import re

from corpus.briefing import BlockKind, TextBlock

# A title, a teaser or an attribution is a line; more characters than this are a paragraph.
LONGEST_LINE = 160

# Two sentences in this many characters or more are prose; in fewer they may be a quip of a title.
SHORTEST_PROSE = 90

_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*$")
_ENDS_STATEMENT = re.compile(r"[.…][\"'”’»)\]]*$")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s+[\"'“‘«(¿¡]?[A-ZÀ-Þ0-9]|$)")

# "U.S. Senate", "Mr. Kast": a full stop that ends no sentence.
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sr|Sra|St|Gen|Sen|Rep|No|vs|etc|Inc|Ltd)\.$")


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does: in a full stop, question or exclamation mark."""
    return bool(_ENDS_SENTENCE.search(text.rstrip()))


def ends_statement(text: str) -> bool:
    """Whether the text ends in a full stop, which headlines and labels do not have."""
    return bool(_ENDS_STATEMENT.search(text.rstrip()))


def sentence_count(text: str) -> int:
    """About how many sentences the text has; 0 for a line without an end."""
    return sum(
        1 for end in _SENTENCE_END.finditer(text) if not _ABBREVIATION.search(text[: end.end()])
    )


def is_line(block: TextBlock) -> bool:
    """Whether a block is a line of a page, such as a title or teaser, not a paragraph of prose."""
    text = block.text
    if block.kind is BlockKind.TABLE or "\n" in text or len(text) > LONGEST_LINE:
        return False
    return len(text) < SHORTEST_PROSE or sentence_count(text) < 2


def is_label(block: TextBlock, longest: int = 80) -> bool:
    """Whether a block is a short line without an end, as headings and attributions are.

    A line that ends in a colon, comma or dash ("LIMA —") begins something.
    """
    unfinished = block.text.rstrip()[-1:] in ":,;-–—"
    ended = unfinished or ends_sentence(block.text)
    return is_line(block) and len(block.text) <= longest and not ended
