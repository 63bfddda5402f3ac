"""Take the pictures of the documentation from a running chat over the sample briefings.

attache serve --home /tmp/attache-pictures --no-browser &
python tests/web/screenshots.py http://127.0.0.1:7860 docs/images
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

QUESTIONS = ("What did Peru ask the US for?", "And Chile?")
UNANSWERED = "What did Bolivia ask the US for?"
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


def main(address: str, folder: Path, questions: Sequence[str]) -> None:
    """Write light, dark, phone and refusal pictures into `folder`."""
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
        browser.close()


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
