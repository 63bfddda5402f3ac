"""What every reader hands back: the blocks of a document and what it says about itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from corpus.briefing import TextBlock


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read, before anything is cleaned away.

    Attributes:
        blocks: The text in reading order.
        title: The headline where the format states one, else "".
        standfirst: The line below the title where the format states one, else "".
        published: The date the format states, or None.
        section: The section or category stated, or "".
        author: Who is stated to have written it, or "".
        places: Countries it is stated to be about; empty where nothing is stated.
        sources: What it says its sources are.
        url: Where it says it can be read, or "".
        source: Its publisher, where stated, or "".
        format: The reader that read it.
        attachments: How many files were attached to an e-mail. They are not read: an attached
            report is a document of its own and is taken in by being offered itself.
    """

    blocks: tuple[TextBlock, ...]
    title: str = ""
    standfirst: str = ""
    published: dt.date | None = None
    section: str = ""
    author: str = ""
    places: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    url: str = ""
    source: str = ""
    format: str = "text"
    attachments: int = 0
