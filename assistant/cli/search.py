"""`attache search`: the passages behind answers, with their scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant import messages
from assistant.cli import opening, options, terminal, wording

if TYPE_CHECKING:
    from index.retriever import Hit


def search(
    query: Annotated[str, typer.Argument(metavar="WORDS", help="What to look for.")],
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=50, help="How many passages at most.")
    ] = 10,
    since: options.Since = "",
    until: options.Until = "",
    places: options.Places = None,
    section: options.Section = "",
    as_json: options.AsJson = False,
    home: options.Home = None,
) -> None:
    """Find passages by meaning and by words, and show how each was found."""
    from assistant.as_json import found
    from assistant.filtering import filters_of

    filters = filters_of(since, until, places or (), section)
    with opening.open_desk(home) as desk:
        hits = desk.assistant.search(query, limit, filters)
    if as_json:
        terminal.data([found(hit) for hit in hits])
        return
    if not hits:
        terminal.remark(messages.NO_HITS)
    for n, hit in enumerate(hits, 1):
        _show(n, hit)


def _show(n: int, hit: Hit) -> None:
    meaning = f"meaning #{hit.dense_rank} ({hit.similarity:.2f})" if hit.dense_rank else ""
    words = f"words #{hit.lexical_rank}" if hit.lexical_rank else ""
    how = ", ".join(filter(None, (meaning, words)))
    title = ", ".join(filter(None, (hit.briefing.title, wording.day(hit.briefing.published))))
    terminal.say(f"{n}. {title}", "cyan")
    terminal.say(f"   score {hit.score:.4f}: {how}", "dim")
    terminal.say("   " + " ".join(hit.passage.span.of(hit.briefing.body).split()))
