"""Countries in texts, with the traps their names set."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.gazetteer import Via, find_places, places_of


def _found(text: str) -> list[tuple[str, str]]:
    return [(mention.text, mention.name) for mention in find_places(text)]


def _names(text: str) -> list[str]:
    return [mention.name for mention in find_places(text)]


@pytest.mark.parametrize(
    ("text", "name", "via"),
    [
        ("Peru", "Peru", Via.NAME),
        ("the Republic of Peru", "Peru", Via.NAME),
        ("Peruvian copper", "Peru", Via.DEMONYM),
        ("two Peruvians", "Peru", Via.DEMONYM),
        ("talks in Lima", "Peru", Via.CAPITAL),
        ("the Casa Rosada said", "Argentina", Via.GOVERNMENT),
        ("the Kremlin said", "Russia", Via.GOVERNMENT),
        ("Argentine bonds", "Argentina", Via.DEMONYM),
        ("Ecuadorian oil", "Ecuador", Via.DEMONYM),
        ("Washington said", "United States", Via.CAPITAL),
        ("Beijing said", "China", Via.CAPITAL),
        ("Brussels said", "European Union", Via.CAPITAL),
        ("the EU's envoys", "European Union", Via.NAME),
        ("a UK envoy", "United Kingdom", Via.NAME),
        ("the U.S. envoy", "United States", Via.NAME),
        ("Turkish lira", "Turkey", Via.DEMONYM),
        ("Türkiye", "Turkey", Via.NAME),
        ("Burma", "Myanmar", Via.NAME),
        ("Swaziland", "Eswatini", Via.NAME),
        ("Czechia", "Czech Republic", Via.NAME),
        ("Côte d’Ivoire", "Ivory Coast", Via.NAME),
        ("Estados Unidos", "United States", Via.NAME),
        ("Saudi oil", "Saudi Arabia", Via.DEMONYM),
        ("Mexico City", "Mexico", Via.CAPITAL),
        ("Singapore", "Singapore", Via.NAME),
    ],
)
def test_country_is_known_by_its_words(text: str, name: str, via: Via) -> None:
    """Names, demonyms, capitals and seats of government name their country."""
    assert [(mention.name, mention.via) for mention in find_places(text)] == [(name, via)]


@pytest.mark.parametrize(
    "text", ["México", "Mexico", "Me\u0301xico", "Brasília", "Brasilia", "Bogota"]
)
def test_accents_do_not_matter(text: str) -> None:
    """A name is found with its accents, without them, and however they are encoded."""
    assert [mention.text for mention in find_places(f"In {text} today")] == [text]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("tell us, and the US will act", ["United States"]),
        ("CONTACT US TODAY", []),
        ("a turkey and fine china", []),
        ("Niger, not Nigeria", ["Niger", "Nigeria"]),
        ("the Niger Delta", []),
        ("a Nigerien and a Nigerian", ["Niger", "Nigeria"]),
        ("Guinea-Bissau", ["Guinea-Bissau"]),
        ("Equatorial Guinea", ["Equatorial Guinea"]),
        ("Papua New Guinea", ["Papua New Guinea"]),
        ("Guinea and the Gulf of Guinea", ["Guinea"]),
        ("Latin America", []),
        ("Latin American envoys", []),
        ("America and its allies", ["United States"]),
        ("the Organization of American States", []),
        ("the Gulf of Mexico and New Mexico", []),
        ("the South China Sea", []),
        ("the Indian Ocean", []),
        ("New South Wales", []),
        ("South Sudan and Sudan", ["South Sudan", "Sudan"]),
        ("South Korea", ["South Korea"]),
        ("the Washington Post", []),
        ("the Paris Agreement", []),
        ("the Dominican Republic", ["Dominican Republic"]),
        ("Dominica", ["Dominica"]),
        ("US-Colombian relations", ["United States", "Colombia"]),
        ("write to ana@peru.example or https://example.org/Peru", []),
        ("Peruvianness", []),
        ("she spoke in Spanish.", []),
        ("a Spanish-speaking envoy", []),
        ("a Spanish envoy", ["Spain"]),
    ],
)
def test_traps_are_seen(text: str, names: list[str]) -> None:
    """Words that hold a country's name and mean something else are no mention."""
    assert _names(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Chad Smith met Michael Jordan.", []),
        ("He flew to Jordan and Chad.", ["Jordan", "Chad"]),
        ("The King of Jordan left. Chad objected.", ["Jordan", "Chad"]),
        ("George Washington crossed the river.", []),
        ("J. Jordan wrote it.", []),
        ("Sofia Vergara and Paris Hilton", []),
        ("President Santiago Peña of Paraguay", ["Paraguay"]),
        ("Protesters in Santiago and Lima", ["Chile", "Peru"]),
    ],
)
def test_people_are_not_countries(text: str, names: list[str]) -> None:
    """A name that people bear is theirs beside another name."""
    assert _names(text) == names


def test_georgia_in_america_is_no_country() -> None:
    """Georgia beside Atlanta is the American state; by itself or with Tbilisi, the country."""
    assert _names("A runoff in Georgia; turnout in Atlanta") == []
    assert _names("Georgia and its neighbours") == ["Georgia"]
    assert _names("Georgia; the protests in Tbilisi") == ["Georgia", "Georgia"]


def test_shared_word_follows_what_the_text_names() -> None:
    """A word of two countries is the one's that the text names otherwise, or nobody's."""
    assert _names("Dominican sugar") == []
    assert _names("Dominican sugar from the Dominican Republic") == ["Dominican Republic"] * 2
    assert _names("Korean steel") == []
    assert _names("Korean steel from South Korea") == ["South Korea"] * 2
    assert _names("Congolese troops left Kinshasa") == ["Democratic Republic of the Congo"] * 2


def test_doubtful_capital_needs_its_country() -> None:
    """A capital whose name many things bear counts beside its country only."""
    assert _names("Victoria was calm") == []
    assert _names("Victoria was calm, as were all the Seychelles") == ["Seychelles"] * 2


@given(st.text(alphabet="PeruLima éÉ́’\n US.", max_size=60))
@settings(deadline=None)
def test_mention_is_what_stands_there(text: str) -> None:
    """A mention's span is its text, whatever stands around it."""
    for mention in find_places(text):
        assert text[mention.start : mention.end] == mention.text


def test_places_are_those_named_in_the_title_or_twice() -> None:
    """A country mentioned once in the body is not what a briefing is about."""
    body = "Chile and Peru agreed. Chilean and Peruvian envoys met in Lima. Brazil watched."
    assert places_of("Blue water for Ecuador", body) == ("Peru", "Chile", "Ecuador")


def test_short_note_is_about_what_it_mentions() -> None:
    """Where nothing is named twice, what the text begins with counts."""
    assert places_of("Note", "The Ecuadorian congress votes in May.") == ("Ecuador",)


def test_text_without_countries_is_about_none() -> None:
    """No mention, no place."""
    assert places_of("Note", "The river is high.") == ()
