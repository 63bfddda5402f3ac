"""Navigation: the lines pages put around a text, and menus of one entry a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.briefing import BlockKind, TextBlock
from corpus.furniture.page_lines import is_page_line

# A menu's entries. A run of short lines is a menu if half of them are such.
_ENTRIES = {
    "home", "news", "world", "politics", "business", "economy", "opinion", "analysis",
    "sport", "sports", "culture", "tech", "technology", "science", "health", "video",
    "videos", "podcasts", "podcast", "live", "about", "contact", "subscribe", "search",
    "menu", "more", "login", "magazine", "events", "newsletters", "newsletter", "research",
    "topics", "regions", "africa", "americas", "asia", "europe", "careers", "inicio",
    "noticias", "mundo", "política", "economía", "opinión", "deportes", "cultura",
    "tecnología", "contacto", "nosotros", "publications", "library", "people", "team",
    "services", "insights", "markets", "features", "about us", "contact us", "our team",
    "sign in", "log in", "middle east", "latin america",
}  # fmt: skip

_SHORTEST_MENU = 3
_MOST_ENTRY_WORDS = 3
_SEPARATORS = re.compile(r"\s*[|·•/>›»]\s*|\n(?:[-*•] )?")

# Where a page's text begins or ends no later than this many blocks from the edge, menus stand.
_EDGE = 25


def without_navigation(blocks: Sequence[TextBlock]) -> tuple[TextBlock, ...]:
    """The blocks without lines of navigation, sharing, cookies, credits and rights."""
    kept = [block for block in blocks if not _is_navigation(block)]
    return _without_menus(kept)


def _is_navigation(block: TextBlock) -> bool:
    if block.kind is BlockKind.TABLE:
        return False
    text = block.text.strip().lstrip("-•* ")
    return is_page_line(text) or _is_menu(_SEPARATORS.split(text))


def _without_menus(blocks: list[TextBlock]) -> tuple[TextBlock, ...]:
    """The blocks without menus of one entry a line at the page's top and foot."""
    kept = list(blocks)
    at = 0
    while at < len(kept):
        end = at
        while end < len(kept) and _may_be_entry(kept[end].text):
            end += 1
        at_edge = at < _EDGE or end > len(kept) - _EDGE
        if at_edge and _is_menu([block.text for block in kept[at:end]]):
            del kept[at:end]
        else:
            at = max(end, at + 1)
    return tuple(kept)


def _may_be_entry(text: str) -> bool:
    return len(text.split()) <= _MOST_ENTRY_WORDS and text[-1:] not in ".!?:"


def _is_menu(entries: Sequence[str]) -> bool:
    """Whether short texts side by side are a menu: most of them are what menus offer."""
    if len(entries) < _SHORTEST_MENU or not all(map(_may_be_entry, entries)):
        return False
    known = sum(entry.strip("-*• ").casefold() in _ENTRIES for entry in entries)
    return known * 2 >= len(entries)
