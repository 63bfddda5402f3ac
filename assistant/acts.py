"""Who did what with words: the acts that briefings report, by the verbs that report them.

"What did Peru ask for?" is answered by "Castillo requested…", hardly by "the US offered…",
however many other words they share. Each act is a group of verbs and nouns that report it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

_ACTS = {
    "ask": "ask request urge seek demand press appeal plead petition lobby want",
    "offer": "offer propose promise pledge commit volunteer present pitch suggest",
    "reject": "reject refuse decline rebuff spurn dismiss oppose resist object veto block",
    "deny": "deny dispute contest contradict",
    "agree": "agree sign conclude ratify endorse approve accept consent accede adopt",
    "accuse": "accuse blame criticise criticize condemn denounce decry charge allege castigate",
    "warn": "warn caution threaten",
    "announce": "announce declare unveil proclaim publish launch",
    "praise": "praise welcome hail applaud commend congratulate thank",
    "end": "end stop suspend halt cancel scrap withdraw quit leave revoke abandon",
    "begin": "begin start open launch resume reopen restart inaugurate",
    "raise": "raise increase lift hike boost expand",
    "cut": "cut lower reduce slash trim",
    "replace": "replace succeed oust remove dismiss sack depose",
    "mediate": "mediate broker guarantee facilitate accompany",
}
# Both sides do these: who agrees with whom makes no difference.
MUTUAL = frozenset({"agree"})
_IRREGULAR = {
    "seek": "sought",
    "begin": "began begun",
    "leave": "left",
    "withdraw": "withdrew withdrawn",
    "quit": "quit",
    "cut": "cut cutting",
    "stop": "stopped stopping",
    "commit": "committed committing",
    "deny": "denied denies denial",
    "ratify": "ratified ratifies",
    "pledge": "pledges",
    "refuse": "refusal",
    "reject": "rejection",
    "propose": "proposal",
    "announce": "announcement",
    "mediate": "mediator mediation",
    "guarantee": "guarantor guarantors",
    "accuse": "accusation",
    "criticise": "criticism",
    "demand": "demands",
}
_WORD = re.compile(r"[a-z]+")
# Who says that something ought to be done, or insists on it, asks for it.
_ASKS = re.compile(
    r"\bcall(?:s|ed|ing)? (?:on|for|upon)\b|\binsist(?:s|ed|ing)? (?:on|upon)\b"
    r"|\b(?:said|says|argue[sd]?|told|insist(?:s|ed)?)\b[^.;]*\b(?:ought to|should|must)\b"
)


@lru_cache(maxsize=4096)
def acts_in(text: str) -> frozenset[str]:
    """The acts that `text` reports: "asked", "requested" and "urged" are all `ask`."""
    forms, lower = _forms(), text.casefold()
    found = {act for word in _WORD.findall(lower) for act in forms.get(word, ())}
    if _ASKS.search(lower):
        found.add("ask")
    return frozenset(found)


def reports_an_act(word: str) -> bool:
    """Whether a single word is one of those that report an act."""
    return word.casefold() in _forms()


@cache
def _forms() -> dict[str, frozenset[str]]:
    """Every inflected form with its acts."""
    forms: dict[str, set[str]] = {}
    for act, verbs in _ACTS.items():
        for verb in verbs.split():
            for form in _inflected(verb):
                forms.setdefault(form, set()).add(act)
    return {form: frozenset(acts) for form, acts in forms.items()}


def _inflected(verb: str) -> set[str]:
    stem = verb.removesuffix("e")
    regular = {verb, f"{verb}s", f"{verb}es", f"{stem}ed", f"{stem}ing", f"{verb}ed", f"{verb}ing"}
    return regular | set(_IRREGULAR.get(verb, "").split())
