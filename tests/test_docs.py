"""The documentation says what the code does."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from assistant import settings_docs
from assistant.answer import Answer, Citation, Dropped, Narrowing, Refusal, Statement
from assistant.api import asking, briefings, health
from assistant.api.requests import AskRequest, FilterRequest
from assistant.bearing import FaultKind
from assistant.cli import docs as cli_docs
from assistant.messages import FAULTS
from assistant.models.model import Usage

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize(
    ("name", "made"),
    [("settings.md", settings_docs.page), ("cli.md", cli_docs.page)],
)
def test_pages_made_from_the_code_are_as_the_code_is(name: str, made: object) -> None:
    """After a change to a setting or command its page is made anew."""
    assert callable(made)
    assert (DOCS / name).read_text("utf-8") == made()


def test_every_route_is_documented() -> None:
    """`docs/api.md` names each route with its method."""
    page = (DOCS / "api.md").read_text("utf-8")
    for router in (asking.router, briefings.router, health.router):
        for route in router.routes:
            assert isinstance(route, APIRoute)
            for method in route.methods:
                assert f"`{method} {route.path}`" in page


def test_every_field_of_a_question_is_documented() -> None:
    """`docs/api.md` names each field that can be sent."""
    page = (DOCS / "api.md").read_text("utf-8")
    for field in (*AskRequest.model_fields, *FilterRequest.model_fields):
        assert f"`{field}`" in page


def test_every_field_of_an_answer_is_documented() -> None:
    """`docs/api.md` names each, in the JSON or in the text."""
    page = (DOCS / "api.md").read_text("utf-8")
    for part in (Answer, Citation, Statement, Dropped, Refusal, Narrowing, Usage):
        for field in dataclasses.fields(part):
            assert f'"{field.name}"' in page or f"`{field.name}`" in page


def test_every_fault_is_documented_and_has_its_words() -> None:
    """`docs/api.md` names each, and readers are told of it in a phrase."""
    page = (DOCS / "api.md").read_text("utf-8")
    assert set(FAULTS) == {str(kind) for kind in FaultKind}
    for kind in FaultKind:
        assert f"`{kind}`" in page


def test_links_lead_somewhere() -> None:
    """Every relative link of a page leads to a file of the repository."""
    for page in DOCS.glob("*.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
