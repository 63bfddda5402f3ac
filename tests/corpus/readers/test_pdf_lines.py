"""Running heads and feet of pages."""

from __future__ import annotations

from corpus.readers.pdf_lines import Line, without_running_lines


def _page(*texts: str) -> list[Line]:
    """Lines from the page's top downward, 20 points apart."""
    return [
        Line(text, 50, 300, 800 - 20 * at, 810 - 20 * at) for at, text in enumerate(texts, start=1)
    ]


def _texts(*pages: list[Line]) -> list[list[str]]:
    return [[line.text for line in page] for page in without_running_lines(list(pages))]


def test_line_at_the_top_of_every_page_goes() -> None:
    """A head that pages share is left out, whatever its number."""
    assert _texts(
        _page("Weekly, page 1", "First text."), _page("Weekly, page 2", "Second text.")
    ) == [["First text."], ["Second text."]]


def test_line_of_one_page_stays() -> None:
    """A page's own first line stays."""
    assert _texts(_page("Weekly", "First."), _page("Monthly", "Second.")) == [
        ["Weekly", "First."],
        ["Monthly", "Second."],
    ]


def test_page_numbers_go_from_a_single_page() -> None:
    """A bare number at the foot goes even where there is one page."""
    assert _texts(_page("Text.", "- 1 -")) == [["Text."]]


def test_number_in_the_text_stays() -> None:
    """A bare number between lines of text is text."""
    assert _texts(_page("There were", "41", "ships.")) == [["There were", "41", "ships."]]


def test_text_below_a_head_that_is_no_head_stays() -> None:
    """Lines are left out from the edge inward only: equal lines further in stay."""
    pages = [_page("Peru", "Outlook", "Text."), _page("Chile", "Outlook", "Other.")]
    assert _texts(*pages) == [["Peru", "Outlook", "Text."], ["Chile", "Outlook", "Other."]]
