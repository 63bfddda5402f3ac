"""The API's documentation as one page without a script: nothing is loaded from elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.api.problems import FORBIDDEN, INVALID, KINDS, TOO_LARGE, UNEXPECTED

router = APIRouter(prefix="/api", include_in_schema=False)

POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

_CODE = re.compile(r"`([^`]+)`")
_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h2 { border-top: 1px solid #8888; padding-top: 1rem; font-size: 1.1rem; }
h2 b { display: inline-block; min-width: 4.5rem; }
code, pre { font: 14px/1.45 ui-monospace, monospace; }
pre { background: #8882; padding: .75rem; overflow-x: auto; }
table { border-collapse: collapse; } td, th { text-align: left; padding: .2rem 1rem .2rem 0;
vertical-align: top; }
"""


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """The page, made from the OpenAPI description."""
    page = "".join(_page(request.app.openapi()))
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY})


def _page(spec: dict[str, Any]) -> Iterator[str]:
    info = spec["info"]
    yield f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(info['title'])} API"
    yield f"</title><meta name=viewport content='width=device-width'><style>{_STYLE}</style>"
    yield f"<h1>{escape(info['title'])} {escape(info['version'])}: HTTP API</h1>"
    yield f"<p>{escape(info['summary'])}</p>"
    yield "<p>As data: <a href=openapi.json>openapi.json</a>.</p>"
    for path, operations in spec["paths"].items():
        for method, operation in operations.items():
            yield from _operation(path, method, operation, spec)
    yield "<h2>Problems</h2><p>What fails answers with <code>application/problem+json</code>: "
    yield "type, title, status, detail, and where there is one, mend.</p><table>"
    for kind in (*KINDS.values(), INVALID, TOO_LARGE, FORBIDDEN, UNEXPECTED):
        yield f"<tr id='problem-{kind.slug}'><td>{int(kind.status)}<td><code>{kind.slug}</code>"
        yield f"<td>{escape(kind.title)}"
    yield "</table></html>"


def _operation(
    path: str, method: str, operation: dict[str, Any], spec: dict[str, Any]
) -> Iterator[str]:
    yield f"<h2><b>{method.upper()}</b> <code>{escape(path)}</code></h2>"
    for paragraph in operation.get("description", "").split("\n\n"):
        marked = _CODE.sub(r"<code>\1</code>", escape(paragraph))
        yield f"<p>{marked}</p>"
    fields = list(_parameters(operation))
    if fields:
        yield "<table><tr><th>Parameter<th>In<th>What"
        for name, place, what in fields:
            yield f"<tr><td><code>{escape(name)}</code><td>{place}<td>{escape(what)}"
        yield "</table>"
    example = _example(operation, spec)
    if example:
        yield f"<pre>{escape(json.dumps(example, indent=2, ensure_ascii=False))}</pre>"


def _parameters(operation: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for parameter in operation.get("parameters", ()):
        need = "required" if parameter.get("required") else "optional"
        what = parameter.get("description", "")
        yield parameter["name"], parameter["in"], f"{need}. {what}".rstrip()


def _example(operation: dict[str, Any], spec: dict[str, Any]) -> dict[str, Any]:
    """An example of the JSON that an operation takes; empty where it takes none."""
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    return _sample(schema, spec) if schema else {}


def _sample(schema: dict[str, Any], spec: dict[str, Any]) -> Any:
    if "$ref" in schema:
        return _sample(spec["components"]["schemas"][schema["$ref"].split("/")[-1]], spec)
    if "properties" in schema:
        return {name: _sample(field, spec) for name, field in schema["properties"].items()}
    if schema.get("examples"):
        return schema["examples"][0]
    if schema.get("enum"):
        return schema["enum"][0]
    return schema.get("default", "")
