"""The chat in a real browser: what is asked, what is seen, where a click leads."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from assistant import messages

PERU = "What did Peru ask the United States for?"
PERU_SAYS = "Peru asked the United States for helicopters and fertiliser."
CHILE_SAYS = "Chile asked the United States for investment in lithium."
BOTH = "Which countries asked the United States?"
HARM = "What did the smugglers of Tumaco hide?"

Open = Callable[..., Any]


def is_in_view(chat: Any) -> bool:
    """Whether all marked words lie inside the panel's visible part."""
    return bool(
        chat.page.evaluate(
            """() => {
              const frame = document.querySelector('#source .reading').getBoundingClientRect();
              return [...document.querySelectorAll('#source mark.quoted')].every((mark) => {
                const box = mark.getBoundingClientRect();
                return box.top >= frame.top && box.bottom <= Math.min(frame.bottom, innerHeight)
                  && box.left >= frame.left && box.right <= frame.right;
              });
            }"""
        )
    )


def test_a_click_on_a_number_shows_the_quoted_words(chat: Any) -> None:
    """The words marked in the panel are the citation's quote, and they are in view."""
    chat.ask(PERU)
    chat.page.locator(f"{chat.last} .said .cite").click()
    assert chat.quoted() == PERU_SAYS
    assert is_in_view(chat)
    source = chat.page.locator("#source")
    for words in ("Envoys in the Andes", "10 October 2022", "The Andean Desk", "Diplomacy"):
        expect(source.locator(".briefing")).to_contain_text(words)
    expect(source.locator(".standfirst")).to_have_text("Three capitals in four days.")
    expect(source.locator(".place")).to_contain_text("page 3")
    expect(source.locator("h3").first).to_have_text("What the governments wanted")
    assert source.locator("td").all_text_contents() == ["Peru", "Helicopters", "Chile", "Money"]
    assert source.locator(".lines li").count() == 3
    expect(source.locator(".read a")).to_have_attribute("href", "https://briefings.example/envoys")


def test_a_briefings_text_is_shown_whole_and_to_the_letter(chat: Any, desk: Any) -> None:
    """Nothing of a paragraph is lost or added, marks and astral characters notwithstanding."""
    chat.ask(PERU)
    chat.page.locator(f"{chat.last} .said .cite").click()
    chat.quoted()
    briefing = desk.library.find("sample:envoys")
    shown = chat.page.locator("#source .briefing > p:not([class])").all_text_contents()
    assert shown == [b.span.of(briefing.body) for b in briefing.blocks if b.kind == "paragraph"]


def test_a_follow_up_is_searched_as_a_whole_question(chat: Any) -> None:
    """What is left out in "And Chile?" comes from what was asked before, and is shown."""
    chat.ask(PERU)
    chat.ask("And Chile?")
    expect(chat.page.locator(f"{chat.last} .searched")).to_have_text(
        "Searched as: What did Chile ask the United States for?"
    )
    expect(chat.page.locator(f"{chat.last} .said")).to_contain_text(CHILE_SAYS)


def test_several_quotes_of_one_briefing_lead_to_one_another(chat: Any) -> None:
    """The quote that is open is marked strongly, the others lightly; arrows walk through them."""
    chat.ask(BOTH)
    numbers = chat.page.locator(f"{chat.last} .said .cite")
    expect(numbers).to_have_count(2)
    numbers.first.click()
    first = chat.quoted()
    second = chat.page.locator("#source mark.also").text_content()
    assert {first, second} == {PERU_SAYS, CHILE_SAYS}
    chat.page.locator("#source .next").click()
    expect(chat.page.locator("#source mark.quoted")).to_have_text(second)
    expect(chat.page.locator("#source .place")).to_contain_text("Citation 2 of 2")
    chat.page.locator("#source mark.quoted").focus()
    chat.page.keyboard.press("ArrowLeft")
    expect(chat.page.locator("#source mark.quoted")).to_have_text(first)


def test_a_refusal_says_why_and_leads_to_the_nearest_words(chat: Any) -> None:
    """It looks unlike an answer, has no numbers, and its passages open like citations."""
    chat.ask("How many helicopters did Peru buy in Lima last winter?")
    refusal = chat.page.locator(f"{chat.last} .refusal")
    expect(refusal.locator("h3")).to_have_text(re.compile("The briefings do not say"))
    expect(chat.page.locator(f"{chat.last} .cite")).to_have_count(0)
    near = refusal.locator(".near").first
    quote = near.locator("q").text_content()
    near.click()
    assert chat.quoted() == quote
    assert is_in_view(chat)


