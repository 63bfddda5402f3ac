"""Routes for whoever watches over the server."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from assistant import messages, version
from assistant.api.state import OpenDesk
from corpus.errors import IndexingError

router = APIRouter(tags=["health"])


@router.get("/healthz")
def alive() -> dict[str, str]:
    """Whether the server runs."""
    return {"service": "attache", "version": version.current(), "status": "ok"}


@router.get("/readyz")
def ready(desk: OpenDesk) -> dict[str, Any]:
    """Whether questions can be answered: the library is open and its indexes are in line."""
    if desk.indexer.needs_repair():
        raise IndexingError(messages.NOT_IN_LINE, messages.NOT_IN_LINE_MEND)
    return {"status": "ready", "briefings": desk.library.holdings().briefings}
