"""The catalogue: which briefings there are, and every version of each."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from corpus import schema
from corpus.batches import batches
from corpus.briefing import Briefing
from corpus.errors import NotFound
from corpus.rows import briefing_of, date_of, row_of

# Briefings whose whole text stays in memory between questions. A question touches at most a
# few dozen; at some 4 kB each this is about 2 MB.
CACHED_BRIEFINGS = 512
# Briefings read from the database at a time.
BRIEFINGS_A_READ = 200
LAST_CODE_POINT = "\U0010ffff"


class Change(StrEnum):
    """What offering a briefing to the library would do, or did."""

    ADDED = "added"
    CHANGED = "changed"
    DESCRIBED = "described anew"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the library holds, for people: how many, and from when to when."""

    briefings: int
    earliest: dt.date | None
    latest: dt.date | None


@dataclass(frozen=True, slots=True)
class Filters:
    """Which briefings count. Empty fields let everything through.

    Attributes:
        since: First day of publication that counts, inclusive.
        until: Last day of publication that counts, inclusive.
        places: Countries; a briefing about any of them counts.
        section: The section, whatever its case.
        briefing_ids: Only these briefings.

    A briefing without a date passes no date filter.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    places: tuple[str, ...] = ()
    section: str = ""
    briefing_ids: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is filtered at all."""
        return bool(self.since or self.until or self.places or self.section or self.briefing_ids)


