"""An answer in the making: statement by statement, each verified before anybody sees it."""

from __future__ import annotations

from collections.abc import Iterator
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
        query: The question.
        weighing: What was found for it.
        thresholds: What is likely enough.
        most: How many of the briefings' own sentences at most.
        prose: Writes with a language model; None without one.
    """

    def __init__(
        self,
        query: Query,
        weighing: Weighing,
        thresholds: Thresholds,
        most: int,
        prose: Prose | None,
    ) -> None:
        self._query = query
        self._weighing = weighing
        self._composition = extractive.compose(query, weighing, thresholds, most)
        # Where briefings differ, each is heard in its own words.
        self._prose = None if self._composition.differs else prose
        pool = self._evidence_of(self._composition)
        self._verifier = Verifier(
            self._prose.support if self._prose else None, thresholds.supported, pool
        )
        self._pool = pool
        self._shown = 0
        self._wrote = False
        self.notice = ""
        self.usage: Usage | None = None

    @property
    def verified(self) -> Verified:
        """All that has been let through so far."""
        return self._verifier.verified(self._composition.differs)

    @property
    def composer(self) -> str:
        """Who wrote it: the model's name once a statement of its own was let through."""
        return self._prose.writer.model.name if self._prose and self._wrote else EXTRACTIVE

    def said(self) -> Iterator[Said]:
        """The statements, each as soon as it is verified. Closing it ends the model's reply."""
        if self._prose and self._pool:
            yield from self._written(self._prose.writer)
            best = self._composition.drafts[0].evidence[0]
            if self._wrote and not self.notice and self._verifier.has_cited(best):
                return
            self.notice = self.notice or self._why_own_words()
        for draft in self._composition.drafts:
            if not self._verifier.has_cited(draft.evidence[0]):
                yield from self._let_through(self._verifier.add(draft))

    def _written(self, writer: Writer) -> Iterator[Said]:
        drafts = writer.drafts(self._query.text, self._pool)
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
            self.notice = broke_off.format(model=writer.model.name, cause=error.cause)
        finally:
            drafts.close()

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
        return self._prose.writer.evidence(self._query.text, chosen, self._weighing)