def test_the_keyboard_alone_suffices(chat: Any) -> None:
    """Ask with Enter, reach the number with Tab, open it, read, and come back with Escape."""
    expect(chat.page.locator("#question textarea")).to_be_focused()
    chat.page.keyboard.type(PERU)
    chat.page.keyboard.press("Enter")
    chat.wait_for_turn(1)
    expect(chat.page.locator("#question textarea")).to_be_focused()
    number = chat.page.locator(f"{chat.last} .said .cite")
    for _ in range(10):
        chat.page.keyboard.press("Shift+Tab")
        if number.evaluate("e => e === document.activeElement"):
            break
    expect(number).to_be_focused()
    expect(chat.page.locator("#glimpse")).to_contain_text("helicopters")
    chat.page.keyboard.press("Enter")
    assert chat.quoted() == PERU_SAYS
    expect(chat.page.locator("#source mark.quoted")).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(chat.page.locator("#source")).to_be_hidden()
    expect(number).to_be_focused()
    chat.page.keyboard.press(" ")
    expect(chat.page.locator("#source")).to_be_visible()


def test_on_a_phone_the_panel_lies_over_the_page(open_chat: Open) -> None:
    """Nothing is wider than the screen; the panel comes from below and goes again."""
    chat = open_chat(viewport={"width": 390, "height": 844}, has_touch=True)
    chat.ask(PERU)
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= 390
    chat.page.locator(f"{chat.last} .said .cite").tap()
    assert chat.quoted() == PERU_SAYS
    chat.page.wait_for_function(
        "document.querySelector('#source').getAnimations().every(a => a.playState === 'finished')"
    )
    assert is_in_view(chat)
    panel = chat.page.locator("#source").bounding_box()
    assert panel["width"] == 390
    assert panel["y"] + panel["height"] == 844
    chat.page.locator("#source .close").tap()
    expect(chat.page.locator("#source")).to_be_hidden()


def test_dark_follows_the_system(open_chat: Open) -> None:
    """Dark paper and light ink where the system is dark, the other way round where not."""
    lightness = """() => ['backgroundColor', 'color'].map((property) =>
      Number(getComputedStyle(document.body)[property].match(/\\d+/)[0]))"""
    paper, ink = open_chat(color_scheme="dark").page.evaluate(lightness)
    assert paper < 60 < 180 < ink
    paper, ink = open_chat(color_scheme="light").page.evaluate(lightness)
    assert ink < 60 < 180 < paper


def test_harmful_text_does_nothing(chat: Any) -> None:
    """Scripts, handlers, links, images, forged numbers and turned text of a briefing are text."""
    chat.ask(HARM)
    said = chat.page.locator(f"{chat.last} .said")
    for words in ("<script>window.harmed=1</script>", "[9]", "![a](http://evil", "${window", "{{"):
        expect(said).to_contain_text(words)
    expect(said.locator(".odd")).to_have_text("U+202E")
    expect(said.locator(".cite")).to_have_count(1)
    said.locator(".cite").hover()
    expect(chat.page.locator("#glimpse")).to_contain_text("<script>")
    said.locator(".cite").click()
    assert "<script>" in chat.quoted()
    expect(chat.page.locator("#source h2")).to_have_text("Harm <img src=x onerror=window.harmed=1>")
    strange = "#source :is(script, img, b), .turns :is(script, img, b, a)"
    expect(chat.page.locator(strange)).to_have_count(0)
    chat.ask("<img src=x onerror=window.harmed=1>")
    assert chat.page.evaluate("window.harmed") is None
    assert "\u202e" not in chat.page.locator("body").inner_text()


def test_a_link_that_is_not_of_the_web_is_not_shown(chat: Any) -> None:
    """A briefing may name any address as its own."""
    chat.ask("What did Bolivia sell to Germany?")
    chat.page.locator(f"{chat.last} .said .cite").click()
    chat.quoted()
    expect(chat.page.locator("#source a")).to_have_count(0)


def test_the_way_is_shown_while_it_is_gone(chat: Any, ranker: Any) -> None:
    """What is being read is said, the question stands there, and the box waits."""
    ranker.gate.clear()
    release = threading.Timer(15, ranker.gate.set)
    release.start()
    try:
        chat.page.locator("#question textarea").fill(PERU)
        chat.page.keyboard.press("Enter")
        expect(chat.page.locator(".status")).to_have_text(
            re.compile(r"Reading \d+ passages? of \d briefings?")
        )
        expect(chat.page.locator(".turn .asked")).to_have_text(PERU)
        expect(chat.page.locator("#question textarea")).to_be_disabled()
    finally:
        release.cancel()
        ranker.gate.set()
    chat.wait_for_turn(1)
    expect(chat.page.locator("#question textarea")).to_be_enabled()


