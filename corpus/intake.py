"""Whatever people offer, to briefings: a file, a folder, an archive, an address, an upload."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus import metadata, readers
from corpus.briefing import Briefing, briefing_id, join_blocks
from corpus.cleaning import clean
from corpus.errors import IntakeError
from corpus.fetching import fetch, is_address
from corpus.gazetteer import places_of

# A briefing of words alone is a few hundred kilobytes; with pictures, a few megabytes. More
# than this is a scan or an archive, and reading it would hold the machine up.
MOST_BYTES = 25 * 1024 * 1024

# A long novel has half a million characters. Five million are a data dump.
MOST_CHARACTERS = 5_000_000

# An archive of a newspaper's year has some ten thousand articles.
MOST_MEMBERS = 100_000

# Text packs to a fifth, repetitive text to a fiftieth; a zip bomb to a thousandth. Members are
# held to `MOST_BYTES` while they are unpacked, so a false size in the archive changes nothing.
MOST_PACKED = 200
SHORTEST_CHECKED = 1024 * 1024

# What file systems and archivers leave beside people's files.
_LEFTOVERS = {"Thumbs.db", "desktop.ini", "__MACOSX"}


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file inside a folder or archive that could not be taken in.

    Attributes:
        source: The file, as its briefing's key would be.
        cause: What is wrong with it.
        mend: What can be done about it.
    """

    source: str
    cause: str
    mend: str


def read(source: str) -> Iterator[Briefing | Skipped]:
    """Read every briefing in a file, folder, .zip archive or web page.

    Args:
        source: A path, or an address with http:// or https://. Only an address given here is
            ever fetched.

    Yields:
        A briefing for each document. In a folder or archive, what cannot be read is passed
        over and said in a `Skipped`.

    Raises:
        IntakeError: If the source itself cannot be read, or nothing in it can.
    """
    if is_address(source):
        page = fetch(source, MOST_BYTES)
        yield _briefing(page.data, page.name, key=source, url=page.url)
        return
    path = _existing(source)
    if path.is_file() and not _is_archive(path):
        yield _read_file(path)
        return
    members = _folder(path) if path.is_dir() else _archive(path)
    yield from _at_least_one(members, path)


def count(source: str) -> int:
    """How many files `read` will go through, for showing progress.

    Raises:
        IntakeError: If the source does not exist or cannot be opened.
    """
    if is_address(source):
        return 1
    path = _existing(source)
    if path.is_dir():
        return sum(1 for _ in _files(path))
    return len(_members(path)) if _is_archive(path) else 1


def read_upload(name: str, data: bytes) -> Briefing:
    """Read a file that was handed over without a path.

    Args:
        name: The file's name; the briefing's key is `upload:` and its last part.
        data: The file's bytes.

    Raises:
        IntakeError: If the bytes cannot be taken in.
    """
    shown = PurePosixPath(name.replace("\\", "/")).name or "upload"
    return _briefing(data, shown, key=f"upload:{shown}")


def _existing(source: str) -> Path:
    path = Path(source).expanduser()
    try:
        resolved = path.resolve()
        found = resolved.exists()
    except (OSError, RuntimeError, ValueError) as error:
        raise IntakeError(f"'{source}' cannot be opened ({error})", "Check the path.") from error
    if not found:
        raise IntakeError(f"'{source}' does not exist", "Check the path.")
    if not (resolved.is_file() or resolved.is_dir()):
        raise IntakeError(f"'{source}' is neither a file nor a folder", "Offer a file.")
    return resolved


def _read_file(path: Path) -> Briefing:
    """Read one file, its size looked at before its content."""
    try:
        size = path.stat().st_size
        _refuse_large(size, path.name)
        data = path.read_bytes()
    except PermissionError as error:
        raise IntakeError(
            f"'{path}' may not be read", "Give yourself permission to read it."
        ) from error
    except OSError as error:
        raise IntakeError(f"'{path}' cannot be read ({error.strerror})", "Try again.") from error
    return _briefing(data, path.name, key=str(path))


def _refuse_large(size: int, name: str) -> None:
    if size > MOST_BYTES:
        raise IntakeError(
            f"'{name}' has {size / 2**20:.0f} MB, more than the {MOST_BYTES // 2**20} MB a "
            "briefing may have",
            "Save it without its pictures, or in parts.",
        )


def _folder(folder: Path) -> Iterator[Briefing | Skipped]:
    for path in _files(folder):
        try:
            if _is_archive(path):
                yield from _archive(path)
            else:
                yield _read_file(path)
        except IntakeError as error:
            yield Skipped(str(path), error.cause, error.mend)


