"""An answer, a citation and a briefing as lines on a terminal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from assistant import messages
from assistant.answer import also_said, day_of
from assistant.cli import terminal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.answer import Answer, Citation, Refusal, Statement
    from assistant.assistant import Event
    from corpus.briefing import Briefing


def show_answer(answer: Answer) -> None:
    """Print an answer with its sources, or a refusal with what is nearest."""
    _show_understood(answer)
    if answer.refusal:
        _show_refusal(answer.refusal)
        return
    if answer.differs:
        terminal.say(messages.BRIEFINGS_DIFFER, "bold")
    for statement in answer.statements:
        terminal.say(_said(statement, answer))
    _show_rest(answer)


def show_coming(question: str, events: Iterable[Event]) -> Answer | None:
    """Print an answer as `show_answer` does, each statement as soon as it comes.

    Returns:
        The answer; None where it was stopped before anything was said.
    """
    from assistant.coming import Coming

    coming = Coming(question)
    for event in events:
        coming.take(event)
        if event.kind == "status" and event.data["stage"] == "searching":
            _show_understood(coming.answer)
        elif event.kind == "statement":
            terminal.say(_said(coming.answer.statements[-1], coming.answer))
    if not coming.is_whole:
        terminal.say(messages.MODEL_STOPPED, "dim")
        return None
    answer = coming.answer
    if answer.refusal:
        _show_refusal(answer.refusal)
        return answer
    if answer.differs:
        # Known only at the end; the days stand with the sources.
        terminal.say(messages.BRIEFINGS_DIFFER, "bold")
    _show_rest(answer)
    return answer


def show_details(answer: Answer) -> None:
    """Print what was dropped and why, whose words the answer is in, and what it took."""
    if answer.dropped:
        terminal.say(messages.dropped_of(len(answer.dropped)))
    for dropped in answer.dropped:
        terminal.say(f"- {_one_line(dropped.text)}", "strike")
        terminal.say(f"    {messages.reasons(dropped)}")
    for name, value in messages.made(answer):
        terminal.say(f"{name}: {value}", "dim")


def _show_understood(answer: Answer) -> None:
    if answer.standalone != answer.question:
        terminal.say(messages.SEARCHED_AS.format(standalone=answer.standalone), "italic")
        terminal.say("")
    _show_narrowings(answer)


def _show_refusal(refusal: Refusal) -> None:
    terminal.say(messages.NO_ANSWER, "bold yellow")
    terminal.say(refusal.message)
    if refusal.nearest:
        terminal.say("")
        terminal.say(messages.NEAREST)
    show_nearest(refusal.nearest)
    for number, choice in enumerate(refusal.choices, 1):
        terminal.say(f"{number}. {choice}")


def _show_rest(answer: Answer) -> None:
    """What stands under the statements: what must be known of them, and their sources."""
    if answer.notice:
        terminal.say("")
        terminal.say(answer.notice, "dim")
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
