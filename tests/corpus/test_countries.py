"""The country data, as corrected here."""

from __future__ import annotations

import subprocess
import sys

from corpus.countries import countries
from corpus.place_names import (
    EXTRA_CAPITALS,
    EXTRA_DEMONYMS,
    EXTRA_NAMES,
    GOVERNMENTS,
    SHARED_NAMES,
    SHORT_NAMES,
    TERRITORIES,
)


def test_names_are_unique() -> None:
    """No two countries have one short name."""
    names = [country.name for country in countries().values()]
    assert len(names) == len(set(names))


def test_every_table_speaks_of_known_countries() -> None:
    """Each code in our tables is a country's."""
    tables = (EXTRA_CAPITALS, EXTRA_DEMONYMS, EXTRA_NAMES, GOVERNMENTS, SHORT_NAMES)
    codes = {code for table in tables for code in table} | set(TERRITORIES)
    codes |= {code for codes_ in SHARED_NAMES.values() for code in codes_}
    assert codes <= set(countries())


def test_territories_have_no_demonyms_or_capitals() -> None:
    """A dependent territory is known by its name only."""
    assert not any(countries()[c].demonyms or countries()[c].capitals for c in TERRITORIES)


def test_brussels_is_the_unions() -> None:
    """Brussels stands for the European Union."""
    assert (countries()["BE"].capitals, countries()["EU"].capitals) == ((), ("Brussels",))


def test_data_are_not_read_at_import() -> None:
    """Importing the gazetteer reads no country file."""
    code = (
        "import corpus.gazetteer, corpus.countries as c; print(c.countries.cache_info().currsize)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "0"
