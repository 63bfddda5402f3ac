"""Routes of the library: which briefings there are, their texts, taking in and out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, UploadFile

from assistant import as_json
from assistant.api.requests import QueryFilters
from assistant.api.state import OpenDesk
from assistant.ingestion import take_uploads
from corpus.intake import MOST_BYTES

router = APIRouter(prefix="/api/briefings", tags=["briefings"])


@router.get("")
def list_(
    desk: OpenDesk,
    filters: QueryFilters,
    limit: Annotated[int, Query(ge=1, le=1000)] = 1000,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> dict[str, Any]:
    """The briefings, newest first, without their texts."""
    found = desk.library.ids(filters)
    shown = desk.library.read(found[offset : offset + limit])
    return {"total": len(found), "briefings": [as_json.described(b) for b in shown]}


@router.post("")
def take_in(desk: OpenDesk, files: list[UploadFile]) -> dict[str, Any]:
    """Take files in: text, Markdown, HTML, PDF, Word and e-mail.

    They are sent as `multipart/form-data`, each in a field `files`.

    A file of a name that was uploaded before is another version of the same briefing. What
    cannot be read is said under `skipped`; if nothing can, that is a problem.
    """
    return take_uploads(desk.indexer, _read(files)).to_json()


@router.get("/{briefing_id}")
def briefing(desk: OpenDesk, briefing_id: str) -> dict[str, Any]:
    """A briefing as it stands now, and the versions kept of it."""
    found = desk.library.get(briefing_id)
    return as_json.whole(found) | {"versions": desk.library.versions(briefing_id)}


@router.get("/{briefing_id}/versions/{version}")
def version(desk: OpenDesk, briefing_id: str, version: str) -> dict[str, Any]:
    """A version of a briefing: the text that citations of it are spans of."""
    return as_json.whole(desk.library.get(briefing_id, version))


@router.delete("/{briefing_id}", status_code=204)
def remove(desk: OpenDesk, briefing_id: str) -> None:
    """Remove a briefing with all its versions."""
    desk.indexer.remove([desk.library.get(briefing_id).id])


def _read(files: list[UploadFile]) -> Iterator[tuple[str, bytes]]:
    """Names and bytes; of a file that is too large no more than shows that it is."""
    for file in files:
        yield file.filename or "", file.file.read(MOST_BYTES + 1)
