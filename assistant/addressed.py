"""Words that speak to the machine that reads them: they stay to be read, and bear no answer.

A briefing may be written by a stranger who knows that a language model will read it. What tells a
reader something is a claim, and may be quoted; what tells the model what to say is none. Such
words are known by their form, so this is a sieve and no wall: behind it a statement is still held
against what it cites (`assistant.bearing`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from corpus.briefing import Briefing, Span

_SAYING = (
    r"(?:answer|say|write|report|reply|respond|tell|print|output|state|repeat|cite|quote|include|"
    r"append|add|ignore|disregard|forget|pretend|act|translate|give|mention|conclude|use)"
)
_MACHINE = (
    r"(?:assistants?|chat\s?bots?|bots?|(?:AI |large )?language models?|LLMs?|AIs?|AI "
    r"(?:models?|assistants?|systems?)|summari[sz]ers?|models?)"
)
_DUTY = r"(?:must|should|shall|ha(?:s|ve) to|(?:is|are) to|needs? to|(?:is|are) obliged to|will)"
# Where an order may begin; behind the end of a sentence with a capital: "the U.S. state with".
_START = (
    r"(?:^|[:;–—|]\s+|[-*•]\s+|\bhere\s+|[.!?]\s+(?=(?-i:[A-Z\"“‘'(])))"
    r"[\"“‘'(]*(?:please,?\s+|now,?\s+)?"
)
_OTHERS = (
    r"(?:all|any|the|every|previous|prior|earlier|preceding|foregoing|above|other|your|system|"
    r"these|those|of|and)"
)
_RULES = r"(?:instructions?|rules?|prompts?|guidelines?|guardrails|directions|orders)"

# Of each: words of which one must be there before it is looked for, which is quick; and its form,
# with a capital or without, in a text without what nobody sees.
_ADDRESSES = (
    # "Ignore all previous instructions", wherever it stands; "ignore the rules" as an order only.
    (
        "ignore|disregard|forget",
        rf"\b(?:ignore|disregard|forget)\s+(?:{_OTHERS}\s+){{0,4}}"
        rf"(?:previous|prior|earlier|preceding|foregoing|above|other|your|system)\s+{_RULES}\b",
    ),
    (
        "ignore|disregard|forget|override",
        rf"\b(?:ignore|disregard|forget|override)\s+(?:{_OTHERS}\s+){{0,4}}{_RULES}\s+"
        r"(?:above|before|given|so far|you)\b",
    ),
    (
        "ignore|disregard|forget|override",
        rf"{_START}(?:ignore|disregard|forget|override)\s+(?:{_OTHERS}\s+){{1,4}}"
        rf"(?:{_RULES}|text|evidence|sentences|briefings)\b",
    ),
    ("override", r"\boverrides?\s+(?:every|all|any)\s+(?:other|previous|earlier)\b"),
    ("new ", rf"{_START}new\s+(?:instructions?|task|rules?|role)\s*:"),
    # Somebody is told what to say.
    ("you ", rf"\byou\s+{_DUTY}\s+(?:\w+\s+){{0,2}}{_SAYING}\b"),
    (
        "you are",
        r"\byou\s+are\s+(?:now\s+)?(?:an?|the)\s+(?:\w+\s+){0,3}"
        r"(?:assistant|model|AI|chatbot|bot)\b",
    ),
    ("from now on|as of now", rf"\b(?:from now on|as of now),?\s+(?:you|{_SAYING})\b"),
    (
        "your",
        r"\byour\s+(?:only\s+|sole\s+|next\s+|whole\s+|final\s+)?"
        r"(?:task|answer|reply|response|output|instructions?|(?:system\s+)?prompt|role|rules)\b",
    ),
    ("system prompt", r"\b(?:the|your|its)\s+system\s+prompt\b"),
    ("as a", rf"\bas\s+an?\s+(?:helpful\s+)?{_MACHINE}\b,?\s+you\b"),
    (
        "assistant|bot|language model|llm|ai |ais |summari|model",
        rf"\b(?:the|an?|any|every|each|this|dear)\s+{_MACHINE}\s+{_DUTY}\s+(?:\w+\s+){{0,2}}"
        rf"{_SAYING}\b",
    ),
    (
        "note|message|memo|notice|instruction|word|reminder|order",
        rf"\b(?:note|message|memo|notice|instructions?|word|reminder|order)s?\s+(?:to|for)\s+"
        rf"(?:the\s+|any\s+|all\s+|every\s+|an?\s+)?{_MACHINE}\b",
    ),
    # Orders.
    (
        "answer|say |write|report|reply|respond|state|conclude|claim",
        rf"{_START}(?:answer|say|write|report|reply|respond|state|conclude|claim)\s+"
        r"(?:only\s+|always\s+|instead\s+|just\s+)*(?:that|with|in\s+(?:english|spanish|chinese|"
        r"french|german|portuguese|italian|arabic|russian)|nothing|none|so)\b",
    ),
    ("tell ", rf"{_START}tell\s+(?:the\s+|your\s+|every\s+)?(?:reader|user|analyst|person)s?\b"),
    ("pretend", rf"{_START}pretend\s+(?:to\s+be|that|you)\b"),
    (
        "print|repeat|reveal|show|output|recite",
        rf"{_START}(?:print|repeat|reveal|show|output|recite)\s+(?:out\s+)?(?:your|everything|all|"
        r"the\s+(?:system|whole|text|words|prompt|above|following))\b",
    ),
    ("cite ", rf"{_START}cite\s+(?:this|only|no|sentences?|the|\[)"),
    (
        "decode|translate|execute|run ",
        rf"{_START}(?:decode|translate|execute|run)\s+"
        r"(?:and\s+(?:obey|follow|execute|answer)|this|the\s+following)\b",
    ),
    (
        "append|add |insert|attach",
        rf"{_START}(?:append|add|insert|attach)\s+(?:this|these|the\s+following)\b",
    ),
    (
        "conversation|chat|question|answer|prompt|history",
        rf"{_START}(?:send|post|forward|e-?mail|upload)\s+(?:\w+\s+){{0,2}}"
        r"(?:conversation|chat|question|answer|prompt|history)s?\b",
    ),
    (
        "replace ",
        rf"{_START}replace\s+(?:the\s+|every\s+|each\s+)?(?:name|word|number|figure)s?\b",
    ),
    ("put words", rf"{_START}put\s+words\b"),
    (
        ", write|, answer|, reply|, respond|, print|, say |, please",
        r"\b(?:wh(?:en|at|ere)(?:ever)?|wherever|if)\b(?:[^.;\n]|\.\d){0,80},\s*(?:please\s+)?"
        r"(?:write|answer|reply|respond|print|say\s+(?:that|so|nothing))\b",
    ),
    # It is spoken to, or spoken of as what reads.
    (
        "assistant|bot|model|llm|ai|automated|machine",
        rf"\b(?:attention|dear|hey|hello|listen|to|for|if\s+you\s+are)\s+"
        rf"(?:all\s+|any\s+|every\s+|an?\s+|the\s+)?(?:{_MACHINE}|automated\s+\w+|machines)\s*[,:;!]",
    ),
    (
        "reading|processing|summari",
        rf"\b(?:{_MACHINE}|machines|systems)\s+(?:that\s+(?:read|process|summari[sz]e)|reading|"
        r"processing|summari[sz]ing)\s+(?:this|these|the\s+(?:text|briefing|document))\b",
    ),
    ("you ", r"\byou\s+(?:were|have been|are being)\s+(?:told|given|instructed|trained|asked)\b"),
    ("you", r"\b(?:authori[sz]ed?|instruct(?:s|ed)?|orders?|ordered|directs?)\s+you\b"),
    (
        "everything|all that|todo|tudo|alles|tout",
        r"\b(?:forget|ignore|disregard|set aside|olvid[ae]|ignor[ae]|esque[çc]a|vergiss|"
        r"oublie[zr]?)\s+(?:everything|all that|todo|tudo|alles|tout)\b",
    ),
    (
        "your",
        r"\byour\s+(?:earlier|previous|prior|original|current|hidden|secret|initial)\s+\w+",
    ),
    ("act as|behave as", rf"{_START}(?:act|behave)\s+as\s+(?:an?|if|the)\b"),
    (
        "only:|exactly:|word for word",
        rf"{_START}(?:\w+\s+)?(?:answer|say|write|reply|respond|print|output)\s+(?:only|exactly)\s*:",
    ),
    (
        "instruction",
        r"(?:^|\n)\W*#*\s*instructions?\s*:|\b(?:begin|end)\s+(?:of\s+)?instructions?\b",
    ),
    ("system", r"\b(?:begin|end|trusted)\s+(?:of\s+)?system\b"),
    (
        "phrase|must state|must say|should say|should state|must mention",
        r"\b(?:answer|reply|response|summary|text)\b[^.;\n]{0,40}\b(?:must|should|ha[sv]e? to)\s+"
        r"(?:state|say|mention)\b|\b(?:answer|reply|response|summary)\s+(?:must\s+|should\s+)?"
        r"(?:includes?|contains?)\s+the\s+(?:phrase|words?)\b",
    ),
    # What the reply is to be.
    ("only ", r"\bonly\s+(?:correct|right|true|valid)\s+(?:answer|reply|response)\b"),
    (
        "answer to|reply to|response to",
        r"\b(?:right|correct|only|proper)\s+(?:answer|reply|response)\s+to\s+"
        r"(?:every|any|all|each)\b",
    ),
    (
        "must ",
        r"\b(?:answer|reply|response)s?\b[^.;\n]{0,60}\bmust\s+(?:contain|include|begin|end)\s+"
        r"(?:the\s+words?|with)\b",
    ),
    ("to use is", r"\bthe\s+(?:word|name|figure|number)\s+to\s+use\s+is\b"),
    # Turns, markers and fences of its own.
    (
        "system|assistant|user|developer",
        r"(?:^|\n)\W*(?:system|assistant|user|developer)(?:\s+(?:message|prompt|turn))?\s*:\s",
    ),
    (
        "<|inst]|sys>|>>>",
        r"<\|[a-z_]+\|>|\[/?INST\]|<</?SYS>>|<<<|>>>|</?(?:system|assistant|user)>",
    ),
    ("[|【|［", r"(?:^|\n)\s*[\[【［]\d{1,3}[\]】］]\s*\([^()]*[;,:]"),
    ("statements", r"\{\s*[\"“]statements[\"”]\s*:|\bstatements, one a line\b"),
    # In other languages, and in none.
    (
        "ignor|olvid|descart|esque|oubliez|vergiss",
        r"\b(?:ignor[ae]|olvid[ae]|descart[ae]|esque[çc]a|ignorez|oubliez|ignoriere|vergiss)\w*\s+"
        r"(?:\w+\s+){0,3}(?:instruc|indicaci|reglas|regras|instru[çc]|consignes|r[èe]gles|"
        r"anweisung|regeln)\w*",
    ),
    (
        "respond|répond|antworte",
        r"(?:^|[.!?:]\s+|\by\s+|\be\s+|\bet\s+)(?:respond[ea]|réponds|répondez|antworte)\s+"
        r"(?:\w+\s+)?(?:que|siempre|sempre|toujours|immer|dass|en|em|auf)\b",
    ),
    (
        "debes|debe |deve |忽略|回答|игнорируй|отвечай",
        r"\b(?:debes|usted debe|você deve)\s+(?:responder|decir|dizer|escribir|escrever)\b|"
        r"忽略[^。]{0,12}(?:指令|指示|说明|规则)|回答(?:说|[:：])|отвечай|"
        r"игнорируй\w*\s+(?:\w+\s+){0,3}инструкци\w*",
    ),
    (
        "",
        r"(?<![\w/.=&?-])(?=[A-Za-z0-9+/]{0,39}\d)[A-Za-z0-9+/]{40,}={0,2}(?![\w/])",
    ),
)
_FORMS = tuple(
    (tuple(needs.split("|")), re.compile(form, re.I | re.M)) for needs, form in _ADDRESSES
)
# Letters with a sign between each two: "a-n-s-w-e-r".
_SPREAD = re.compile(r"(?<!\w)(?:\w[ .\-_]){3,}\w(?!\w)")
# Letters of other scripts that look like Latin ones.
_LOOK_ALIKE = str.maketrans("аеорсухіѕјԁԛԝһАВЕНКМОРСТХУІЅЈαορνικΑΒΕΗΙΚΜΝΟΡΤΥΧ",
                            "aeopcyxisjdqwhABEHKMOPCTXYISJaopvikABEHIKMNOPTYX")  # fmt: skip


@lru_cache(maxsize=8192)
def speaks_to_a_machine(text: str) -> bool:
    """Whether `text` gives a language model orders, or looks like what only one would read."""
    seen = text if text.isascii() else _seen(text)
    plain = _SPREAD.sub(lambda m: re.sub(r"[ .\-_]", "", m.group()), seen)
    low = plain.casefold()
    return any(any(word in low for word in needs) and form.search(plain) for needs, form in _FORMS)


def is_order(briefing: Briefing, span: Span) -> bool:
    """Whether any of the words at `span` stands in a block that speaks to a machine.

    The block counts whole: an order may be spread over its sentences.
    """
    return any(
        speaks_to_a_machine(briefing.body[block.start : block.end])
        for block in briefing.blocks
        if block.start < span.end and span.start < block.end
    )


def headline(briefing: Briefing) -> str:
    """The briefing's headline; "" where that speaks to a machine."""
    return "" if speaks_to_a_machine(briefing.title) else briefing.title


def _seen(text: str) -> str:
    """`text` without what nobody sees, in the letters that it seems to be written in."""
    kept = (c for c in text if unicodedata.category(c) not in ("Cf", "Co", "Cn", "Cs"))
    return "".join(kept).translate(_LOOK_ALIKE)