def test_an_error_says_what_to_do_and_gives_the_question_back(chat: Any) -> None:
    """Too long a question is not lost."""
    chat.ask(PERU)
    question = "Why? " * 1000
    chat.ask(question)
    expect(chat.page.locator(f"{chat.last} .failure")).to_contain_text(
        messages.QUESTION_TOO_LONG_MEND
    )
    expect(chat.page.locator("#question textarea")).to_have_value(question)
    expect(chat.page.locator(".said")).to_have_count(1)


def test_a_reload_goes_on_with_the_conversation(chat: Any) -> None:
    """The address keeps it, citations still open, and a new one can be begun."""
    chat.ask(PERU)
    chat.page.wait_for_url(re.compile(r"\?c=[0-9a-f]{16}$"))
    chat.page.reload()
    chat.page.wait_for_selector(".said")
    # Gradio reports that the reload cut off the stream on which it listens.
    chat.errors.clear()
    chat.ask("And Chile?")
    expect(chat.page.locator(".turn")).to_have_count(2)
    chat.page.locator(".turn .said .cite").first.click()
    assert chat.quoted() == PERU_SAYS
    chat.page.locator("#masthead .new").click()
    expect(chat.page.locator(".welcome")).to_be_visible()
    expect(chat.page.locator("#source")).to_be_hidden()
    assert "?" not in chat.page.url


def test_an_unknown_conversation_is_said_to_be_unknown(open_chat: Open) -> None:
    """A link to what is not there leads to a new conversation, with a word on why."""
    chat = open_chat("?c=0000000000000000")
    expect(chat.page.locator(".failure")).to_contain_text("no conversation")
    expect(chat.page.locator(".welcome")).to_be_visible()


def test_an_address_can_ask(open_chat: Open) -> None:
    """`?q=` asks when the page opens."""
    chat = open_chat("?q=What+did+Peru+ask+the+United+States+for%3F")
    expect(chat.page.locator(".said")).to_contain_text(PERU_SAYS)


def test_what_narrows_an_answer_can_be_taken_away_and_put_back(chat: Any) -> None:
    """A chip for each; by keyboard, a question is asked again without it, and with it."""
    chat.ask("What did Peru ask the United States for in 2019?")
    expect(chat.page.locator(f"{chat.last} .refusal")).to_be_visible()
    chips = chat.page.locator(f"{chat.last} .narrowing")
    assert chips.all_text_contents() == ["in 2019", "Peru", "United States"]
    chip = chips.first
    expect(chip).to_have_accessible_name("Ask again without “in 2019”")
    chip.focus()
    chat.page.keyboard.press("Enter")
    chat.wait_for_turn(2)
    expect(chat.page.locator(f"{chat.last} .said")).to_contain_text(PERU_SAYS)
    left_out = chat.page.locator(f"{chat.last} .narrowing.left-out")
    expect(left_out).to_have_accessible_name("Ask again with “in 2019”")
    left_out.click()
    chat.wait_for_turn(3)
    expect(chat.page.locator(f"{chat.last} .refusal")).to_be_visible()


def test_a_question_that_can_mean_two_things_offers_both(chat: Any) -> None:
    """A click on one of them asks it."""
    chat.ask("What did Congo export?")
    choices = chat.page.locator(f"{chat.last} .refusal .ask")
    expect(choices).to_have_count(2)
    choice = choices.filter(has_text="Democratic")
    question = choice.text_content()
    choice.click()
    chat.wait_for_turn(2)
    expect(chat.page.locator(f"{chat.last} .asked")).to_have_text(question)
    expect(chat.page.locator(f"{chat.last} .said")).to_contain_text("cobalt")


def test_an_example_asks_itself(chat: Any) -> None:
    """A click on an example is a question."""
    example = chat.page.locator(".welcome .ask").first
    question = example.text_content()
    example.click()
    chat.wait_for_turn(1)
    expect(chat.page.locator(".turn .asked")).to_have_text(question)


def test_a_briefing_that_is_gone_is_said_to_be_gone(chat: Any, desk: Any) -> None:
    """A citation of a removed briefing opens the panel with the reason."""
    chat.ask(PERU)
    number = chat.page.locator(f"{chat.last} .said .cite")
    number.evaluate("button => { button.dataset.version = 'none'; }")
    # The browser reports every answer of 404; here it is wanted.
    number.click()
    expect(chat.page.locator("#source .failure")).to_contain_text("has no version")
    chat.errors.clear()


def test_the_page_is_ours_alone(chat: Any) -> None:
    """Nothing of Gradio's own frame is left to see."""
    expect(chat.page.locator("footer")).to_have_count(0)
    assert chat.page.title() == "Attaché"
    assert "gradio" not in chat.page.locator("body").inner_text().lower()
