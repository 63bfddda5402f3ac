"""Every bar that decides what is said, in one place, with what it was measured on.

`attache eval --split dev --sweep NAME` asks the development half of the sample suite with each
of twenty values of one of them and prints what each would cost. Run it again after a change to
questions, retrieval, ranking or composition.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Bars between 0 and 1.

    Attributes:
        enough: The probability below which the briefings "do not say". On the development half
            80.4 % right with 11 % of what is not stated answered and 9 % of what is stated
            refused, against 76.3 %, 11 % and 14 % at 0.5 and 81.4 %, 11 % and 7 % at 0.3: not
            the lowest value, for a wrong answer costs a reader more than a refusal.
        also: Where several sentences are asked for, one as likely as this share of the best
            belongs to the answer, too. Any value up to 0.9 does the same on the development half.
        other_parties: What a sentence on other parties to an act is worth, beside one on those
            asked about. One question more is right from 0.6 on; kept low, for what the suite has
            little of: who asked whom.
        unrelated: A question to which no passage is nearer than this cosine is about something
            the library has nothing on; it decides the refusal's reason only. At 0.35 that is
            most often the expected one.
        same_sentence: Sentences as alike as this (share of words, any order) say the same.
        supported: The probability, by the learned score, from which the words cited bear what a
            language model made of them.
    """

    enough: float = 0.4
    also: float = 0.6
    other_parties: float = 0.3
    unrelated: float = 0.35
    same_sentence: float = 0.85
    supported: float = 0.5
