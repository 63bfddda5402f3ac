"""A quote makes sense by itself: pronouns, items of lists and rows of tables bring their lead."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.assembly import Desk
from index.passages import LONGEST_PASSAGE, cut
from tests.assistant.conftest import OpenLibrary, briefing

LEAD = "The union of dockers in Mombasa set out its demands, which rest on:"
ITEMS = ("an end to night shifts of twelve hours;", "a doctor at every terminal of the port.")
HTML = f"""<html><head><title>Dockers</title></head><body><article><h1>Dockers of Mombasa</h1>
<p>The dockers of Mombasa have been on strike since Monday, and ships wait in the roads off the
coast of Kenya while talks go on in the city.</p><p>{LEAD}</p>
<ul><li>{ITEMS[0]}</li><li>{ITEMS[1]}</li></ul>
<p>Talks are to begin again on Friday, said the ministry of labour in Nairobi.</p>
</article></body></html>"""
MARKDOWN = briefing("Dockers", "2023-03-01", LEAD, "\n".join(f"- {item}" for item in ITEMS))


def is_to_the_letter(desk: Desk, answer: Answer) -> bool:
    return all(
        c.quote == desk.library.get(c.briefing_id, c.version).body[c.start : c.end]
        for c in answer.citations
    )


def test_a_pronoun_brings_the_paragraph_before(open_library: OpenLibrary) -> None:
    """One span of the body, from the sentence that names whom the pronoun means."""
    lead = "Amina Odhiambo became governor of Kisumu in August."
    said = "She promised to dredge the harbour of the city within a year."
    desk = open_library(a=briefing("Kisumu", "2023-03-01", "The lake is low.", lead, said))
    answer = desk.assistant.ask("What did the governor of Kisumu promise to dredge?")
    assert answer.citations[0].quote == f"{lead}\n\n{said}"
    assert is_to_the_letter(desk, answer)


def test_a_pronoun_below_a_heading_stands_alone(open_library: OpenLibrary) -> None:
    """What stands above the heading is on something else."""
    said = "She promised to dredge the harbour of Kisumu within a year."
    desk = open_library(
        a=briefing("Kisumu", "2023-03-01", "A dam broke in Uganda.", "## The harbour", said)
    )
    answer = desk.assistant.ask("Who promised to dredge the harbour of Kisumu?")
    assert [c.quote for c in answer.citations] == [said]


@pytest.mark.parametrize("text", [MARKDOWN, HTML], ids=["markdown", "html"])
def test_an_item_brings_its_list_and_the_line_above(open_library: OpenLibrary, text: str) -> None:
    """Half a sentence in a list is quoted with what it completes."""
    desk = open_library(a=text)
    answer = desk.assistant.ask("What do the dockers in Mombasa demand for every terminal?")
    items = "\n".join(f"- {item}" for item in ITEMS)
    assert [c.quote for c in answer.citations] == [f"{LEAD}\n\n{items}"]
    assert is_to_the_letter(desk, answer)


def test_an_item_that_is_a_sentence_stands_alone(open_library: OpenLibrary) -> None:
    """Nothing is added to what is whole."""
    items = "- Kenya lifted its tariff on Ugandan sugar.\n- Rwanda reopened the crossing at Gatuna."
    desk = open_library(a=briefing("Borders", "2023-03-01", "Two steps were taken:", items))
    answer = desk.assistant.ask("What did Rwanda reopen?")
    assert [c.quote for c in answer.citations] == ["- Rwanda reopened the crossing at Gatuna."]


def test_a_row_brings_the_head_of_its_table(open_library: OpenLibrary) -> None:
    """What the columns are stands in the first row."""
    table = (
        "| Country | Exports of tea to Pakistan |\n|---|---|\n| Kenya | 190,000 tonnes |\n"
        "| Rwanda | 12,000 tonnes |"
    )
    desk = open_library(a=briefing("Tea", "2023-03-01", table))
    answer = desk.assistant.ask("How many tonnes of tea did Kenya export to Pakistan?")
    assert answer.citations[0].quote == (
        "Country | Exports of tea to Pakistan\nKenya | 190,000 tonnes"
    )


@pytest.mark.parametrize("form", ["markdown", "html"])
@pytest.mark.parametrize("kind", ["list", "table"])
def test_long_lists_and_tables_stay_whole(open_library: OpenLibrary, form: str, kind: str) -> None:
    """One passage however long, as read from a file; its last line can still be cited."""
    rows = [f"Station {n} of the line to Kisumu | {n * 7 + 3} trains a day" for n in range(40)]
    marked = {
        ("markdown", "list"): "\n".join(f"- {row}" for row in rows),
        ("markdown", "table"): "\n".join(
            ["| Station | Trains |", "|---|---|", *(f"| {row} |" for row in rows)]
        ),
        ("html", "list"): "<ul>" + "".join(f"<li>{row}</li>" for row in rows) + "</ul>",
        ("html", "table"): "<table><tr><th>Station</th><th>Trains</th></tr>"
        + "".join(f"<tr><td>{row.replace(' | ', '</td><td>')}</td></tr>" for row in rows)
        + "</table>",
    }[form, kind]
    prose = "The railway published the timetable of the line to Kisumu on Monday in Nairobi. " * 3
    text = (
        briefing("Timetable", "2023-03-01", prose, marked)
        if form == "markdown"
        else f"<html><head><title>Timetable</title></head><body><article><h1>Timetable</h1>"
        f"<p>{prose}</p>{marked}<p>{prose}</p></article></body></html>"
    )
    desk = open_library(a=text)
    [stored] = desk.library.read(desk.library.ids())
    passages = [p.span.of(stored.body) for p in cut(stored)]
    [whole] = [p for p in passages if "Station 7 of" in p]
    assert "Station 39 of" in whole
    assert len(whole) > LONGEST_PASSAGE
