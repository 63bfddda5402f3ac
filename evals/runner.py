"""A suite, asked: through the assistant's own door, in a home of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.assembly import Desk, open_desk
from assistant.settings import Settings, load
from corpus import intake
from corpus.briefing import Briefing
from evals.outcome import Outcome, cited_briefing, quotes_evidence
from evals.suite import Conversation, Suite, SuiteError, Turn

# Passages retrieved to see where the evidence stands; more than are read for an answer.
DEPTH = 20


@contextmanager
def home_with(
    library: Path, settings: Settings | None = None
) -> Iterator[tuple[Desk, list[Briefing]]]:
    """A desk over a new home that holds the briefings in the folder `library`, and those."""
    with tempfile.TemporaryDirectory(prefix="attache-eval-") as home:
        own = (settings or load()).model_copy(update={"home": Path(home), "samples": False})
        with open_desk(own) as desk:
            briefings = [b for b in intake.read(str(library)) if isinstance(b, Briefing)]
            desk.indexer.index(briefings)
            yield desk, briefings


@contextmanager
def desk_for(suite: Suite, settings: Settings | None = None) -> Iterator[Desk]:
    """A desk over a new home that holds the suite's library and nothing else.

    Raises:
        SuiteError: A quote that the suite expects is not in its briefing to the letter.
    """
    with home_with(suite.library, settings) as (desk, briefings):
        _check_quotes(suite, briefings)
        yield desk


def run(
    desk: Desk,
    conversations: tuple[Conversation, ...],
    on_progress: Callable[[int], None] | None = None,
) -> list[Outcome]:
    """Ask every question, each conversation in order, and judge what comes back."""
    outcomes = []
    for conversation in conversations:
        conversation_id = ""
        for turn in conversation.turns:
            outcome = _ask(desk, conversation, turn, conversation_id)
            conversation_id = outcome.answer.conversation_id
            outcomes.append(outcome)
        if on_progress:
            on_progress(len(conversation.turns))
    return outcomes


def _ask(desk: Desk, conversation: Conversation, turn: Turn, conversation_id: str) -> Outcome:
    answer = desk.assistant.ask(turn.ask, conversation_id)
    cited = [(c, cited_briefing(desk.library, c)) for c in answer.citations]
    return Outcome(
        conversation=conversation.id,
        turn=turn,
        tags=conversation.tags,
        answer=answer,
        rank=_rank(desk, turn, answer.standalone),
        relevant=sum(quotes_evidence(c, b, turn) for c, b in cited),
        exact=sum(b is not None and c.quote == b.body[c.start : c.end] for c, b in cited),
    )


def _rank(desk: Desk, turn: Turn, standalone: str) -> int | None:
    if turn.refusal is not None:
        return None
    for rank, hit in enumerate(desk.assistant.search(standalone, DEPTH), 1):
        for expected in turn.evidence:
            if Path(hit.briefing.key).stem == expected.briefing:
                at = hit.briefing.body.find(expected.quote)
                if hit.passage.start < at + len(expected.quote) and at < hit.passage.end:
                    return rank
    return None


def _check_quotes(suite: Suite, briefings: list[Briefing]) -> None:
    bodies = {Path(b.key).stem: b.body for b in briefings}
    for conversation in suite.conversations:
        for turn in conversation.turns:
            for expected in turn.evidence:
                if expected.briefing not in bodies:
                    raise SuiteError(
                        f"Conversation {conversation.id!r} quotes the briefing "
                        f"{expected.briefing!r}, which is not in {suite.library}",
                        "Name a briefing by its file's name without the ending.",
                    )
                if expected.quote not in bodies[expected.briefing]:
                    raise SuiteError(
                        f"Conversation {conversation.id!r} expects a sentence that "
                        f"{expected.briefing!r} does not have to the letter: "
                        f"{expected.quote[:60]!r}…",
                        "Copy the sentence from the briefing's body again.",
                    )
