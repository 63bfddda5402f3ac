"""A server of models, and models opened on it as the settings would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from assistant.models.served import ServedModel
from assistant.settings import Settings, load
from corpus.schema import open_database
from tests.models.server import KEY, MODEL, ModelServer, model_server

PATHS = {"openai": "/v1", "anthropic": "", "ollama": ""}

OpenBare = Callable[..., ServedModel]


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """A server on a free port; it is good until it is told to be otherwise."""
    with model_server() as running:
        yield running


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty library's database."""
    opened = open_database(tmp_path / "own" / "attache.db")
    yield opened
    opened.dispose()


def settings_for(server: ModelServer, provider: str = "openai", **more: Any) -> Settings:
    """Settings that name a model on this server."""
    named = {
        "model_provider": provider,
        "model": MODEL,
        "model_url": server.address + PATHS[provider],
        "model_key": KEY,
    }
    return load(**{**named, **more})
