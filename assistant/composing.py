"""An answer in the making: statement by statement, each verified before anybody sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant import extractive, messages
from assistant.answer import EXTRACTIVE, Citation, Statement
from assistant.evidence import Evidence, Weighing
from assistant.extractive import Composition
from assistant.generative import Writer
from assistant.models.model import Usage
from assistant.question import Query
from assistant.support import Support
from assistant.thresholds import Thresholds
from assistant.verify import Verified, Verifier
from corpus.errors import LanguageModelError


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that has been let through, with the citations that are new with it."""

    statement: Statement
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """What it takes to write with a language model.

    Attributes:
        writer: Drafts statements.
        support: Scores whether the words cited bear them.
    """

    writer: Writer
    support: Support


class Composing:
    """The statements of one answer, and how they came about.

    With a language model its statements come first; the briefings' own words follow where it
    fails, says nothing that is borne, or leaves out the sentence that answers best: a model never
    takes from the ground that the answer stands on.

    Args:
        parts: What is asked, mostly one question, with what was found for each.
        thresholds: What is likely enough.
        most: How many of the briefings' own sentences at most, for each.
        prose: Writes with a language model; None without one.
    """

    def __init__(
        self,
        parts: Sequence[tuple[Query, Weighing]],
        thresholds: Thresholds,
        most: int,
        prose: Prose | None,
    ) -> None:
        self._question = " ".join(query.text for query, _ in parts)
        self._weighing = _together([weighing for _, weighing in parts])
        composed = [extractive.compose(query, found, thresholds, most) for query, found in parts]
        self._composition = Composition(
            tuple(draft for one in composed for draft in one.drafts),
            any(one.differs for one in composed) and len(parts) == 1,
        )
        unanswered = [q.text for (q, _), one in zip(parts, composed, strict=True) if not one.drafts]
        # Where briefings differ, each is heard in its own words.
        self._prose = None if self._composition.differs else prose
        pool = self._evidence_of(self._composition)
        self._verifier = Verifier(
            self._prose.support if self._prose else None, thresholds.supported, pool
        )
        self._pool = pool
        self._shown = 0
        self._wrote = False
        # What is left without an answer is told, where anything has one.
        left = unanswered if len(unanswered) < len(parts) else []
        self._left_open = messages.not_said(left[0]) if left else ""
        self._model_notice = ""
        self.usage: Usage | None = None

    @property
    def verified(self) -> Verified:
        """All that has been let through so far."""
        return self._verifier.verified(self._composition.differs)

    @property
    def writer(self) -> str:
        """The model that will be asked to write; "" where none will."""
        return self._prose.writer.model.name if self._prose and self._pool else ""

    @property
    def composer(self) -> str:
        """Who wrote it: the model's name once a statement of its own was let through."""
        return self._prose.writer.model.name if self._prose and self._wrote else EXTRACTIVE

    @property
    def notice(self) -> str:
        """What the reader must know of how the answer was made; "" where there is nothing."""
        return " ".join(part for part in (self._left_open, self._model_notice) if part)

    def said(self) -> Iterator[Said]:
        """The statements, each as soon as it is verified. Closing it ends the model's reply."""
        if self._prose and self._pool:
            yield from self._written(self._prose.writer)
            if self._wrote and not self._model_notice and self._says_the_best():
                return
            self._model_notice = self._model_notice or self._why_own_words()
        for draft in self._composition.drafts:
            if not self._verifier.has_cited(draft.evidence[0]):
                yield from self._let_through(self._verifier.add(draft))

    def _written(self, writer: Writer) -> Iterator[Said]:
        drafts = writer.drafts(self._question, self._pool)
        try:
            for draft in drafts:
                if isinstance(draft, Usage):
                    self.usage = draft
                    continue
                statement = self._verifier.add(draft)
                self._wrote = self._wrote or statement is not None
                yield from self._let_through(statement)
        except LanguageModelError as error:
            broke_off = messages.MODEL_BROKE_OFF if self._wrote else messages.MODEL_FAILED
            self._model_notice = broke_off.format(model=writer.model.name, cause=error.cause)
        finally:
            drafts.close()

    def _says_the_best(self) -> bool:
        """Whether what answers best has been cited."""
        return self._verifier.has_cited(self._composition.drafts[0].evidence[0])

    def _let_through(self, statement: Statement | None) -> Iterator[Said]:
        if statement is None:
            return
        new = self._verifier.citations[self._shown :]
        self._shown += len(new)
        yield Said(statement, new)

    def _why_own_words(self) -> str:
        assert self._prose is not None, "asked only of an answer that a model was to write"
        name = self._prose.writer.model.name
        if self._wrote:
            return messages.MODEL_LEFT_OUT.format(model=name)
        dropped = len(self.verified.dropped)
        if dropped:
            return messages.model_not_borne(name, dropped)
        return messages.MODEL_SILENT.format(model=name)

    def _evidence_of(self, composition: Composition) -> tuple[Evidence, ...]:
        if not composition.drafts or self._prose is None:
            return ()
        chosen = [e for draft in composition.drafts for e in draft.evidence]
        return self._prose.writer.evidence(self._question, chosen, self._weighing)


def _together(weighings: Sequence[Weighing]) -> Weighing:
    """What was found for all parts, best first."""
    found = dict.fromkeys(e for weighing in weighings for e in weighing.evidence)
    ranked = tuple(sorted(found, key=lambda e: -e.score))
    return Weighing(ranked, max((w.answerable for w in weighings), default=0.0))
