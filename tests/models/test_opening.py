"""A model opened by the settings, or why not; and its key, which is shown nowhere."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from assistant.models.model import Prompt
from assistant.models.opening import open_bare, open_model
from assistant.settings import load
from corpus.errors import LanguageModelError, SettingsError
from tests.models import server as plays
from tests.models.conftest import settings_for
from tests.models.server import KEY, MODEL, ModelServer

PROMPT = Prompt("Cite.", "[1] Peru asked Chile for 3 boats.", 50)
Attache = Callable[..., Any]


def test_without_a_setting_there_is_no_model(engine: Engine) -> None:
    """The default: nothing is called, nothing is missing."""
    assert open_model(load(), engine) is None


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"model_provider": "openai", "model_key": KEY}, "Set ATTACHE_MODEL;"),
        ({"model_provider": "openai", "model": MODEL}, "A key is needed for openai"),
        (
            {"model_provider": "ollama", "model": MODEL, "model_url": "localhost:11434"},
            "is no address",
        ),
        (
            {"model_provider": "ollama", "model": MODEL, "model_url": f"http://me:{KEY}@here"},
            "has a name or key in it",
        ),
        (
            {"model_provider": "ollama", "model": MODEL, "model_url": f"http://here/?key={KEY}"},
            "is no address",
        ),
    ],
)
def test_what_is_missing_is_told_at_once(given: dict[str, str], told: str) -> None:
    """Before anybody asks a question, with what to set, and no key in it."""
    with pytest.raises(SettingsError) as refused:
        open_bare(load(**given))
    assert told in str(refused.value)
    assert KEY not in str(refused.value)


@pytest.mark.skipif(bool(find_spec("llama_cpp")), reason="attache[llama-cpp] is installed")
def test_what_is_not_installed_is_told_with_how_to(tmp_path: Path) -> None:
    """The command to type."""
    file = tmp_path / "model.gguf"
    file.touch()
    with pytest.raises(SettingsError, match=r'pip install "attache\[llama-cpp\]"'):
        open_bare(load(model_provider="llama-cpp", model=str(file)))


class TestDoctor:
    """`attache doctor --model`: a model tried for real."""

    @pytest.fixture
    def doctor(
        self, attache: Attache, server: ModelServer, monkeypatch: pytest.MonkeyPatch
    ) -> Callable[[], Any]:
        """The doctor, with the test's server set in the environment."""
        settings = settings_for(server, model_input_price=1)
        monkeypatch.setenv("ATTACHE_MODEL_PROVIDER", settings.model_provider)
        monkeypatch.setenv("ATTACHE_MODEL", settings.model)
        monkeypatch.setenv("ATTACHE_MODEL_URL", settings.model_url)
        monkeypatch.setenv("ATTACHE_MODEL_KEY", KEY)
        monkeypatch.setenv("ATTACHE_MODEL_INPUT_PRICE", "1")
        monkeypatch.setenv("ATTACHE_PORT", "0")
        return lambda: attache("doctor", "--model")

    def test_a_model_that_is_fit(self, doctor: Callable[[], Any]) -> None:
        """Each thing looked at has a line; the price, since it is set."""
        ran = doctor()
        assert ran.code == 0, ran.out
        assert f"{MODEL} at http://127.0.0.1" in ran.out
        for line in ("its reply comes in", "every statement ends", "first words after", "0.000120"):
            assert line in ran.out

    @pytest.mark.parametrize(
        ("behaviour", "told"),
        [
            (plays.no_citations, "does not end statements with the number"),
            (lambda _: plays.Reply(["It opened. [1]"]), "comes in one piece"),
            (plays.says(""), "replied without a word"),
            (plays.fails(401, f"wrong key {KEY}"), "Set ATTACHE_MODEL_KEY"),
            (plays.dropped_connection, "in the middle of its reply"),
        ],
    )
    def test_a_model_that_is_not(
        self,
        doctor: Callable[[], Any],
        server: ModelServer,
        behaviour: plays.Behaviour,
        told: str,
    ) -> None:
        """What is wrong, and what to do about it; never the key."""
        server.behaves(behaviour)
        ran = doctor()
        assert ran.code == 1
        assert told in ran.out
        assert KEY not in ran.out + ran.err

    def test_no_model(self, attache: Attache) -> None:
        """Nothing is wrong with that; how to have one is said."""
        ran = attache("doctor", "--model")
        assert "none set" in ran.out
        assert "ATTACHE_MODEL_PROVIDER" in ran.out


class TestKey:
    """It goes to the server and stands nowhere else."""

    @pytest.mark.parametrize(
        "behaviour",
        [
            plays.good,
            plays.fails(401, f"Incorrect API key provided: {KEY}"),
            plays.fails(500, f"Authorization: Bearer {KEY}"),
            plays.fails(404, f"no route for {KEY}"),
            plays.malformed_json,
            plays.dropped_connection,
        ],
    )
    def test_it_is_in_no_log_text_or_traceback(
        self,
        server: ModelServer,
        engine: Engine,
        caplog: pytest.LogCaptureFixture,
        behaviour: plays.Behaviour,
    ) -> None:
        """Whatever the server says, with every library's log at its most talkative."""
        server.behaves(behaviour)
        settings = settings_for(server)
        model = open_model(settings, engine)
        assert model is not None
        shown = repr(settings) + repr(model) + repr(vars(open_bare(settings)))
        with caplog.at_level(logging.DEBUG):
            try:
                list(model.reply(PROMPT))
            except LanguageModelError as error:
                shown += str(error) + repr(error) + "".join(traceback.format_exception(error))
        assert KEY not in shown
        assert KEY not in caplog.text
        assert any(KEY in str(request.headers) for request in server.requests)

    def test_it_is_not_in_the_database(self, server: ModelServer, engine: Engine) -> None:
        """What is kept of a request has nothing of the key in it."""
        model = open_model(settings_for(server, model_daily_tokens=10_000), engine)
        assert model is not None
        list(model.reply(PROMPT))
        file = Path(str(engine.url.database))
        assert all(KEY.encode() not in part.read_bytes() for part in file.parent.iterdir())

    @pytest.mark.parametrize(
        "line",
        [
            f'model_keys = "{KEY}"',
            f'model_key = ["{KEY}"]',
            f'model_key = "{KEY}"\nmodel_context = 1',
            f'model_provider = "{KEY[:0]}openai"\nmodel_key = "{KEY}"\nport = "{KEY[:0]}x"',
        ],
    )
    def test_a_mistake_in_the_settings_does_not_show_it(
        self, attache: Attache, tmp_path: Path, line: str
    ) -> None:
        """Neither a misspelt name nor a wrong value beside it."""
        (tmp_path / "settings.toml").write_text(line, "utf-8")
        ran = attache("doctor", "--home", tmp_path)
        assert ran.code == SettingsError.exit_code
        assert KEY not in ran.out + ran.err
