"""A model asked with care, against a real server and a real database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from assistant.models.breaker import FAILURES, PAUSE_SECONDS, CircuitBreaker
from assistant.models.careful import PAUSES, CarefulModel
from assistant.models.failure import RequestFailed
from assistant.models.model import Prompt, Usage
from assistant.models.opening import open_model
from assistant.models.replies import KeptReplies
from assistant.models.spending import DailyBudget
from corpus.errors import LanguageModelError
from corpus.schema import open_database
from tests.models import server as plays
from tests.models.conftest import settings_for
from tests.models.server import MODEL, ModelServer

PROMPT = Prompt("Cite.", "[1] Peru asked Chile for 3 boats.", 50)
WRITTEN = "Peru asked Chile for 3 boats. [1]"

OpenModel = Callable[..., CarefulModel]


@pytest.fixture
def slept() -> list[float]:
    """The seconds that would have been waited."""
    return []


@pytest.fixture
def open_on(server: ModelServer, engine: Engine, slept: list[float]) -> OpenModel:
    """Opens the model as the settings would; it waits for nothing."""

    def open_with(**more: Any) -> CarefulModel:
        model = open_model(settings_for(server, **more), engine)
        assert isinstance(model, CarefulModel)
        return replace(model, sleep=slept.append)

    return open_with


def text_of(model: CarefulModel, prompt: Prompt = PROMPT) -> str:
    return "".join(piece for piece in model.reply(prompt) if isinstance(piece, str))


def usage_of(model: CarefulModel, prompt: Prompt = PROMPT) -> Usage:
    *_, usage = model.reply(prompt)
    assert isinstance(usage, Usage)
    return usage


class TestRetries:
    """What may pass is tried again."""

    @pytest.mark.parametrize("status", [429, 500, 502, 503, 529])
    def test_a_failure_that_may_pass_is_tried_again(
        self, server: ModelServer, open_on: OpenModel, slept: list[float], status: int
    ) -> None:
        """After a pause; the reply comes as if nothing had been."""
        server.behaves(plays.fails(status), plays.good)
        assert text_of(open_on()) == WRITTEN
        assert slept == [PAUSES[0]]

    def test_not_for_ever(
        self, server: ModelServer, open_on: OpenModel, slept: list[float]
    ) -> None:
        """Three times, with longer pauses."""
        server.behaves(plays.fails(503))
        with pytest.raises(RequestFailed, match="503"):
            text_of(open_on())
        assert len(server.requests) == 3
        assert slept == list(PAUSES)

    def test_no_server_is_tried_again_too(self, open_on: OpenModel, slept: list[float]) -> None:
        """It may be starting."""
        with pytest.raises(RequestFailed, match="cannot be reached"):
            text_of(open_on(model_url="http://127.0.0.1:9/v1"))
        assert slept == list(PAUSES)

    @pytest.mark.parametrize("status", [400, 401, 404])
    def test_a_refusal_is_not_tried_again(
        self, server: ModelServer, open_on: OpenModel, slept: list[float], status: int
    ) -> None:
        """It would be refused again."""
        server.behaves(plays.fails(status))
        with pytest.raises(RequestFailed):
            text_of(open_on())
        assert not slept

    def test_nothing_is_tried_again_once_something_came(
        self, server: ModelServer, open_on: OpenModel, slept: list[float]
    ) -> None:
        """A reader would see it twice."""
        server.behaves(plays.dropped_connection, plays.good)
        came: list[str | Usage] = []
        with pytest.raises(RequestFailed):
            for piece in open_on().reply(PROMPT):
                came.append(piece)
        assert came == ["It was rep", "orted that"]
        assert len(server.requests) == 1

    def test_the_server_may_ask_for_more_time(
        self, server: ModelServer, open_on: OpenModel, slept: list[float]
    ) -> None:
        """By Retry-After."""
        server.behaves(plays.fails(429, retry_after="7"), plays.good)
        assert text_of(open_on()) == WRITTEN
        assert slept == [7]

    def test_but_not_for_more_than_anybody_waits(
        self, server: ModelServer, open_on: OpenModel, slept: list[float]
    ) -> None:
        """Then it is said when to ask again."""
        server.behaves(plays.fails(429, retry_after="120"))
        with pytest.raises(RequestFailed, match="Ask again in 120 seconds"):
            text_of(open_on())
        assert not slept


class TestBreaker:
    """A server that fails again and again is left alone."""

    @pytest.fixture
    def clock(self) -> list[float]:
        """The time, to be set."""
        return [0.0]

    @pytest.fixture
    def model(self, open_on: OpenModel, clock: list[float]) -> CarefulModel:
        """A model with that clock."""
        return replace(open_on(), breaker=CircuitBreaker(MODEL, lambda: clock[0]))

    def fail(self, model: CarefulModel, times: int) -> None:
        for n in range(times):
            with pytest.raises(LanguageModelError):
                text_of(model, replace(PROMPT, user=f"[1] {n}"))

    def test_it_is_not_asked_for_a_while(self, server: ModelServer, model: CarefulModel) -> None:
        """After so many failures in a row, and it is said so."""
        server.behaves(plays.fails(500))
        self.fail(model, FAILURES)
        asked = len(server.requests)
        with pytest.raises(LanguageModelError, match="left alone"):
            text_of(model)
        assert len(server.requests) == asked

    def test_one_request_decides_after_it(
        self, server: ModelServer, model: CarefulModel, clock: list[float]
    ) -> None:
        """It fails: another pause. It succeeds: all is as before."""
        server.behaves(plays.fails(500))
        self.fail(model, FAILURES)
        clock[0] += PAUSE_SECONDS
        self.fail(model, 1)
        with pytest.raises(LanguageModelError, match="left alone"):
            text_of(model)
        server.behaves(plays.good)
        clock[0] += PAUSE_SECONDS
        assert text_of(model) == WRITTEN
        server.behaves(plays.fails(500))
        self.fail(model, FAILURES - 1)
        server.behaves(plays.good)
        assert text_of(model, replace(PROMPT, most=51)) == WRITTEN

    def test_only_one(self, server: ModelServer, model: CarefulModel, clock: list[float]) -> None:
        """Others wait until it is known how it went; given up, it decides nothing."""
        server.behaves(plays.fails(500))
        self.fail(model, FAILURES)
        clock[0] += PAUSE_SECONDS
        server.behaves(plays.good)
        first = model.reply(PROMPT)
        next(first)
        with pytest.raises(LanguageModelError, match="left alone"):
            text_of(model)
        first.close()  # type: ignore[attr-defined]
        assert text_of(model) == WRITTEN

    def test_refusals_do_not_count(self, server: ModelServer, model: CarefulModel) -> None:
        """A server that refuses is well."""
        server.behaves(plays.fails(401))
        self.fail(model, FAILURES + 1)
        assert len(server.requests) == FAILURES + 1


class TestKeptReplies:
    """The same request is not sent twice."""

    def test_the_same_request_costs_nothing(self, server: ModelServer, open_on: OpenModel) -> None:
        """Also for a model that is opened anew."""
        prices = {"model_input_price": 2, "model_output_price": 10}
        assert usage_of(open_on(**prices)) == Usage(120, 30, cost=0.00054)
        again = open_on(**prices)
        assert text_of(again) == WRITTEN
        assert usage_of(again) == Usage(120, 30, cost=0.0, cached=True)
        assert len(server.requests) == 1

    @pytest.mark.parametrize(
        "other",
        [
            replace(PROMPT, system="Cite well."),
            replace(PROMPT, user="[1] Chile may agree."),
            replace(PROMPT, most=51),
            replace(PROMPT, schema={"type": "object"}),
        ],
    )
    def test_another_request_is_sent(
        self, server: ModelServer, open_on: OpenModel, other: Prompt
    ) -> None:
        """Whatever about it is another."""
        text_of(open_on())
        text_of(open_on(), other)
        assert len(server.requests) == 2

    def test_another_model_is_asked(self, server: ModelServer, open_on: OpenModel) -> None:
        """What one said is not put into another's mouth."""
        text_of(open_on())
        text_of(open_on(model="other"))
        assert len(server.requests) == 2

    @pytest.mark.parametrize(
        "behaviour",
        [plays.dropped_connection, plays.says("Peru asked", ended="length"), plays.never_ending],
    )
    def test_only_whole_replies_are_kept(
        self, server: ModelServer, open_on: OpenModel, behaviour: plays.Behaviour
    ) -> None:
        """Half a one would be half for ever."""
        server.behaves(behaviour, plays.good)
        with pytest.raises(RequestFailed):
            text_of(open_on())
        assert text_of(open_on()) == WRITTEN

    def test_one_that_was_given_up_is_not_kept(
        self, server: ModelServer, open_on: OpenModel
    ) -> None:
        """Neither is it whole."""
        given_up = open_on().reply(PROMPT)
        next(given_up)
        given_up.close()  # type: ignore[attr-defined]
        assert text_of(open_on()) == WRITTEN

    def test_the_oldest_go(self, engine: Engine) -> None:
        """There are never more than so many."""
        kept = KeptReplies(engine, ("openai", "there", MODEL), most=3)
        prompts = [replace(PROMPT, user=str(n)) for n in range(5)]
        for prompt in prompts:
            kept.keep(prompt, prompt.user, Usage(1, 1))
        found = [kept.find(prompt) for prompt in prompts]
        assert [reply.text if reply else None for reply in found] == [None, None, "2", "3", "4"]


