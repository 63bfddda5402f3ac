"""Whether a home is well: each check, what it found, and how to mend it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import sqlalchemy as sa

from assistant import messages
from assistant.listening import is_attache, listen
from assistant.settings import Settings
from corpus import schema
from corpus.errors import AttacheError
from corpus.library import Library
from index.embedding import (
    EMBEDDED_MODEL,
    EMBEDDED_SHA256,
    SentenceTransformerEmbedder,
    check_weights,
    embedded_directory,
)
from index.indexer import Indexer
from index.lexical import FullText
from index.mirror import VectorMirror

# Chroma and SQLite both need room to rewrite what they hold.
LEAST_FREE_BYTES = 500 * 1024 * 1024

# Those whose versions decide whether indexes and pages work.
LIBRARIES = (
    "chromadb",
    "fastapi",
    "gradio",
    "llama-index-core",
    "sentence-transformers",
    "sqlalchemy",
    "torch",
    "transformers",
    "uvicorn",
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at.

    Attributes:
        name: What was looked at.
        well: Whether it is as it should be.
        found: What was found.
        mend: What to do about it; "" if it is well.
    """

    name: str
    well: bool
    found: str
    mend: str = ""


def examine(settings: Settings, library: Library | None) -> Iterator[Check]:
    """Look at everything, the quick first; nothing is changed.

    Args:
        settings: The home, and how it is used.
        library: Its open library; None where there is none yet.
    """
    yield _home(settings.home)
    yield _libraries()
    yield _weights()
    yield _port(settings)
    if library is None:
        yield Check("library", True, messages.DOCTOR_NO_LIBRARY)
        return
    yield _database(library)
    yield _spans(library)
    yield _citations(library)
    yield _full_text(library)
    yield _vectors(settings, library)


def _home(home: Path) -> Check:
    if not home.is_dir():
        return Check("home", True, messages.DOCTOR_NO_HOME.format(home=home))
    if not os.access(home, os.W_OK):
        return Check("home", False, f"{home} is not yours to write", messages.DOCTOR_HOME_MEND)
    free = shutil.disk_usage(home).free
    found = f"{home}, {free / 2**30:.1f} GB free"
    if free < LEAST_FREE_BYTES:
        return Check("home", False, found, messages.DOCTOR_ROOM_MEND)
    return Check("home", True, found)


def _libraries() -> Check:
    found, missing = [], []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        return Check(
            "libraries",
            False,
            f"not installed: {', '.join(missing)}",
            f"pip install {' '.join(missing)}",
        )
    return Check("libraries", True, ", ".join(found))


def _weights() -> Check:
    try:
        check_weights(embedded_directory() / "model.safetensors", EMBEDDED_SHA256)
    except AttacheError as error:
        return _failed("weights", error)
    return Check("weights", True, f"{EMBEDDED_MODEL}, SHA-256 {EMBEDDED_SHA256[:12]}…")


def _port(settings: Settings) -> Check:
    try:
        listen(settings.host, settings.port).close()
    except AttacheError as error:
        if is_attache(settings.host, settings.port):
            where = f"{settings.host}:{settings.port}"
            return Check("port", True, messages.DOCTOR_PORT_OURS.format(where=where))
        return _failed("port", error)
    return Check("port", True, f"{settings.host}:{settings.port} is free")


def _database(library: Library) -> Check:
    with library.engine.connect() as connection:
        faults = [
            str(fault)
            for fault in connection.exec_driver_sql("PRAGMA integrity_check").scalars()
            if fault != "ok"
        ]
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if faults or orphans:
        found = faults[0] if faults else f"{len(orphans)} rows without what they belong to"
        return Check("database", False, found, messages.DOCTOR_DATABASE_MEND)
    return Check("database", True, messages.holdings(library.holdings()))


def _spans(library: Library) -> Check:
    """Every passage lies inside the body of the current version of its briefing."""
    passages, versions, briefings = schema.passages.c, schema.versions.c, schema.briefings.c
    with library.engine.connect() as connection:
        total = connection.scalar(sa.select(sa.func.count()).select_from(schema.passages)) or 0
        inside = (
            connection.scalar(
                sa.select(sa.func.count())
                .select_from(schema.passages)
                .join(schema.briefings, briefings.id == passages.briefing_id)
                .join(
                    schema.versions,
                    sa.and_(
                        versions.briefing_id == passages.briefing_id,
                        versions.version == passages.version,
                    ),
                )
                .where(
                    briefings.version == passages.version,
                    passages.end <= sa.func.length(versions.body),
                    passages.heading_start <= passages.heading_end,
                    passages.heading_end <= sa.func.length(versions.body),
                )
            )
            or 0
        )
    if inside != total:
        found = f"{total - inside} of {total} passages lie outside their briefing"
        return Check("passages", False, found, messages.DOCTOR_REINDEX_MEND)
    return Check("passages", True, f"{total:,} passages, each inside its briefing")


def _citations(library: Library) -> Check:
    """Every quote of every answer stands in its briefing's version, to the letter."""
    checked = astray = removed = 0
    with library.engine.connect() as connection:
        bodies: dict[tuple[str, str], str] = {
            (row.briefing_id, row.version): row.body
            for row in connection.execute(
                sa.select(
                    schema.versions.c.briefing_id, schema.versions.c.version, schema.versions.c.body
                )
            )
        }
        for answer in connection.scalars(sa.select(schema.turns.c.answer)):
            nearest = answer["refusal"]["nearest"] if answer["refusal"] else []
            for cited in [*answer["citations"], *nearest]:
                body = bodies.get((cited["briefing_id"], cited["version"]))
                if body is None:
                    removed += 1
                    continue
                checked += 1
                astray += body[cited["start"] : cited["end"]] != cited["quote"]
    if astray:
        found = f"{astray} of {checked} quotes in answers differ from their briefing"
        return Check("citations", False, found, messages.DOCTOR_CITATIONS_MEND)
    gone = f"; {removed:,} of briefings removed since" if removed else ""
    return Check("citations", True, f"{checked:,} quotes, each to the letter{gone}")


def _full_text(library: Library) -> Check:
    with library.engine.connect() as connection:
        whole = FullText.is_whole(connection)
        connection.rollback()
    if not whole:
        found = "the full-text index does not fit the passages"
        return Check("full text", False, found, messages.DOCTOR_REINDEX_MEND)
    return Check("full text", True, "fits the passages, word for word")


def _vectors(settings: Settings, library: Library) -> Check:
    try:
        embedder = SentenceTransformerEmbedder.open(settings.embedding_model)
        mirror = VectorMirror(
            library, embedder.fingerprint, settings.home / "chroma", settings.chroma_url
        )
        indexer = Indexer(library, embedder, mirror, settings.home / "writing.lock")
        try:
            pending, in_line = indexer.pending(), mirror.is_in_line()
        finally:
            indexer.close()
    except AttacheError as error:
        return _failed("vectors", error)
    if pending:
        found = f"{pending:,} passages have no vector of {settings.embedding_model}"
        return Check("vectors", False, found, messages.DOCTOR_REINDEX_MEND)
    if not in_line:
        found = "the vector store is not in line with the library"
        return Check("vectors", False, found, messages.DOCTOR_REINDEX_MEND)
    return Check("vectors", True, f"in line, of {embedder.fingerprint}")


def _failed(name: str, error: AttacheError) -> Check:
    return Check(name, False, error.cause, error.mend)
