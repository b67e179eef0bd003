"""Remember what came of reading a file of records and checking each of them, so that a build reads what changed.

A build keeps the rows that a file gave to the tables under construction and the counts of its checks; the next build
puts them in again, in their place, where it would read the same. It does so by the SHA-256 of all that they depend on:
the program, the schema, the documents, the year, the name of the file and its bytes. What looks at several records
runs every time.

Only a file without a problem is remembered, so that a problem is always found by the check itself. A memory that is
damaged, or not there, is one of nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from filiera.checks.base import Base
from filiera.recipe import recipe
from filiera.report import Report

TABLE = "create table remembered(key text primary key, content text not null, digest text not null) without rowid"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the memory of a build is to be written, and where that of the last one lies, if there is one."""

    path: Path
    last: Path | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of the files of a base, in a database of its own, and in that of the last build.

    `around` is the SHA-256 of what every file depends on besides itself.
    """

    base: Base
    connection: sqlite3.Connection
    last: sqlite3.Connection
    around: str

    def key(self, name: str, content: bytes) -> str:
        """Return the key of a file, by its path as it is shown and by its bytes."""
        return hashlib.sha256(f"{self.around}\0{name}\0".encode() + content).hexdigest()

    def recall(self, key: str) -> bool:
        """Put in what is remembered of a file, as if it were read now; tell whether there was anything."""
        try:
            query = "select cast(content as text), digest from remembered where key = ?"
            row = self.last.execute(query, (key,)).fetchone()
        except sqlite3.Error:
            return False
        if row is None or _digest(row[0]) != row[1]:
            return False
        content = json.loads(row[0])
        for table, rows in content["rows"].items():
            marks = ", ".join("?" * len(rows[0]))
            # As when records are read: of two with one key the first is kept, and `keys` reports the other.
            self.base.connection.executemany(f"insert or ignore into {table} values ({marks})", rows)  # noqa: S608  ours
        skipped = {(check, reason): number for check, reason, number in content["skipped"]}
        self.base.report.add(Report([], Counter(content["counts"]), Counter(skipped)))
        self._write(key, row[0])
        return True

    def marks(self) -> dict[str, int]:
        """Return the last row of every table that reading fills, by the name of the table."""
        query = "select 'temp.' || name from temp.sqlite_master where type = 'table' union all values ('records'), "
        names = self.base.connection.execute(query + "('records_data')").fetchall()
        last = "select coalesce(max(rowid), 0) from "
        return {name: self.base.connection.execute(last + name).fetchone()[0] for (name,) in names}

    def keep(self, key: str, since: dict[str, int], report: Report) -> None:
        """Remember the rows that a file gave, which come after the marks, and what its checks came to."""
        rows = {
            table: self.base.connection.execute(f"select * from {table} where rowid > ?", (mark,)).fetchall()  # noqa: S608  ours
            for table, mark in since.items()
        }
        content = {
            "rows": {table: found for table, found in rows.items() if found},
            "counts": report.counts,
            "skipped": [(*what, number) for what, number in report.skipped.items()],
        }
        self._write(key, json.dumps(content, ensure_ascii=False, separators=(",", ":")))

    def _write(self, key: str, content: str) -> None:
        self.connection.execute("insert or ignore into remembered values (?, ?, ?)", (key, content, _digest(content)))


@contextmanager
def remembering(base: Base, place: Place) -> Iterator[Memory]:
    """Give the memory of a build, over that of the last one."""
    there = place.last and place.last.is_file()
    address = f"{place.last.resolve().as_uri()}?mode=ro&immutable=1" if place.last and there else ":memory:"
    with closing(sqlite3.connect(place.path)) as connection, closing(sqlite3.connect(address, uri=True)) as last:
        connection.executescript(f"pragma journal_mode = off; pragma synchronous = off; {TABLE}")
        yield Memory(base, connection, last, _around(base))
        connection.commit()


def _around(base: Base) -> str:
    """Return a SHA-256 of what the checks of a record look at besides it; a date may be too far ahead this year."""
    documents = [(one.key, one.data, one.verdict) for one in base.library.documents.values()]
    year = dt.datetime.now(tz=dt.UTC).year
    return _digest(json.dumps([recipe(base.schema), year, documents, base.library.aliases]))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
