"""Briefings cut into passages: what is embedded, indexed and found.

A passage is a whole paragraph, list or table, a run of sentences of a long paragraph, or a few
paragraphs too short to say by themselves what they are on. Its span is exact; title, date,
section and heading are put in front only of what is embedded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.briefing import Block, BlockKind, Briefing, Span
from index import sentences

# The embedded default reads 256 wordpieces, some 5 characters each in English news; 900
# characters leave room for title, date and heading. Longer paragraphs are cut at sentences.
LONGEST_PASSAGE = 900

# A paragraph of one sentence, as news has them, leans on those beside it: "He did not say why."
# Such are put together until they have this many code points, about three sentences.
SHORTEST_PASSAGE = 300

NO_HEADING = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of one version of a briefing.

    Attributes:
        id: Made of all that is embedded and where it stands: whatever changes the vector
            changes the id, so that an index in line by its ids is in line by its vectors.
        briefing_id: The briefing it stands in.
        version: The version of that briefing.
        ordinal: Its place among the briefing's passages, from 0.
        start: First code point in the body.
        end: One past the last code point in the body.
        heading: The span of the heading it stands under; empty where there is none.
    """

    id: str
    briefing_id: str
    version: str
    ordinal: int
    start: int
    end: int
    heading: Span = NO_HEADING

    @property
    def span(self) -> Span:
        """The passage's place in the body."""
        return Span(self.start, self.end)


def cut(briefing: Briefing) -> list[Passage]:
    """The passages of `briefing`, in order. Headings are no passages unless nothing else is."""
    version = briefing.version
    found: list[Passage] = []
    heading = NO_HEADING
    only_headings = all(b.kind is BlockKind.HEADING for b in briefing.blocks)
    for block in _together(briefing.blocks):
        if block.kind is BlockKind.HEADING and not only_headings:
            heading = block.span
            continue
        for span in _runs(briefing.body, block):
            found.append(
                Passage(
                    id=_passage_id(briefing, version, span, heading),
                    briefing_id=briefing.id,
                    version=version,
                    ordinal=len(found),
                    start=span.start,
                    end=span.end,
                    heading=heading,
                )
            )
    return found


def passage_of(row: Any) -> Passage:
    """The passage that a row of the passages table describes."""
    return Passage(
        id=row.id,
        briefing_id=row.briefing_id,
        version=row.version,
        ordinal=row.ordinal,
        start=row.start,
        end=row.end,
        heading=Span(row.heading_start, row.heading_end),
    )


def embedded_text(briefing: Briefing, passage: Passage) -> str:
    """What stands for `passage` in the vector space: its words behind what they are about."""
    return _embedded_text(briefing, passage.span, passage.heading)


def _embedded_text(briefing: Briefing, span: Span, heading: Span) -> str:
    about = (
        briefing.title,
        f"{briefing.published:%d %B %Y}" if briefing.published else "",
        briefing.section,
        heading.of(briefing.body),
    )
    return ". ".join(a.rstrip(".") for a in about if a) + "\n" + span.of(briefing.body)


def _passage_id(briefing: Briefing, version: str, span: Span, heading: Span) -> str:
    stands = f"{briefing.id}:{version}:{span.start}:{span.end}:"
    name = stands + _embedded_text(briefing, span, heading)
    return hashlib.sha256(name.encode()).hexdigest()[:20]


def _together(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks; of paragraphs that follow each other, short ones joined to the next."""
    waiting: Block | None = None
    for block in blocks:
        if waiting and _joins(waiting, block):
            waiting = replace(waiting, end=block.end)
        else:
            if waiting:
                yield waiting
            waiting = block
    if waiting:
        yield waiting


def _joins(one: Block, following: Block) -> bool:
    return (
        one.kind is following.kind is BlockKind.PARAGRAPH
        and one.page == following.page
        and one.end - one.start < SHORTEST_PASSAGE
        and following.end - one.start <= LONGEST_PASSAGE
    )


def _runs(body: str, block: Block) -> Iterator[Span]:
    """The block whole, or its sentences in runs of about equal length, each short enough."""
    length = block.end - block.start
    if block.kind is not BlockKind.PARAGRAPH or length <= LONGEST_PASSAGE:
        if length:
            yield block.span
        return
    spans = sentences.split(body, block.start, block.end)
    wanted = length / -(-length // LONGEST_PASSAGE)
    begin = spans[0].start
    end = begin
    for span in spans:
        if end > begin and (
            span.end - begin > LONGEST_PASSAGE or (end + span.end) / 2 - begin > wanted
        ):
            yield Span(begin, end)
            begin = span.start
        end = span.end
    yield Span(begin, end)
