"""The one database: its tables, and how an older one is brought up to date.

SQLite is the truth of a library. Texts are kept once, in `versions.body`; passages, sentences
and citations are spans in it, so that no copy can drift from the original.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine

from corpus.errors import LibraryError

SCHEMA_VERSION = 1

tables = sa.MetaData()

meta = sa.Table(
    "meta",
    tables,
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("value", sa.String, nullable=False),
)

briefings = sa.Table(
    "briefings",
    tables,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("key", sa.String, nullable=False, unique=True),
    sa.Column("version", sa.String, nullable=False),
    sa.Column("added_at", sa.String, nullable=False),
    sa.Column("changed_at", sa.String, nullable=False),
)

versions = sa.Table(
    "versions",
    tables,
    sa.Column("briefing_id", sa.ForeignKey("briefings.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("version", sa.String, primary_key=True),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("standfirst", sa.String, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("blocks", sa.JSON, nullable=False),
    sa.Column("published", sa.String),
    sa.Column("section", sa.String, nullable=False),
    sa.Column("author", sa.String, nullable=False),
    sa.Column("places", sa.JSON, nullable=False),
    sa.Column("sources", sa.JSON, nullable=False),
    sa.Column("url", sa.String, nullable=False),
    sa.Column("source", sa.String, nullable=False),
    sa.Column("format", sa.String, nullable=False),
)

passages = sa.Table(
    "passages",
    tables,
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("id", sa.String, nullable=False, unique=True),
    sa.Column(
        "briefing_id",
        sa.ForeignKey("briefings.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column("version", sa.String, nullable=False),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("heading_start", sa.Integer, nullable=False),
    sa.Column("heading_end", sa.Integer, nullable=False),
    sa.CheckConstraint('0 <= start AND start < "end"', name="span"),
)

vectors = sa.Table(
    "vectors",
    tables,
    sa.Column("passage_id", sa.String, primary_key=True),
    sa.Column("fingerprint", sa.String, primary_key=True),
    sa.Column("text_hash", sa.String, nullable=False, index=True),
    sa.Column("vector", sa.LargeBinary, nullable=False),
)

conversations = sa.Table(
    "conversations",
    tables,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("created_at", sa.String, nullable=False),
)

turns = sa.Table(
    "turns",
    tables,
    sa.Column("answer_id", sa.String, primary_key=True),
    sa.Column(
        "conversation_id",
        sa.ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("question", sa.String, nullable=False),
    sa.Column("answer", sa.JSON, nullable=False),
    sa.Column("asked_at", sa.String, nullable=False),
)

feedback = sa.Table(
    "feedback",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("answer_id", sa.ForeignKey("turns.answer_id", ondelete="CASCADE"), nullable=False),
    sa.Column("verdict", sa.String, nullable=False),
    sa.Column("comment", sa.String, nullable=False),
    sa.Column("given_at", sa.String, nullable=False),
)

# What a language model said to a request, and how many tokens went on each day (UTC).
model_replies = sa.Table(
    "model_replies",
    tables,
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("reply", sa.Text, nullable=False),
    sa.Column("prompt_tokens", sa.Integer, nullable=False),
    sa.Column("completion_tokens", sa.Integer, nullable=False),
    sa.Column("estimated", sa.Boolean, nullable=False),
    sa.Column("kept_at", sa.String, nullable=False),
)

model_spending = sa.Table(
    "model_spending",
    tables,
    sa.Column("day", sa.String, primary_key=True),
    sa.Column("tokens", sa.Integer, nullable=False),
)

# What briefings are listed and filtered by. A version's row has its body in the middle, and
# SQLite reads through that to what stands behind it; from this index it reads nothing else.
_DESCRIBED = """
CREATE INDEX IF NOT EXISTS versions_described
ON versions (briefing_id, version, published, section, places, title)
"""

# A passage's words, cut out of the body when they are asked for: the full-text index reads
# this view, so it holds no text of its own either. SQLite's substr counts code points from 1.
_PASSAGE_WORDS = """
CREATE VIEW IF NOT EXISTS passage_words AS
SELECT p.n AS n, v.title AS title,
       v.section || ' ' || substr(v.body, p.heading_start + 1, p.heading_end - p.heading_start)
         AS heading,
       substr(v.body, p.start + 1, p."end" - p.start) AS words
FROM passages p JOIN versions v ON v.briefing_id = p.briefing_id AND v.version = p.version
"""

_FULL_TEXT = """
CREATE VIRTUAL TABLE IF NOT EXISTS passage_index USING fts5(
  title, heading, words, content='passage_words', content_rowid='n',
  tokenize='porter unicode61 remove_diacritics 2')
"""

# The words of the full-text index, stemmed, once each: where misspelt words are looked up.
_VOCABULARY = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS passage_vocabulary USING fts5vocab(passage_index, row)"
)


def open_database(path: Path) -> Engine:
    """Open the SQLite database at `path`, creating or upgrading its tables.

    Raises:
        LibraryError: The file is no database of ours, is newer than this program, or cannot
            be read or written.
    """
    engine = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})
    event.listen(engine, "connect", _configure)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with engine.begin() as connection:
            tables.create_all(connection)
            connection.exec_driver_sql(_DESCRIBED)
            connection.exec_driver_sql(_PASSAGE_WORDS)
            connection.exec_driver_sql(_FULL_TEXT)
            connection.exec_driver_sql(_VOCABULARY)
            found = connection.scalar(sa.select(meta.c.value).where(meta.c.key == "schema"))
            if found is None:
                connection.execute(meta.insert().values(key="schema", value=str(SCHEMA_VERSION)))
    except (sa.exc.DBAPIError, OSError) as error:
        reason = error.orig if isinstance(error, sa.exc.DBAPIError) else error.strerror
        raise LibraryError(
            f"The library at {path} cannot be opened ({reason})",
            "Check that the folder is yours to write and the file is an Attaché library, "
            "or name another with --home.",
        ) from error
    if found is not None and int(found) > SCHEMA_VERSION:
        raise LibraryError(
            f"The library at {path} was made by a newer Attaché (schema {found}, "
            f"this one knows {SCHEMA_VERSION})",
            "Upgrade Attaché, or name another library with --home.",
        )
    return engine


def _configure(connection: object, _record: object) -> None:
    """Make each new SQLite connection safe for several readers beside one writer."""
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
