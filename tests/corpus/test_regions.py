"""Regions and groups of states."""

from __future__ import annotations

import pytest

from corpus.regions import is_organisation, region


@pytest.mark.parametrize(
    ("name", "members"),
    [
        (
            "Central America",
            ("Belize", "Costa Rica", "El Salvador", "Guatemala", "Honduras", "Nicaragua", "Panama"),
        ),
        ("Mercosur", ("Argentina", "Bolivia", "Brazil", "Paraguay", "Uruguay")),
        ("the Pacific Alliance", ("Chile", "Colombia", "Mexico", "Peru")),
        ("Benelux", ("Belgium", "Luxembourg", "Netherlands")),
        ("North America", ("Canada", "Mexico", "United States")),
    ],
)
def test_region_has_its_members(name: str, members: tuple[str, ...]) -> None:
    """A region gives its countries in alphabetical order."""
    assert region(name) == members


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Andes", "Andean"),
        ("Latin America", "Latin American"),
        ("EU", "European Union"),
        ("Southeast Asia", "South-East Asia"),
        ("MERCOSUR", "Mercosul"),
    ],
)
def test_region_has_many_names(one: str, other: str) -> None:
    """Articles, adjectives and spellings name the same region."""
    assert region(one) == region(other) != ()


def test_latin_america_speaks_romance_languages() -> None:
    """Latin America has Haiti and Brazil, not Jamaica, Spain or France's territories."""
    members = set(region("Latin America"))
    assert {"Haiti", "Brazil", "Mexico", "Cuba"} <= members
    assert not {"Jamaica", "Spain", "French Guiana", "United States"} & members


def test_union_has_27_members() -> None:
    """The European Union has the members it has had since 2020."""
    assert len(region("European Union")) == 27


def test_unknown_region_is_empty() -> None:
    """A name of no region gives nothing."""
    assert region("Atlantis") == ()


def test_organisations_act_by_themselves() -> None:
    """Mercosur signs treaties; the Andes and Latin America do not."""
    assert all(map(is_organisation, ("Mercosur", "the EU", "BRICS")))
    assert not any(map(is_organisation, ("the Andes", "Latin America", "Atlantis")))
