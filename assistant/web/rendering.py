"""An answer as HTML for the chat.

Whatever comes from a person or a briefing passes through `text` or `_attributes` and is never
read as HTML or Markdown. What the source panel needs stands in the buttons' data attributes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from datetime import date

from assistant import messages
from assistant.answer import (
    Answer,
    Citation,
    Dropped,
    Narrowing,
    Refusal,
    Statement,
    also_said,
    day_of,
)
from corpus.library import Holdings

# Characters that make text look like another: marks that turn the direction of what follows,
# and control characters. Tab, line feed and carriage return are what they seem.
_DECEIVING = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# As much of a quote as its tooltip and a card of a refusal show, in code points.
GLIMPSE = 240
# A last word longer than this may part from its chips: on a phone both need not fit a line.
LONGEST_KEPT = 24


def text(value: str) -> str:
    """`value` as HTML that shows it to the letter; deceiving characters show as their names."""
    return _DECEIVING.sub(
        lambda found: f'<span class="odd">U+{ord(found[0]):04X}</span>', html.escape(value)
    )


def masthead(held: Holdings) -> str:
    """The page's head: its name, what the library holds, and the way to a new conversation."""
    return (
        f"<header><h1>{messages.WEB_TITLE}</h1>"
        f'<p class="held">{text(messages.holdings(held))}</p>'
        f'<button type="button" class="new">{messages.WEB_NEW}</button></header>'
    )


def welcome(held: Holdings, examples: Sequence[str]) -> str:
    """What stands where no question has been asked yet."""
    if not held.briefings:
        asking = f'<p class="notice">{text(messages.EMPTY_LIBRARY)}</p>'
    else:
        asking = _questions(messages.WEB_TRY, examples)
    return (
        f'<section class="welcome"><h2>{messages.WEB_LEAD}</h2>'
        f"<p>{messages.WEB_CAN}</p><p>{messages.WEB_CANNOT}</p>{asking}</section>"
    )


def conversation(conversation_id: str, parts: Iterable[str], busy: bool = False) -> str:
    """The conversation: its turns in order, told to those who listen once they are whole."""
    state = {"aria-busy": "true"} if busy else {}
    attributes = _attributes({"data-conversation": conversation_id, **state})
    return f'<div role="log" aria-live="polite" class="turns"{attributes}>{"".join(parts)}</div>'


def turn(answer: Answer, last: bool) -> str:
    """A question and what came of it; what could be asked next under the last one."""
    body = _refusal(answer.refusal) if answer.refusal else _answered(answer)
    following = _questions(messages.WEB_NEXT, answer.follow_ups) if last else ""
    return _article(answer.question, _understood(answer) + body + following, answer.answer_id)


def pending(answer: Answer, status: str) -> str:
    """A question that is being worked on, the statements so far, and how far that is."""
    said = _statements(answer) if answer.statements else ""
    on_the_way = f'<p class="status">{text(status)}<i></i></p>'
    return _article(answer.question, _understood(answer) + said + on_the_way)


def stopped(question: str) -> str:
    """A question whose answer was stopped before anything was said."""
    return _article(question, _notice(messages.MODEL_STOPPED))


def failure(question: str, cause: str, mend: str) -> str:
    """A question that could not be worked on, why, and what can be done about it."""
    line = f'<p class="failure" role="alert"><strong>{text(cause)}.</strong> {text(mend)}</p>'
    return _article(_glimpse(question), line)


def _article(question: str, body: str, answer_id: str = "") -> str:
    attributes = _attributes({"id": f"answer-{answer_id}"} if answer_id else {})
    asked = f'<h2 class="asked">{text(question)}</h2>' if question else ""
    return f'<article class="turn"{attributes}>{asked}{body}</article>'


def _understood(answer: Answer) -> str:
    """As what the question was searched, and what in it narrowed the search."""
    searched = ""
    if answer.standalone != answer.question:
        said = messages.SEARCHED_AS.format(standalone=answer.standalone)
        searched = f'<p class="searched">{text(said)}</p>'
    return searched + _narrowings(answer)


def _narrowings(answer: Answer) -> str:
    """What in the question narrowed the search; a click asks again without it, or with it."""
    if not answer.filters:
        return ""
    left_out = [one.text for one in answer.filters if not one.used]
    chips = "".join(f"<li>{_narrowing(one, answer, left_out)}</li>" for one in answer.filters)
    return f'<ul class="narrowings" aria-label="{messages.WEB_NARROWED}">{chips}</ul>'


def _narrowing(one: Narrowing, answer: Answer, left_out: Sequence[str]) -> str:
    without = {*left_out, one.text} if one.used else {*left_out} - {one.text}
    label = messages.WEB_ASK_WITHOUT if one.used else messages.WEB_ASK_WITH
    attributes = {
        "class": "narrowing" if one.used else "narrowing left-out",
        "data-question": answer.standalone,
        "data-without": "\n".join(sorted(without)),
        "aria-label": label.format(words=one.text),
        "title": messages.period(one.since, one.until) or ", ".join(one.places),
    }
    return f'<button type="button"{_attributes(attributes)}>{text(one.text)}</button>'


def without_of(data: str) -> tuple[str, ...]:
    """What a button's `data-without` says is to be left out."""
    return tuple(data.splitlines())


def _answered(answer: Answer) -> str:
    """The statements, what must be known of how they were made, and their sources."""
    return (
        _statements(answer)
        + _notice(answer.notice)
        + _sources(answer.citations)
        + _dropped(answer.dropped)
        + _made(answer)
    )


def _notice(notice: str) -> str:
    return f'<p class="notice">{text(notice)}</p>' if notice else ""


