"""Words that say how much, why, in whose words and in which language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from assistant.acts import acts_in
from assistant.bearing.fault import Fault, FaultKind
from assistant.bearing.words import Word, content_stems, words_of
from assistant.features import stem_of

# Shorter ones in quotation marks are a way of writing a word.
_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]{2,}?)[\"“”»]|(?<!\w)[‘']([^‘’']{8,}?)[’'](?!\w)")
_GROUPS = (
    "all every entire entirely whole everyone everything always completely fully total",
    "only sole solely exclusively alone",
    "most majority mostly mainly",
    "unanimous unanimously",
    "first",
    "largest biggest greatest",
    "smallest",
    "highest",
    "lowest",
    "best",
    "worst",
    "latest newest",
    "permanent permanently",
    "never",
)
_EXTENT = {word: group for group in _GROUPS for word in group.split()}
# What says "only" in another way.
_LIMITS = re.compile(r"\b(?:only|not|no|none|just|merely|except|instead|of|but|single)\b", re.I)
_CAUSE = re.compile(
    r"\b(?:because|due to|as a result|owing to|therefore|thus|thanks to|led to|leading to|caused?|"
    r"causing|prompted|prompting|in response to|resulting|resulted|so that|consequently|triggered|"
    r"hence|on account of|driven by|in order to|blamed|forced|forcing)\b",
    re.I,
)
# What a quote may say instead and still give a reason.
_REASON = re.compile(
    r"\b(?:as|since|after|following|amid|for|to|with|reason|which|so|saying|cit(?:es?|ed|ing)|over|if)\b",
    re.I,
)
_STRONG_CAUSE = re.compile(
    r"\b(?:caused?|causing|led to|leading to|resulted|resulting|forced|forcing|triggered)\b", re.I
)
_LINK = re.compile(
    r"https?://\S+|www\.\S+|!?\[[^\]]*\]\([^)]*\)|<[a-zA-Z/!][^>]*>|javascript:", re.I
)

# What begins a further clause.
_CLAUSE_END = r"[,;:—–]\s|\s(?:and|but|while|because|although|that)\s"
# A clause of so few words may be anything's other name.
_FEWEST_ADDED = 2
# Where so much of the rest is the quotes' own, a clause that is not is no paraphrase.
COPIED = 0.7
# Who says a thing and how surely is looked at by other rules.
_TOLD_ANYWAY = frozenset(
    map(
        stem_of,
        "said says say saying told tells stated according argued claimed warned noted added "
        "insisted believes may might could would will shall expected likely possibly perhaps "
        "plans hopes wants reportedly minister president government country also still percent "
        "per cent one two three four five six seven eight nine ten million billion about around "
        "more less than over under asked talks between among".split(),
    )
)

# The commonest words of a language that the others here do not have.
_LANGUAGES = {
    "en": "the of and to is was with that for by has have its from which said as are be not at",
    "es": "el los las y del que es una por con para su se más como pero fue son está han",
    "pt": "os da do dos das e em não uma com para são ao pelo mais foi seu sua pela um",
    "fr": "le les des et du est une dans pour que qui par sur au aux ont sont été ce avec",
    "de": "der die das und den von zu mit sich des auf für ist im dem nicht ein eine hat wurde",
    "it": "il lo gli di che è una per con della del nel sono alla dei delle ha più stato non",
}
_COMMON = {name: frozenset(words.split()) for name, words in _LANGUAGES.items()}
# Of fewer words nothing can be told.
_FEWEST_WORDS = 5


def quote_faults(statement: str, quotes: str) -> Iterator[Fault]:
    """Words in quotation marks that the quotes do not have to the letter."""
    plain = _one_space(quotes)
    for match in _QUOTED.finditer(statement):
        words = (match[1] or match[2]).strip().rstrip(".,;")
        if _one_space(words) not in plain:
            yield Fault(FaultKind.QUOTE, words)


def extent_faults(statement: str, quotes: str) -> Iterator[Fault]:
    """What says how far a thing goes ("all", "only", "first") must be the quotes'."""
    there = {_EXTENT[w.lower] for w in words_of(quotes) if w.lower in _EXTENT}
    for word in words_of(statement):
        group = _EXTENT.get(word.lower)
        if group == _EXTENT["only"] and _LIMITS.search(quotes):
            continue
        if group and group not in there:
            yield Fault(FaultKind.EXTENT, word.text)


