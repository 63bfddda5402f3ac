"""The words of passages: BM25 full text in the library's own database (SQLite FTS5)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from rapidfuzz import fuzz, process
from sqlalchemy.engine import Connection, Engine

# A word of the title counts as much as two of the text, one of the heading as one and a half:
# headlines are short, and BM25 already favours short fields.
WEIGHTS = (2.0, 1.5, 1.0)

# A query of several hundred terms is a pasted document; its first words say what it is about.
MOST_TERMS = 40

STOP_WORDS = frozenset(
    "a about after all also am an and any are as at be been before being but by can could did do "
    "does during for from had has have he her hers him his how i if in into is it its itself me "
    "more most my no nor not of on or our ours out over own s said same say says she should so "
    "some such tell than that the their theirs them then there these they this those to too under "
    "until up us very was we were what when where which while who whom whose why will with would "
    "you your yours".split()
)

# Shorter words are like too many others.
SHORTEST_MISSPELT = 5
# How like a word of the index must be to stand in for an unknown one. The index has stems:
# "Urribe" is 80 like "urib", "Zelensky" 94 like "zelenskyi"; "Bolsonaro" and "Bolivia" are 50.
SAME_WORD = 80

_TERM = re.compile(r"\w+(?:[.\-’'/&]\w+)*")
_ACRONYM = re.compile(r"\b(?:[A-Za-z]\.){2,}")


def terms(text: str, most: int | None = MOST_TERMS) -> list[str]:
    """The words of `text` that are worth searching, once each, in order.

    "U.S." and "S-400" stay one term; "US" survives although "us" is a stop word.

    Args:
        text: A question, or any text.
        most: How many at most; None for all.
    """
    acronyms = [m.group().replace(".", "") for m in _ACRONYM.finditer(text)]
    plain = _ACRONYM.sub(" ", text)
    found = [m.group() for m in _TERM.finditer(plain)]
    kept = [w for w in found if w.casefold() not in STOP_WORDS or (w.isupper() and len(w) > 1)]
    return list(dict.fromkeys(acronyms + kept))[:most]


def unaccented(word: str) -> str:
    """`word` as the index keeps it, but for its ending: without accents and case."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


class FullText:
    """The full-text index of one library.

    Args:
        engine: The library's database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def search(
        self, question: str, limit: int, among: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The passages that hold words of `question`, best first: id and BM25 score.

        Passages that hold none are not in the list, so it can be shorter than `limit`. The score
        is above 0 but for words that nearly every passage has.

        Args:
            question: As people write it; nothing in it is taken as query syntax.
            limit: How many at most.
            among: Only passages of these briefings, if given.
        """
        wanted = terms(question)
        if not wanted or (among is not None and not among):
            return []
        query = " OR ".join(_quoted(term) for term in self._spelt(wanted))
        # Through json_each, since SQLite takes no more than 32,766 values one by one.
        chosen = (
            "" if among is None else "AND p.briefing_id IN (SELECT value FROM json_each(:among))"
        )
        statement = sa.text(
            "SELECT p.id, -bm25(passage_index, :w0, :w1, :w2) AS score "
            "FROM passage_index JOIN passages p ON p.n = passage_index.rowid "
            f"WHERE passage_index MATCH :query {chosen} "
            "ORDER BY score DESC, p.n LIMIT :limit"
        )
        values: dict[str, object] = {
            "query": query,
            "limit": limit,
            **{f"w{i}": w for i, w in enumerate(WEIGHTS)},
        }
        if among is not None:
            values["among"] = json.dumps(list(among))
        with self._engine.connect() as connection:
            return [(row.id, row.score) for row in connection.execute(statement, values)]

    def _spelt(self, wanted: Sequence[str]) -> list[str]:
        """The terms, and beside each that no passage has the word most like it that one has."""
        spelt = list(wanted)
        with self._engine.connect() as connection:
            for term in wanted:
                if len(term) < SHORTEST_MISSPELT or not term.isalpha() or self.holds(term):
                    continue
                # Slips in the first letter are rare, and this way few words are compared.
                first = unaccented(term[0])
                words = connection.scalars(
                    sa.text(
                        "SELECT term FROM passage_vocabulary WHERE term >= :first AND term < :next"
                    ),
                    {"first": first, "next": chr(ord(first) + 1)},
                ).all()
                like = process.extractOne(
                    unaccented(term), words, scorer=fuzz.ratio, score_cutoff=SAME_WORD
                )
                if like:
                    spelt.append(like[0])
        return spelt

    def holds(self, phrase: str) -> bool:
        """Whether any passage has the words of `phrase` side by side."""
        statement = sa.text("SELECT 1 FROM passage_index WHERE passage_index MATCH :query LIMIT 1")
        with self._engine.connect() as connection:
            return connection.scalar(statement, {"query": _quoted(phrase)}) is not None

    @staticmethod
    def add(connection: Connection, briefing_id: str) -> None:
        """Index a briefing's passages, inside the transaction that wrote them."""
        connection.execute(
            sa.text(
                "INSERT INTO passage_index(rowid, title, heading, words) "
                "SELECT w.n, w.title, w.heading, w.words FROM passage_words w "
                "JOIN passages p ON p.n = w.n WHERE p.briefing_id = :briefing_id"
            ),
            {"briefing_id": briefing_id},
        )

    @staticmethod
    def delete(connection: Connection, briefing_id: str) -> None:
        """Take a briefing's passages out, inside the transaction that will delete them.

        The index holds no text of its own: to forget a passage it must be told its words,
        so this comes before the passage or its briefing changes.
        """
        connection.execute(
            sa.text(
                "INSERT INTO passage_index(passage_index, rowid, title, heading, words) "
                "SELECT 'delete', w.n, w.title, w.heading, w.words FROM passage_words w "
                "JOIN passages p ON p.n = w.n WHERE p.briefing_id = :briefing_id"
            ),
            {"briefing_id": briefing_id},
        )

    @staticmethod
    def rebuild(connection: Connection) -> None:
        """Build the index anew from the passages."""
        connection.execute(sa.text("INSERT INTO passage_index(passage_index) VALUES ('rebuild')"))

    @staticmethod
    def is_whole(connection: Connection) -> bool:
        """Whether the index fits the passages, word for word (FTS5's own check)."""
        try:
            connection.execute(
                sa.text(
                    "INSERT INTO passage_index(passage_index, rank) VALUES('integrity-check', 1)"
                )
            )
        except sa.exc.DatabaseError:
            return False
        return True


def _quoted(term: str) -> str:
    """A term as an FTS5 phrase: "S-400" finds the two tokens side by side.

    Acronyms also find their dotted form, which the tokenizer cuts into letters.
    """
    phrase = '"' + term.replace('"', "") + '"'
    if term.isupper() and term.isalpha() and 2 <= len(term) <= 4:
        return f'({phrase} OR "{" ".join(term)}")'
    return phrase
