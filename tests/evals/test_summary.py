"""Figures: counted by hand."""

from __future__ import annotations

from assistant.answer import Answer, Citation, Reason, Refusal, Statement
from evals.outcome import Outcome
from evals.suite import Quote, Turn
from evals.summary import Share, by_tag, summarise

ASKED = Turn(ask="?", facts=(("urea", "fertiliser"),), evidence=(Quote(briefing="p", quote="x"),))
NOT_THERE = Turn(ask="?", refusal=Reason.NOT_STATED)


def outcome(turn: Turn, quote: str = "", *, relevant: int = 0, rank: int | None = None) -> Outcome:
    cited = Citation(1, "b", "v", "T", None, "", "", "", "p", quote, 0, 1, "", "")
    answer = Answer(
        question="?",
        standalone="?",
        text="",
        statements=(Statement(quote, (1,)),) if quote else (),
        citations=(cited,) if quote else (),
        refusal=None if quote else Refusal(Reason.NOTHING_FOUND, ""),
    )
    return Outcome("c", turn, ("plain",), answer, rank, relevant, len(answer.citations))


def test_measures() -> None:
    """One right, one wrong, one over-refused; one rightly refused, one wrongly answered."""
    outcomes = [
        outcome(ASKED, "They asked for Fertiliser.", relevant=1, rank=1),
        outcome(ASKED, "They asked for help.", rank=3),
        outcome(ASKED, rank=None),
        outcome(NOT_THERE),
        outcome(NOT_THERE, "Something else."),
    ]
    measures = {m.name: (m.share.hits, m.share.total) for m in summarise(outcomes)}
    assert measures == {
        "hit@1": (1, 3),
        "hit@5": (2, 3),
        "hit@12": (2, 3),
        "right": (2, 5),
        "right, answerable": (1, 3),
        "citation precision": (1, 2),
        "exact quotes": (3, 3),
        "refusal precision": (1, 2),
        "refusal recall": (1, 2),
        "refusal kind": (0, 1),
        "over-refusal": (1, 3),
    }
    assert by_tag(outcomes)["plain"] == Share(2, 5)
    assert [bool(o.why_wrong) for o in outcomes] == [False, True, True, False, True]


def test_wilson_interval() -> None:
    """Newcombe's worked example (Statistics in Medicine 17, 1998): 81 of 263."""
    low, high = Share(81, 263).interval
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
