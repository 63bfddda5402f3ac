"""`attache chat`: a conversation on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from assistant import messages
from assistant.cli import opening, options, terminal, wording
from corpus.errors import AttacheError

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.assembly import Desk
    from corpus.library import Filters


def chat(
    since: options.Since = "",
    until: options.Until = "",
    places: options.Places = None,
    section: options.Section = "",
    home: options.Home = None,
) -> None:
    """Talk with the briefings: a follow-up such as "And Chile?" is understood.

    Type /help for what else there is; Ctrl-C stops an answer, Ctrl-D leaves.
    """
    from assistant.filtering import filters_of

    filters = filters_of(since, until, places or (), section)
    with opening.open_desk(home) as desk:
        terminal.remark(messages.CHAT_GREETING)
        _Talk(desk, filters).run()


class _Talk:
    """One sitting: the conversation it is in, and the last answer."""

    def __init__(self, desk: Desk, filters: Filters) -> None:
        self._desk = desk
        self._filters = filters
        self._conversation = ""
        self._last: Answer | None = None

    def run(self) -> None:
        """Read lines until there are no more."""
        while (line := _read_line()) is not None:
            if not line:
                continue
            try:
                self._take(line)
            except AttacheError as error:
                # The next question may well be answered.
                terminal.complain(error)

    def _take(self, line: str) -> None:
        if not line.startswith("/"):
            self._ask(self._choice(line) or line)
            return
        command, _, argument = line.partition(" ")
        match command:
            case "/sources":
                self._sources()
            case "/show":
                self._show(argument)
            case "/details":
                self._details()
            case "/without":
                self._ask_without(argument)
            case "/new":
                self._conversation, self._last = "", None
                terminal.say(messages.CHAT_NEW)
            case "/help":
                terminal.say(messages.CHAT_HELP)
            case _:
                terminal.say(messages.CHAT_UNKNOWN.format(command=command))

    def _ask(self, question: str, without: Sequence[str] = ()) -> None:
        answer = self._answer(question, without)
        if answer:
            self._conversation, self._last = answer.conversation_id, answer
            if answer.dropped:
                dropped = messages.dropped_of(len(answer.dropped))
                terminal.remark(f"{dropped} {messages.CHAT_HOW_DROPPED}")
        terminal.say("")

    def _answer(self, question: str, without: Sequence[str]) -> Answer | None:
        """Print the answer; None where it was stopped before anything was said."""
        assistant = self._desk.assistant
        asked = (question, self._conversation, self._filters, without)
        if assistant.prose and terminal.is_watched():
            with terminal.stopping() as stop, closing(assistant.stream(*asked, stop)) as events:
                return wording.show_coming(question, events)
        answer = assistant.ask(*asked)
        wording.show_answer(answer)
        return answer

    def _choice(self, line: str) -> str:
        """The question that the number in `line` chooses, where there is a choice; or ""."""
        refusal = self._last and self._last.refusal
        choices = dict(enumerate(refusal.choices, 1)) if refusal else {}
        number = line.strip(" .")
        return choices.get(int(number), "") if number.isdecimal() else ""

    def _ask_without(self, words: str) -> None:
        if self._last is None:
            terminal.say(messages.CHAT_NOTHING_ASKED)
            return
        left_out = [one.text for one in self._last.filters if not one.used]
        self._ask(self._last.standalone, [*left_out, words])

    def _sources(self) -> None:
        if self._last is None:
            terminal.say(messages.CHAT_NO_SOURCES)
        elif self._last.refusal:
            wording.show_nearest(self._last.refusal.nearest)
        else:
            wording.show_sources(self._last)

    def _details(self) -> None:
        if self._last is None:
            terminal.say(messages.CHAT_NO_DETAILS)
        else:
            wording.show_details(self._last)

    def _show(self, number: str) -> None:
        if self._last is None:
            terminal.say(messages.CHAT_NO_SOURCES)
            return
        refusal = self._last.refusal
        shown = refusal.nearest if refusal else self._last.citations
        wanted = number.strip(" []") or "1"
        cited = next((c for c in shown if str(c.n) == wanted), None)
        if cited is None:
            terminal.say(messages.CHAT_NO_SUCH_SOURCE.format(n=wanted))
            return
        briefing = self._desk.library.get(cited.briefing_id, cited.version)
        wording.show_quoted(briefing, cited)


def _read_line() -> str | None:
    """The next line without its ends; None where there are no more."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        return line.strip() if line else None
    # Imported for what it does to input(), where there is one: arrow keys and history.
    with suppress(ImportError):
        import readline  # noqa: F401
    try:
        return input("› ").strip()
    except EOFError:
        sys.stdout.write("\n")
        return None