def _files(folder: Path) -> Iterator[Path]:
    """A folder's files and those below it, in order; hidden ones and link loops left out."""
    seen: set[str] = set()
    for place, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(place)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not _is_hidden(name))
        for name in sorted(names):
            path = Path(place, name)
            if not _is_hidden(name) and path.is_file():
                yield path


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name in _LEFTOVERS


def _is_archive(path: Path) -> bool:
    return path.suffix.lower() == ".zip"


def _archive(path: Path) -> Iterator[Briefing | Skipped]:
    members = _members(path)
    with zipfile.ZipFile(path) as archive:
        for member in members:
            key = f"{path}/{member.filename}"
            name = PurePosixPath(member.filename).name
            try:
                yield _briefing(_unpacked(archive, member), name, key=key)
            except IntakeError as error:
                yield Skipped(key, error.cause, error.mend)


def _members(path: Path) -> list[zipfile.ZipInfo]:
    """An archive's files in order, hidden ones left out."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except PermissionError as error:
        raise IntakeError(
            f"'{path}' may not be read", "Give yourself permission to read it."
        ) from error
    except (zipfile.BadZipFile, OSError) as error:
        raise IntakeError(
            f"'{path}' is a damaged archive ({error})", "Fetch or pack it anew."
        ) from error
    if len(infos) > MOST_MEMBERS:
        raise IntakeError(
            f"'{path}' holds {len(infos)} files, more than {MOST_MEMBERS}", "Unpack it into parts."
        )
    shown = [
        info
        for info in infos
        if not info.is_dir() and not any(map(_is_hidden, PurePosixPath(info.filename).parts))
    ]
    return sorted(shown, key=lambda info: info.filename)


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """A member's bytes, never more than a file may have."""
    _refuse_large(member.file_size, member.filename)
    packed = member.file_size / max(member.compress_size, 1)
    if member.file_size > SHORTEST_CHECKED and packed > MOST_PACKED:
        raise IntakeError(
            f"'{member.filename}' unpacks to {packed:.0f} times its size", "Offer it unpacked."
        )
    if member.flag_bits & 0x1:
        raise IntakeError(
            f"'{member.filename}' is locked with a password", "Pack it without a password."
        )
    try:
        with archive.open(member) as packed_file:
            data = packed_file.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise IntakeError(
            f"'{member.filename}' is damaged in its archive ({error})", "Pack it anew."
        ) from error
    _refuse_large(len(data), member.filename)
    return data


def _at_least_one(
    results: Iterator[Briefing | Skipped], path: Path
) -> Iterator[Briefing | Skipped]:
    """The results as they come; an error at their end if none was a briefing."""
    read_any = False
    first: Skipped | None = None
    for result in results:
        if isinstance(result, Briefing):
            read_any = True
        else:
            first = first or result
        yield result
    if not read_any:
        why = f"; the first: {first.cause}" if first else ""
        raise IntakeError(
            f"'{path}' has nothing in it that can be read{why}", f"Offer {readers.READABLE}."
        )


def _briefing(data: bytes, name: str, *, key: str, url: str = "") -> Briefing:
    """Make a briefing of bytes.

    1. Read: bytes to blocks, by format.
    2. Describe: byline, date and section from lines of their own.
    3. Clean: the page's furniture out; title and standfirst off the body.
    4. Place: the countries it is about.
    """
    _refuse_large(len(data), name)
    document = readers.read(data, name)  # 1.
    if sum(len(block.text) for block in document.blocks) > MOST_CHARACTERS:
        raise IntakeError(
            f"'{name}' has more than {MOST_CHARACTERS:,} characters of text", "Offer it in parts."
        )
    stated = metadata.take(document.blocks)  # 2.
    cleaned = clean(stated.blocks, document.title or stated.title, document.standfirst)  # 3.
    if not cleaned.blocks:
        raise IntakeError(
            f"'{name}' has no text of its own, only titles, notices or navigation",
            "Offer the document that has the text.",
        )
    body, blocks = join_blocks(cleaned.blocks)
    places = document.places or places_of(f"{cleaned.title}\n{cleaned.standfirst}", body)  # 4.
    return Briefing(
        id=briefing_id(key),
        key=key,
        title=cleaned.title or PurePosixPath(name).stem or name,
        body=body,
        blocks=blocks,
        standfirst=cleaned.standfirst,
        published=document.published or stated.published,
        section=document.section or stated.section,
        author=document.author or stated.author,
        places=places,
        sources=document.sources,
        url=document.url or url,
        source=document.source or name,
        format=document.format,
    )
