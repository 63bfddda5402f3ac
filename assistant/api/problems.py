"""Whatever goes wrong, as problem details (RFC 9457), with cause and mend."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match

from assistant import messages
from corpus.errors import (
    AttacheError,
    IndexingError,
    IntakeError,
    LibraryError,
    ModelError,
    NotFound,
    QuestionError,
    SettingsError,
)

MEDIA_TYPE = "application/problem+json"
# The page at /api/docs explains each kind under this anchor.
TYPE = "/api/docs#problem-{slug}"
# Seconds after which what is busy now may be free.
RETRY_AFTER = 10


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its status, its name in addresses, and its title for people."""

    status: HTTPStatus
    slug: str
    title: str


KINDS: dict[type[AttacheError], Kind] = {
    QuestionError: Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "question", "Not a question"),
    IntakeError: Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "intake", "Not a readable briefing"),
    NotFound: Kind(HTTPStatus.NOT_FOUND, "not-found", "Not found"),
    IndexingError: Kind(HTTPStatus.SERVICE_UNAVAILABLE, "indexing", "Indexes not usable now"),
    ModelError: Kind(HTTPStatus.SERVICE_UNAVAILABLE, "model", "Model not usable"),
    LibraryError: Kind(HTTPStatus.SERVICE_UNAVAILABLE, "library", "Library not usable"),
    SettingsError: Kind(HTTPStatus.INTERNAL_SERVER_ERROR, "settings", "Wrong setting"),
}
INVALID = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", "Not a valid request")
TOO_LARGE = Kind(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "Too large")
FORBIDDEN = Kind(HTTPStatus.FORBIDDEN, "forbidden", "Not from here")
UNEXPECTED = Kind(HTTPStatus.INTERNAL_SERVER_ERROR, "unexpected", "Unexpected failure")


def install(app: FastAPI) -> None:
    """Make `app` answer every failure with a problem."""
    app.add_exception_handler(AttacheError, _on_expected)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)


def problem(kind: Kind, detail: str, mend: str = "", **more: Any) -> dict[str, Any]:
    """The body of a problem."""
    body = {
        "type": TYPE.format(slug=kind.slug),
        "title": kind.title,
        "status": int(kind.status),
        "detail": detail,
        "mend": mend,
    }
    return {k: v for k, v in body.items() if v != ""} | more


def of_error(error: AttacheError) -> tuple[Kind, dict[str, Any]]:
    """The kind and body of an expected failure."""
    kind = next(KINDS[c] for c in type(error).__mro__ if c in KINDS)
    return kind, problem(kind, f"{error.cause}.", error.mend)


def response(
    kind: Kind, body: dict[str, Any], headers: dict[str, str] | None = None
) -> JSONResponse:
    """A problem as a response."""
    return JSONResponse(body, int(kind.status), headers, media_type=MEDIA_TYPE)


async def no_such_route(request: Request) -> JSONResponse:
    """What lies under /api and is no route: 405 where another method is, else 404."""
    others = {
        method
        for route in request.app.router.routes
        if route.matches(request.scope)[0] is Match.PARTIAL
        for method in getattr(route, "methods", ())
    }
    status = HTTPStatus.METHOD_NOT_ALLOWED if others else HTTPStatus.NOT_FOUND
    headers = {"Allow": ", ".join(sorted(others))} if others else None
    raise HTTPException(status, headers=headers)


async def _on_expected(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, AttacheError)
    kind, body = of_error(error)
    busy = kind.status is HTTPStatus.SERVICE_UNAVAILABLE
    return response(kind, body, {"Retry-After": str(RETRY_AFTER)} if busy else None)


async def _on_invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    # What was sent is not repeated: it may be long, or a whole briefing.
    faults = [
        {"field": ".".join(str(part) for part in fault["loc"]), "message": fault["msg"]}
        for fault in error.errors()
    ]
    detail = "; ".join(f"{fault['field']}: {fault['message']}" for fault in faults)
    return response(INVALID, problem(INVALID, detail, messages.INVALID_MEND, errors=faults))


async def _on_http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    kind = TOO_LARGE if status is TOO_LARGE.status else Kind(status, "", status.phrase)
    body = problem(kind, error.detail, messages.HTTP_MENDS.get(int(status), ""))
    if not kind.slug:
        body["type"] = "about:blank"
    return response(kind, body, dict(error.headers or {}))
