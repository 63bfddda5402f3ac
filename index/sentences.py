"""Where sentences begin and end: spans, exact to the code point.

A sentence is what is cited, so a cut in the wrong place is a wrong quote. The usual splitters
break at "U.S.", "Dr.", "Sept. 3" and "No. 2", which briefings are full of; these rules know
them. List items and table rows count as sentences: each line is one.
"""

from __future__ import annotations

import re

from corpus.briefing import Span

# Abbreviations after which a capital letter usually goes on with the sentence.
_TITLES = (
    "Mr Mrs Ms Dr Prof Gen Col Maj Capt Lt Sgt Adm Cmdr Gov Sen Rep Pres Amb Hon Rev Fr St Ste "
    "Sr Sra Jr Messrs Mgr Supt Insp Det Pte Cpl Gral Ing Lic Arq"
).split()
_IN_TEXT = (
    "No Nos Art Arts Fig Figs Sec Ch Vol Vols pp p para paras ca c cf vs v approx est "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thurs Fri Sat Sun "
    "e.g i.e viz al op Bros Ft Mt Núm Av"
).split()
# These end a sentence as often as not; what follows decides.
_EITHER = "Inc Ltd Corp Co Cos plc etc a.m p.m U.S U.K U.N E.U U.A.E D.C L.A S.A S.A.B C.V".split()

_NEVER_ENDS = frozenset(a.casefold() for a in _TITLES + _IN_TEXT)
_MAY_END = frozenset(a.casefold() for a in _EITHER)

# Words that open a new sentence when they stand capitalised after "U.S." or "Inc.".
_OPENERS = frozenset(
    "the a an this that these those he she it they we i his her its their there in on at by for "
    "from with after before when while if although but and however meanwhile as no not under "
    "some many most both each several despite during since until according".split()
)

_CLOSERS = "\"'”’»)]}›"
_END = re.compile(rf"(?:[.!?]+|…)[{re.escape(_CLOSERS)}]*(?=\s|$)|\n")
_WORD_BEFORE = re.compile(r"([^\W\d_](?:[\w’'-]|\.(?=\w))*)$")
_INITIAL = re.compile(r"(?:^|[\s.(\"“'‘])[A-ZÀ-Þ]$")
_NUMBERED = re.compile(r"^\s*\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})$")


def split(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text[start:end]`, as spans in `text`, without surrounding space.

    Args:
        text: Any text; lines count as sentence ends, so unwrapped paragraphs are expected.
        start: Where to begin, in code points.
        end: Where to stop; the text's end if None.
    """
    end = len(text) if end is None else end
    spans: list[Span] = []
    begin = start
    for match in _END.finditer(text, start, end):
        if text[match.start()] == "\n" or _ends(text, begin, match, end):
            _append(spans, text, begin, match.end())
            begin = match.end()
    _append(spans, text, begin, end)
    return spans


def _append(spans: list[Span], text: str, begin: int, stop: int) -> None:
    while begin < stop and text[begin].isspace():
        begin += 1
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    if begin < stop:
        spans.append(Span(begin, stop))


def _ends(text: str, begin: int, match: re.Match[str], limit: int) -> bool:
    """Whether the punctuation at `match` ends the sentence that began at `begin`."""
    rest = text[match.end() : min(limit, match.end() + 80)]
    following = rest.lstrip()
    if not following:
        return True
    mark = match.group()
    opener = following.lstrip("\"'“‘«([¿¡-–—*")[:1]
    if opener.islower():
        # «"Why?" he asked.» and «… and so on»: the sentence goes on in lower case.
        return False
    if not mark.startswith(".") or mark.startswith(".."):
        return True
    return _full_stop_ends(text[begin : match.start()], following, mark)


def _full_stop_ends(before: str, following: str, mark: str) -> bool:
    """Whether a single full stop after `before` ends a sentence, given what follows."""
    if _NUMBERED.match(before):
        return False
    if mark != ".":
        # A closing quotation mark or bracket follows the stop: no abbreviation.
        return True
    word = _WORD_BEFORE.search(before)
    if word is None:
        return True
    token = word.group(1).casefold()
    first = re.match(r"[\"'“‘«(]*([\w’'-]+)", following)
    next_word = first.group(1) if first else ""
    if token in _NEVER_ENDS:
        numeric_only = token in {"no", "nos", "p", "pp", "art", "c", "v", "sec", "ch", "fig"}
        return numeric_only and not next_word[:1].isdigit()
    if token in _MAY_END:
        return next_word.casefold() in _OPENERS or not next_word[:1].isalnum()
    if _INITIAL.search(before):
        # "J. Smith", "George W. Bush": an initial, unless a sentence plainly begins.
        return next_word.casefold() in _OPENERS and len(next_word) > 1
    return True