def cause_faults(statement: str, quotes: str) -> Iterator[Fault]:
    """One thing told as another's cause, where no sentence of the quotes gives it as one."""
    match = _CAUSE.search(statement)
    if match is None:
        return
    sides = statement[: match.start()], statement[match.end() :]
    both = [s for s in _sentences(quotes) if all(_speaks_of(s, side) for side in sides)]
    if not any(
        _CAUSE.search(s) or (not _STRONG_CAUSE.search(statement) and _REASON.search(s))
        for s in both
    ):
        yield Fault(FaultKind.CAUSE, match.group())


def added_faults(statement: str, quotes: str) -> Iterator[Fault]:
    """A clause hung to the quotes' own words of which they have none: what its writer thinks."""
    known = content_stems(quotes) | acts_in(quotes)
    own = [word for word in words_of(statement) if _tells(word)]
    new = {word for word in own if not _is_known(word, known)}
    for clause in _clauses(statement):
        words = [word for word in own if clause.start() <= word.start < clause.end()]
        rest = [word for word in own if word not in words]
        if (
            len(words) >= _FEWEST_ADDED
            and new.issuperset(words)
            and sum(word not in new for word in rest) > COPIED * len(rest)
        ):
            yield Fault(FaultKind.ADDED, " ".join(word.text for word in words))


def _tells(word: Word) -> bool:
    """Whether the word tells something that no other rule looks at: no name and no number."""
    return word.content and word.text.islower() and word.stem not in _TOLD_ANYWAY


def _is_known(word: Word, known: frozenset[str]) -> bool:
    return word.stem in known or bool(acts_in(word.text) & known)


def _clauses(statement: str) -> Iterator[re.Match[str]]:
    return re.finditer(rf"(?:(?!{_CLAUSE_END}).)+", statement, re.S)


def _sentences(quotes: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ“\"])|\n", quotes)


def _speaks_of(sentence: str, side: str) -> bool:
    """Whether a sentence has half of what is said on one side of a "because"."""
    said = content_stems(side)
    return not said or 2 * len(said & content_stems(sentence)) >= len(said)


def link_faults(statement: str, quotes: str) -> Iterator[Fault]:
    """Addresses, links and markup that the quotes do not have."""
    for match in _LINK.finditer(statement):
        if match.group() not in quotes:
            yield Fault(FaultKind.LINK, match.group())


def language_faults(statement: str, quotes: Sequence[str]) -> Iterator[Fault]:
    """A statement in another language than what it cites: it cannot be checked, so not be said."""
    ours = language_of(statement)
    theirs = {language_of(quote) for quote in quotes} - {""}
    if ours and theirs and ours not in theirs:
        yield Fault(FaultKind.LANGUAGE, ours)
    elif not ours and _is_of_another_script(statement, quotes):
        yield Fault(FaultKind.LANGUAGE)


def language_of(text: str) -> str:
    """The language, of six, that most of the common words of `text` are of; "" if unsure."""
    words = [w.lower for w in words_of(text)]
    if len(words) < _FEWEST_WORDS:
        return ""
    counted = sorted(
        ((sum(w in common for w in words), name) for name, common in _COMMON.items()), reverse=True
    )
    (best, name), (second, _) = counted[:2]
    return name if best >= 2 and best > second else ""


def _is_of_another_script(statement: str, quotes: Sequence[str]) -> bool:
    known = {_script(c) for quote in quotes for c in quote if c.isalpha()}
    return any(_script(c) not in known for c in statement if c.isalpha())


def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]


def _one_space(text: str) -> str:
    """Quotes, dashes and spaces written one way; everything else to the letter."""
    text = text.translate(str.maketrans("“”„«»‘’‐‑–—\u00a0", '"""""\'\'---- '))
    return " ".join(text.split())
