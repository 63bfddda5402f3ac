"""Regions and groups of states: which countries they take in."""

from __future__ import annotations

from functools import cache

from corpus.countries import Country, countries
from corpus.folding import folded
from corpus.place_names import TERRITORIES

_ROMANCE = {"es", "pt", "fr", "ht"}

# Groups that no library keeps, by ISO code, as their members stood in 2024.
_GROUPS = {
    "andes": "AR BO CL CO EC PE VE",
    "andean community": "BO CO EC PE",
    "mercosur": "AR BO BR PY UY",
    "north america": "CA MX US",
    "pacific alliance": "CL CO MX PE",
    "southern cone": "AR CL UY",
    "northern triangle": "SV GT HN",
    "g7": "CA FR DE IT JP GB US",
    "brics": "BR RU IN CN ZA EG ET IR AE",
    "baltics": "EE LV LT",
    "baltic states": "EE LV LT",
    "benelux": "BE NL LU",
    "scandinavia": "DK NO SE",
    "nordics": "DK FI IS NO SE",
    "nordic countries": "DK FI IS NO SE",
    "asean": "BN KH ID LA MY MM PH SG TH VN",
    "usmca": "CA MX US",
    "gulf states": "BH KW OM QA SA AE",
    "maghreb": "DZ LY MA MR TN",
    "sahel": "BF TD ML MR NE",
    "horn of africa": "DJ ER ET SO",
    "south caucasus": "AM AZ GE",
    "visegrad group": "CZ HU PL SK",
    "middle east": "BH CY EG IR IQ IL JO KW LB OM PS QA SA SY TR AE YE",
    "european union": (
        "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"
    ),
}  # fmt: skip

# Those of them that act and sign by themselves. Who writes of one of their members does not
# write of them, as who writes of Peru writes of the Andes.
_ORGANISATIONS = {
    "andean community", "mercosur", "pacific alliance", "g7", "brics", "usmca", "asean",
    "visegrad group", "european union",
}  # fmt: skip

# What people write, to what the table or the United Nations' list calls it.
_ALIASES = {
    "andean": "andes",
    "andean region": "andes",
    "andean countries": "andes",
    "can": "andean community",
    "mercosul": "mercosur",
    "eu": "european union",
    "baltic": "baltics",
    "nordic": "nordics",
    "gulf": "gulf states",
    "southeast asia": "south-eastern asia",
    "south east asia": "south-eastern asia",
    "south-east asia": "south-eastern asia",
    "east asia": "eastern asia",
    "south asia": "southern asia",
    "north africa": "northern africa",
    "west africa": "western africa",
    "east africa": "eastern africa",
    "central africa": "middle africa",
    "west indies": "caribbean",
}


def region(name: str) -> tuple[str, ...]:
    """The countries of a region or group of states.

    Args:
        name: Such as "the Andes", "Latin American", "Mercosur" or "South-East Asia".

    Returns:
        Their short names in alphabetical order; empty if no such region is known.
    """
    return _regions().get(_known_as(name), ())


def is_organisation(name: str) -> bool:
    """Whether a group of states acts by itself, as Mercosur does and the Andes do not."""
    return _known_as(name) in _ORGANISATIONS


def _known_as(name: str) -> str:
    wanted = folded(name).removeprefix("the ")
    return _ALIASES.get(wanted, wanted)


@cache
def _regions() -> dict[str, tuple[str, ...]]:
    """Every region: the United Nations' from the country data, and the groups above."""
    members: dict[str, set[str]] = {}
    states = (country for code, country in countries().items() if code not in TERRITORIES)
    for country in states:
        for name in _memberships(country):
            members.setdefault(name, set()).add(country.name)
    for name, codes in _GROUPS.items():
        members[name] = {countries()[code].name for code in codes.split()}
    for name in [name for name in members if name.endswith("america")]:
        members[f"{name}n"] = members[name]
    return {name: tuple(sorted(names)) for name, names in members.items()}


def _memberships(country: Country) -> set[str]:
    """The regions a country is in, as the United Nations draw them, with two common words.

    The United Nations count Mexico to Central America; people who write of the isthmus do not.
    Latin America is what lies south of the United States and speaks a Romance language.
    """
    names = {
        name.casefold() for name in (country.region, country.subregion, country.within) if name
    }
    if country.code == "MX":
        names.discard("central america")
    if "latin america and the caribbean" in names and _ROMANCE & set(country.languages):
        names.add("latin america")
    return names
