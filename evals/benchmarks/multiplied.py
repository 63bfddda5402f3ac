"""Articles multiplied: countries, people and years exchanged for others of their kind.

A library of 100,000 passages that read like briefings needs more text than the public sets
have. A copy keeps an article's sentences and says other things of other countries, so that
words are spread as in real text and no copy is another's twin to the letter.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.names import people
from corpus.countries import countries
from corpus.gazetteer import PlaceMention, Via, find_places
from evals.benchmarks.libraries import Document

# A prime, so that no country becomes its neighbour in the alphabet, and each another one.
COUNTRIES_ON = 37
YEARS_ON = 3
# Whoever matters to an article is named with first and last name near its beginning.
PARAGRAPHS_WITH_PEOPLE = 6

_YEAR = r"\b(?:19|20)\d\d\b"


@dataclass(frozen=True, slots=True)
class Copy:
    """A document and which article it was made of, by its place in the list of articles."""

    document: Document
    article: int


def multiplied(articles: Sequence[Document], copy: int, known: Collection[str]) -> Iterator[Copy]:
    """The articles again, exchanged `copy` times over; as they are for copy 0.

    Args:
        articles: Whose people a copy takes is the next article's.
        copy: Which copy, from 0.
        known: Keys of documents that are not wanted again.
    """
    for place, article in enumerate(articles):
        if _key(article, copy) in known:
            continue
        if copy:
            lender = articles[(place + copy) % len(articles)]
            yield Copy(_exchanged(article, lender, copy), place)
        else:
            yield Copy(article, place)


def _exchanged(article: Document, lender: Document, copy: int) -> Document:
    whole = "\n".join((article.title, *article.paragraphs))
    words = _countries(whole, copy) | _people(_opening(article), _opening(lender))
    longest_first = sorted(words, key=len, reverse=True)
    any_word = "|".join([*(rf"\b{re.escape(word)}\b" for word in longest_first), _YEAR])
    pattern = re.compile(any_word)

    def other(match: re.Match[str]) -> str:
        return words.get(match[0]) or str(int(match[0]) - copy * YEARS_ON)

    return replace(
        article,
        key=_key(article, copy),
        title=pattern.sub(other, article.title),
        paragraphs=tuple(pattern.sub(other, p) for p in article.paragraphs),
        published=article.published and article.published - dt.timedelta(365 * YEARS_ON * copy),
    )


def _key(article: Document, copy: int) -> str:
    return f"{article.key}#{copy}" if copy else article.key


def _opening(article: Document) -> str:
    return "\n".join((article.title, *article.paragraphs[:PARAGRAPHS_WITH_PEOPLE]))


def _countries(text: str, copy: int) -> dict[str, str]:
    """Every country's word in a text, and the same kind of word of another country."""
    codes = sorted(countries())
    places = {countries()[code].name: at for at, code in enumerate(codes)}
    others = {name: codes[(at + copy * COUNTRIES_ON) % len(codes)] for name, at in places.items()}
    return {mention.text: _word(mention, others[mention.name]) for mention in find_places(text)}


def _word(mention: PlaceMention, code: str) -> str:
    """The other country's word of the same kind; its name where it has none."""
    other = countries()[code]
    of_kind = {Via.DEMONYM: other.demonyms, Via.CAPITAL: other.capitals}
    return next(iter(of_kind.get(mention.via, ())), other.name)


def _people(text: str, lending: str) -> dict[str, str]:
    """Every person in a text, and one of the lending text, by the whole and the last name."""
    own, lent = people(text), people(lending)
    words: dict[str, str] = {}
    for at, name in enumerate(own if lent else ()):
        other = lent[at % len(lent)]
        words.setdefault(name.text, other.text)
        words.setdefault(name.last, other.last)
    return words
