"""Library → indexes: nothing twice, nothing stale, nothing lost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus import schema
from corpus.briefing import Briefing
from corpus.errors import IndexingError, NotFound
from index.embedding import SentenceTransformerEmbedder, embedded_directory
from index.lexical import FullText
from tests.index.conftest import Shelf

Make = Callable[..., Briefing]


def test_new_then_unchanged_then_changed(shelf: Shelf, briefing: Make) -> None:
    """The same again does nothing; another body makes a new version and replaces the passages."""
    first = briefing("a", "Chile signed a lithium accord.", "Peru did not.")
    assert shelf.indexer.index([first]).added == [first.id]
    assert shelf.indexer.index([first]).unchanged == [first.id]

    edited = briefing("a", "Chile signed a copper accord.", "Peru did not.")
    assert shelf.indexer.index([edited]).changed == [first.id]
    hits = shelf.retriever.retrieve("lithium copper accord", 9)
    assert {h.passage.version for h in hits} == {edited.version}
    assert "lithium" not in " ".join(h.passage.span.of(h.briefing.body) for h in hits)
    assert shelf.library.get(first.id, first.version).body == first.body


def test_a_new_title_alone_is_indexed_too(shelf: Shelf, briefing: Make) -> None:
    """The body's version stays, what is embedded and searched is renewed."""
    shelf.indexer.index([briefing("a", "An accord was signed.", title="Old")])
    report = shelf.indexer.index([briefing("a", "An accord was signed.", title="Zambezi waters")])
    assert len(report.described) == 1
    assert shelf.titles("Zambezi") == ["Zambezi waters"]
    assert shelf.mirror.is_in_line()


def test_removed_is_gone_everywhere(shelf: Shelf, briefing: Make) -> None:
    """Database, versions, passages, vectors, full text and vector store forget it."""
    keep, drop = briefing("keep", "Grain leaves Odesa."), briefing("drop", "Copper leaves Callao.")
    shelf.indexer.index([keep, drop])
    shelf.indexer.remove([drop.id])
    assert shelf.titles("copper Callao", 9) == ["keep"]
    with pytest.raises(NotFound):
        shelf.library.get(drop.id)
    with shelf.library.engine.connect() as connection:
        for table in (schema.versions, schema.passages, schema.vectors):
            assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == 1
    assert shelf.mirror.is_in_line()


def test_full_text_stays_whole(shelf: Shelf, briefing: Make) -> None:
    """After edits and removals the full-text index still fits the passages word for word."""
    shelf.indexer.index([briefing(k, f"Paragraph {k} of text.", "And more.") for k in "abc"])
    shelf.indexer.index(
        [briefing("a", "Another text."), briefing("b", "Still another.", title="B2")]
    )
    shelf.indexer.remove([briefing("c").id])
    with shelf.library.engine.begin() as connection:
        assert FullText.is_whole(connection)


def test_unchanged_paragraphs_are_not_embedded_again(shelf: Shelf, briefing: Make) -> None:
    """Of an edited briefing only the new paragraphs cost anything."""
    embedded: list[int] = []
    embed = shelf.embedder.embed

    class Counting:
        fingerprint = shelf.embedder.fingerprint
        dimensions = shelf.embedder.dimensions

        def embed(self, texts: list[str], on_progress: object = None) -> object:
            embedded.append(len(texts))
            return embed(texts)

    shelf.indexer._embedder = Counting()  # type: ignore[assignment]
    one, two, three = (f"Part {n} says what the ministry wants. " * 9 for n in range(3))
    shelf.indexer.index([briefing("a", one, two, three)])
    shelf.indexer.index([briefing("a", one, two + "It changed.", three)])
    assert embedded == [3, 1]


def test_a_damaged_store_is_rebuilt_without_embedding(shelf: Shelf, briefing: Make) -> None:
    """Chroma's files overwritten with rubbish: noticed, rebuilt beside, swapped, searchable."""
    shelf.indexer.index([briefing("a", "Panama closed the copper mine.")])
    shelf.close()
    for file in (shelf.home / "chroma").rglob("*"):
        if file.is_file():
            file.write_bytes(b"\0" * 4096)
    shelf.open()
    assert shelf.indexer.needs_repair()
    assert shelf.indexer.pending() == 0
    shelf.indexer.repair()
    assert shelf.titles("copper mine") == ["a"]
    assert [f.name for f in (shelf.home / "chroma").iterdir()] == ["generation-2"]


