"""Numbers and amounts: "US$1.2 billion", "30 per cent", "three ministers", "about 400"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.bearing.dates import without_dates
from assistant.bearing.fault import Fault, FaultKind
from assistant.bearing.words import Word, words_of

_SMALL = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    w: 10 * n
    for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_MAGNITUDES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "millions": 1e6, "m": 1e6,
    "mn": 1e6, "billion": 1e9, "billions": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
_COLLECTIVE = {
    "dozen": 12.0, "half": 0.5, "twice": 2.0, "double": 2.0, "doubled": 2.0, "doubling": 2.0,
    "triple": 3.0, "tripled": 3.0, "thrice": 3.0, "halved": 0.5,
}  # fmt: skip
_CURRENCIES = {
    "$": "dollar", "us$": "dollar", "usd": "dollar", "dollar": "dollar", "dollars": "dollar",
    "€": "euro", "eur": "euro", "euro": "euro", "euros": "euro",
    "£": "pound", "gbp": "pound", "pound": "pound", "pounds": "pound", "sterling": "pound",
    "¥": "yen", "yen": "yen", "yuan": "yuan", "renminbi": "yuan", "rmb": "yuan",
    "peso": "peso", "pesos": "peso", "real": "real", "reais": "real", "r$": "real",
    "sol": "sol", "soles": "sol", "rupee": "rupee", "rupees": "rupee", "₹": "rupee",
    "rouble": "rouble", "roubles": "rouble", "ruble": "rouble", "rubles": "rouble",
    "franc": "franc", "francs": "franc", "krone": "krone", "kroner": "krone", "rand": "rand",
}  # fmt: skip
_APPROXIMATE = {
    "above": r"more than|over|above|at least|no fewer than|no less than|exceed(?:s|ed|ing)?|"
    r"upwards of",
    "below": r"less than|fewer than|under|below|up to|at most|no more than|as (?:much|many) as",
    "near": r"about|around|roughly|nearly|almost|some|approximately|close to|an estimated|"
    r"estimated at|circa|just (?:over|under)|or so",
}  # fmt: skip
_NEARS = {kind: re.compile(rf"\b(?:{p})\W*$", re.I) for kind, p in _APPROXIMATE.items()}

_NUMERAL = re.compile(
    r"(?P<sign>[A-Z]{0,3}[$€£¥₹])?\s?(?P<digits>\d+(?:[.,]\d+)*)\s?(?P<percent>%)?", re.I
)
_PERCENT = re.compile(r"\s*(?:%|per\s?cent\b|percent\b)", re.I)
_POINTS = re.compile(r"\s*(?:percentage|basis)[\s-]points?\b", re.I)
_SPELT = re.compile(
    r"\b(?:" + "|".join([*_SMALL, *_TENS, *_COLLECTIVE, "hundred", "thousand"]) + r")"
    r"(?:[\s-](?:and\s)?(?:" + "|".join([*_SMALL, *_TENS, "hundred"]) + r"))*\b",
    re.I,
)
# "one" is more often a pronoun, and half of things said are said of "two sides".
_NOT_COUNTED = re.compile(r"^(?:one|zero)$", re.I)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a sentence.

    Attributes:
        value: What it amounts to, magnitude included.
        unit: "%", "points", a currency, or "".
        bound: "above", "below" or "near" where it is not exact; else "".
        of: The stem of the word that it counts, or "".
        text: As written.
    """

    value: float
    unit: str
    bound: str
    of: str
    text: str


def figure_faults(statement: str, quotes: str) -> Iterator[Fault]:
    """Figures that the quotes do not have, or have of something else, or less exact."""
    there = figures_in(quotes)
    for figure in figures_in(statement):
        same = [f for f in there if _is_same(figure, f)]
        if not same:
            yield Fault(FaultKind.NUMBER, figure.text)
        elif all(f.bound and f.bound != figure.bound for f in same):
            yield Fault(FaultKind.NUMBER, f"{figure.text} ({same[0].bound})")
        elif figure.bound and all(f.bound != figure.bound for f in same):
            yield Fault(FaultKind.NUMBER, f"{figure.text} ({figure.bound})")
        elif _counts_another_thing(figure, same, there):
            yield Fault(FaultKind.NUMBER, f"{figure.text} {figure.of}")


