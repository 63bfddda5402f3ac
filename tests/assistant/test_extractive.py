"""The extractive answer: one sentence where one answers, several where several are asked for."""

from __future__ import annotations

import datetime as dt

from assistant.extractive import compose
from assistant.question import understand
from assistant.thresholds import Thresholds
from tests.assistant.evidence_made import briefing_of, evidence_for, weighing_of

STEEL = briefing_of(
    "Chile raised tariffs on steel. Brazil set quotas. Mexico raised tariffs too.",
    "Chile raised tariffs on steel again.",
    title="Steel",
    published=dt.date(2024, 5, 1),
)
CHILE = evidence_for(STEEL, "Chile raised tariffs on steel.", 0.9)
BRAZIL = evidence_for(STEEL, "Brazil set quotas.", 0.8)
MEXICO = evidence_for(STEEL, "Mexico raised tariffs too.", 0.3)


def said(question: str, *evidence: object, enough: float = 0.5, most: int = 5) -> list[str]:
    thresholds = Thresholds(enough=enough)
    composed = compose(understand(question), weighing_of(*evidence), thresholds, most)  # type: ignore[arg-type]
    return [draft.text for draft in composed.drafts]


def test_one_sentence_answers_one_question() -> None:
    """The best, whole, and nothing besides."""
    assert said("What did Chile do?", CHILE, BRAZIL) == ["Chile raised tariffs on steel."]


def test_nothing_is_said_below_the_threshold() -> None:
    """No fallback that answers all the same."""
    assert said("What did Mexico do?", MEXICO) == []
    assert said("What did Mexico do?") == []


def test_a_list_question_gathers_what_is_likely() -> None:
    """Those near the best and above the threshold, no more than asked for."""
    question = "Which countries acted on steel?"
    assert said(question, CHILE, BRAZIL, MEXICO) == [
        "Chile raised tariffs on steel.",
        "Brazil set quotas.",
    ]
    assert len(said(question, CHILE, BRAZIL, most=1)) == 1


def test_a_comparison_takes_one_on_each() -> None:
    """Both countries get their sentence, the second although less likely."""
    lower = evidence_for(STEEL, "Mexico raised tariffs too.", 0.4)
    assert said("Compare Chile's and Mexico's measures", CHILE, BRAZIL, lower) == [
        "Chile raised tariffs on steel.",
        "Mexico raised tariffs too.",
    ]


def test_the_latest_is_the_newest_of_what_is_likely() -> None:
    """Asked for the latest, the newer briefing's sentence goes before the likelier one."""
    old = briefing_of("The truce began.", title="Old", published=dt.date(2023, 8, 1))
    new = briefing_of("The truce was extended.", title="New", published=dt.date(2024, 2, 1))
    found = [
        evidence_for(old, "The truce began.", 0.9),
        evidence_for(new, "The truce was extended.", 0.8),
    ]
    assert said("latest on the truce?", *found) == ["The truce was extended."]
    assert said("What of the truce?", *found) == ["The truce began."]


def test_what_happened_since_is_told_in_order() -> None:
    """Several sentences, by their briefings' dates."""
    later = briefing_of("Peru joined.", title="Later", published=dt.date(2024, 9, 1))
    found = [evidence_for(later, "Peru joined.", 0.95), CHILE, BRAZIL]
    assert said("What happened since the tariffs?", *found) == [
        "Chile raised tariffs on steel.",
        "Brazil set quotas.",
        "Peru joined.",
    ]


def test_reprints_count_once_and_cite_the_earliest() -> None:
    """The same sentence in a later briefing adds nothing."""
    reprint = briefing_of(
        "Chile raised tariffs on steel.", title="Reprint", published=dt.date(2024, 4, 1)
    )
    copy = evidence_for(reprint, "Chile raised tariffs on steel.", 0.7)
    found = weighing_of(CHILE, copy)
    [draft] = compose(understand("Which countries acted?"), found, Thresholds(), 5).drafts
    assert draft.evidence[0].briefing.title == "Reprint"
    assert draft.also == (STEEL.id,)
