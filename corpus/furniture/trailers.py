"""Lists of other articles: "Most recent", "Related", "Read more", with titles and teasers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.briefing import BlockKind, TextBlock
from corpus.furniture.prose import ends_statement, is_line

_THINGS = (
    r"(?:articles?|stor(?:y|ies)|posts?|content|reading|reads?|coverage|links?|publications?"
    r"|briefings?|insights?|topics?)"
)
_ENGLISH = (
    rf"most (?:recent|read|popular|viewed|shared)(?: {_THINGS})?(?: (?:in|on|from) .{{2,40}})?",
    rf"(?:latest|recent|related|recommended|featured|popular|trending|similar) (?:{_THINGS}|news)"
    r"(?: (?:in|on|from|for you).{0,40})?",
    r"related|recommended(?: for you)?|trending(?: now)?",
    rf"more (?:{_THINGS} )?(?:from|in|on|like|about|by) .{{2,40}}|more (?:{_THINGS}|news)|more",
    r"read (?:more|next|also|this next)|what to read next|keep reading|up next|also read|see also",
    r"(?:explore|discover) more|other (?:articles|news|stories)|in other news",
    r"you (?:may|might|could|will)(?: also)? (?:like|enjoy|be interested in|have missed).{0,20}",
    r"(?:don['’]?t) miss.{0,20}|in case you missed it|editor['’]?s['’]? (?:picks?|choice)",
    r"(?:also|elsewhere) (?:in|on|from) .{2,40}|from (?:the|our) (?:archives?|blog)",
)
_SPANISH = (
    r"(?:artículos|noticias|notas|temas|contenidos?) relacionad[oa]s|relacionad[oa]s",
    r"lo más (?:leído|visto|reciente)|más (?:leíd[oa]s|noticias|recientes?)|últimas noticias",
    r"más (?:sobre|de|en) .{2,40}|(?:te|le) puede interesar.{0,20}|también (?:te|le) puede.{0,30}",
    r"lee(?:r|a)? (?:también|más)|ver también",
)
_OTHERS = (
    r"(?:leia|veja) (?:também|mais)|mais lidas|notícias relacionadas",
    r"à lire aussi|lire aussi|sur le même sujet",
    r"mehr zum thema|lesen sie auch|meistgelesen|das könnte sie auch interessieren",
)
_HEADING = re.compile("|".join((*_ENGLISH, *_SPANISH, *_OTHERS)), re.I)
_ITEM = re.compile(r"^(?:[-*•]|\d+[.)])\s+")

# Of the lines below such a heading, the share that are titles: without a full stop at the end.
# A list of articles has a title for every teaser at the least; a short report's last sentences
# have none.
TITLE_SHARE = 0.3

LONGEST_HEADING = 60


def without_trailers(blocks: Sequence[TextBlock]) -> tuple[TextBlock, ...]:
    """The blocks without lists of other articles.

    A list is its heading and the lines below it, up to the page's end or the next paragraph of
    prose. Between paragraphs, only titles go: a sentence there may be the text's own. Above the
    first paragraph nothing goes: "Latest news" heads a newsletter's text.
    """
    kept: list[TextBlock] = []
    at = 0
    while at < len(blocks):
        below_text = not all(map(_is_entry, kept))
        end = _list_end(blocks, at) if below_text and _is_heading(blocks[at]) else at
        if end > at:
            at = end
        else:
            kept.append(blocks[at])
            at += 1
    return tuple(kept)


def _is_heading(block: TextBlock) -> bool:
    text = block.text.strip().rstrip(":…→»> ")
    return is_line(block) and len(text) <= LONGEST_HEADING and bool(_HEADING.fullmatch(text))


def _list_end(blocks: Sequence[TextBlock], at: int) -> int:
    """Where the list headed by block `at` ends; `at` itself if it heads none."""
    end = at + 1
    while end < len(blocks) and _is_entry(blocks[end]):
        end += 1
    if end < len(blocks):
        end = at + 1
        while (
            end < len(blocks) - 1
            and _is_entry(blocks[end])
            and not ends_statement(blocks[end].text)
        ):
            end += 1
    entries = [line for block in blocks[at + 1 : end] for line in block.text.split("\n")]
    titles = sum(not ends_statement(line) for line in entries)
    if entries and titles >= TITLE_SHARE * len(entries):
        return end
    # A heading with nothing under it at the page's very end heads what the reader left out.
    return at + 1 if at + 1 == len(blocks) and at > 0 else at


def _is_entry(block: TextBlock) -> bool:
    """Whether a block may stand in such a list: a line, or a list of lines."""
    if block.kind is BlockKind.LIST:
        lines = (_ITEM.sub("", line) for line in block.text.split("\n"))
        return all(is_line(TextBlock(line)) for line in lines)
    return is_line(block)
