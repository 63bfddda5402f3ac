"""Numbers and amounts: "US$1.2 billion", "30 per cent", "three ministers", "about 400"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.bearing.fault import Fault, FaultKind
from assistant.bearing.words import Word, words_of
from assistant.dates import without_dates

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
    "dozen": 12.0, "half": 0.5, "quarter": 0.25, "third": 1 / 3, "thirds": 1 / 3, "fifth": 0.2,
    "tenth": 0.1, "quarters": 0.25, "tenths": 0.1, "fifths": 0.2, "twice": 2.0, "double": 2.0,
    "doubled": 2.0, "doubling": 2.0, "triple": 3.0, "tripled": 3.0, "thrice": 3.0, "halved": 0.5,
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
_RANGE = re.compile(
    r"\s*(?:to|and|or|-|–)\s*(?:[A-Z]{0,3}[$€£¥₹])?\s?\d[\d.,]*\s?"
    r"(million|billion|trillion|thousand|bn|mn|m)\b",
    re.I,
)
_PERCENT = re.compile(r"\s*(?:%|per\s?cent\b|percent\b)", re.I)
_POINTS = re.compile(r"\s*(?:percentage|basis)[\s-]points?\b", re.I)
_SPELT = re.compile(
    r"\b(?:" + "|".join([*_SMALL, *_TENS, *_COLLECTIVE, "hundred", "thousand"]) + r")"
    r"(?:[\s-](?:and\s)?(?:" + "|".join([*_SMALL, *_TENS, "hundred"]) + r"))*\b",
    re.I,
)
# "About 400" and "400" may stand for each other; "more than 400" may not.
_LIMITS = frozenset({"above", "below"})
# "Over three years" is how long, not more than that.
_TIME = frozenset("year month week day hour decad centuri minut".split())
# "Basra, Karbala and Wasit"
_LIST = re.compile(
    r"\b[A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*)*(?:,\s+(?:and\s+|the\s+)?[A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*)*)*"
    r",?\s+(?:and|or)\s+(?:the\s+)?[A-ZÀ-Þ][\w’'-]*"
)
_COMPARES = frozenset("fewer more less higher lower above below later earlier points".split())
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
        compares: Whether it says by how much: "five fewer".
    """

    value: float
    unit: str
    bound: str
    of: str
    text: str
    compares: bool = False


def figure_faults(statement: str, quotes: str) -> Iterator[Fault]:
    """Figures that the quotes do not have, or have of something else, or less exact."""
    there = figures_in(quotes)
    for figure in figures_in(statement):
        same = [f for f in there if _is_same(figure, f)]
        if not same and (_counts_a_list(figure, quotes) or _is_difference(figure, there)):
            continue
        if not same:
            yield Fault(FaultKind.NUMBER, figure.text)
        elif all(f.bound in _LIMITS and f.bound != figure.bound for f in same):
            yield Fault(FaultKind.NUMBER, f"{figure.text} ({same[0].bound})")
        elif figure.bound in _LIMITS and all(f.bound != figure.bound for f in same):
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
    if re.match(r"half an?\b", match.string[match.start() :], re.I):
        return _half(match, words)
    total = part = 0.0
    for word in re.findall(r"[a-z]+", match.group().casefold()):
        if word in _COLLECTIVE:
            part = (part or 1) * _COLLECTIVE[word]
        elif word in _MAGNITUDES:
            total, part = total + (part or 1) * _MAGNITUDES[word], 0.0
        elif word != "and":
            part += _SMALL.get(word, 0) + _TENS.get(word, 0)
    return _figure(total + part, "", match.start(), match.end(), match.string, words)


def _half(match: re.Match[str], words: tuple[Word, ...]) -> Figure:
    """Half of the magnitude that follows: "half a million"."""
    end = re.compile(r"half an?\b", re.I).match(match.string, match.start())
    assert end is not None, "matched before it is called"
    return _figure(0.5, "", match.start(), end.end(), match.string, words)


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
    elif magnitude := _magnitude_of_range(text, end):
        value *= magnitude
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
    if counted in _TIME and re.search(r"\b(?:over|under)\W*$", lead, re.I):
        bound = ""
    compares = any(w.lower in _COMPARES for w in following)
    written = text[begin - len(sign) if sign else begin : end]
    return Figure(value, unit, bound, counted, written, compares)


def _magnitude_of_range(text: str, end: int) -> float:
    """The magnitude of "130" in "from 130 to 350 million"; 0 where there is no such range."""
    found = _RANGE.match(text, end)
    return _MAGNITUDES[found[1].casefold()] if found else 0.0


def _value(digits: str) -> float | None:
    """12,345.6 and 12345.6 alike; a comma before other than three digits is a decimal one."""
    plain = re.sub(r",(?=\d{3}(?:\D|$))", "", digits).replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return None


def _is_same(one: Figure, other: Figure) -> bool:
    if _alike(one.value, other.value):
        exact = {one.unit, other.unit} & {"%", "points"}
        return one.unit == other.unit or ("" in (one.unit, other.unit) and not exact)
    # "A quarter" is 25 per cent.
    return any(
        part.unit == "%"
        and not whole.unit
        and whole.value <= 1
        and _alike(part.value, whole.value * 100)
        for part, whole in ((one, other), (other, one))
    )


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(other))


def _counts_a_list(figure: Figure, quotes: str) -> bool:
    """Whether it counts, in a word, as many as the quotes name one by one: "three provinces"."""
    if figure.unit or figure.text.casefold() not in _SMALL:
        return False
    return any(
        len(re.findall(r",\s+|,?\s+(?:and|or)\s+", listed.group())) + 1 == figure.value
        for listed in _LIST.finditer(quotes)
    )


def _is_difference(figure: Figure, there: tuple[Figure, ...]) -> bool:
    """Whether "five fewer" is what lies between two figures of the quotes."""
    return figure.compares and any(
        _alike(abs(a.value - b.value), figure.value) for a in there for b in there
    )


def _counts_another_thing(figure: Figure, same: list[Figure], there: tuple[Figure, ...]) -> bool:
    """Whether the quotes have this figure of other things, and another figure of this thing."""
    if not figure.of or figure.unit or any(f.of == figure.of or not f.of for f in same):
        return False
    return any(f.of == figure.of for f in there)
