"""Find records by words, best first."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from filiera.folding import folded_words

#: A word in the title of a record weighs as much as this many in its text.
TITLE_WEIGHT = 4.0

#: Records that are ranked at most when all kinds are shown beside each other.
RANKED = 1000

#: What stands around each word found in an extract; no text of a record has these characters.
MARKS = "\x02", "\x03"

#: Parts of an extract, the characters of each, and those before the first word that was found.
EXTRACTS = 3
LENGTH = 200
BEFORE = 80


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


@dataclass(frozen=True, slots=True)
class Shown:
    """A record that was found, with the words marked in its title, and in an extract of what else it says."""

    hit: Hit
    title: str
    extract: str


@dataclass(frozen=True, slots=True)
class Group:
    """The best records of one kind, and how many there are."""

    kind: str
    count: int
    records: list[Shown]


@dataclass(frozen=True, slots=True)
class Groups:
    """What was found, kind by kind, that of the best record first.

    `complete` is as in `Hits`; `capped` is true when there were more records than are ranked, so that counts are of
    the best ones only.
    """

    groups: list[Group]
    complete: bool
    capped: bool


def find(connection: sqlite3.Connection, words: str, *, kind: str = "", limit: int = 20) -> Hits:
    """Find the records that have all of the words, or failing that some; inflected forms count."""
    every, some = _expressions(words)
    everything = _match(connection, every, kind, limit)
    if everything or not some:
        return Hits(everything, complete=True)
    return Hits(_match(connection, some, kind, limit), complete=False)


def _expressions(words: str) -> tuple[str, str]:
    """Return the search for records with all of the words, and that for some, where there are several."""
    terms = [f'"{word}"' for word in folded_words(words)]
    return " ".join(terms), " OR ".join(terms) if len(terms) > 1 else ""


def by_kind(connection: sqlite3.Connection, words: str, *, kind: str = "", each: int = 5) -> Groups:
    """Find as `find` does, and give the best `each` records of every kind, or of one."""
    every, some = _expressions(words)
    groups = _groups(connection, every, kind, each)
    complete = bool(groups) or not some
    if not complete:
        groups = _groups(connection, some, kind, each)
    return Groups(groups, complete, capped=sum(group.count for group in groups) >= RANKED)


def _groups(connection: sqlite3.Connection, expression: str, kind: str, each: int) -> list[Group]:
    if not expression:
        return []
    query = """
        with found as materialized (
            select records.rowid as row, records.id, records.kind, records.label, records.file, records.line,
                bm25(records_fts, :weight, 1.0) as rank
            from records_fts join records on records.rowid = records_fts.rowid
            where records_fts match :expression and (:kind = '' or records.kind = :kind)
            order by rank, records.id limit :ranked
        ), placed as (
            select *, row_number() over (partition by kind order by rank, id) as place,
                count(*) over (partition by kind) as number, min(rank) over (partition by kind) as best
            from found
        )
        select row, number, id, kind, label, file, line from placed where place <= :each order by best, kind, place
    """
    values = {"expression": expression, "kind": kind, "weight": TITLE_WEIGHT, "ranked": RANKED, "each": each}
    rows = connection.execute(query, values).fetchall()
    marked = _marked(connection, expression, [row[0] for row in rows])
    return [_group(list(of_kind), marked) for _, of_kind in groupby(rows, key=lambda row: row[3])]


def _group(rows: list[tuple[Any, ...]], marked: dict[int, tuple[str, str]]) -> Group:
    shown = [Shown(Hit(*row[2:]), marked[row[0]][0], _extract(*marked[row[0]])) for row in rows]
    return Group(rows[0][3], rows[0][1], shown)


def _marked(connection: sqlite3.Connection, expression: str, rows: list[int]) -> dict[int, tuple[str, str]]:
    """Return title and text of records with the words that were found between marks."""
    query = """
        select rowid, highlight(records_fts, 0, :before, :after), highlight(records_fts, 1, :before, :after)
        from records_fts where records_fts match :expression and rowid in (select value from json_each(:rows))
    """
    values = {"expression": expression, "rows": json.dumps(rows), "before": MARKS[0], "after": MARKS[1]}
    return {row[0]: (row[1], row[2]) for row in connection.execute(query, values)}


def _extract(title: str, text: str) -> str:
    """Return the parts of a text that have words found and say more than the title; the first part is the key."""
    _, *parts = text.split(" · ")
    shown = set(folded_words(_bare(title)))
    telling = [part for part in parts if MARKS[0] in part and not shown.issuperset(folded_words(_bare(part)))]
    return " · ".join(_around_mark(part) for part in telling[:EXTRACTS])


def _bare(marked: str) -> str:
    return marked.replace(MARKS[0], "").replace(MARKS[1], "")


def _around_mark(part: str) -> str:
    """Return the words of a part around the first that was found."""
    begin = part.rfind(" ", 0, max(0, part.index(MARKS[0]) - BEFORE)) + 1
    rest = part[begin:]
    cut = rest if len(rest) <= LENGTH else rest[:LENGTH].rsplit(" ", 1)[0]
    if cut.count(MARKS[0]) > cut.count(MARKS[1]):
        cut += MARKS[1]
    return f"{'…' if begin else ''}{cut}{'…' if begin + len(cut) < len(part) else ''}"


def _match(connection: sqlite3.Connection, expression: str, kind: str, limit: int) -> list[Hit]:
    if not expression:
        return []
    query = """
        select records.id, records.kind, records.label, records.file, records.line
        from records_fts join records on records.rowid = records_fts.rowid
        where records_fts match :expression and (:kind = '' or records.kind = :kind)
        order by bm25(records_fts, :weight, 1.0), records.id limit :limit
    """
    values = {"expression": expression, "kind": kind, "weight": TITLE_WEIGHT, "limit": limit}
    return [Hit(*row) for row in connection.execute(query, values)]
