"""Legal notices, and news of the law."""

from __future__ import annotations

import pytest

from corpus.briefing import TextBlock
from corpus.furniture.notices import without_notices

NEWS = "The river is high in Rosario. Barges can load to nine feet again."
NOTICE = (
    "No warranty, express or implied, is given as to the accuracy of this article, and no "
    "liability is accepted for reliance on it."
)
ADVICE = "It is provided for information only and does not constitute investment advice."


def _kept(*texts: str) -> list[str]:
    return [block.text for block in without_notices([TextBlock(text) for text in texts])]


@pytest.mark.parametrize(
    "heading",
    ["Important Notice", "DISCLAIMER", "Legal notice:", "Aviso legal", "Haftungsausschluss"],
)
def test_headed_notice_goes_with_all_its_paragraphs(heading: str) -> None:
    """A heading that says so goes with the legal paragraphs below it."""
    assert _kept(NEWS, heading, NOTICE, ADVICE) == [NEWS]


def test_text_below_a_notice_stays() -> None:
    """The first paragraph that is not legal ends the notice."""
    assert _kept("Disclaimer", NOTICE, NEWS) == [NEWS]


def test_heading_without_a_notice_stays() -> None:
    """A heading that only sounds like one stays with its text."""
    assert _kept("Important notice", NEWS) == ["Important notice", NEWS]


def test_notice_in_one_paragraph_goes() -> None:
    """A notice that begins with its heading goes."""
    assert _kept(NEWS, f"Disclaimer: {ADVICE}") == [NEWS]


def test_notice_without_heading_goes() -> None:
    """A paragraph that speaks of itself in nothing but legal terms goes."""
    confidential = (
        "This message is confidential and intended for its recipient only. If you are not the "
        "addressee, delete it and notify the sender; no liability is accepted for its accuracy."
    )
    assert _kept(NEWS, NOTICE, confidential) == [NEWS]


def test_spanish_notice_goes() -> None:
    """A notice in Spanish goes."""
    notice = (
        "Este documento tiene carácter meramente informativo y no constituye asesoramiento. No se "
        "garantiza su exactitud y se declina toda responsabilidad."
    )
    assert _kept("Aviso legal", notice) == []


def test_news_of_a_court_case_stays() -> None:
    """Prose about liability and warranties stays, however many such words it has."""
    news = (
        "The court found that the warranty was express, that liability lay with the officers and "
        "that the disclaimer and the representations were not made in good faith."
    )
    assert _kept("Court rejects claim", news) == ["Court rejects claim", news]
