"""What all tests share: a home of their own, and one open library of small briefings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.cli import main
from assistant.offline import stay_offline

if TYPE_CHECKING:
    from assistant.assembly import Desk

# Before any test module imports what would look for updates.
stay_offline()

BRIEFINGS = Path(__file__).parent / "briefings"


@dataclass(frozen=True)
class Ran:
    """What a command did: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the library of whoever runs it."""
    monkeypatch.setenv("ATTACHE_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def briefings_folder() -> Path:
    """The folder of small briefings that tests ask about."""
    return BRIEFINGS


@pytest.fixture(scope="session")
def loaded_once() -> Iterator[None]:
    """Models stay loaded from one opening of a home to the next: the real ones, in less time."""
    # Imported here: they take seconds, and most tests need none of it.
    from assistant.ranker import LearnedRanker
    from index.embedding import SentenceTransformerEmbedder

    with pytest.MonkeyPatch.context() as patch:
        for part in (SentenceTransformerEmbedder, LearnedRanker):
            patch.setattr(part, "open", cache(part.open))
        yield


@pytest.fixture(scope="session")
def desk(loaded_once: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An open library of the small briefings. Whoever changes it puts it back."""
    from assistant.assembly import open_desk
    from assistant.ingestion import Sources, ingest
    from assistant.settings import load

    home = tmp_path_factory.mktemp("desk")
    with open_desk(load(home=home, samples=False)) as opened:
        sources = Sources([str(BRIEFINGS)])
        ingest(sources, sources.briefings(), opened.library, opened.indexer)
        yield opened


@pytest.fixture
def attache(loaded_once: None, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """`attache` with these arguments, run in this process."""

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Ran(int(ended.value.code or 0), printed.out, printed.err)

    return run
