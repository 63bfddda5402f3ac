"""Which sentences answer, how sure that is, and whether anything does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.acts import MUTUAL, acts_in
from assistant.addressed import is_order
from assistant.answer import Citation
from assistant.constraints import fit, places_in
from assistant.features import Features, features, probability
from assistant.question import Query, Shape
from assistant.ranker import Window, WindowScore
from assistant.thresholds import Thresholds
from corpus.briefing import BlockKind, Briefing, Span
from index import sentences
from index.passages import LONGEST_PASSAGE, Passage
from index.retriever import Hit

_SAYS = re.compile(
    r"\b(?:said|says|saying|told|stated|states|announced|argued|argues|claimed|claims|warned|"
    r"warns|noted|notes|commented|felt|opined|added|insisted|reported|reports|wrote|estimated|"
    r"estimates|acknowledged|admitted|declared|confirmed|denied|called|described|according to|"
    r"in the words of|as .{3,40} put it)\b",
    re.I,
)
_NEEDS_LEAD = re.compile(
    r"^[\"“'‘]?(?:he|she|it|they|his|her|its|their|this|that|these|those|both|such|the two|"
    r"the latter|the former|another|others|one of them|neither)\b",
    re.I,
)
# "- Peru lifted its tariff." says what it says by itself, "- an end to the tariff;" does not.
_WHOLE_ITEM = re.compile(r"^\W*(?:\d+\.\s+)?[A-ZÀ-Þ\d].*[.!?]\W*$", re.S)


class Ranker(Protocol):
    """Whatever says which sentences of a window answer a question."""

    def score(self, question: str, windows: Sequence[Window]) -> list[WindowScore]:
        """One score a window, in order."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may bear an answer.

    Attributes:
        briefing: The briefing it stands in.
        passage: The passage it stands in.
        span: Its place in the body; with the sentence before it where it makes no sense alone.
        sentence: Its own place in the body.
        score: How likely it is to answer, 0 to 1.
        signs: What that was read from; None for a sentence that was not ranked.
    """

    briefing: Briefing
    passage: Passage
    span: Span
    sentence: Span
    score: float
    signs: Features | None = None

    @property
    def text(self) -> str:
        """The words, to the letter."""
        return self.span.of(self.briefing.body)


@dataclass(frozen=True, slots=True)
class Weighing:
    """All evidence for a question, best first, and the probability that it answers at all."""

    evidence: tuple[Evidence, ...]
    answerable: float


def weigh(query: Query, hits: Sequence[Hit], ranker: Ranker, thresholds: Thresholds) -> Weighing:
    """Score every sentence of the passages found; best first, what cannot be meant left out.

    So is what speaks to a machine: it tells a model what to say, and a reader nothing.

    Args:
        query: The question.
        hits: The passages that retrieval found.
        ranker: Scores sentences in their context.
        thresholds: What a sentence on other parties is worth.
    """
    possible = [(hit, f) for hit in hits if (f := fit(query, hit.briefing, hit.passage)).possible]
    windows = [_window(hit.briefing, hit.passage) for hit, _ in possible]
    scores = ranker.score(query.text, [w for w, _ in windows])
    found: dict[tuple[str, Span], Evidence] = {}
    for (hit, fitting), (window, offset), score in zip(possible, windows, scores, strict=True):
        for span, logit in zip(window.sentences, score.sentences, strict=True):
            sentence = Span(span.start + offset, span.end + offset)
            if sentence.start < hit.passage.start:
                continue
            whole = _with_lead(hit.briefing, hit.passage, sentence)
            if is_order(hit.briefing, whole):
                continue
            text = sentence.of(hit.briefing.body)
            signs = features(query, hit, text, logit, fitting)
            found[hit.briefing.id, sentence] = Evidence(
                briefing=hit.briefing,
                passage=hit.passage,
                span=whole,
                sentence=sentence,
                score=probability(signs)
                * _speaks(query, text)
                * (1.0 if _is_on_the_parties(query, hit, text) else thresholds.other_parties),
                signs=signs,
            )
    ranked = tuple(sorted(found.values(), key=lambda e: -e.score))
    return Weighing(ranked, ranked[0].score if ranked else 0.0)


def speakers(query: Query, library_briefings: Sequence[Briefing]) -> list[Evidence]:
    """For "who said so?": the cited sentences, or those beside them, that name a speaker."""
    found = []
    for cited, briefing in zip(query.about, library_briefings, strict=True):
        passage = _passage_around(cited, briefing)
        spans = sentences.split(briefing.body, passage.start, passage.end)
        own = [s for s in spans if s.start < cited.end and s.end > cited.start]
        beside = [s for s in spans if s not in own and _touches(s, own, spans)]
        for span in (*own, *beside):
            if _SAYS.search(span.of(briefing.body)) and not is_order(briefing, span):
                found.append(
                    Evidence(
                        briefing,
                        passage,
                        _with_lead(briefing, passage, span),
                        span,
                        1.0,
                    )
                )
                break
    return found


def _speaks(query: Query, sentence: str) -> float:
    """Asked who says something, a sentence in which nobody says anything counts half."""
    return 0.5 if query.shape is Shape.SPEAKER and not _SAYS.search(sentence) else 1.0


def _is_on_the_parties(query: Query, hit: Hit, sentence: str) -> bool:
    """Asked what one country asked, offered or refused another: is the sentence on that?

    It, or its heading, must name the country that acts, and the headline at least the others;
    where it names strangers, all must be in itself; and it must report that act. A rule,
    not fitted: the suite has too few such questions, and analysts ask them first.
    """
    asked, act = set(query.places), acts_in(query.text)
    if len(asked) < 2 or not act or act <= MUTUAL:
        return True
    briefing, told = hit.briefing, acts_in(sentence)
    named = places_in(sentence)
    headed = named | places_in(hit.passage.heading.of(briefing.body))
    known = headed | places_in(f"{briefing.title}\n{briefing.standfirst}")
    return (
        (query.actor in headed or not query.actor)
        and asked <= known
        and (named <= asked or asked <= named)
        and bool(told & act)
    )


def _window(briefing: Briefing, passage: Passage) -> tuple[Window, int]:
    """What the ranker sees of a passage, and where its text begins in the body.

    The last sentence of the paragraph before comes along: "He asked…" means whom it names.
    """
    before = _sentence_before(briefing, passage)
    start = before.start if before else passage.start
    spans = sentences.split(briefing.body, passage.start, passage.end)
    header = ". ".join(
        part.rstrip(".")
        for part in (
            briefing.title,
            f"{briefing.published:%d %B %Y}" if briefing.published else "",
            passage.heading.of(briefing.body),
        )
        if part
    )
    shown = ([before] if before else []) + spans
    window = Window(
        header=header,
        text=briefing.body[start : passage.end],
        sentences=tuple(Span(s.start - start, s.end - start) for s in shown),
    )
    return window, start


def _sentence_before(briefing: Briefing, passage: Passage) -> Span | None:
    previous = None
    for block in briefing.blocks:
        if block.start < passage.start < block.end:
            # The passage is a run of a long paragraph: the sentence before is in it.
            spans = sentences.split(briefing.body, block.start, passage.start)
            return spans[-1] if spans else None
        if block.start >= passage.start:
            break
        previous = block
    if previous is None or previous.kind is not BlockKind.PARAGRAPH:
        return None
    spans = sentences.split(briefing.body, previous.start, previous.end)
    return spans[-1] if spans else None


def _with_lead(briefing: Briefing, passage: Passage, sentence: Span) -> Span:
    """The sentence, with what it makes no sense without.

    One that begins with a pronoun has the one before it, across the border of its paragraph,
    too; an item of a list that is no sentence has the list and the line that leads to it, as
    that line has its list; a row of a table has those above it.
    """
    whole = _with_list(briefing, sentence)
    if sentence != whole and whole.end - whole.start <= LONGEST_PASSAGE:
        return whole
    if not _NEEDS_LEAD.match(sentence.of(briefing.body)):
        return sentence
    spans = sentences.split(briefing.body, passage.start, sentence.start)
    lead = spans[-1] if spans else _sentence_before(briefing, passage)
    return Span(lead.start, sentence.end) if lead else sentence


def _with_list(briefing: Briefing, sentence: Span) -> Span:
    """An item or its lead with the whole list; a row with its table so far; else the sentence."""
    at = next(n for n, b in enumerate(briefing.blocks) if sentence.start < b.end)
    block, text = briefing.blocks[at], sentence.of(briefing.body)
    if block.kind is BlockKind.TABLE:
        return Span(block.start, sentence.end)
    if block.kind is BlockKind.LIST:
        lead = _lead_line(briefing, at)
        return Span(lead.start, block.end) if lead and not _WHOLE_ITEM.match(text) else sentence
    following = briefing.blocks[at + 1 : at + 2]
    leads = text.endswith(":") and following and following[0].kind is BlockKind.LIST
    return Span(sentence.start, following[0].end) if leads else sentence


def _lead_line(briefing: Briefing, at: int) -> Span | None:
    """What leads to the `at`-th block: the heading right above it, or a line with a colon."""
    before = briefing.blocks[at - 1] if at else None
    if before is None or before.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING):
        return None
    lead = sentences.split(briefing.body, before.start, before.end)[-1]
    leads = before.kind is BlockKind.HEADING or lead.of(briefing.body).endswith(":")
    return lead if leads else None


def _passage_around(cited: Citation, briefing: Briefing) -> Passage:
    block = next(b for b in briefing.blocks if b.start <= cited.start < b.end)
    return Passage(
        cited.passage_id, briefing.id, cited.version, 0, block.start, max(block.end, cited.end)
    )


def _touches(span: Span, own: Sequence[Span], spans: Sequence[Span]) -> bool:
    at = spans.index(span)
    return any(abs(at - spans.index(o)) == 1 for o in own)
