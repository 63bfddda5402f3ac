"""Words and phrases of a text by how they stand: tokens, runs of content words, lists.

Without a model: what stands between function words is taken for a phrase. Enough to find what
a conversation is on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.names import fold

# Words that never say what a text is on: articles, pronouns, prepositions, auxiliaries, the
# verbs and fillers of questions.
FUNCTION_WORDS = frozenset(
    "a about above across after again against ago all almost along already also although always "
    "am among an and another any anyone anything are aren't around as at away back be became "
    "because become been before behind being below besides between both but by came can can't "
    "cannot come could couldn't describe did didn't do does doesn't doing don't done down "
    "during each either else ever every everyone everything explain few for from get gets give "
    "given gives go goes going got had has have haven't having he her here hers herself hey hi "
    "him himself his how however i i'd i'll i'm i've if in instead into is isn't it it'd it's "
    "its itself just know let let's like list lot made make makes many may maybe me mean means "
    "might mine more most much must my myself name need never no none nor not nothing now of "
    "off oh ok okay on once one ones only onto or other others our out over own per perhaps "
    "please put quite rather really s said same say says see seem she should show since so some "
    "somebody someone something sometimes still such take tell than thank thanks that that's "
    "the their theirs them themselves then there there's therefore these they they're thing "
    "things think this those though through to together too toward towards try under until up "
    "upon us use used using versus very vs want was wasn't way ways we well went were what "
    "what's whatever when where whether which while who who's whom whose why will with within "
    "without won't would yes yet you you'd you're your yours yourself".split()
)
# A word that may stand between two words of one phrase: "pros and cons of electric cars".
LINKS = frozenset("of in for and on de del".split())
ARTICLES = frozenset("the a an".split())

# After these and a subject stands a verb.
_WITH_VERB = frozenset("do does did will would can could should".split())
_TOKEN = re.compile(r"\w+(?:[.\-’'/&]\w+)*")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text.

    Attributes:
        text: As written, without a possessive s.
        stem: Folded, and without the ending of a plural; words with one stem are one term.
        start: Where it begins.
        end: One past where it ends, without a possessive s.
        content: Whether it may say what the text is on.
        parted: Whether punctuation stands before it.
        chunk: The number of its phrase in the text; -1 for function words.
        opens: Whether a sentence begins with it.
    """

    text: str
    stem: str
    start: int
    end: int
    content: bool
    parted: bool
    chunk: int
    opens: bool


def tokens(text: str) -> list[Token]:
    """The words of `text`, in order."""
    matches = list(_TOKEN.finditer(text))
    words = [re.sub(r"[’']s$", "", m.group()) for m in matches]
    ends = [0, *(m.end() for m in matches)]
    between = [text[end : m.start()] for end, m in zip(ends, matches, strict=False)]
    parted = [bool(re.search(r"[^\s'’\"“”]", b)) for b in between]
    content = [
        (word.isupper() and len(word) > 1) or fold(m.group()) not in FUNCTION_WORDS
        for word, m in zip(words, matches, strict=True)
    ]
    for verb in _verbs(words, content, parted):
        content[verb] = False
    found: list[Token] = []
    chunk = -1
    for at, (word, match) in enumerate(zip(words, matches, strict=True)):
        chunk += content[at] and (parted[at] or not at or not content[at - 1])
        found.append(
            Token(
                word,
                stem(word),
                match.start(),
                match.start() + len(word),
                content[at],
                parted[at],
                chunk if content[at] else -1,
                not at or bool(re.search(r"[.?!:\n]", between[at])),
            )
        )
    return found


def _verbs(words: list[str], content: list[bool], parted: list[bool]) -> list[int]:
    """Which words are verbs, as far as their place tells.

    "Did Biden *promise* the fund", "do prices *rise*", "who *visited* Colombia", "countries
    *raised* tariffs".
    """
    found = []
    for at in range(1, len(words)):
        word, before = words[at], words[at - 1]
        if not content[at] or parted[at] or not word.islower():
            continue
        following = at + 1 < len(words) and content[at + 1] and not parted[at + 1]
        if word.endswith("ed") and (
            before.lower() in ("who", "what") or (content[at - 1] and following)
        ):
            found.append(at)
        elif content[at - 1] and at > 1:
            first = at - 1
            while first and content[first - 1] and not parted[first]:
                first -= 1
            lead = words[first - 1].lower() if first else ""
            lead = words[first - 2].lower() if lead in ARTICLES and first > 1 else lead
            named = all(w[0].isupper() for w in words[first:at])
            closes = at + 1 == len(words) and words[0].lower() not in _WITH_VERB
            if lead in _WITH_VERB and (named or closes or (at == first + 1 and not following)):
                found.append(at)
    return found


def stem(word: str) -> str:
    """What `word` shares with its plural: "accords" and "accord" are one."""
    plain = fold(word)
    if plain.endswith("ies") and len(plain) > 4:
        return plain[:-3] + "y"
    if plain.endswith("s") and not plain.endswith(("ss", "us", "is")) and len(plain) > 3:
        return plain[:-1]
    return plain