def test_a_store_that_is_gone_is_rebuilt(shelf: Shelf, briefing: Make) -> None:
    """The vector store is a copy: deleting it loses nothing."""
    shelf.indexer.index([briefing("a", "Panama closed the copper mine.")])
    shelf.close()
    for file in sorted((shelf.home / "chroma").rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    shelf.open()
    assert shelf.indexer.needs_repair()
    shelf.indexer.repair()
    assert shelf.titles("copper mine") == ["a"]
    assert not shelf.indexer.needs_repair()


def test_work_cut_off_is_finished_at_the_next_opening(shelf: Shelf, briefing: Make) -> None:
    """Killed between the database and the vector store: the mark says so, repair finishes."""
    shelf.indexer.index([briefing("a", "Panama closed the copper mine.")])
    shelf.indexer._write_truth([briefing("b", "Zambia opened a copper mine.")])
    shelf.close()
    shelf.open()
    assert shelf.indexer.needs_repair()
    shelf.indexer.repair()
    assert sorted(shelf.titles("copper mine")) == ["a", "b"]


def test_another_processs_writing_is_seen(shelf: Shelf, briefing: Make) -> None:
    """A reader opened before notices what a second writer in another process has added."""
    shelf.indexer.index([briefing("a", "Panama closed the copper mine.")])
    assert shelf.titles("mine") == ["a"]
    program = (
        "import sys; from pathlib import Path\n"
        "from index.embedding import SentenceTransformerEmbedder\n"
        "from tests.index.conftest import Shelf, make_briefing\n"
        "shelf = Shelf(Path(sys.argv[1]), SentenceTransformerEmbedder.open())\n"
        "shelf.indexer.index([make_briefing('b', 'Zambia opened a mine for cobalt.')])\n"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", program, str(shelf.home)], check=True, cwd=root)
    assert "b" in shelf.titles("cobalt")


def test_a_second_writer_waits_and_then_says_so(
    shelf: Shelf, briefing: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one writes, another is told, and repair is not attempted."""
    monkeypatch.setattr("index.indexer.LOCK_SECONDS", 0.1)
    other = Shelf(shelf.home, shelf.embedder)
    with shelf.indexer._writing(), pytest.raises(IndexingError, match="Another Attaché process"):
        other.indexer.index([briefing("a", "Text.")])
    other.close()


def test_rebuilding_keeps_everything(shelf: Shelf, briefing: Make) -> None:
    """`reindex` leaves the same passages findable."""
    shelf.indexer.index([briefing(k, f"Briefing {k} on the copper price.") for k in "abc"])
    before = sorted(shelf.titles("copper price", 9))
    assert shelf.indexer.rebuild() == 3
    assert sorted(shelf.titles("copper price", 9)) == before
    assert shelf.mirror.is_in_line()


def test_every_passage_is_a_span_of_its_body(shelf: Shelf, briefing: Make) -> None:
    """What the database says of a passage is what stands in the briefing, astral signs and all."""
    long = "Tariffs 📈 rose. Trade 📉 fell. " * 12 + "So it is."
    shelf.indexer.index([briefing("a", long, "İstanbul said no.")])
    with shelf.library.engine.connect() as connection:
        words = (
            connection.execute(sa.text("SELECT words FROM passage_words ORDER BY n"))
            .scalars()
            .all()
        )
    assert words == [long, "İstanbul said no."]


def test_another_model_gets_a_collection_of_its_own(
    shelf: Shelf, briefing: Make, tmp_path: Path
) -> None:
    """Passages are embedded for the new model; the old one's vectors wait for a change back."""
    shelf.indexer.index([briefing("a", "Panama closed the copper mine."), briefing("b", "Rain.")])
    first = shelf.embedder
    link = tmp_path / "another-model"
    link.symlink_to(embedded_directory())
    shelf.close()

    shelf.embedder = SentenceTransformerEmbedder.open(str(link))
    shelf.open()
    assert shelf.indexer.needs_repair()
    assert shelf.indexer.pending() == 2
    shelf.indexer.repair()
    assert shelf.titles("copper mine", 1) == ["a"]
    shelf.indexer.index([briefing("b", "Snow.")])
    shelf.close()

    shelf.embedder = first
    shelf.open()
    assert shelf.indexer.pending() == 1
    shelf.indexer.repair()
    assert shelf.titles("snow", 1) == ["b"]
    assert not shelf.indexer.needs_repair()
