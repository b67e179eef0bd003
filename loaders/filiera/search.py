"""Find records by words, best first."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from filiera.folding import folded_words

#: A word in the title of a record weighs as much as this many in its text.
TITLE_WEIGHT = 4.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found: its key, kind and title, and the file and line where it is written."""

    id: str
    kind: str
    label: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found; `complete` is false when no record had all the words, so that some sufficed."""

    hits: list[Hit]
    complete: bool


def find(connection: sqlite3.Connection, words: str, *, kind: str = "", limit: int = 20) -> Hits:
    """Find the records that have all of the words, or failing that some; inflected forms count."""
    terms = [f'"{word}"' for word in folded_words(words)]
    if not terms:
        return Hits([], complete=True)
    everything = _match(connection, " ".join(terms), kind, limit)
    if everything or len(terms) == 1:
        return Hits(everything, complete=True)
    return Hits(_match(connection, " OR ".join(terms), kind, limit), complete=False)


def _match(connection: sqlite3.Connection, expression: str, kind: str, limit: int) -> list[Hit]:
    query = """
        select records.id, records.kind, records.label, records.file, records.line
        from records_fts join records on records.rowid = records_fts.rowid
        where records_fts match :expression and (:kind = '' or records.kind = :kind)
        order by bm25(records_fts, :weight, 1.0), records.id limit :limit
    """
    values = {"expression": expression, "kind": kind, "weight": TITLE_WEIGHT, "limit": limit}
    return [Hit(*row) for row in connection.execute(query, values)]
