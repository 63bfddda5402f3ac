"""Each provider's protocol, spoken to a real server over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from assistant.models.failure import RequestFailed, Where
from assistant.models.model import Prompt, Usage
from assistant.models.opening import open_bare
from assistant.models.patience import Patience
from assistant.models.providers import OpenAI, Server
from assistant.models.served import ServedModel
from tests.models import server as plays
from tests.models.conftest import settings_for
from tests.models.server import KEY, MODEL, ModelServer

EVIDENCE = "[1] (Boats; 3 March 2022) Peru asked Chile for 3 boats.\n[2] Chile may agree."
PROMPT = Prompt("Cite.", EVIDENCE, 50)
WRITTEN = "Peru asked Chile for 3 boats. [1]\nChile may agree. [2]"
SCHEMA = Prompt("Cite.", EVIDENCE, 50, {"type": "object"})

anthropic = pytest.param(
    "anthropic",
    marks=pytest.mark.skipif(not find_spec("anthropic"), reason="attache[anthropic] is missing"),
)
PROVIDERS = ["openai", "ollama", anthropic]


def reply(server: ModelServer, provider: str, prompt: Prompt = PROMPT) -> Iterator[str | Usage]:
    model = open_bare(settings_for(server, provider))
    assert model is not None
    return model.reply(prompt)


def failure(server: ModelServer, provider: str) -> RequestFailed:
    with pytest.raises(RequestFailed) as failed:
        list(reply(server, provider))
    return failed.value


@pytest.mark.parametrize("provider", PROVIDERS)
class TestEveryProvider:
    """What holds whoever speaks for the model."""

    def test_a_reply_comes_in_pieces_and_its_usage_last(
        self, server: ModelServer, provider: str
    ) -> None:
        """The pieces make the text; the server's own count of tokens is taken."""
        *pieces, usage = reply(server, provider)
        assert "".join(map(str, pieces)) == WRITTEN
        assert len(pieces) > 5
        assert usage == Usage(120, 30)

    def test_the_request_says_what_was_asked(self, server: ModelServer, provider: str) -> None:
        """The model, the instructions apart from the evidence, the limit, no temperature."""
        list(reply(server, provider))
        body = server.requests[0].body
        assert body["model"] == MODEL
        assert server.requests[0].user == EVIDENCE
        assert "Cite." in str(body.get("system") or body["messages"][0]["content"])
        asked = {**body, **body.get("options", {})}
        assert asked.get("max_tokens", asked.get("num_predict")) == 50
        assert asked["temperature"] == 0

    def test_a_piece_is_there_before_the_next_is_made(
        self, server: ModelServer, provider: str
    ) -> None:
        """Nothing waits for the whole reply."""
        server.behaves(plays.never_ending)
        assert next(iter(reply(server, provider))) == "and so on "

    def test_closing_it_ends_the_request(self, server: ModelServer, provider: str) -> None:
        """The server sees the connection closed while it still has something to say."""
        server.behaves(plays.never_ending)
        pieces = reply(server, provider)
        next(pieces)
        pieces.close()  # type: ignore[attr-defined]
        assert server.hung_up.wait(10)

    def test_a_reply_without_end_is_cut(self, server: ModelServer, provider: str) -> None:
        """Also where the server does not keep to the limit it was given."""
        server.behaves(plays.never_ending)
        error = failure(server, provider)
        assert "longer than it may be" in error.cause
        assert server.hung_up.wait(10)

    def test_a_reply_that_had_no_room_has_broken_off(
        self, server: ModelServer, provider: str
    ) -> None:
        """What there is comes, and what it took; then it is said that it is not whole."""
        server.behaves(plays.says("Peru asked", ended="length"))
        came: list[str | Usage] = []
        with pytest.raises(RequestFailed, match="longer than it may be"):
            came.extend(reply(server, provider))
        pieces = reply(server, provider)
        assert [next(pieces), next(pieces), next(pieces)] == ["Peru ", "asked", Usage(120, 30)]

    def test_a_dropped_connection_is_told_from_an_end(
        self, server: ModelServer, provider: str
    ) -> None:
        """Half a reply is not a whole one; what came stands."""
        server.behaves(plays.dropped_connection)
        pieces = reply(server, provider)
        assert [next(pieces), next(pieces)] == ["It was rep", "orted that"]
        with pytest.raises(RequestFailed, match="in the middle of its reply"):
            next(pieces)

    def test_what_is_no_json_is_a_failure(self, server: ModelServer, provider: str) -> None:
        """It does not come out as a reply, nor as an error of a library."""
        server.behaves(plays.malformed_json)
        assert failure(server, provider).status is None

    def test_silence_is_a_failure(self, server: ModelServer, provider: str) -> None:
        """After the time-out between two pieces."""
        server.behaves(plays.slow(3))
        model = open_bare(settings_for(server, provider, model_timeout=1))
        assert model is not None
        with pytest.raises(RequestFailed, match="said nothing for 1 s"):
            list(model.reply(PROMPT))

    def test_no_server_is_a_failure(self, server: ModelServer, provider: str) -> None:
        """Told with the address."""
        model = open_bare(settings_for(server, provider, model_url="http://127.0.0.1:9/v1"))
        assert model is not None
        with pytest.raises(
            RequestFailed, match=r"cannot be reached at http://127\.0\.0\.1:9"
        ) as failed:
            list(model.reply(PROMPT))
        assert failed.value.may_pass

    @pytest.mark.parametrize(
        ("status", "told", "passes"),
        [
            (401, "did not take the key", False),
            (403, "may not be used", False),
            (404, "There is no test-model", False),
            (418, "refused the request with status 418", False),
            (429, "takes no more requests", True),
            (500, "failed with status 500", True),
            (503, "failed with status 503", True),
        ],
    )
    def test_errors_are_told_apart(
        self, server: ModelServer, provider: str, status: int, told: str, passes: bool
    ) -> None:
        """By what can be done about them; in the server's words, without the key."""
        server.behaves(plays.fails(status, f"no good: {KEY}"))
        error = failure(server, provider)
        assert told in error.cause
        assert "no good" in error.cause
        assert KEY not in str(error)
        assert error.mend
        assert (error.status, error.may_pass) == (status, passes)

    def test_the_server_gets_the_key_and_nothing_of_the_environment(
        self, server: ModelServer, provider: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Keys and addresses that the libraries would look for lead nowhere."""
        for name in ("OPENAI", "ANTHROPIC", "OLLAMA"):
            monkeypatch.setenv(f"{name}_API_KEY", "sk-from-the-environment")
            monkeypatch.setenv(f"{name}_BASE_URL", "http://127.0.0.1:9")
        monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
        monkeypatch.setenv("OPENAI_ORG_ID", "org-from-the-environment")
        list(reply(server, provider))
        model = open_bare(settings_for(server, provider, model_key=""))
        assert model is not None
        list(model.reply(PROMPT))
        with_key, without = (str(request.headers) for request in server.requests)
        assert KEY in with_key
        assert "environment" not in with_key + without
        assert KEY not in without

    def test_a_redirect_is_not_followed(self, server: ModelServer, provider: str) -> None:
        """A key goes to the server that was set, and to no other."""
        server.behaves(plays.fails(307, "elsewhere", location=f"{server.address}/elsewhere"))
        assert failure(server, provider).status == 307
        assert len(server.requests) == 1


class TestOpenAI:
    """Servers with OpenAI's interface, of which no two take the same."""

    def test_a_schema_is_sent(self, server: ModelServer) -> None:
        """As OpenAI's structured output."""
        list(reply(server, "openai", SCHEMA))
        sent = server.requests[0].body["response_format"]
        assert sent["json_schema"]["schema"] == {"type": "object"}
        assert sent["json_schema"]["strict"] is True

    @pytest.mark.parametrize("message", ["", "bad request"])
    @pytest.mark.parametrize("part", ["response_format", "stream_options"])
    def test_what_a_server_does_not_take_is_left_out_and_remembered(
        self, server: ModelServer, part: str, message: str
    ) -> None:
        """Whether it names it or not; from then on it is not sent again."""
        server.behaves(plays.does_not_take(part, message))
        model = open_bare(settings_for(server))
        assert model is not None
        assert "It " in list(model.reply(SCHEMA))
        assert "It " in list(model.reply(SCHEMA))
        assert [part in request.body for request in server.requests] == [True, False, False]

    @pytest.mark.parametrize("part", ["temperature", "max_tokens"])
    def test_newer_models_get_their_own_names(self, server: ModelServer, part: str) -> None:
        """No temperature, and `max_completion_tokens`, where the server says so."""
        server.behaves(plays.does_not_take(part))
        assert "It " in list(reply(server, "openai"))
        body = server.requests[-1].body
        assert part not in body
        assert body.get("max_tokens", body.get("max_completion_tokens")) == 50

    def test_a_prompt_that_is_refused_changes_nothing(self, server: ModelServer) -> None:
        """Tried once more in vain, it leaves the next request as it would have been."""
        refused = plays.fails(400, "the prompt is too long")
        server.behaves(refused, refused, plays.good)
        model = open_bare(settings_for(server))
        assert model is not None
        with pytest.raises(RequestFailed, match="the prompt is too long"):
            list(model.reply(SCHEMA))
        list(model.reply(SCHEMA))
        assert "response_format" in server.requests[-1].body

    def test_tokens_are_counted_where_the_server_does_not(self, server: ModelServer) -> None:
        """Never too few, and it is said that they were counted here."""
        server.behaves(plays.says("It comes. [1]", usage=None))
        *_, usage = reply(server, "openai")
        assert isinstance(usage, Usage)
        assert usage.estimated
        assert usage.prompt_tokens >= len(PROMPT.user)
        assert usage.completion_tokens >= len("It comes. [1]")


def test_a_schema_goes_to_ollama(server: ModelServer) -> None:
    """As its own structured output."""
    list(reply(server, "ollama", SCHEMA))
    assert server.requests[0].body["format"] == {"type": "object"}


def test_signs_of_life_are_no_reply(server: ModelServer) -> None:
    """A server that is never silent and never done is given up, in its time for a whole."""
    server.behaves(lambda _request: plays.Reply(iter(lambda: "", None), pause=0.05))
    patience = Patience(0.1)
    provider = OpenAI(Server(f"{server.address}/v1", MODEL, KEY, 8192, patience))
    model = ServedModel(MODEL, 8192, provider, Where(MODEL, server.address, KEY, patience.seconds))
    with pytest.raises(RequestFailed, match="took too long as a whole"):
        list(model.reply(PROMPT))
