"""Verification: nothing said but what is quoted, to the letter, under one numbering."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from assistant.verify import Draft, Verified, Verifier
from corpus.briefing import Span
from tests.assistant.evidence_made import briefing_of, evidence_for

PERU = briefing_of("Peru asked for urea. Chile did not.", "Talks go on.")


def verify(drafts: list[Draft]) -> Verified:
    """What a composer without a language model may say of them."""
    verifier = Verifier()
    for draft in drafts:
        verifier.add(draft)
    return verifier.verified()


def test_numbers_by_first_use_and_reuses_them() -> None:
    """The same words cited twice are one citation."""
    urea, talks = (evidence_for(PERU, w) for w in ("Peru asked for urea.", "Talks go on."))
    verified = verify([Draft(talks.text, (talks,)), Draft(urea.text, (urea, talks))])
    assert [s.citations for s in verified.statements] == [(1,), (2, 1)]
    assert [c.quote for c in verified.citations] == ["Talks go on.", "Peru asked for urea."]
    assert verified.text == "Talks go on. [1] Peru asked for urea. [2] [1]"


def test_what_is_not_borne_is_not_said() -> None:
    """A changed word, a missing "not", or no evidence at all: dropped and counted."""
    no = evidence_for(PERU, "Chile did not.")
    verified = verify([Draft("Chile did.", (no,)), Draft("Peru won.", ()), Draft(no.text, (no,))])
    assert [s.text for s in verified.statements] == ["Chile did not."]
    assert [d.text for d in verified.dropped] == ["Chile did.", "Peru won."]


@given(
    st.lists(st.text(alphabet="Aé😀. \n“[12]", min_size=1, max_size=40), min_size=1, max_size=5),
    st.data(),
)
def test_every_quote_equals_the_briefing_at_its_span(paragraphs: list[str], data: object) -> None:
    """Whatever is cited, wherever it stands, and every marker has its citation."""
    briefing = briefing_of("x" + "y".join(paragraphs))
    draw = data.draw  # type: ignore[attr-defined]
    drafts = []
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(briefing.body) - 1))
        end = draw(st.integers(start + 1, len(briefing.body)))
        evidence = evidence_for(briefing, briefing.body)
        evidence = type(evidence)(
            briefing, evidence.passage, Span(start, end), Span(start, end), 1.0
        )
        drafts.append(Draft(evidence.text, (evidence,)))
    verified = verify(drafts)
    for cited in verified.citations:
        assert cited.quote == briefing.body[cited.start : cited.end]
        assert briefing.body.startswith(cited.before + cited.quote, cited.start - len(cited.before))
        assert briefing.body.startswith(cited.after, cited.end)
    used = {n for s in verified.statements for n in s.citations}
    assert used == {c.n for c in verified.citations} == set(range(1, len(used) + 1))
    assert {int(n) for n in re.findall(r"(?<!\\)\[(\d+)\]", verified.text)} == used
