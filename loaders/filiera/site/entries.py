"""Read one record from the database, as its page and its other forms need it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from filiera import rdf
from filiera.records import Data
from filiera.schema import Class, Schema

RECORD = "select label, file, line, data from records join records_data using (id) where id = :key and kind = :kind"


@dataclass(frozen=True, slots=True)
class Entry:
    """A record: its kind, its title, its data, and the file and line where it is written."""

    kind: Class
    key: str
    title: str
    file: str
    line: int
    data: Data

    @property
    def iri(self) -> str:
        """The name of the record in the graph."""
        return f"{rdf.BASE}{self.kind.folder}/{self.key}"

    @property
    def path(self) -> str:
        """The path of its page."""
        return f"/{self.kind.folder}/{self.key}"


def entry(connection: sqlite3.Connection, schema: Schema, kind: str, key: str) -> Entry | None:
    """Return a record, or None where no record of that kind has the key."""
    row = connection.execute(RECORD, {"kind": kind, "key": key}).fetchone()
    if row is None:
        return None
    title, file, line, data = row
    return Entry(schema.kinds[kind], key, title, file, line, json.loads(data))


def present_key(connection: sqlite3.Connection, key: str) -> tuple[str, str] | None:
    """Return kind and key of the record that had a key, or None where none had."""
    query = "select records.kind, records.id from aliases join records using (id) where alias = ?"
    row = connection.execute(query, (key,)).fetchone()
    return (row[0], row[1]) if row else None
