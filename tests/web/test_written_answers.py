"""Answers that a language model writes, in a real browser: as they come, stopped, and explained."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import expect

from assistant import messages
from assistant.assembly import Desk
from assistant.models.model import Prompt, Usage
from tests.assistant.model_made import PATIENCE, ScriptedModel, writing

BOTH = "Which countries asked the United States?"
PERU = ("Peru asked the United States for fertiliser and helicopters.", "Peru asked")
CHILE = ("Chile asked the United States for lithium investment.", "Chile asked")
HARM = "<img src=x onerror=window.harmed=1>"
WRONG = (f"Peru asked the United States for 99 {HARM} helicopters.", "Peru asked")

Open = Callable[..., Any]


class Model:
    """A language model that does as the test at hand says."""

    name = ScriptedModel.name
    context = ScriptedModel.context

    def __init__(self) -> None:
        self.script = ScriptedModel()

    def count(self, text: str) -> int:
        """As it counts."""
        return self.script.count(text)

    def reply(self, prompt: Prompt) -> Iterator[str | Usage]:
        """What it is to write."""
        return self.script.reply(prompt)


@pytest.fixture(scope="module")
def model() -> Model:
    return Model()


@pytest.fixture(scope="module")
def written_desk(desk: Desk, model: Model) -> Desk:
    """The library of the other tests, with a model that writes."""
    return replace(desk, assistant=writing(desk.assistant, model))


@pytest.fixture(scope="module")
def address(written_desk: Desk) -> Iterator[str]:
    """The address of a server that answers with the model."""
    from assistant.api import create_app
    from tests.serving import serving

    with serving(create_app(written_desk)) as address:
        yield address


def test_statements_come_one_by_one(chat: Any, model: Model) -> None:
    """The first can be read, and its source opened, while the second is being written."""
    goes_on = threading.Event()

    def before(written: int) -> None:
        if written == 1:
            goes_on.wait(PATIENCE)

    model.script = ScriptedModel(PERU, CHILE, before=before)
    chat.begin(BOTH)
    said = chat.page.locator(f"{chat.last} .said p")
    expect(said).to_have_count(1)
    expect(said).to_contain_text(PERU[0])
    expect(chat.page.locator(f"{chat.last} .status")).to_have_text(
        f"Writing and checking with {model.name}"
    )
    expect(chat.page.locator("#question textarea")).to_be_disabled()
    said.locator(".cite").click()
    assert "Peru asked" in chat.quoted()
    goes_on.set()
    chat.wait_for_turn(1)
    expect(said).to_have_count(2)
    expect(chat.page.locator(f"{chat.last} .notice")).to_have_count(0)
    expect(chat.page.locator("#question textarea")).to_be_enabled()
    expect(chat.page.locator("#question .stop-button")).to_have_count(0)
    details = chat.page.locator(f"{chat.last} details.made")
    details.locator("summary").click()
    expect(details).to_contain_text(f"by {model.name}, checked against the quotes")
    expect(details).to_contain_text("1,204 read, 56 written")


@pytest.mark.parametrize("by", ["click", "key"])
def test_stopped_what_was_verified_stays(chat: Any, model: Model, by: str) -> None:
    """In view and in the conversation, with a word that it is not whole; the model ends."""
    model.script = script = ScriptedModel(PERU, is_endless=True)
    chat.begin(BOTH)
    expect(chat.page.locator(f"{chat.last} .said p")).to_have_count(1)
    if by == "click":
        chat.page.get_by_role("button", name=messages.WEB_STOP, exact=True).click()
    else:
        chat.page.keyboard.press("Escape")
    chat.wait_for_turn(1)
    assert script.closed.wait(PATIENCE)
    assert not script.finished.is_set()
    for _ in range(2):
        expect(chat.page.locator(f"{chat.last} .said")).to_contain_text(PERU[0])
        expect(chat.page.locator(f"{chat.last} .notice")).to_have_text(messages.MODEL_STOPPED)
        expect(chat.page.locator("#question textarea")).to_be_enabled()
        chat.page.reload()
        chat.page.wait_for_selector(".said")
    # Gradio reports that the reload cut off the stream on which it listens.
    chat.errors.clear()


def test_stopped_before_a_word_the_question_is_given_back(chat: Any, model: Model) -> None:
    """A model that is still reading is not waited for."""
    goes_on = threading.Event()
    model.script = ScriptedModel(PERU, before=lambda _: goes_on.wait(PATIENCE) and None)
    chat.begin(BOTH)
    expect(chat.page.locator(".status")).to_contain_text("Writing and checking")
    chat.page.get_by_role("button", name=messages.WEB_STOP, exact=True).click()
    expect(chat.page.locator(f"{chat.last} .notice")).to_have_text(messages.MODEL_STOPPED)
    box = chat.page.locator("#question textarea")
    expect(box).to_have_value(BOTH)
    goes_on.set()
    model.script = ScriptedModel(PERU)
    box.press("Enter")
    expect(chat.page.locator(".said p").first).to_contain_text(PERU[0])
    chat.wait_for_turn(1)


def test_a_window_that_is_closed_ends_the_reply(open_chat: Open, model: Model) -> None:
    """Nobody is left to read it."""
    model.script = script = ScriptedModel(is_endless=True)
    chat = open_chat()
    chat.begin(BOTH)
    expect(chat.page.locator(".status")).to_contain_text("Writing and checking")
    chat.page.close()
    assert script.closed.wait(PATIENCE)
    assert not script.finished.is_set()


def test_what_was_dropped_is_there_for_who_asks(chat: Any, model: Model) -> None:
    """Struck through, with the reason, as text whatever it says; open until it is closed."""
    model.script = ScriptedModel(PERU, WRONG, CHILE)
    chat.ask(BOTH)
    expect(chat.page.locator(f"{chat.last} .said")).not_to_contain_text("99")
    dropped = chat.page.locator(".turn:first-child details.dropped")
    expect(dropped.locator("summary")).to_have_text(messages.dropped_of(1))
    expect(dropped.locator("del")).to_be_hidden()
    dropped.locator("summary").click()
    expect(dropped.locator("del")).to_have_text(WRONG[0])
    expect(dropped.locator(".why")).to_contain_text("99")
    chat.ask("When did the envoy listen?")
    expect(dropped.locator("del")).to_be_visible()
    dropped.locator("summary").click()
    expect(dropped.locator("del")).to_be_hidden()
    expect(chat.page.locator(".turns :is(script, img, b, a)")).to_have_count(0)
    assert chat.page.evaluate("window.harmed") is None


def test_nothing_is_asked_beside_an_answer_in_the_making(chat: Any, model: Model) -> None:
    """Buttons of earlier answers wait, and so does a new conversation."""
    model.script = ScriptedModel(PERU)
    chat.ask("What did Peru ask the United States for?")
    model.script = ScriptedModel(PERU, is_endless=True)
    chat.begin(BOTH)
    expect(chat.page.locator(f"{chat.last} .status")).to_have_text(re.compile("Writing"))
    chat.page.locator(".turn:first-child .narrowing").first.click()
    chat.page.locator("#masthead .new").click()
    expect(chat.page.locator(".turn")).to_have_count(2)
    chat.page.keyboard.press("Escape")
    chat.wait_for_turn(2)
