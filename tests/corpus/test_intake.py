"""Files, folders, archives and uploads to briefings, and every way they fail."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from corpus import intake
from corpus.briefing import Briefing, briefing_id
from corpus.errors import IntakeError
from corpus.fetching import Page
from corpus.intake import Skipped, count, read, read_upload

TEXT = "Late rules\n\nThe ministry in Lima will publish the rules. Until then the old ones hold.\n"
BODY = "The ministry in Lima will publish the rules. Until then the old ones hold."


def _file(folder: Path, name: str, data: str | bytes = TEXT) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def _archive(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def _briefing(source: Path | str) -> Briefing:
    (result,) = read(str(source))
    assert isinstance(result, Briefing)
    return result


def test_file_becomes_a_briefing(tmp_path: Path) -> None:
    """A file gives one briefing, keyed by its whole path."""
    path = _file(tmp_path, "rules.txt")
    briefing = _briefing(path)
    assert (briefing.title, briefing.body, briefing.places) == ("Late rules", BODY, ("Peru",))
    assert (briefing.key, briefing.id) == (str(path.resolve()), briefing_id(str(path.resolve())))
    assert (briefing.source, briefing.format) == ("rules.txt", "text")


def test_key_does_not_depend_on_how_the_path_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relative path gives the key of the absolute one."""
    path = _file(tmp_path, "rules.txt")
    monkeypatch.chdir(tmp_path)
    assert _briefing("./rules.txt").id == _briefing(path).id


def test_untitled_file_is_called_by_its_name(tmp_path: Path) -> None:
    """A text without a title has the file's name for one."""
    assert _briefing(_file(tmp_path, "Visit to Quito.txt", BODY)).title == "Visit to Quito"


def test_front_matter_places_are_taken_as_given(tmp_path: Path) -> None:
    """Places a briefing states are not overruled by those it mentions."""
    path = _file(tmp_path, "a.md", f"---\nplaces: [Chile]\n---\n{BODY}\n")
    assert _briefing(path).places == ("Chile",)


def test_folder_is_read_in_order(tmp_path: Path) -> None:
    """A folder gives its files and those below it, sorted; hidden ones are not looked at."""
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", ".git/d.txt", "~$lock.docx"):
        _file(tmp_path, name)
    results = list(read(str(tmp_path)))
    assert [Path(r.key).name for r in results if isinstance(r, Briefing)] == [
        "a.txt",
        "b.txt",
        "c.txt",
    ]
    assert count(str(tmp_path)) == len(results) == 3


def test_link_loop_ends(tmp_path: Path) -> None:
    """A folder linked into itself is read once."""
    _file(tmp_path, "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(list(read(str(tmp_path)))) == 1


def test_bad_file_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    """A folder's bad file is said and the rest is read."""
    _file(tmp_path, "a.txt")
    _file(tmp_path, "b.pdf", b"no pdf")
    good, bad = read(str(tmp_path))
    assert isinstance(good, Briefing)
    assert isinstance(bad, Skipped)
    assert bad.source.endswith("b.pdf")
    assert "content is not" in bad.cause
    assert bad.mend


def test_folder_with_nothing_readable_is_an_error(tmp_path: Path) -> None:
    """A folder of which nothing can be read is refused, with the first reason."""
    _file(tmp_path, "b.png", b"\x89PNG\x00")
    with pytest.raises(IntakeError, match=r"nothing in it that can be read; .*b\.png.* binary"):
        list(read(str(tmp_path)))


def test_empty_folder_is_an_error(tmp_path: Path) -> None:
    """So is an empty folder."""
    with pytest.raises(IntakeError, match="nothing in it"):
        list(read(str(tmp_path)))


def test_archive_is_read_in_order(tmp_path: Path) -> None:
    """An archive gives its members, keyed by archive and member; leftovers are not looked at."""
    names = ("sub/b.txt", "a.txt", "__MACOSX/a.txt", ".hidden", "sub/")
    path = _archive(tmp_path / "a.zip", dict.fromkeys(names, TEXT))
    keys = [result.key for result in read(str(path)) if isinstance(result, Briefing)]
    assert keys == [f"{path.resolve()}/a.txt", f"{path.resolve()}/sub/b.txt"]
    assert count(str(path)) == 2


def test_archive_in_a_folder_is_read(tmp_path: Path) -> None:
    """An archive among a folder's files is read like a folder."""
    _archive(tmp_path / "a.zip", {"b.txt": TEXT})
    _file(tmp_path, "c.txt")
    assert [isinstance(result, Briefing) for result in read(str(tmp_path))] == [True, True]


def test_bomb_in_an_archive_is_passed_over(tmp_path: Path) -> None:
    """A member that unpacks to a thousand times its size is not unpacked."""
    path = _archive(tmp_path / "a.zip", {"a.txt": TEXT, "b.txt": "a" * 5_000_000})
    _, bad = read(str(path))
    assert isinstance(bad, Skipped)
    assert "unpacks to" in bad.cause


def test_damaged_archive_is_said(tmp_path: Path) -> None:
    """An archive that is none is refused."""
    with pytest.raises(IntakeError, match="damaged archive"):
        list(read(str(_file(tmp_path, "a.zip", b"PK no"))))


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("a.txt", b"", "'a.txt' is empty"),
        ("a.txt", b"\x7fELF\x00\x00", "binary"),
        ("a.txt", bytes(range(1, 9)) * 90, "binary or in an unknown encoding"),
        ("a.docx", b"PK\x03\x04", "damaged DOCX"),
        ("a.pdf", b"%PDF-1.4 cut", "damaged PDF"),
        ("a.txt", "Home > News\n\nShare\n\n© 2023 The Ledger\n", "no text of its own"),
    ],
)
def test_bad_file_is_said(tmp_path: Path, name: str, data: str | bytes, cause: str) -> None:
    """A single bad file is an error of one line with what to do."""
    with pytest.raises(IntakeError, match=cause) as raised:
        list(read(str(_file(tmp_path, name, data))))
    assert "\n" not in str(raised.value)
    assert raised.value.mend.endswith(".")


