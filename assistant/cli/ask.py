"""`attache ask`: one question, one answer."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant import messages
from assistant.cli import opening, options, terminal, wording


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="What you want to know.")],
    conversation: Annotated[
        str, typer.Option("--conversation", metavar="ID", help="Go on with this conversation.")
    ] = "",
    since: options.Since = "",
    until: options.Until = "",
    places: options.Places = None,
    section: options.Section = "",
    without: options.Without = None,
    details: Annotated[
        bool,
        typer.Option(
            "--details", help="Show what was dropped and why, whose words it is in, what it took."
        ),
    ] = False,
    as_json: options.AsJson = False,
    home: options.Home = None,
) -> None:
    """Answer a question from the briefings, each sentence with its source.

    Where the briefings do not say, that is said, with what stands nearest; this is no error.
    """
    from assistant.filtering import filters_of

    filters = filters_of(since, until, places or (), section)
    asked = (question, conversation, filters, without or ())
    with opening.open_desk(home) as desk:
        # A model takes its time; whoever waits for it reads what is there already.
        if desk.assistant.prose and terminal.is_watched() and not as_json:
            answer = wording.show_coming(question, desk.assistant.stream(*asked))
            assert answer is not None, "what nobody can stop is whole"
        else:
            answer = desk.assistant.ask(*asked)
            if as_json:
                terminal.data(answer.to_json())
                return
            wording.show_answer(answer)
    if details:
        terminal.say("")
        wording.show_details(answer)
    elif answer.dropped:
        terminal.remark(messages.dropped_of(len(answer.dropped)) + " " + messages.ASK_HOW_DROPPED)
    if used := [narrowing for narrowing in answer.filters if narrowing.used]:
        terminal.remark(messages.ASK_WITHOUT.format(words=used[0].text))
    terminal.remark(messages.CONVERSATION_GOES_ON.format(id=answer.conversation_id))
