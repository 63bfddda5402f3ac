"""The answer with a language model: it drafts, from numbered evidence; verification decides."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence, Weighing
from assistant.models.model import LanguageModel, Prompt, Usage
from assistant.prompts import MOST_STATEMENTS, SCHEMA, SYSTEM, evidence_line, user_prompt
from assistant.statements import read_statements
from assistant.verify import Draft

# How many sentences a model is given at most, and how likely each must be beside the best.
MOST_EVIDENCE = 12
LEAST_SHARE = 0.25
# Names of roles, marks and the like that a server adds.
OVERHEAD_TOKENS = 60


@dataclass(frozen=True)
class Writer:
    """Drafts statements with a language model.

    Attributes:
        model: The model.
        reply_tokens: How long its reply may be at most, in tokens.
    """

    model: LanguageModel
    reply_tokens: int

    def evidence(
        self, question: str, chosen: Sequence[Evidence], weighing: Weighing
    ) -> tuple[Evidence, ...]:
        """What the model is given, in the order of its numbers.

        Args:
            question: As it is put to the model.
            chosen: What the answer without a model would cite: always first.
            weighing: Everything that was found.
        """
        best = weighing.evidence[0].score if weighing.evidence else 0.0
        likely = [e for e in weighing.evidence if e.score >= LEAST_SHARE * best]
        room = (
            self.model.context
            - self.reply_tokens
            - OVERHEAD_TOKENS
            - self.model.count(SYSTEM)
            - self.model.count(user_prompt(question, ()))
        )
        given: list[Evidence] = []
        for one in (*chosen, *likely):
            if len(given) == MOST_EVIDENCE or any(_is_inside(one, other) for other in given):
                continue
            tokens = self.model.count(evidence_line(len(given) + 1, one)) + 1
            if tokens > room:
                continue
            room -= tokens
            given.append(one)
        return tuple(given)

    def drafts(self, question: str, evidence: Sequence[Evidence]) -> Generator[Draft | Usage]:
        """What the model would like to say, each as soon as it is whole; what it took, last.

        Numbers that stand for no evidence are left out; such a statement cites less, or nothing.

        Raises:
            LanguageModelError: As `LanguageModel.reply`.
        """
        prompt = Prompt(SYSTEM, user_prompt(question, evidence), self.reply_tokens, SCHEMA)
        usage: list[Usage] = []
        reply = self.model.reply(prompt)
        written = read_statements(_texts(reply, usage))
        try:
            for count, one in enumerate(written):
                if count == MOST_STATEMENTS:
                    break
                named = [evidence[n - 1] for n in one.numbers if 0 < n <= len(evidence)]
                yield Draft(one.text, tuple(dict.fromkeys(named)))
            yield from usage
        finally:
            if hasattr(reply, "close"):
                reply.close()


def _texts(reply: Iterator[str | Usage], usage: list[Usage]) -> Iterator[str]:
    for piece in reply:
        if isinstance(piece, Usage):
            usage.append(piece)
        else:
            yield piece


def _is_inside(one: Evidence, other: Evidence) -> bool:
    """Whether its words have been given already."""
    return (
        one.briefing.id == other.briefing.id
        and other.span.start <= one.span.start
        and one.span.end <= other.span.end
    )
