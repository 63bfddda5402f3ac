"""The library: versions, references, filters, and databases that are not ours."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.briefing import Block, BlockKind, Briefing, TextBlock, briefing_id, join_blocks
from corpus.errors import LibraryError, NotFound
from corpus.library import Change, Filters, Library


def make(key: str, text: str = "One paragraph.", **described: object) -> Briefing:
    body, blocks = join_blocks([TextBlock(text)])
    fields: dict[str, object] = {"title": key.title(), **described}
    return Briefing(id=briefing_id(key), key=key, body=body, blocks=blocks, **fields)  # type: ignore[arg-type]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "attache.db")


def put(library: Library, *briefings: Briefing) -> None:
    with library.engine.begin() as connection:
        for briefing in briefings:
            library.put(connection, briefing)


def test_what_is_put_in_comes_out(library: Library) -> None:
    """Every field survives the database."""
    body, blocks = join_blocks(
        [TextBlock("Heading", BlockKind.HEADING, page=1), TextBlock("Text 📈.", page=2)]
    )
    briefing = Briefing(
        id=briefing_id("k"), key="k", title="T", body=body, blocks=blocks, standfirst="S",
        published=dt.date(2022, 10, 7), section="Trade", author="A", places=("Peru", "Chile"),
        sources=("Reuters",), url="https://example.org/a", source="Example", format="pdf",
    )  # fmt: skip
    put(library, briefing)
    assert library.get(briefing.id) == briefing
    assert library.get(briefing.id).blocks[1] == Block(9, 16, BlockKind.PARAGRAPH, 2)
    assert briefing.page_at(10) == 2


def test_earlier_versions_stay_readable(library: Library) -> None:
    """An edit adds a version; what was cited before can still be opened."""
    old, new = make("a", "Old text."), make("a", "New text.")
    assert library.compare(old) is Change.ADDED
    put(library, old)
    assert library.compare(old) is Change.UNCHANGED
    assert library.compare(new) is Change.CHANGED
    put(library, new)
    assert library.get(old.id).body == "New text."
    assert library.get(old.id, old.version).body == "Old text."
    assert set(library.versions(old.id)) == {old.version, new.version}


def test_a_new_description_of_the_same_text(library: Library) -> None:
    """Same body, another date: described anew, not a new version, and seen at once."""
    put(library, make("a"))
    dated = make("a", published=dt.date(2024, 1, 1))
    assert library.compare(dated) is Change.DESCRIBED
    library.get(dated.id)
    put(library, dated)
    assert library.get(dated.id).published == dt.date(2024, 1, 1)


@pytest.mark.parametrize("reference", ["Copper Falls", "copper falls", "falls", "/x/copper.txt"])
def test_found_by_what_people_call_it(library: Library, reference: str) -> None:
    """By title, part of it, or its file."""
    put(library, make("/x/copper.txt", title="Copper falls"), make("/x/tin.txt", title="Tin rises"))
    assert library.find(reference).title == "Copper falls"
    assert library.find(briefing_id("/x/tin.txt")[:6]).title == "Tin rises"
    assert library.find("tin").title == "Tin rises"


def test_an_unclear_reference_names_the_candidates(library: Library) -> None:
    """Two are meant: neither is taken."""
    put(library, make("a", title="Steel one"), make("b", title="Steel two"))
    with pytest.raises(NotFound, match="means 2 briefings"):
        library.find("steel")
    with pytest.raises(NotFound, match="No briefing"):
        library.find("cobalt")


def test_lists_newest_first_and_filters(library: Library) -> None:
    """Undated ones come last and pass no date filter."""
    put(
        library,
        make("undated"),
        make("old", published=dt.date(2022, 1, 1), places=("Peru",)),
        make("new", published=dt.date(2024, 1, 1), section="Energy"),
    )
    assert [b.title for b in library.read(library.ids())] == ["New", "Old", "Undated"]
    assert library.ids(Filters(until=dt.date(2023, 1, 1))) == [briefing_id("old")]
    assert library.ids(Filters(section="ENERGY")) == [briefing_id("new")]
    held = library.holdings()
    assert (held.briefings, held.earliest, held.latest) == (
        3,
        dt.date(2022, 1, 1),
        dt.date(2024, 1, 1),
    )


DAYS = st.none() | st.dates(dt.date(2022, 1, 1), dt.date(2022, 1, 5))
PLACES = st.lists(st.sampled_from(["Peru", "Côte d'Ivoire", "Chile"]), unique=True).map(tuple)
SECTIONS = st.sampled_from(["", "Énergie", "ÉNERGIE", "Trade"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    described=st.lists(st.tuples(DAYS, PLACES, SECTIONS), max_size=6),
    since=DAYS, until=DAYS, places=PLACES, section=SECTIONS,
)  # fmt: skip
def test_filters_mean_what_they_say(
    library: Library,
    described: list[tuple[dt.date | None, tuple[str, ...], str]],
    since: dt.date | None,
    until: dt.date | None,
    places: tuple[str, ...],
    section: str,
) -> None:
    """The database picks the briefings that a reader of the filters would."""
    made = [
        make(f"k{n}", f"Text {n}.", published=day, places=about, section=under)
        for n, (day, about, under) in enumerate(described)
    ]
    with library.engine.begin() as connection:
        library.delete(connection, library.ids())
    put(library, *made)
    passing = {
        b.id
        for b in made
        if (not since or (b.published and b.published >= since))
        and (not until or (b.published and b.published <= until))
        and (not places or set(places) & set(b.places))
        and (not section or b.section.casefold() == section.casefold())
    }
    assert set(library.ids(Filters(since, until, places, section))) == passing
    some = tuple(b.id for b in made[::2])
    wanted = set(some) & passing if some else passing
    assert set(library.ids(Filters(since, until, places, section, some))) == wanted


def test_keys_by_their_beginning(library: Library) -> None:
    """What begins so, to the letter: no wildcard, no other case."""
    put(library, make("/a_b/one.txt"), make("/a_b/two.txt"), make("/axb/one.txt"), make("/A_b/x"))
    assert set(library.keys("/a_b/")) == {"/a_b/one.txt", "/a_b/two.txt"}
    assert len(library.keys()) == 4
    assert library.keys("/a_b/none") == {}


def test_reading_leaves_out_what_is_gone(library: Library) -> None:
    """In the order asked for, however many."""
    made = [make(f"k{n}", f"Text {n}.") for n in range(450)]
    put(library, *made)
    asked = [b.id for b in reversed(made)]
    assert [b.id for b in library.read([*asked, "gone"])] == asked


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """One line that says which file and what to do."""
    (tmp_path / "attache.db").write_text("not a database, but long enough to be read as one" * 99)
    with pytest.raises(LibraryError, match="cannot be opened"):
        Library.open(tmp_path / "attache.db")


def test_a_library_of_a_newer_attache(tmp_path: Path) -> None:
    """Not opened, so that nothing in it is harmed."""
    Library.open(tmp_path / "attache.db").close()
    with sqlite3.connect(tmp_path / "attache.db") as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    with pytest.raises(LibraryError, match="newer Attaché"):
        Library.open(tmp_path / "attache.db")
