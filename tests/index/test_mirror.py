"""The vector store in line with the library: which passages are nearest, and among which."""

from __future__ import annotations

import pytest

from tests.index.conftest import Shelf, make_briefing

CITIES = [
    "Lima", "Quito", "Bogotá", "Santiago", "Montevideo", "Asunción", "Caracas", "Georgetown",
    "Brasília", "Paramaribo", "Ottawa", "Havana", "Managua", "Panama City", "Kingston", "Nassau",
    "Belmopan", "San José", "Tegucigalpa", "Guatemala City", "Oslo", "Riga", "Bern", "Vienna",
]  # fmt: skip


@pytest.mark.parametrize("share", [1, 2, 12], ids=["all", "half", "few"])
@pytest.mark.parametrize("limit", [1, 3, 50])
def test_nearest_among_some_briefings(shelf: Shelf, share: int, limit: int) -> None:
    """However many briefings count and are asked for: those that count, nearest first."""
    made = [make_briefing(city, f"The port of {city} opened a new quay.") for city in CITIES]
    shelf.indexer.index(made)
    vector = shelf.embedder.embed(["When did the harbour in Quito open?"])[0]
    among = {briefing.id for briefing in made[::share]}
    with shelf.library.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT id, briefing_id FROM passages").all()
    counting = [i for i, briefing_id in rows if briefing_id in among]
    cosines = shelf.mirror.similarities(vector, counting)
    expected = sorted(counting, key=lambda i: -cosines[i])[:limit]
    found = shelf.mirror.nearest(vector, limit, among)
    assert [i for i, _ in found] == expected
    assert [cosine for _, cosine in found] == pytest.approx([cosines[i] for i in expected])


def test_nearest_among_no_briefing(shelf: Shelf) -> None:
    """Nothing counts: nothing is found, in an empty library too."""
    vector = shelf.embedder.embed(["Anything?"])[0]
    assert shelf.mirror.nearest(vector, 5, []) == []
    shelf.indexer.index([make_briefing("Lima", "The port opened.")])
    assert shelf.mirror.nearest(vector, 5, []) == []
    assert shelf.mirror.nearest(vector, 5, ["unknown"]) == []
