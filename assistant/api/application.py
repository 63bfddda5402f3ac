"""The HTTP application put together: guards, routes, problems, and the browser chat."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.middleware import Middleware

from assistant import version
from assistant.api import asking, briefings, docs_page, health, problems
from assistant.api.guards import BodyLimit, Failsafe, LocalOnly, SafeHeaders
from assistant.assembly import Desk

SUMMARY = "Ask your briefings; every sentence of the answer leads to the words that bear it."


def create_app(desk: Desk, web: bool = True) -> FastAPI:
    """The API of an open home, and its browser chat.

    Args:
        desk: The open home; it must stay open as long as the application runs.
        web: Whether the browser chat is served too, at /.
    """
    app = FastAPI(
        title="Attaché",
        summary=SUMMARY,
        version=version.current(),
        openapi_url="/api/openapi.json",
        # The usual pages load their scripts from elsewhere; docs_page.py does not.
        docs_url=None,
        redoc_url=None,
        # Outermost first.
        middleware=[
            Middleware(SafeHeaders),
            Middleware(LocalOnly),
            Middleware(Failsafe),
            Middleware(BodyLimit),
        ],
    )
    app.state.desk = desk
    problems.install(app)
    for router in (asking.router, briefings.router, health.router, docs_page.router):
        app.include_router(router)
    # Last, and before the chat at /, which would take what is left under /api for its own.
    app.add_route("/api/{rest:path}", problems.no_such_route, include_in_schema=False)
    if web:
        # Imported here: Gradio takes three seconds, and the API alone needs none of it.
        from assistant.web.page import mount

        app = mount(app, desk)
    return app