class TestBudget:
    """So many tokens a day."""

    def test_no_request_goes_beyond_it(self, server: ModelServer, open_on: OpenModel) -> None:
        """Refused before it is sent, with when to ask again."""
        with pytest.raises(LanguageModelError, match=r"Ask again tomorrow"):
            text_of(open_on(model_daily_tokens=100))
        assert not server.requests

    def test_what_was_booked_and_not_used_is_given_back(
        self, server: ModelServer, open_on: OpenModel
    ) -> None:
        """A day has room for as many replies as the server's count says."""
        model = open_on(model_daily_tokens=1000)
        for n in range(4):
            text_of(model, replace(PROMPT, user=f"[1] {n}"))
        with pytest.raises(LanguageModelError, match="1000 tokens"):
            text_of(model, replace(PROMPT, user="[1] last"))
        assert len(server.requests) == 4

    @pytest.mark.parametrize("behaviour", [plays.fails(500), plays.fails(401)])
    def test_a_request_that_was_not_taken_costs_nothing(
        self, server: ModelServer, open_on: OpenModel, behaviour: plays.Behaviour
    ) -> None:
        """It can be repeated all day."""
        server.behaves(behaviour)
        model = open_on(model_daily_tokens=600)
        for n in range(2):
            with pytest.raises(RequestFailed):
                text_of(model, replace(PROMPT, user=f"[1] {n}"))

    def test_half_a_reply_costs_what_there_was(
        self, server: ModelServer, open_on: OpenModel
    ) -> None:
        """Whoever broke off, the server has read and written."""
        model = open_on(model_daily_tokens=520)
        server.behaves(plays.dropped_connection)
        with pytest.raises(RequestFailed):
            text_of(model)
        with pytest.raises(LanguageModelError, match="used too much"):
            text_of(model)

    def test_it_holds_for_all_processes_and_begins_anew_each_day(self, tmp_path: Path) -> None:
        """Two that share the database share the day."""
        one, other = (open_database(tmp_path / "attache.db") for _ in range(2))
        days = [dt.date(2022, 10, 10)]
        budgets = [DailyBudget(engine, MODEL, 100, lambda: days[0]) for engine in (one, other)]
        booking = budgets[0].book(60)
        with pytest.raises(LanguageModelError):
            budgets[1].book(60)
        budgets[0].settle(booking, 30)
        budgets[1].book(60)
        days[0] = dt.date(2022, 10, 11)
        budgets[0].book(100)
        # Of yesterday: it does not make room today.
        budgets[0].settle(booking, 0)
        with pytest.raises(LanguageModelError):
            budgets[1].book(1)
        one.dispose()
        other.dispose()