class Library:
    """The briefings of one home. Reading is safe from any thread; writing is the indexer's.

    Args:
        engine: The open database, as `corpus.schema.open_database` gives it.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._load = lru_cache(maxsize=CACHED_BRIEFINGS)(self._load_version)

    @classmethod
    def open(cls, path: Path) -> Library:
        """Open the library whose database is the file `path`, creating it where there is none."""
        return cls(schema.open_database(path))

    def close(self) -> None:
        """Let go of the database's files."""
        self.engine.dispose()

    def get(self, briefing_id: str, version: str | None = None) -> Briefing:
        """The briefing `briefing_id`, in its current or the given version.

        Raises:
            NotFound: There is no such briefing, or no such version of it.
        """
        current = self._current_version(briefing_id)
        if current is None:
            raise NotFound(
                f"There is no briefing {briefing_id!r} in the library",
                "`attache briefings` lists what there is.",
            )
        # The description (title, date) of a version can change under the same body, so the
        # cache is asked with the time of the last change as well.
        return self._load(briefing_id, version or current[0], current[1])

    def find(self, reference: str) -> Briefing:
        """The one briefing that a person means by an id, its beginning, a file or a title.

        Raises:
            NotFound: None is meant, or more than one.
        """
        as_path = str(Path(reference).expanduser().resolve())
        exact = (reference, as_path)
        named = sa.or_(schema.briefings.c.id == reference, schema.briefings.c.key.in_(exact))
        with self.engine.connect() as connection:
            # Ids and files are looked up first: many can be named at once.
            ids = connection.scalars(sa.select(schema.briefings.c.id).where(named)).all()
            if len(ids) == 1:
                return self.get(ids[0])
            rows = connection.execute(
                sa.select(
                    schema.briefings.c.id, schema.briefings.c.key, schema.versions.c.title
                ).join(schema.versions, _is_current())
            ).all()
        for matches in (
            ids,
            [r.id for r in rows if r.title.casefold() == reference.casefold()],
            [r.id for r in rows if len(reference) >= 4 and r.id.startswith(reference)],
            [r.id for r in rows if Path(r.key).name == reference or Path(r.key).stem == reference],
            [r.id for r in rows if reference.casefold() in r.title.casefold()],
        ):
            if len(matches) == 1:
                return self.get(matches[0])
            if matches:
                raise NotFound(
                    f"{reference!r} means {len(matches)} briefings: {', '.join(matches[:5])}",
                    "Name one of these ids.",
                )
        raise NotFound(
            f"No briefing has the id, file or title {reference!r}",
            "`attache briefings` lists what there is.",
        )

    def versions(self, briefing_id: str) -> list[str]:
        """The versions kept of a briefing, in no particular order."""
        with self.engine.connect() as connection:
            return list(
                connection.scalars(
                    sa.select(schema.versions.c.version).where(
                        schema.versions.c.briefing_id == briefing_id
                    )
                )
            )

    def ids(self, filters: Filters | None = None) -> list[str]:
        """The ids of the briefings that pass `filters`, newest first, undated ones last."""
        published, title = schema.versions.c.published, schema.versions.c.title
        statement = (
            sa.select(schema.briefings.c.id)
            .join(schema.versions, _is_current())
            .order_by(published.is_(None), published.desc(), title, schema.briefings.c.id)
        )
        with self.engine.connect() as connection:
            passing = self._passing(connection, filters or Filters())
            return list(connection.scalars(statement.where(*passing)))

    def read(self, briefing_ids: Iterable[str]) -> Iterator[Briefing]:
        """The current versions of these briefings, in this order; those that are gone left out.

        Read a few at a time, as they are used: all of them together may not fit into memory.
        """
        for some in batches(briefing_ids, BRIEFINGS_A_READ):
            with self.engine.connect() as connection:
                rows = connection.execute(
                    sa.select(schema.briefings.c.key, schema.versions)
                    .join(schema.versions, _is_current())
                    .where(schema.briefings.c.id.in_(some))
                ).mappings()
                found = {row["briefing_id"]: briefing_of(row) for row in rows}
            yield from (found[i] for i in some if i in found)

    def holdings(self) -> Holdings:
        """How many briefings there are, and the span of their dates."""
        with self.engine.connect() as connection:
            count, earliest, latest = connection.execute(
                sa.select(
                    sa.func.count(),
                    sa.func.min(schema.versions.c.published),
                    sa.func.max(schema.versions.c.published),
                ).select_from(schema.briefings.join(schema.versions, _is_current()))
            ).one()
        return Holdings(count, date_of(earliest), date_of(latest))

    def places(self) -> dict[str, int]:
        """The places that briefings are about, with how many are, most often first."""
        statement = sa.text(
            "SELECT place.value AS name, count(*) AS briefings "
            "FROM briefings b JOIN versions v ON v.briefing_id = b.id AND v.version = b.version, "
            "json_each(v.places) AS place GROUP BY place.value ORDER BY briefings DESC, name"
        )
        with self.engine.connect() as connection:
            return {row.name: row.briefings for row in connection.execute(statement)}

    def keys(self, prefix: str = "") -> dict[str, str]:
        """Key → id of every briefing whose key begins with `prefix`."""
        key = schema.briefings.c.key
        # A range, which the index on keys answers; no key has the last code point in it.
        begins = sa.and_(key >= prefix, key < prefix + LAST_CODE_POINT)
        with self.engine.connect() as connection:
            rows = connection.execute(sa.select(key, schema.briefings.c.id).where(begins))
            return {row.key: row.id for row in rows}

    def compare(self, briefing: Briefing) -> Change:
        """What taking `briefing` in would change."""
        current = self._current_version(briefing.id)
        if current is None:
            return Change.ADDED
        if current[0] != briefing.version:
            return Change.CHANGED
        same = self._load(briefing.id, current[0], current[1]) == briefing
        return Change.UNCHANGED if same else Change.DESCRIBED

    def put(self, connection: Connection, briefing: Briefing) -> None:
        """Write `briefing` as the current version, inside the caller's transaction."""
        now = dt.datetime.now(dt.UTC).isoformat()
        known = connection.scalar(
            sa.select(schema.briefings.c.id).where(schema.briefings.c.id == briefing.id)
        )
        if known is None:
            connection.execute(
                schema.briefings.insert().values(
                    id=briefing.id,
                    key=briefing.key,
                    version=briefing.version,
                    added_at=now,
                    changed_at=now,
                )
            )
        else:
            connection.execute(
                schema.briefings.update()
                .where(schema.briefings.c.id == briefing.id)
                .values(version=briefing.version, changed_at=now)
            )
        connection.execute(
            schema.versions.delete().where(
                schema.versions.c.briefing_id == briefing.id,
                schema.versions.c.version == briefing.version,
            )
        )
        connection.execute(schema.versions.insert().values(**row_of(briefing)))

    def delete(self, connection: Connection, briefing_ids: Sequence[str]) -> None:
        """Delete briefings with all their versions, inside the caller's transaction."""
        for briefing_id in briefing_ids:
            connection.execute(
                schema.briefings.delete().where(schema.briefings.c.id == briefing_id)
            )

    def note(self, key: str) -> str | None:
        """A remark about the library itself (for example which index generation is live)."""
        with self.engine.connect() as connection:
            return connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.key == key))

    def notes(self, *keys: str) -> dict[str, str]:
        """Several remarks at once, as they stand together; those never made are left out."""
        statement = sa.select(schema.meta).where(schema.meta.c.key.in_(keys))
        with self.engine.connect() as connection:
            return {row.key: row.value for row in connection.execute(statement)}

    def set_note(self, key: str, value: str, connection: Connection | None = None) -> None:
        """Write a remark about the library, in the caller's transaction if one is given."""
        if connection is None:
            with self.engine.begin() as own:
                self.set_note(key, value, own)
            return
        connection.execute(schema.meta.delete().where(schema.meta.c.key == key))
        connection.execute(schema.meta.insert().values(key=key, value=value))

    @staticmethod
    def _passing(connection: Connection, filters: Filters) -> list[sa.ColumnElement[bool]]:
        """What a current version must be to pass."""
        version, conditions = schema.versions.c, []
        if filters.since:
            conditions.append(version.published >= filters.since.isoformat())
        if filters.until:
            conditions.append(version.published <= filters.until.isoformat())
        if filters.places:
            place = sa.func.json_each(version.places).table_valued("value")
            named = sa.select(place.c.value).where(place.c.value.in_(filters.places))
            conditions.append(named.exists())
        if filters.section:
            # SQLite knows upper and lower case of ASCII alone.
            sections = connection.scalars(sa.select(version.section).distinct()).all()
            wanted = filters.section.casefold()
            conditions.append(version.section.in_([s for s in sections if s.casefold() == wanted]))
        if filters.briefing_ids:
            # As one value, since SQLite takes no more than 32,766.
            given = sa.func.json_each(json.dumps(filters.briefing_ids)).table_valued("value")
            conditions.append(version.briefing_id.in_(sa.select(given.c.value)))
        return conditions

    def _current_version(self, briefing_id: str) -> tuple[str, str] | None:
        with self.engine.connect() as connection:
            row = connection.execute(
                sa.select(schema.briefings.c.version, schema.briefings.c.changed_at).where(
                    schema.briefings.c.id == briefing_id
                )
            ).one_or_none()
        return None if row is None else (row.version, row.changed_at)

    def _load_version(self, briefing_id: str, version: str, _changed_at: str) -> Briefing:
        with self.engine.connect() as connection:
            row = (
                connection.execute(
                    sa.select(schema.briefings.c.key, schema.versions)
                    .join(schema.versions, schema.versions.c.briefing_id == schema.briefings.c.id)
                    .where(
                        schema.briefings.c.id == briefing_id,
                        schema.versions.c.version == version,
                    )
                )
                .mappings()
                .one_or_none()
            )
        if row is None:
            raise NotFound(
                f"Briefing {briefing_id} has no version {version!r}",
                "Leave the version out to see the current one.",
            )
        return briefing_of(row)


def _is_current() -> sa.ColumnElement[bool]:
    return sa.and_(
        schema.versions.c.briefing_id == schema.briefings.c.id,
        schema.versions.c.version == schema.briefings.c.version,
    )
