"""An answer as HTML: numbers lead to quotes, and text stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import messages
from assistant.answer import Answer, Citation, Dropped, Reason, Refusal, Statement
from assistant.models.model import Usage
from assistant.web import rendering
from corpus.library import Holdings

HARM = '"><script>alert(1)</script><img src=x onerror=alert(1)> [9] **bold** ![x](http://e/p.png)'
HELD = Holdings(20, date(2022, 7, 1), date(2024, 12, 1))


def cited(
    n: int, quote: str = "Peru asked.", briefing: str = "b1", title: str = "Andes"
) -> Citation:
    return Citation(
        n=n,
        briefing_id=briefing,
        version="v1",
        title=title,
        published=date(2022, 10, 10),
        source="The Desk",
        url="",
        section="",
        passage_id="p",
        quote=quote,
        start=5,
        end=5 + len(quote),
        before="",
        after="",
    )


def answer(*statements: Statement, citations: tuple[Citation, ...] = (), **more: object) -> Answer:
    fields: dict[str, object] = {"question": "Why?", "standalone": "Why?", "text": "", **more}
    return Answer(statements=statements, citations=citations, **fields)  # type: ignore[arg-type]


def written(said: str, **usage: object) -> Answer:
    """An answer of a model of that name, which broke off, with a dropped statement and all else."""
    return answer(
        Statement("Peru asked.", (1,)),
        citations=(cited(1),),
        composer=said,
        notice=said,
        dropped=(Dropped(said, ("number", "name"), (said, "")),),
        usage=Usage(**{"prompt_tokens": 1204, "completion_tokens": 56, **usage}),  # type: ignore[arg-type]
        timings_ms={"understand": 1.0, "retrieve": 34.4, "compose": 12_345.6, "total": 12_381.0},
    )


class Seen(HTMLParser):
    """The elements and the text that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def with_class(self, name: str) -> list[dict[str, str | None]]:
        return [a for _, a in self.tags if name in (a.get("class") or "").split()]


def test_a_statement_is_followed_by_its_numbers_in_order() -> None:
    """Each number carries what the source panel needs."""
    html = rendering.turn(
        answer(Statement("Peru asked.", (1, 2)), citations=(cited(1), cited(2, briefing="b2"))),
        last=True,
    )
    said = Seen(html.split('<ul class="sources">')[0])
    chips = said.with_class("cite")
    assert [c["data-n"] for c in chips] == ["1", "2"]
    assert chips[0]["data-briefing"] == "b1"
    assert (chips[0]["data-start"], chips[0]["data-end"]) == ("5", "16")
    assert chips[0]["aria-label"] == "[1] Andes, 10 October 2022"
    assert said.text == "Why?Peru asked.12"


def test_how_many_more_say_so_stands_behind_the_number() -> None:
    """As a remark of the page's own, not as words of the briefing."""
    twice = replace(cited(1), also=("b2", "b3"))
    html = rendering.turn(answer(Statement("Peru asked.", (1,)), citations=(twice,)), last=True)
    said = Seen(html.split('<ul class="sources">')[0])
    assert said.text == "Why?Peru asked.1 (and 2 more briefings say so)"
    assert said.with_class("also-said")


def test_what_is_at_odds_is_dated() -> None:
    """It is said that the briefings differ, and each statement stands under its day."""
    later = replace(cited(2, briefing="b2"), published=None)
    html = rendering.turn(
        answer(
            Statement("A.", (1,)), Statement("B.", (2,)), citations=(cited(1), later), differs=True
        ),
        last=True,
    )
    said = Seen(html.split('<ul class="sources">')[0])
    assert said.text == "Why?The briefings differ.10 October 2022A.1UndatedB.2"


def test_what_a_question_can_mean_is_to_choose() -> None:
    """Each meaning is a button that asks it."""
    refusal = Refusal(Reason.UNCLEAR, "Which?", choices=("What did A Fox say?", "What did B Fox?"))
    buttons = Seen(rendering.turn(answer(refusal=refusal), last=False)).with_class("ask")
    assert [b["data-question"] for b in buttons] == ["What did A Fox say?", "What did B Fox?"]


def test_a_briefing_cited_twice_is_one_source_with_two_numbers() -> None:
    """The list under the answer names each briefing once."""
    html = rendering.turn(
        answer(Statement("A.", (1,)), Statement("B.", (2,)), citations=(cited(1), cited(2))),
        last=True,
    )
    sources = html.split('<ul class="sources">')[1]
    assert sources.count("<li>") == 1
    assert Seen(sources).text == "12Andes · 10 October 2022 · The Desk"


def test_the_question_as_searched_is_shown_only_where_it_differs() -> None:
    """A follow-up says as what it was understood."""
    assert "searched" not in rendering.turn(answer(), last=True)
    html = rendering.turn(answer(standalone="Why did Chile?"), last=True)
    assert "Searched as: Why did Chile?" in html


def test_what_was_dropped_is_struck_through_with_the_reasons() -> None:
    """Closed at first, and never among what is said."""
    html = rendering.turn(written("Peru won 5%."), last=True)
    said, rest = html.split('<ul class="sources">')
    assert "Peru won" not in said.replace('<p class="notice">Peru won 5%.</p>', "")
    assert "<del>Peru won 5%.</del>" in rest
    seen = Seen(rest)
    assert "1 statement was dropped: the briefings do not bear it." in seen.text
    assert messages.FAULTS["number"] + ": “Peru won 5%.”; " + messages.FAULTS["name"] in seen.text
    assert [attrs for tag, attrs in seen.tags if tag == "details"] == [
        {"class": "dropped"},
        {"class": "made"},
    ]


