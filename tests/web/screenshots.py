"""Take the pictures of the documentation from a running chat over the sample briefings.

attache serve --home /tmp/attache-pictures --no-browser &
python -m tests.web.screenshots http://127.0.0.1:7860 docs/images

What a language model writes is shown with one that writes what it is told to.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from assistant.assembly import open_desk
from assistant.settings import load
from tests.assistant.model_made import ScriptedModel, writing
from tests.serving import serving

QUESTIONS = ("What did Peru ask the US for?", "And Chile?")
# A question, and what a model makes of it: a statement and the words it leans on.
WRITTEN = "When did the port of Chancay open?"
BORNE = (
    "The port of Chancay was opened on 14 November by Xi Jinping and Dina Boluarte.",
    "opened the port",
)
NOT_BORNE = ("The port of Chancay was opened for $5.3bn.", "opened the port")
UNANSWERED = "What did Bolivia ask the US for?"
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


def main(address: str, folder: Path, questions: Sequence[str]) -> None:
    """Write light, dark, phone, refusal and written pictures into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for name, window, scheme in (
            ("light", DESK, "light"),
            ("dark", DESK, "dark"),
            ("phone", PHONE, "light"),
        ):
            page = _open(browser, address, window, scheme)
            for question in questions:
                _ask(page, question)
            page.locator(".turn .said .cite").first.click()
            page.wait_for_selector("#source mark.quoted")
            _picture(page, folder / f"{name}.png")
        page = _open(browser, address, DESK, "light")
        _ask(page, UNANSWERED)
        # Better no picture than one of an answer to what the briefings do not say.
        page.wait_for_selector(".turn .refusal", timeout=5000)
        _picture(page, folder / "refusal.png")
        with _written_address() as written:
            page = _open(browser, written, DESK, "light")
            _ask(page, WRITTEN)
            page.locator(".dropped summary").click(timeout=5000)
            page.locator(".turn .said .cite").first.click()
            page.wait_for_selector("#source mark.quoted")
            _picture(page, folder / "written.png")
        browser.close()


@contextmanager
def _written_address() -> Iterator[str]:
    """The address of a chat over the sample briefings that a model writes in."""
    from assistant.api import create_app

    model = ScriptedModel(BORNE, NOT_BORNE)
    with (
        tempfile.TemporaryDirectory() as home,
        open_desk(load(home=Path(home), samples=True)) as desk,
        serving(create_app(replace(desk, assistant=writing(desk.assistant, model)))) as address,
    ):
        yield address


def _open(browser: Browser, address: str, window: dict[str, int], scheme: str) -> Page:
    context = browser.new_context(viewport=window, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".welcome")
    return page


def _ask(page: Page, question: str) -> None:
    turns = page.locator(".turn").count()
    page.locator("#question textarea:enabled").fill(question)
    page.keyboard.press("Enter")
    page.wait_for_function(
        "turns => document.querySelectorAll('.turn').length > turns"
        " && !document.querySelector('.turn .status')",
        arg=turns,
    )


def _picture(page: Page, file: Path) -> None:
    # Neither the pointer nor the panel's rising belongs into the picture.
    page.mouse.move(0, 0)
    page.wait_for_timeout(400)
    page.screenshot(path=file)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:] or QUESTIONS)
