"""What of a badly behaved model's statements is shown, over a suite's questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from assistant.answer import Citation, Statement
from assistant.assembly import Desk
from assistant.evidence import Weighing
from assistant.generative import Writer
from assistant.prompts import MOST_STATEMENTS
from assistant.statements import clean
from assistant.support import LearnedSupport
from assistant.thresholds import Thresholds
from assistant.verify import Draft, Verifier
from evals.behaviours import Behaviour, Play
from evals.played import REPLY_TOKENS, Numbered, PlayedModel
from evals.suite import Conversation
from index.embedding import embedded_directory


@dataclass
class Tally:
    """What became of one behaviour's statements.

    Attributes:
        made: How many were made.
        shown: How many of them were shown.
        wrong: Those shown although they are spoilt, or with numbers that do not bear them.
        faults: How often each fault was what kept one back.
    """

    made: int = 0
    shown: int = 0
    wrong: list[str] = field(default_factory=list)
    faults: dict[str, int] = field(default_factory=dict)


def behave(
    desk: Desk,
    conversations: Sequence[Conversation],
    behaviours: Mapping[str, Behaviour],
    on_progress: Callable[[int], None] | None = None,
) -> dict[str, Tally]:
    """Ask what can be answered, once with each behaviour, and count what is let through.

    What is found for a question is found once: only who writes differs.

    Args:
        desk: The library, open.
        conversations: The questions; each is asked as it is meant, by itself.
        behaviours: By their names.
        on_progress: Called with the number of questions done since the last call.
    """
    support = LearnedSupport.open(embedded_directory())
    tallies = {name: Tally() for name in behaviours}
    for conversation in conversations:
        for turn in conversation.turns:
            weighing = desk.assistant.evidence(turn.meant)
            if turn.refusal is None and weighing.answerable >= Thresholds().enough:
                for name, behaviour in behaviours.items():
                    _play(turn.meant, weighing, behaviour, support, tallies[name])
        if on_progress:
            on_progress(len(conversation.turns))
    return tallies


def table(tallies: Mapping[str, Tally]) -> str:
    """For each behaviour: statements made, shown, shown wrongly, and what kept the others back."""
    lines = [f"{'behaviour':<28}{'made':>6}{'shown':>7}{'wrongly':>9}  kept back by"]
    for name, tally in tallies.items():
        faults = sorted(tally.faults.items(), key=lambda one: -one[1])
        why = ", ".join(f"{kind} {count}" for kind, count in faults)
        lines.append(f"{name:<28}{tally.made:>6}{tally.shown:>7}{len(tally.wrong):>9}  {why}")
    for name, tally in tallies.items():
        lines += [f"{name}: {wrong}" for wrong in tally.wrong]
    return "\n".join(lines)


def _play(
    question: str, weighing: Weighing, behaviour: Behaviour, support: LearnedSupport, tally: Tally
) -> None:
    plays: list[Play] = []

    def part(_question: str, given: list[Numbered]) -> str:
        plays.extend(islice(behaviour(given), MOST_STATEMENTS))
        return "\n".join(f"{p.text} {''.join(f'[{n}]' for n in p.numbers)}" for p in plays)

    writer = Writer(PlayedModel(part), REPLY_TOKENS)
    pool = writer.evidence(question, weighing.evidence[:1], weighing)
    verifier = Verifier(support, Thresholds().supported, pool)
    shown = {}
    for draft in writer.drafts(question, pool):
        if isinstance(draft, Draft) and (statement := verifier.add(draft)):
            shown[statement.text] = statement
    tally.made += len(plays)
    for play in plays:
        statement = shown.get(clean(play.text))
        if statement is not None:
            tally.shown += 1
            if not _is_right(play, statement, verifier.citations):
                tally.wrong.append(f"{play.text} | {play.of.text}")
    for dropped in verifier.verified().dropped:
        kind = dropped.faults[0]
        tally.faults[kind] = tally.faults.get(kind, 0) + 1


def _is_right(play: Play, statement: Statement, citations: Sequence[Citation]) -> bool:
    """Whether it is true of its sentence, and that sentence is among what it cites."""
    quotes = [clean(c.quote) for c in citations if c.n in statement.citations]
    return not play.is_spoilt and any(clean(play.of.text) in quote for quote in quotes)