@lru_cache(maxsize=4096)
def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures of `text`, in order; those of dates are none."""
    timeless = without_dates(text)
    words = words_of(timeless)
    found = [(m.start(), f) for m in _NUMERAL.finditer(timeless) if (f := _numeral(m, words))]
    found += [(m.start(), f) for m in _SPELT.finditer(timeless) if (f := _spelt(m, words))]
    return tuple(f for _, f in sorted(found, key=lambda one: one[0]))


def _numeral(match: re.Match[str], words: tuple[Word, ...]) -> Figure | None:
    text, start, end = match.string, match.start("digits"), match.end("digits")
    if start and (
        text[start - 1].isalpha()
        or (text[start - 1] in "-/" and text[start - 2 : start - 1].isalpha())
    ):
        return None  # "G20", "S-400", "COP-27" are names
    value = _value(match["digits"])
    if value is None:
        return None
    return _figure(value, match["sign"] or "", start, end, text, words)


def _spelt(match: re.Match[str], words: tuple[Word, ...]) -> Figure | None:
    if _NOT_COUNTED.match(match.group()):
        return None
    total = part = 0.0
    for word in re.findall(r"[a-z]+", match.group().casefold()):
        if word in _COLLECTIVE:
            part = (part or 1) * _COLLECTIVE[word]
        elif word in _MAGNITUDES:
            total, part = total + (part or 1) * _MAGNITUDES[word], 0.0
        elif word != "and":
            part += _SMALL.get(word, 0) + _TENS.get(word, 0)
    return _figure(total + part, "", match.start(), match.end(), match.string, words)


def _figure(
    value: float, sign: str, start: int, end: int, text: str, words: tuple[Word, ...]
) -> Figure:
    """The figure at [start, end) with what stands around it."""
    begin = start
    unit = _CURRENCIES.get(sign.casefold(), _CURRENCIES.get(sign[-1:], ""))
    before = [w for w in words if w.end <= start]
    if not unit and before and before[-1].lower in ("usd", "eur", "gbp", "rmb"):
        unit, begin = _CURRENCIES[before[-1].lower], before[-1].start
    following = [w for w in words if w.start >= end][:3]
    if (
        following
        and following[0].lower in _MAGNITUDES
        and not following[0].clause > (before[-1].clause if before else 0) + 1
    ):
        value *= _MAGNITUDES[following[0].lower]
        end = following[0].end
        following = following[1:]
    elif letters := re.match(r"(?:bn|mn|tn|k|m|b)\b", text[end:]):
        value *= _MAGNITUDES[letters.group()]
        end += letters.end()
    if points := _POINTS.match(text, end):
        unit, end = "points", points.end()
    elif percent := _PERCENT.match(text, end):
        unit, end = "%", percent.end()
    following = [w for w in words if w.start >= end][:2]
    if not unit and following and following[0].lower in _CURRENCIES:
        unit, end = _CURRENCIES[following[0].lower], following[0].end
        following = [w for w in words if w.start >= end][:2]
    lead = text[max(0, begin - len(sign) - 24) : begin - len(sign) if sign else begin]
    bound = next((kind for kind, near in _NEARS.items() if near.search(lead)), "")
    counted = following[0].stem if following and following[0].content else ""
    return Figure(value, unit, bound, counted, text[begin - len(sign) if sign else begin : end])


def _value(digits: str) -> float | None:
    """12,345.6 and 12345.6 alike; a comma before other than three digits is a decimal one."""
    plain = re.sub(r",(?=\d{3}(?:\D|$))", "", digits).replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return None


def _is_same(one: Figure, other: Figure) -> bool:
    alike = abs(one.value - other.value) <= 1e-6 * max(1.0, abs(other.value))
    return alike and (
        one.unit == other.unit
        or ("" in (one.unit, other.unit) and not ({one.unit, other.unit} & {"%", "points"}))
    )


def _counts_another_thing(figure: Figure, same: list[Figure], there: tuple[Figure, ...]) -> bool:
    """Whether the quotes have this figure of other things, and another figure of this thing."""
    if not figure.of or figure.unit or any(f.of == figure.of or not f.of for f in same):
        return False
    return any(f.of == figure.of for f in there)