@pytest.mark.parametrize(
    ("usage", "words"),
    [
        ({}, "Tokens1,204 read, 56 writtenTime"),
        ({"estimated": True, "cost": 0.00021},
         "Tokens≈ 1,204 read, ≈ 56 writtenCost0.00021, in the currency of the prices setTime"),
        ({"cached": True, "cost": 0.5}, "Tokensnone: kept from an identical requestTime"),
    ],
)  # fmt: skip
def test_details_say_what_an_answer_took(usage: dict[str, object], words: str) -> None:
    """Tokens as the server counted or as estimated, cost where prices are known, times."""
    seen = Seen(rendering.turn(written("llama", **usage), last=True))
    assert "DetailsWordingby llama, checked against the quotes" in seen.text
    assert words in seen.text
    assert "Time12.4 s: understanding 1 ms, searching 34 ms, writing and checking 12.3 s" in (
        seen.text
    )


def test_an_answer_in_the_briefings_own_words_says_so() -> None:
    """Without a model there is nothing to know but the time."""
    html = rendering.turn(answer(Statement("A.", (1,)), citations=(cited(1),),
                                 timings_ms={"total": 160.0}), last=True)  # fmt: skip
    seen = Seen(html)
    assert seen.text.endswith("DetailsWordingthe briefings’ ownTime160 ms")
    assert not seen.with_class("notice")


def test_what_is_being_written_shows_as_far_as_it_is() -> None:
    """Statements with their numbers, and under them how far it is; no sources, no id yet."""
    part = answer(Statement("Peru asked.", (1,)), citations=(cited(1),), standalone="Why Peru?")
    seen = Seen(rendering.pending(part, "Writing"))
    assert seen.text == "Why?Searched as: Why Peru?Peru asked.1Writing"
    assert [c["data-n"] for c in seen.with_class("cite")] == ["1"]
    assert not [attrs for _, attrs in seen.tags if "id" in attrs]


def test_what_could_come_next_stands_under_the_last_turn_alone() -> None:
    """Earlier suggestions would only be in the way."""
    following = answer(follow_ups=("And Chile?",))
    assert 'data-question="And Chile?"' in rendering.turn(following, last=True)
    assert "data-question" not in rendering.turn(following, last=False)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_refusal_has_a_heading_and_leads_on(reason: Reason) -> None:
    """Why, in a heading and a sentence, and the nearest passages to open."""
    refusal = Refusal(reason, "Because.", (cited(1, quote="Nearest words."),))
    seen = Seen(rendering.turn(answer(refusal=refusal), last=True))
    assert messages.WEB_REFUSALS[reason] in seen.text
    assert "Because." in seen.text
    assert "Nearest words." in seen.text
    assert [c["data-n"] for c in seen.with_class("near")] == ["1"]
    assert not seen.with_class("cite")


def test_a_refusals_heading_is_not_said_twice() -> None:
    """The message often begins with the same words."""
    message = messages.not_stated(HELD, "Andes")
    html = rendering.turn(answer(refusal=Refusal(Reason.NOT_STATED, message)), last=True)
    assert html.count("The briefings do not say") == 1
    assert "The nearest is “Andes”" in html


def test_text_of_briefings_is_never_markup() -> None:
    """Wherever a briefing's or a person's words stand, they stand as text."""
    one = cited(1, quote=HARM, title=HARM)
    for html in (
        rendering.turn(
            answer(Statement(HARM, (1,)), citations=(one,), question=HARM, follow_ups=(HARM,)),
            last=True,
        ),
        rendering.turn(answer(refusal=Refusal(Reason.UNCLEAR, HARM, (one,))), last=True),
        rendering.turn(written(HARM), last=True),
        rendering.pending(answer(Statement(HARM, (1,)), citations=(one,), question=HARM), HARM),
        rendering.stopped(HARM),
        rendering.failure(HARM, HARM, HARM),
        rendering.conversation(HARM, []),
        rendering.welcome(HELD, [HARM]),
    ):
        seen = Seen(html)
        assert {tag for tag, _ in seen.tags}.isdisjoint({"script", "img", "a"})
        assert not [name for _, attrs in seen.tags for name in attrs if name.startswith("on")]


@given(st.text())
def test_text_comes_out_as_it_went_in(value: str) -> None:
    """But for deceiving characters, which show as their names."""
    named = re.sub(
        "[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]",
        lambda found: f"U+{ord(found[0]):04X}",
        value,
    )
    # A parser makes line feeds of carriage returns, as browsers do.
    assert _read(rendering.text(value)) == named.replace("\r\n", "\n").replace("\r", "\n")


def _read(html: str) -> str:
    return Seen(html.replace("\r\n", "\n").replace("\r", "\n")).text


def test_characters_that_deceive_show_their_names() -> None:
    """A mark that would turn the text after it cannot."""
    assert rendering.text("a\u202eb") == 'a<span class="odd">U+202E</span>b'


def test_a_long_quote_is_cut_between_words_in_its_glimpse() -> None:
    """Tooltips and cards are short; the panel shows all."""
    html = rendering.turn(answer(Statement("A.", (1,)), citations=(cited(1, "word " * 99),)), True)
    glimpse = Seen(html).with_class("cite")[0]["data-glimpse"]
    assert glimpse is not None
    assert glimpse.endswith("word …")
    assert len(glimpse) <= rendering.GLIMPSE + 2


def test_an_empty_library_says_how_to_fill_it() -> None:
    """Examples nobody could answer are not offered."""
    html = rendering.welcome(Holdings(0, None, None), messages.EXAMPLES)
    assert "attache ingest" in html
    assert "data-question" not in html
