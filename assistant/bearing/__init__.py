"""What a statement may say, by rule: nothing that its quotes do not.

Every rule is careful: it lets through what the quotes say in so many words, and finds fault with
what it cannot see there. What rules cannot see at all (whether a paraphrase means the same) is
left to the learned score in `assistant.support`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.bearing import wording
from assistant.bearing.acting import role_faults, speaker_faults
from assistant.bearing.dates import date_faults
from assistant.bearing.fault import Fault, FaultKind
from assistant.bearing.figures import figure_faults
from assistant.bearing.named import name_faults
from assistant.bearing.opposites import opposite_faults
from assistant.bearing.polarity import hedge_faults, negation_faults

__all__ = ["Fault", "FaultKind", "Source", "faults"]


@dataclass(frozen=True, slots=True)
class Source:
    """Words that a statement cites.

    Attributes:
        quote: The words, to the letter.
        headline: The briefing's headline and standfirst.
        around: The whole briefing that they stand in.
        published: Its day, or None.
    """

    quote: str
    headline: str = ""
    around: str = ""
    published: dt.date | None = None


def faults(
    statement: str, sources: Sequence[Source], elsewhere: Sequence[str] = ()
) -> tuple[Fault, ...]:
    """Everything in which `statement` goes beyond the words of `sources`; none if they bear it.

    Args:
        statement: A sentence, without markers.
        sources: What it cites, taken together.
        elsewhere: Other texts that its writer saw, whose names may have strayed into it.
    """
    if not sources:
        return (Fault(FaultKind.UNCITED),)
    if any(" ".join(statement.split()) == " ".join(s.quote.split()) for s in sources):
        return ()
    return tuple(_faults(statement, sources, elsewhere))


def _faults(statement: str, sources: Sequence[Source], elsewhere: Sequence[str]) -> Iterator[Fault]:
    quotes = "\n".join(s.quote for s in sources)
    yield from wording.link_faults(statement, quotes)
    yield from wording.language_faults(statement, [s.quote for s in sources])
    yield from wording.quote_faults(statement, quotes)
    yield from figure_faults(statement, quotes)
    yield from date_faults(statement, quotes, [s.published for s in sources])
    headlines = "\n".join(s.headline for s in sources)
    around = "\n".join(s.around for s in sources)
    yield from name_faults(statement, quotes, headlines, around, elsewhere)
    yield from role_faults(statement, quotes)
    yield from speaker_faults(statement, quotes)
    yield from negation_faults(statement, quotes)
    yield from hedge_faults(statement, quotes)
    yield from opposite_faults(statement, quotes)
    yield from wording.extent_faults(statement, quotes)
    yield from wording.cause_faults(statement, quotes)
    yield from wording.added_faults(statement, quotes)