def test_missing_path_is_said(tmp_path: Path) -> None:
    """A path that leads nowhere is refused with its name."""
    with pytest.raises(IntakeError, match=r"none\.txt' does not exist"):
        list(read(str(tmp_path / "none.txt")))


def test_large_file_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """500 MB are refused by their size alone."""
    path = _file(tmp_path, "a.txt")
    with path.open("r+b") as file:
        file.truncate(500 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("was read"))
    with pytest.raises(IntakeError, match=r"'a\.txt' has 500 MB, more than the 25 MB"):
        list(read(str(path)))


def test_file_without_permission_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is refused as that."""
    path = _file(tmp_path, "a.txt")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(IntakeError, match="may not be read"):
        list(read(str(path)))


def test_text_of_too_many_characters_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text longer than any briefing is refused."""
    monkeypatch.setattr(intake, "MOST_CHARACTERS", 50)
    with pytest.raises(IntakeError, match="more than 50 characters"):
        read_upload("a.txt", TEXT.encode())


def test_upload_is_keyed_by_its_name() -> None:
    """An upload's key is its file name, whatever folders a browser sends with it."""
    assert read_upload("C:\\Users\\ana\\rules.txt", TEXT.encode()).key == "upload:rules.txt"
    assert read_upload("../../rules.txt", TEXT.encode()).key == "upload:rules.txt"


def test_upload_of_a_word_document() -> None:
    """An upload of another format is read by its reader."""
    word = docx.Document()
    word.add_paragraph("Late rules", style="Title")
    word.add_paragraph(BODY)
    buffer = io.BytesIO()
    word.save(buffer)
    briefing = read_upload("rules.docx", buffer.getvalue())
    assert (briefing.title, briefing.body, briefing.format) == ("Late rules", BODY, "docx")


def test_body_is_cut_into_its_blocks() -> None:
    """The blocks of a briefing cover its body."""
    briefing = read_upload(
        "a.txt", (TEXT + "\nTwo of the mayors have been told in writing.").encode()
    )
    assert "\n\n".join(block.span.of(briefing.body) for block in briefing.blocks) == briefing.body


def test_address_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address gives the page behind it, keyed by the address as given."""
    page = Page(TEXT.encode(), "rules.txt", "https://example.org/final")
    monkeypatch.setattr(intake, "fetch", lambda address, most: page)
    briefing = _briefing("https://example.org/rules")
    assert (briefing.key, briefing.url) == (
        "https://example.org/rules",
        "https://example.org/final",
    )
    assert count("https://example.org/rules") == 1
