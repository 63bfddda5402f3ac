"""An answer, a citation and a briefing as lines on a terminal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from assistant import messages
from assistant.answer import also_said, day_of
from assistant.cli import terminal

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation, Statement
    from corpus.briefing import Briefing


def show_answer(answer: Answer) -> None:
    """Print an answer with its sources, or a refusal with what is nearest."""
    if answer.standalone != answer.question:
        terminal.say(messages.SEARCHED_AS.format(standalone=answer.standalone), "italic")
        terminal.say("")
    _show_narrowings(answer)
    if answer.refusal:
        terminal.say(messages.NO_ANSWER, "bold yellow")
        terminal.say(answer.refusal.message)
        if answer.refusal.nearest:
            terminal.say("")
            terminal.say(messages.NEAREST)
        show_nearest(answer.refusal.nearest)
        for number, choice in enumerate(answer.refusal.choices, 1):
            terminal.say(f"{number}. {choice}")
        return
    if answer.differs:
        terminal.say(messages.BRIEFINGS_DIFFER, "bold")
    for statement in answer.statements:
        terminal.say(_said(statement, answer))
    terminal.say("")
    show_sources(answer)


def _show_narrowings(answer: Answer) -> None:
    """Print what in the question narrowed the search, and what was left out of it."""
    for line, used in ((messages.NARROWED, True), (messages.LEFT_OUT, False)):
        words = [
            messages.narrowed_by(one.text, one.since, one.until)
            for one in answer.filters
            if one.used is used
        ]
        if words:
            terminal.say(line.format(words="; ".join(words)), "dim")


def _said(statement: Statement, answer: Answer) -> str:
    """A statement on its line: its day where briefings differ, its numbers, how many more."""
    day_said = messages.said_on(day_of(statement, answer.citations))
    more = also_said(statement, answer.citations)
    return " ".join(
        [
            *([f"{day_said}:"] if answer.differs else []),
            statement.text,
            *(f"[{n}]" for n in statement.citations),
            *([f"({messages.also_say(more)})"] if more else []),
        ]
    )


def show_sources(answer: Answer) -> None:
    """Print an answer's numbered sources, each with its words where they are not the answer's."""
    said = {statement.text for statement in answer.statements}
    for citation in answer.citations:
        terminal.say(f"[{citation.n}] {origin(citation)}", "cyan")
        if citation.quote not in said:
            terminal.say(f"    “{_one_line(citation.quote)}”")


def show_nearest(nearest: tuple[Citation, ...]) -> None:
    """Print the passages nearest to a question that was not answered."""
    for citation in nearest:
        terminal.say(f"- {origin(citation)}", "cyan")
        terminal.say(f"    “{_one_line(citation.quote)}”")


def origin(citation: Citation) -> str:
    """Where a quote comes from: "Title, 10 October 2022, page 2, source"."""
    return ", ".join(
        filter(
            None,
            (
                citation.title,
                day(citation.published),
                f"page {citation.page}" if citation.page else "",
                citation.source,
            ),
        )
    )


def day(date: dt.date | None) -> str:
    """A date as people write it, or nothing."""
    return messages.dated(date).strip(" ()")


def show_quoted(briefing: Briefing, citation: Citation) -> None:
    """Print the whole briefing, the quoted words marked."""
    terminal.say(origin(citation), "bold")
    if briefing.standfirst:
        terminal.say(briefing.standfirst, "italic")
    terminal.say("")
    terminal.marked(briefing.body, citation.start, citation.end)


def _one_line(text: str) -> str:
    return " ".join(text.split())
