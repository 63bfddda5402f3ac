"""The only door: a question goes in, an answer comes out."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant import messages
from assistant.answer import Answer, plain
from assistant.clarifying import Doubt, doubt
from assistant.composing import Composing, Prose
from assistant.conversation import Conversations, new_id
from assistant.evidence import Ranker, Weighing, speakers, weigh
from assistant.narrowing import inside, narrowings, widened
from assistant.parts import taken_apart
from assistant.question import Query, Shape, understand
from assistant.refusing import ask_back, refuse
from assistant.stopping import Stopped, stoppable
from assistant.thresholds import Thresholds
from corpus.errors import NotFound
from corpus.library import Filters, Library
from index.retriever import Hit, Retriever


@dataclass(frozen=True, slots=True)
class Event:
    """A step on the way to an answer, as channels show it.

    Attributes:
        kind: "status", "statement", "citation" or "answer".
        data: A status' words and counts, or the statement, citation or answer as JSON types.
    """

    kind: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Assistant:
    """Answers questions from one library. Safe from any thread.

    Attributes:
        library: The briefings.
        retriever: Finds passages.
        ranker: Scores their sentences.
        conversations: Where turns are kept.
        passages: How many passages are read for a question.
        statements: How many statements an answer has at most.
        thresholds: The bars that decide what is said.
        prose: Writes with a language model; None where the briefings' own words are said.
        today: Tells the day that "last month" is reckoned from.
    """

    library: Library
    retriever: Retriever
    ranker: Ranker
    conversations: Conversations
    passages: int
    statements: int
    thresholds: Thresholds = field(default_factory=Thresholds)
    prose: Prose | None = None
    today: Callable[[], dt.date] = dt.date.today

    def ask(
        self,
        question: str,
        conversation_id: str = "",
        filters: Filters | None = None,
        without: Sequence[str] = (),
    ) -> Answer:
        """Answer `question`, or say why not.

        Args:
            question: As a person writes it.
            conversation_id: The conversation it continues; "" begins a new one.
            filters: Which briefings count.
            without: What in the question is not to narrow the search: "period", "place" or
                "region", or the words as asked ("in October 2022").

        Raises:
            QuestionError: There is no question.
            NotFound: There is no such conversation.
        """
        answer: Answer | None = None
        for step in self._way(question, conversation_id, filters, without):
            if isinstance(step, Answer):
                answer = step
        assert answer is not None, "the way of a question ends in an answer"
        return answer

    def stream(
        self,
        question: str,
        conversation_id: str = "",
        filters: Filters | None = None,
        without: Sequence[str] = (),
        stop: threading.Event | None = None,
    ) -> Generator[Event]:
        """As `ask`, step by step: status, statements and citations, the whole answer last.

        A statement comes once it is verified, behind the citations that are new with it. Closing
        the iterator stops a language model's reply; what was verified by then is kept in the
        conversation.

        Args:
            question: As `ask`, like the next three.
            conversation_id: The conversation.
            filters: Which briefings count.
            without: What is not to narrow the search.
            stop: Does the same once it is set, from another thread and while the next step is
                waited for; the answer as far as it was verified is the last event then, and there
                is none where nothing was.
        """
        for step in self._way(question, conversation_id, filters, without, stop):
            yield Event("answer", step.to_json()) if isinstance(step, Answer) else step

    def search(self, query: str, limit: int, filters: Filters | None = None) -> list[Hit]:
        """The passages that bear most on `query`, with their scores, for the curious."""
        return self.retriever.retrieve(query, limit, filters)

    def evidence(self, question: str, filters: Filters | None = None) -> Weighing:
        """The sentences that may answer `question`, best first, before anything is said."""
        query = understand(question, (), self.today())
        hits = self._retrieve(query, filters)
        return weigh(query, hits, self.ranker, self.thresholds)

    def _way(
        self,
        question: str,
        conversation_id: str,
        filters: Filters | None,
        without: Sequence[str],
        stop: threading.Event | None = None,
    ) -> Generator[Event | Answer]:
        """The whole way of a question.

        1. understand: a follow-up becomes a question that stands alone, two questions in one two
        2. retrieve: passages that bear on it
        3. rank: their sentences that answer it, and whether any does
        4. compose and verify: the statements that answer; only what is borne is said
        5. keep: the turn, in its conversation
        """
        clock = _Clock()

        # 1. understand
        turns = self.conversations.get(conversation_id).turns if conversation_id else ()
        carried = () if _is_complete(question, turns) else turns
        query = understand(question, carried, self.today())
        standalone = query.text
        parts = taken_apart(query, self.today())
        narrowed = tuple(dict.fromkeys(n for p in parts for n in narrowings(p, without)))
        asked = [widened(part, narrowings(part, without)) for part in parts]
        query = widened(query, narrowed) if len(parts) == 1 else query
        clock.lap("understand")
        understood = {"standalone": standalone, "filters": [plain(one) for one in narrowed]}
        yield Event("status", {"stage": "searching", **understood})

        # 2. retrieve
        found = [self._retrieve(part, filters) for part in asked]
        hits = list({hit.passage.id: hit for part in found for hit in part}.values())
        clock.lap("retrieve")
        briefings = len({hit.briefing.id for hit in hits})
        yield Event("status", {"stage": "reading", "passages": len(hits), "briefings": briefings})

        # 3. rank
        weighed = [self._weigh(part, own) for part, own in zip(asked, found, strict=True)]
        open_word = self._doubt(query, turns, weighed[0], filters) if len(asked) == 1 else None
        if open_word:
            weighed = [Weighing((), 0.0)]
        clock.lap("rank")

        # 4. compose and verify
        prose = stoppable(self.prose, stop) if self.prose and stop else self.prose
        composing = Composing(
            list(zip(asked, weighed, strict=True)), self.thresholds, self.statements, prose
        )
        yield Event("status", {"stage": "checking", "model": composing.writer})

        def answer(notice: str = "") -> Answer:
            return replace(
                _answer(query, composing, notice),
                # Also with what was left out: asked again, that can come back.
                standalone=standalone,
                conversation_id=conversation_id or new_id(),
                answer_id=new_id(),
                filters=narrowed,
                timings_ms=clock.laps(),
            )

        try:
            for said in composing.said():
                for cited in said.citations:
                    yield Event("citation", plain(cited))
                yield Event("statement", plain(said.statement))
        except GeneratorExit:
            if composing.verified.statements:
                self.conversations.add(answer(messages.MODEL_STOPPED))
            raise
        except Stopped:
            if composing.verified.statements:
                stopped = answer(messages.MODEL_STOPPED)
                self.conversations.add(stopped)
                yield stopped
            return
        clock.lap("compose")
        made = answer()
        if not made.statements:
            refusal = (
                ask_back(open_word)
                if open_word
                else refuse(
                    query, hits, weighed[0], self.library, self.retriever.holds, self.thresholds
                )
            )
            made = replace(made, refusal=refusal, text=refusal.message)

        # 5. keep
        self.conversations.add(made)
        yield made

    def _retrieve(self, query: Query, filters: Filters | None) -> list[Hit]:
        """The passages that bear on `query`; those of the time and region it names go first.

        Two thirds of what is read are looked for among those alone, so that however much others
        speak of the same, they are not crowded out; the rest may name that time.
        """
        hits = self.retriever.retrieve(query.text, self.passages, filters)
        narrower = inside(query, filters or Filters())
        if narrower is None:
            return hits
        first = self.retriever.retrieve(query.text, self.passages * 2 // 3, narrower)
        known = {hit.passage.id for hit in first}
        return (first + [h for h in hits if h.passage.id not in known])[: self.passages]

    def _weigh(self, query: Query, hits: list[Hit]) -> Weighing:
        if query.unresolved:
            return Weighing((), 0.0)
        if query.shape is Shape.SPEAKER and query.about:
            try:
                cited = [self.library.get(c.briefing_id, c.version) for c in query.about]
            except NotFound:
                # What was cited has been removed since; the question is searched like any other.
                return weigh(query, hits, self.ranker, self.thresholds)
            found = tuple(speakers(query, cited))
            return Weighing(found, 1.0 if found else 0.0)
        return weigh(query, hits, self.ranker, self.thresholds)

    def _doubt(
        self,
        query: Query,
        turns: Sequence[Answer],
        weighing: Weighing,
        filters: Filters | None,
    ) -> Doubt | None:
        """What the question leaves open, where the briefings answer it one way and the other."""
        if query.about:
            return None

        def is_answered(other: str) -> bool:
            return self.evidence(other, filters).answerable >= self.thresholds.enough

        return doubt(query, turns, weighing, self.thresholds, is_answered)


def _is_complete(question: str, turns: Sequence[Answer]) -> bool:
    """Whether it is a whole question that was offered here: one of the choices, or the last again.

    Such a question means what it says, whatever was spoken of before.
    """
    return any(
        question == turn.standalone or (turn.refusal and question in turn.refusal.choices)
        for turn in turns
    )


def _answer(query: Query, composing: Composing, notice: str) -> Answer:
    verified = composing.verified
    return Answer(
        question=query.asked,
        standalone=query.text,
        text=verified.text,
        statements=verified.statements,
        citations=verified.citations,
        differs=verified.differs,
        composer=composing.composer,
        notice=notice or composing.notice,
        dropped=verified.dropped,
        usage=composing.usage,
    )


class _Clock:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self._began = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self._laps[stage] = round((now - self._last) * 1000, 1)
        self._last = now

    def laps(self) -> dict[str, float]:
        total = round((time.perf_counter() - self._began) * 1000, 1)
        return {**self._laps, "total": total}