def _dropped(dropped: Sequence[Dropped]) -> str:
    """What a language model said and no briefing bears: struck through, with the reasons."""
    if not dropped:
        return ""
    lines = "".join(
        f"<li><del>{text(one.text)}</del> "
        f'<span class="why">{text(messages.reasons(one))}</span></li>'
        for one in dropped
    )
    return _disclosed("dropped", messages.dropped_of(len(dropped)), f"<ul>{lines}</ul>")


def _made(answer: Answer) -> str:
    """Whose words the answer is in and what it took; nothing of an answer that says neither."""
    if not (answer.timings_ms or answer.usage):
        return ""
    lines = "".join(
        f"<div><dt>{name}</dt><dd>{text(value)}</dd></div>" for name, value in messages.made(answer)
    )
    return _disclosed("made", messages.WEB_DETAILS, f"<dl>{lines}</dl>")


def _disclosed(kind: str, summary: str, inner: str) -> str:
    return f'<details class="{kind}"><summary>{text(summary)}</summary>{inner}</details>'


def _statements(answer: Answer) -> str:
    by_number = {c.n: c for c in answer.citations}
    differ = f'<p class="differ">{messages.BRIEFINGS_DIFFER}</p>' if answer.differs else ""
    said = "".join(
        (_day_said(day_of(s, answer.citations)) if answer.differs else "")
        + _statement(s, by_number)
        for s in answer.statements
    )
    return f'{differ}<div class="said">{said}</div>'


def _day_said(day: date | None) -> str:
    """The day of a briefing, above what it says to the contrary of another."""
    stated = f' datetime="{day.isoformat()}"' if day else ""
    return f'<time class="day"{stated}>{messages.said_on(day)}</time>'


def _statement(statement: Statement, by_number: dict[int, Citation]) -> str:
    """The sentence and its chips; the last word keeps the chips on its line."""
    chips = "".join(_chip(by_number[n]) for n in statement.citations)
    more = also_said(statement, list(by_number.values()))
    also = f' <span class="also-said">({messages.also_say(more)})</span>' if more else ""
    words = statement.text.rstrip()
    cut = max(words.rfind(" "), words.rfind("\n")) + 1
    if len(words) - cut > LONGEST_KEPT:
        return f"<p>{text(words)}{chips}{also}</p>"
    kept = f'<span class="kept">{text(words[cut:])}{chips}</span>'
    return f"<p>{text(words[:cut])}{kept}{also}</p>"


def _chip(citation: Citation) -> str:
    label = f"[{citation.n}] {_named(citation)}"
    return _button("cite", citation, str(citation.n), label)


def _sources(citations: Sequence[Citation]) -> str:
    """The briefings cited, each once, with the numbers that lead into it."""
    by_briefing: dict[tuple[str, str], list[Citation]] = {}
    for citation in citations:
        by_briefing.setdefault((citation.briefing_id, citation.version), []).append(citation)
    lines = "".join(
        f'<li><span class="numbers">{"".join(map(_chip, cited))}</span>'
        f'<span class="origin">{_origin(cited[0])}</span></li>'
        for cited in by_briefing.values()
    )
    return f'<ul class="sources">{lines}</ul>'


def _origin(citation: Citation) -> str:
    """Title, date and publisher, as far as they are known."""
    parts = [f"<cite>{text(citation.title)}</cite>"]
    if citation.published:
        day = messages.day(citation.published)
        parts.append(f'<time datetime="{citation.published.isoformat()}">{day}</time>')
    if citation.source:
        parts.append(text(citation.source))
    return " · ".join(parts)


def _refusal(refusal: Refusal) -> str:
    cards = "".join(f"<li>{_card(near)}</li>" for near in refusal.nearest)
    nearest = f"<h4>{messages.WEB_NEAREST}</h4><ul>{cards}</ul>" if cards else ""
    heading = messages.WEB_REFUSALS[refusal.reason]
    # Where the message begins with what the heading says, once is enough.
    message = refusal.message.removeprefix(f"{heading}. ")
    choices = _questions(messages.WEB_CHOICES, refusal.choices)
    inner = f"<h3>{text(heading)}</h3><p>{text(message)}</p>{choices}{nearest}"
    return f'<div class="refusal">{inner}</div>'


def _card(near: Citation) -> str:
    inner = f'<span class="origin">{_origin(near)}</span><q>{text(_glimpse(near.quote))}</q>'
    return _button("near", near, inner, "")


def _button(kind: str, citation: Citation, inner: str, label: str) -> str:
    """A button that opens the source panel at the citation's words."""
    attributes = {
        "data-n": str(citation.n),
        "data-briefing": citation.briefing_id,
        "data-version": citation.version,
        "data-start": str(citation.start),
        "data-end": str(citation.end),
        "data-named": _named(citation),
        "data-glimpse": _glimpse(citation.quote),
    }
    if label:
        attributes["aria-label"] = label
    return f'<button type="button" class="open {kind}"{_attributes(attributes)}>{inner}</button>'


def _named(citation: Citation) -> str:
    day = messages.day(citation.published) if citation.published else ""
    return ", ".join(filter(None, [citation.title, day]))


def _glimpse(quote: str) -> str:
    return quote if len(quote) <= GLIMPSE else quote[:GLIMPSE].rsplit(" ", 1)[0] + " …"


def _questions(heading: str, questions: Sequence[str]) -> str:
    if not questions:
        return ""
    items = "".join(
        f'<li><button type="button" class="ask"{_attributes({"data-question": question})}>'
        f"{text(question)}</button></li>"
        for question in questions
    )
    return f'<div class="questions"><h3>{heading}</h3><ul>{items}</ul></div>'


def _attributes(values: dict[str, str]) -> str:
    return "".join(f' {name}="{html.escape(value)}"' for name, value in values.items())
