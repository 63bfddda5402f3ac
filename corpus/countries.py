"""The countries of the world with their names, capitals and demonyms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from countryinfo import all_countries

from corpus.place_names import (
    EUROPEAN_UNION,
    EXTRA_CAPITALS,
    EXTRA_DEMONYMS,
    EXTRA_NAMES,
    LEFT_OUT,
    SHORT_NAMES,
    TERRITORIES,
    UNION_NAME,
)


@dataclass(frozen=True, slots=True)
class Country:
    """A country as briefings name it.

    Attributes:
        code: Its ISO 3166 code of two letters; "EU" for the European Union.
        name: Its English short name.
        names: Every name it goes by, `name` among them.
        demonyms: What its people and things are called ("Peruvian").
        capitals: Its capital and other seats of its government.
        region: Its continent in the United Nations' list, or "".
        subregion: The part of it, or "".
        within: The part of that, or "".
        languages: Its official languages' ISO 639 codes.
    """

    code: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    region: str = ""
    subregion: str = ""
    within: str = ""
    languages: tuple[str, ...] = ()


@cache
def countries() -> dict[str, Country]:
    """Every country by its code, the European Union among them.

    Read once, at the first call: the data are some 250 small files.
    """
    found: dict[str, Country] = {}
    for entry in all_countries():
        data: dict[str, Any] = dict(entry.info())
        code = (data.get("ISO") or {}).get("alpha2") or ""
        if code and code not in found and data["name"] not in LEFT_OUT:
            found[code] = _country(code, data)
    for code, name in (("XK", SHORT_NAMES["XK"]), (EUROPEAN_UNION, UNION_NAME)):
        found.setdefault(code, _country(code, {"name": name}))
    return found


def _country(code: str, data: dict[str, Any]) -> Country:
    name = SHORT_NAMES.get(code, data["name"].removeprefix("The "))
    independent = code not in TERRITORIES
    demonyms = _split(data.get("demonym")) if independent else ()
    capitals = _split(data.get("capital")) if independent else ()
    return Country(
        code,
        name,
        _unique(name, *_names(data), *EXTRA_NAMES.get(code, ())),
        _unique(*(d for d in demonyms if d != name), *EXTRA_DEMONYMS.get(code, ())),
        # Brussels stands for the Union, not for Belgium.
        _unique(*(c for c in capitals if c != "Brussels"), *EXTRA_CAPITALS.get(code, ())),
        data.get("region") or "",
        data.get("subregion") or "",
        data.get("intermediateregion") or "",
        tuple(data.get("languages") or ()),
    )


def _names(data: dict[str, Any]) -> Iterator[str]:
    """The names worth looking for: the common one, the full one, the Spanish one.

    Other spellings in the data are codes ("PE", "ISL") and native words that are words of
    English too ("Island", "Mann").
    """
    yield data["name"].removeprefix("The ")
    for spelling in data.get("altSpellings") or ():
        if " of " in spelling and spelling[0].isupper():
            yield spelling
    spanish = (data.get("translations") or {}).get("es")
    # "Granada" is a city of Spain before it is an island.
    if spanish and spanish != "Granada":
        yield spanish


def _split(value: str | list[str] | None) -> tuple[str, ...]:
    """The names in a field that may hold several ("Antiguan,Barbudan", a list, or nothing)."""
    values = value if isinstance(value, list) else (value or "").replace("/", ",").split(",")
    return tuple(text for text in (str(part).strip() for part in values) if text)


def _unique(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
