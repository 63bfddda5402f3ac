"""What the routes of questions answer, as examples for the documentation."""

from __future__ import annotations

import json
from datetime import date

from assistant.answer import Answer, Citation, Dropped, Statement, plain
from assistant.models.model import Usage

_QUESTION = "What did Peru ask the US for?"
_QUOTE = "Peru asked the United States for fertiliser, its foreign minister said on Monday."

_CITATION = Citation(
    n=1,
    briefing_id="1b2c3d4e5f60",
    version="9f8e7d6c5b4a",
    title="Blinken in the Andes",
    published=date(2022, 10, 10),
    source="The Andean Desk",
    url="",
    section="Diplomacy",
    passage_id="1b2c3d4e5f60:9f8e7d6c5b4a:120",
    quote=_QUOTE,
    start=120,
    end=120 + len(_QUOTE),
    before="The envoy stayed for a day. ",
    after=" The talks go on.",
)
_STATEMENT = Statement("Peru asked the United States for fertiliser.", (1,))

ANSWER = Answer(
    question=_QUESTION,
    standalone=_QUESTION,
    text=f"{_STATEMENT.text} [1]",
    statements=(_STATEMENT,),
    citations=(_CITATION,),
    composer="qwen2.5-7b-instruct",
    dropped=(Dropped("Peru asked for $5m.", ("number",), ("$5m",)),),
    usage=Usage(prompt_tokens=1204, completion_tokens=56),
    conversation_id="0123456789abcdef",
    answer_id="fedcba9876543210",
    timings_ms={
        "understand": 1.2,
        "retrieve": 34.0,
        "rank": 92.5,
        "compose": 2140.8,
        "total": 2268.5,
    },
)
"""An answer that a language model wrote, one of its statements dropped."""

_EVENTS = (
    ("status", {"stage": "searching", "standalone": _QUESTION, "filters": []}),
    ("status", {"stage": "reading", "passages": 12, "briefings": 7}),
    ("status", {"stage": "checking", "model": ANSWER.composer}),
    ("citation", plain(_CITATION)),
    ("statement", plain(_STATEMENT)),
    ("answer", ANSWER.to_json()),
)

STREAMED = "".join(f"event: {kind}\ndata: {json.dumps(data)}\n\n" for kind, data in _EVENTS)
"""The same as server-sent events."""
