"""The commands as people type them, over real libraries."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import assembly
from assistant.assembly import Desk
from tests.assistant.conftest import OpenLibrary, briefing

ROOT = Path(__file__).parents[2]
QUESTION = "Who asked Brazil to lay track on its own side of the border?"
QUOTE = "She asked Brazil to lay six kilometres of track on its own side of the border"

Attache = Callable[..., Any]


@pytest.fixture(scope="module")
def home(desk: Desk) -> Path:
    """The home of the shared library, for commands that only read or put back."""
    return desk.settings.home


@pytest.fixture
def folder(tmp_path: Path, briefings_folder: Path) -> Path:
    """Two briefings in a folder that a test may change."""
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("dam.txt", "census.md"):
        shutil.copy(briefings_folder / name, folder)
    return folder


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lines that a person would type."""

    def lines(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    return lines


class TestEveryCommand:
    """What holds for all of them."""

    def test_help_comes_without_the_heavy_libraries(self) -> None:
        """`attache --help` imports neither models nor stores, so it answers at once."""
        code = (
            "import sys\n"
            "from assistant.cli.program import main\n"
            "try:\n    main(['--help'])\n"
            "except SystemExit as end:\n    assert end.code == 0, end.code\n"
            "heavy = {'torch', 'chromadb', 'gradio', 'sqlalchemy', 'numpy', 'fastapi'}\n"
            "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        )
        ran = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, text=True, capture_output=True, timeout=60
        )
        assert ran.returncode == 0, ran.stderr
        assert "Ask your briefings" in ran.stdout

    @pytest.mark.parametrize(
        "command",
        [
            *("serve", "ingest", "ask", "chat", "search", "reindex", "doctor", "backup"),
            *("briefings list", "briefings show", "briefings remove"),
        ],
    )
    def test_help_of_each_has_an_example(self, attache: Attache, command: str) -> None:
        """Each command's help shows how it is used, and that it takes a home."""
        shown = attache(*command.split(), "--help")
        assert shown.code == 0
        assert f"Example:\n    attache {command}" in shown.out
        assert "--home" in shown.out

    def test_version(self, attache: Attache) -> None:
        """--version names the program."""
        assert attache("--version").out.startswith("attache ")

    @pytest.mark.parametrize(
        "wrong", [["frobnicate"], ["ask"], ["ingest"], ["search", "x", "--limit", "0"]]
    )
    def test_wrong_usage_ends_with_2(self, attache: Attache, wrong: list[str]) -> None:
        """What is typed wrong is a usage error, never a traceback."""
        ran = attache(*wrong)
        assert ran.code == 2
        assert "Traceback" not in ran.err
        assert ran.out == ""

    def test_a_wrong_setting_ends_with_8(
        self, attache: Attache, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A setting that cannot be is named with its value."""
        monkeypatch.setenv("ATTACHE_PASSAGES", "many")
        ran = attache("briefings")
        assert ran.code == 8
        assert "'passages' has the value 'many'" in ran.err

    def test_a_home_that_is_a_file_is_one_line(self, attache: Attache, tmp_path: Path) -> None:
        """An expected failure is one line with cause and mend."""
        file = tmp_path / "file"
        file.write_text("x")
        ran = attache("briefings", "list", "--home", file)
        assert ran.code == 4
        assert ran.err.startswith("attache: ")
        assert ran.err.count("\n") == 1
        assert "--home" in ran.err

    def test_output_cut_off_is_quiet(self, home: Path) -> None:
        """`attache briefings list | head -1` does not complain."""
        ran = subprocess.run(
            f"{sys.executable} -m assistant.cli briefings list --json --home {home} | head -c 1",
            cwd=ROOT,
            shell=True,
            text=True,
            capture_output=True,
            timeout=60,
        )
        assert ran.stdout == "["
        assert ran.stderr == ""


class TestAsk:
    """`attache ask`."""

    def test_statement_and_source(self, attache: Attache, home: Path) -> None:
        """The answer's words carry a number, and the number a source."""
        ran = attache("ask", QUESTION, "--home", home)
        assert ran.code == 0
        assert QUOTE in ran.out
        assert "[1] Uruguay reopens the northern rail line, 12 May 2023, rail-line.md" in ran.out

    def test_json_is_the_contract(self, attache: Attache, home: Path) -> None:
        """--json prints the answer whole; its quote is the body's, to the letter."""
        answer = json.loads(attache("ask", QUESTION, "--json", "--home", home).out)
        cited = answer["citations"][0]
        shown = attache(
            "briefings", "show", cited["briefing_id"], "--version", cited["version"],
            "--json", "--home", home,
        )  # fmt: skip
        body = json.loads(shown.out)["body"]
        assert body[cited["start"] : cited["end"]] == cited["quote"]

    def test_how_many_more_say_so_and_who_differs(
        self, attache: Attache, open_library: OpenLibrary
    ) -> None:
        """Behind the statement, never in the quote; days before statements at odds."""
        one, other = (f"Kenya bought {n},000 tonnes of maize from Zambia." for n in (300, 450))
        desk = open_library(
            a=briefing("One", "2023-03-03", one),
            b=briefing("Two", "2023-04-03", one),
            c=briefing("Three", "2023-05-03", other),
        )
        asked = "How much maize did Kenya buy from Zambia?"
        lines = attache("ask", "--home", desk.settings.home, asked).out.splitlines()
        assert lines[1:4] == [
            "The briefings differ.",
            f"3 March 2023: {one} [1] (and 1 more briefing says so)",
            f"3 May 2023: {other} [2]",
        ]

    def test_what_narrows_is_shown_and_can_be_left_out(self, attache: Attache, home: Path) -> None:
        """With the days meant, and how to ask again without it."""
        asked = ("ask", "--home", home, "What did Uruguay reopen in 2009?")
        narrowed = attache(*asked)
        assert "Only: in 2009 (1 January 2009 – 31 December 2009); Uruguay" in narrowed.out
        assert '--without "in 2009"' in narrowed.err
        widened = attache(*asked, "--without", "period")
        assert "Only: Uruguay" in widened.out
        assert "Left out: in 2009" in widened.out
        assert "[1]" in widened.out

    def test_follow_up_shows_what_was_searched(self, attache: Attache, home: Path) -> None:
        """A follow-up is searched as a question that stands alone, and that is said."""
        first = json.loads(attache("ask", "What did Uruguay reopen?", "--json", "--home", home).out)
        ran = attache(
            "ask", "And Bolivia?", "--conversation", first["conversation_id"], "--home", home
        )
        assert "Searched as: " in ran.out
        assert "Bolivia" in ran.out.split("\n")[0]

    def test_refusal_is_no_error_and_looks_different(self, attache: Attache, home: Path) -> None:
        """What the briefings do not say is refused, with what stands nearest."""
        ran = attache("ask", "Who won the chess championship in Iceland?", "--home", home)
        assert ran.code == 0
        assert "No answer." in ran.out.splitlines()
        assert "[1]" not in ran.out

    def test_filters(self, attache: Attache, home: Path) -> None:
        """Only briefings that pass the filters are read."""
        ran = attache(
            "search", "trains", "--since", "2023-10", "--place", "uruguay", "--json", "--home", home
        )
        assert {hit["title"] for hit in json.loads(ran.out)} == {
            "A strike stops the northern trains"
        }

    @pytest.mark.parametrize(
        ("arguments", "cause"),
        [
            (["ask", " "], "There is no question"),
            (["ask", "x" * 2001], "2,001 characters"),
            (["ask", "Why?", "--since", "yesterday"], "'yesterday' is no date"),
            (["ask", "Why?", "--since", "2024", "--until", "2023"], "after the last"),
            (["ask", "Why?", "--since", "2023-02-30"], "'2023-02-30' is no date"),
        ],
    )
    def test_what_cannot_be_asked_ends_with_2(
        self, attache: Attache, home: Path, arguments: list[str], cause: str
    ) -> None:
        """Each with its cause in one line."""
        ran = attache(*arguments, "--home", home)
        assert ran.code == 2
        assert cause in ran.err
        assert ran.err.count("\n") == 1

    def test_unknown_conversation_ends_with_7(self, attache: Attache, home: Path) -> None:
        """A conversation that is not there is said to be so."""
        ran = attache("ask", QUESTION, "--conversation", "nope", "--home", home)
        assert ran.code == 7


def test_search_shows_both_ranks(attache: Attache, home: Path) -> None:
    """Passages come with how they were found by meaning and by words."""
    ran = attache("search", "spillway floods", "--limit", "1", "--home", home)
    assert ran.out.startswith("1. Paraguay delays its new dam, 14 February 2024")
    assert "meaning #1" in ran.out
    assert "words #1" in ran.out


class TestChat:
    """`attache chat`."""

    def test_a_conversation(
        self, attache: Attache, home: Path, typed: Callable[[str], None]
    ) -> None:
        """Questions, sources, a briefing with its quote marked, and a new beginning."""
        typed(f"{QUESTION}\n/sources\n/show 1\n/new\n/show\n/frobnicate\n")
        ran = attache("chat", "--home", home)
        assert ran.code == 0
        assert ran.out.count("[1] Uruguay reopens the northern rail line") == 2
        marked = ran.out[ran.out.index("»") + 1 : ran.out.index("«")]
        assert QUOTE in marked
        assert "There is no answer yet" in ran.out
        assert "/frobnicate is not known" in ran.out

    def test_asks_again_without(
        self, attache: Attache, home: Path, typed: Callable[[str], None]
    ) -> None:
        """The last question, not narrowed by the words named; one after the other."""
        typed(
            "/without period\nWhat did Uruguay reopen in 2009?\n/without period\n/without Uruguay\n"
        )
        talked = attache("chat", "--home", home).out
        assert "Nothing has been asked yet" in talked
        assert "Only: Uruguay\nLeft out: in 2009" in talked
        assert "Left out: in 2009 (1 January 2009 – 31 December 2009); Uruguay" in talked

    def test_a_number_chooses(
        self, attache: Attache, open_library: OpenLibrary, typed: Callable[[str], None]
    ) -> None:
        """Where a question can mean two things, they are numbered; a number asks one."""
        desk = open_library(
            a=briefing("A", "2023-01-01", "The Republic of the Congo sold oil to Italy."),
            b=briefing(
                "B", "2023-02-01", "The Democratic Republic of the Congo sold cobalt to Italy."
            ),
        )
        typed("What did Congo sell to Italy?\n1\n")
        talked = attache("chat", "--home", desk.settings.home).out
        assert "1. What did the Republic of the Congo sell to Italy?" in talked
        assert "2. What did the Democratic Republic of the Congo sell to Italy?" in talked
        assert "The Republic of the Congo sold oil to Italy. [1]" in talked

    def test_a_question_too_long_does_not_end_it(
        self, attache: Attache, home: Path, typed: Callable[[str], None]
    ) -> None:
        """A failure is said, and the next question answered."""
        typed("x" * 2001 + f"\n{QUESTION}\n")
        ran = attache("chat", "--home", home)
        assert ran.code == 0
        assert "2,001 characters" in ran.err
        assert QUOTE in ran.out


class TestBriefings:
    """`attache briefings`."""

    def test_list_newest_first(self, attache: Attache, home: Path) -> None:
        """One line each: id, date, title, countries."""
        lines = attache("briefings", "--home", home).out.splitlines()
        assert len(lines) == 5
        assert lines[0].endswith("2024-09-02  Bolivia publishes its census  (Bolivia)")

    def test_show_prints_the_text_and_nothing_else(
        self, attache: Attache, home: Path, briefings_folder: Path
    ) -> None:
        """Title, standfirst and body, to the letter, a blank line between."""
        source = (briefings_folder / "rail-line.md").read_text("utf-8")
        body = source.split("---\n", 2)[2]
        ran = attache("briefings", "show", "rail-line", "--home", home)
        assert ran.out == (
            "Uruguay reopens the northern rail line\n\n"
            f"Freight trains return to Rivera after thirty years.\n\n{body}"
        )

    def test_show_what_is_not_there(self, attache: Attache, home: Path) -> None:
        """Neither a reference nor a version that is not there shows anything."""
        assert attache("briefings", "show", "nothing", "--home", home).code == 7
        ran = attache("briefings", "show", "dam.txt", "--version", "0", "--home", home)
        assert (ran.code, ran.out) == (7, "")

    def test_remove_named(self, attache: Attache, folder: Path) -> None:
        """A briefing that is removed is gone from list and search."""
        attache("ingest", folder)
        assert attache("briefings", "remove", "dam.txt").out == "removed 1\n"
        assert "dam" not in attache("briefings").out
        assert json.loads(attache("search", "dam", "--json").out)[0]["title"].startswith("Bolivia")

    def test_remove_all_needs_a_yes(
        self, attache: Attache, folder: Path, typed: Callable[[str], None]
    ) -> None:
        """Where nobody can be asked, nothing is removed; afterwards no samples come."""
        attache("ingest", folder)
        typed("")
        assert attache("briefings", "remove", "--all").code == 2
        assert len(attache("briefings").out.splitlines()) == 2
        assert attache("briefings", "remove", "--all", "--yes").code == 0
        ran = attache("ask", "What did Bolivia publish?")
        assert "The library is empty" in ran.out


class TestIngest:
    """`attache ingest`, and again."""

    def test_again_changed_gone(self, attache: Attache, folder: Path) -> None:
        """Unchanged: nothing happens; changed: anew; gone from the folder: removed."""
        first = attache("ingest", folder)
        assert first.out == "added 2, changed 0, unchanged 0, removed 0\n"
        assert attache("ingest", folder).out == "added 0, changed 0, unchanged 2, removed 0\n"
        text = (folder / "dam.txt").read_text("utf-8")
        (folder / "dam.txt").write_text(text.replace("900 hectares", "950 hectares"), "utf-8")
        (folder / "census.md").unlink()
        kept = attache("ingest", folder, "--keep-missing")
        assert kept.out == "added 0, changed 1, unchanged 0, removed 0\n"
        assert attache("ingest", folder).out == "added 0, changed 0, unchanged 1, removed 1\n"
        assert "950 hectares" in attache("briefings", "show", "dam.txt").out
        assert "census" not in attache("briefings").out

    def test_what_cannot_be_read_any_more_stays(self, attache: Attache, folder: Path) -> None:
        """A file that is still there but broken keeps the briefing made of it."""
        attache("ingest", folder)
        (folder / "dam.txt").write_bytes(b"")
        ran = attache("ingest", folder, "--json")
        assert ran.code == 0
        done = json.loads(ran.out)
        assert done["removed"] == []
        assert [skipped["cause"] for skipped in done["skipped"]] == ["'dam.txt' is empty"]

    def test_an_archive_member_that_is_gone_is_removed(
        self, attache: Attache, folder: Path, tmp_path: Path
    ) -> None:
        """An archive is a folder in one file."""
        archive = tmp_path / "all.zip"
        for names in (["dam.txt", "census.md"], ["dam.txt"]):
            with zipfile.ZipFile(archive, "w") as packed:
                for name in names:
                    packed.write(folder / name, name)
            ran = attache("ingest", archive)
        assert ran.out == "added 0, changed 0, unchanged 1, removed 1\n"

    def test_own_briefings_bring_no_samples(self, attache: Attache, folder: Path) -> None:
        """Who takes own briefings in gets answers from these alone."""
        attache("ingest", folder)
        assert len(attache("briefings").out.splitlines()) == 2

    def test_samples_when_asked_for(
        self, attache: Attache, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """--samples takes them in, a remark says that they are there, --samples removes them."""
        # Two of them tell as much as twenty, and index in a tenth of the time.
        few = assembly.sample_briefings()[:2]
        monkeypatch.setattr(assembly, "sample_briefings", lambda: few)
        assert attache("ingest", "--samples").code == 0
        assert len(attache("briefings").out.splitlines()) == 2
        assert "remove --samples" in attache("ingest", folder).err
        assert attache("briefings", "remove", "--samples", "--yes").out == "removed 2\n"

    def test_a_bad_source_beside_a_good_one(self, attache: Attache, folder: Path) -> None:
        """The good one is taken in, the bad one is said and makes the code 3."""
        ran = attache("ingest", folder / "dam.txt", folder / "nothing.txt")
        assert ran.code == 3
        assert ran.out == "added 1, changed 0, unchanged 0, removed 0; skipped 1\n"
        assert "nothing.txt' does not exist" in ran.err


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def _sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 500 * 1024 * 1024)


def _unreadable(path: Path) -> None:
    path.write_text("A text that nobody may read. It has two sentences.")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("root may read everything")


def _nothing_readable(path: Path) -> None:
    path.mkdir()
    _empty(path / "a.txt")
    _binary(path / "b.bin")


def _empty_folder(path: Path) -> None:
    path.mkdir()


def _broken_pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n" + b"\x00\x01broken" * 50)


def _broken_docx(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + b"broken" * 50)


def _missing(path: Path) -> None:
    assert not path.exists()


class TestBadInput:
    """What cannot be taken in."""

    @pytest.mark.parametrize(
        ("name", "make"),
        [
            ("empty.txt", _empty),
            ("binary.dat", _binary),
            ("large.txt", _sparse),
            ("unreadable.txt", _unreadable),
            ("nothing-readable", _nothing_readable),
            ("empty-folder", _empty_folder),
            ("broken.pdf", _broken_pdf),
            ("broken.docx", _broken_docx),
            ("broken.zip", _broken_docx),
            ("missing.txt", _missing),
            ("with\nline-break.txt", _missing),
        ],
    )
    def test_one_line_code_3_and_the_library_as_it_was(
        self,
        attache: Attache,
        home: Path,
        tmp_path: Path,
        name: str,
        make: Callable[[Path], None],
    ) -> None:
        """Cause and mend in one line, quickly, and nothing has changed."""
        path = tmp_path / name
        make(path)
        before = attache("briefings", "--json", "--home", home).out
        began = time.perf_counter()
        ran = attache("ingest", path, "--home", home)
        assert time.perf_counter() - began < 5
        assert (ran.code, ran.out) == (3, "")
        assert ran.err.startswith("attache: ")
        assert ran.err.count("\n") == 1
        assert ran.err.rstrip().endswith(".")
        assert attache("briefings", "--json", "--home", home).out == before

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252", "latin-1"])
    def test_other_encodings_are_read(
        self, attache: Attache, tmp_path: Path, encoding: str
    ) -> None:
        """A text in an encoding that is not UTF-8 is read, not spoilt."""
        text = (
            "El censo de Bolivia\n\nLa oficina de estadística publicó el censo. Contó a once "
            "millones de personas, según la ministra Muñoz. Después pidió más fondos.\n"
        )
        (tmp_path / "censo.txt").write_bytes(text.encode(encoding))
        ran = attache("ingest", tmp_path / "censo.txt")
        assert ran.code == 0, ran.err
        assert "según la ministra Muñoz" in attache("briefings", "show", "censo").out

    def test_bytes_of_no_encoding_never_show_a_traceback(
        self, attache: Attache, tmp_path: Path
    ) -> None:
        """Either it is read or it is refused in a line."""
        path = tmp_path / "odd.txt"
        path.write_bytes(b"A line \xff\xfe\xfd of text \x81\x8d and more.\n\n" * 3)
        ran = attache("ingest", path)
        assert ran.code in (0, 3)
        assert "Traceback" not in ran.err


class TestUpkeep:
    """`attache doctor`, `reindex` and `backup`."""

    @pytest.fixture
    def checks(self, attache: Attache, home: Path) -> Callable[..., dict[str, Any]]:
        """What doctor finds, by name."""

        def look(at: Path = home) -> dict[str, Any]:
            ran = attache("doctor", "--json", "--home", at)
            found = json.loads(ran.out)
            assert ran.code == (0 if all(check["well"] for check in found) else 1)
            return {check["name"]: check for check in found}

        return look

    @pytest.fixture
    def sick(self, tmp_path: Path, desk: Desk) -> Iterator[tuple[Path, sqlite3.Connection]]:
        """A copy of the shared home, without its vectors, and a connection to hurt it with."""
        home = tmp_path / "sick"
        home.mkdir()
        with sqlite3.connect(desk.settings.database) as original:
            copy = sqlite3.connect(home / "attache.db")
            original.backup(copy)
        yield home, copy
        copy.close()

    def test_a_well_home(
        self, checks: Callable[..., dict[str, Any]], attache: Attache, home: Path
    ) -> None:
        """Every check passes, those of the issue among them."""
        attache("ask", QUESTION, "--home", home)
        found = checks()
        found.pop("port")
        assert all(check["well"] for check in found.values()), found
        assert {"home", "libraries", "weights", "database", "passages", "citations"} <= set(found)
        assert {"full text", "vectors"} <= set(found)

    def test_no_home_yet(self, attache: Attache, tmp_path: Path) -> None:
        """The doctor makes nothing where there is nothing."""
        ran = attache("doctor", "--home", tmp_path / "none")
        assert "does not exist yet" in ran.out
        assert not (tmp_path / "none").exists()

    @pytest.mark.parametrize(
        ("check", "harm"),
        [
            ("passages", 'UPDATE passages SET "end" = "end" + 100000 WHERE n = 1'),
            ("full text", "UPDATE versions SET title = title || ' altered'"),
            ("full text", "INSERT INTO passage_index(passage_index) VALUES ('delete-all')"),
            ("database", "PRAGMA foreign_keys=OFF; DELETE FROM briefings WHERE rowid = 1"),
            ("vectors", "DELETE FROM vectors"),
            ("vectors", "SELECT 1"),
        ],
    )
    def test_what_is_wrong_is_found(
        self,
        checks: Callable[..., dict[str, Any]],
        sick: tuple[Path, sqlite3.Connection],
        check: str,
        harm: str,
    ) -> None:
        """Each kind of harm shows in its check, with how to mend it."""
        home, connection = sick
        connection.executescript(harm)
        connection.commit()
        found = checks(home)[check]
        assert not found["well"]
        assert found["mend"]

    def test_a_quote_that_drifted_is_found(
        self,
        attache: Attache,
        checks: Callable[..., dict[str, Any]],
        sick: tuple[Path, sqlite3.Connection],
    ) -> None:
        """A kept answer whose quote is no longer the body's is found."""
        home, connection = sick
        assert attache("ask", QUESTION, "--home", home).code == 0
        assert checks(home)["citations"]["well"]
        connection.execute("UPDATE versions SET body = 'The ' || body")
        connection.commit()
        assert not checks(home)["citations"]["well"]

    def test_reindex_mends(
        self, attache: Attache, checks: Callable[..., dict[str, Any]],
        sick: tuple[Path, sqlite3.Connection],
    ) -> None:  # fmt: skip
        """After reindex the doctor is content."""
        home, connection = sick
        connection.executescript("INSERT INTO passage_index(passage_index) VALUES ('delete-all')")
        connection.commit()
        assert "5 briefings" in attache("reindex", "--home", home).out
        found = checks(home)
        assert found["full text"]["well"]
        assert found["vectors"]["well"]

    def test_backup_restores(self, attache: Attache, home: Path, tmp_path: Path) -> None:
        """What is unpacked into an empty folder answers as the original does."""
        file = tmp_path / "copy.zip"
        made = attache("backup", file, "--home", home)
        assert made.code == 0
        assert "To restore" in made.out
        restored = tmp_path / "restored"
        with zipfile.ZipFile(file) as archive:
            archive.extractall(restored)
        assert QUOTE in attache("ask", QUESTION, "--home", restored).out

    def test_backup_replaces_only_when_told(
        self, attache: Attache, home: Path, tmp_path: Path
    ) -> None:
        """A file that is there is safe; a folder that is not is said; nothing half is left."""
        file = tmp_path / "copy.zip"
        file.write_text("precious")
        assert attache("backup", file, "--home", home).code == 4
        assert file.read_text() == "precious"
        assert attache("backup", file, "--force", "--home", home).code == 0
        assert zipfile.is_zipfile(file)
        assert attache("backup", tmp_path / "no" / "copy.zip", "--home", home).code == 4
        assert attache("backup", tmp_path / "x.zip", "--home", tmp_path / "none").code == 4
        assert sorted(path.name for path in tmp_path.glob("*zip*")) == ["copy.zip"]
