"""Find records by words, best first.

To rank a record takes a microsecond, so that words which stand in a million of them would take a second. Of each kind
`RANKED` are ranked at most, taken evenly from all that have the words: a rare kind is ranked whole beside a common one.
"""

from __future__ import annotations

import json
import sqlite3
from collections import ChainMap
from dataclasses import dataclass
from typing import Any

from filiera.folding import folded_words

#: A word in the title of a record weighs as much as this many in its text.
TITLE_WEIGHT = 4.0

#: Records of one kind that are ranked at most.
RANKED = 5_000

COUNT = "select count(*) from records_fts where records_fts match ? and rowid between ? and ?"

#: Each kind with its first row and its last, found by steps from kind to kind: to group all records takes a second.
STRETCHES = """
    with recursive kinds(kind) as (
        select min(kind) from records
        union all
        select (select min(records.kind) from records where records.kind > kinds.kind) from kinds where kind is not null
    )
    select
        kind,
        (select min(rowid) from records where records.kind = kinds.kind),
        (select max(rowid) from records where records.kind = kinds.kind)
    from kinds where kind is not null and :kind in ('', kind)
"""

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

    `complete` is as in `Hits`; `capped` is true when there were more records than are ranked.
    """

    groups: list[Group]
    complete: bool
    capped: bool


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A record that was found, its row, and its rank, which is the lower the better."""

    rank: float
    row: int
    hit: Hit


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The rows between which the records of a kind stand in a build, and how many of them match."""

    kind: str
    first: int
    last: int
    count: int

    @property
    def every(self) -> int:
        """One of so many is ranked."""
        return -(-self.count // RANKED)


@dataclass(frozen=True, slots=True)
class _Best:
    """The best records of a kind."""

    of: _Stretch
    records: list[_Ranked]


def find(connection: sqlite3.Connection, words: str, *, kind: str = "", limit: int = 20) -> Hits:
    """Find the records that have all of the words, or failing that some; inflected forms count."""
    every, some = _expressions(words)
    everything = _hits(connection, every, kind, limit)
    if everything or not some:
        return Hits(everything, complete=True)
    return Hits(_hits(connection, some, kind, limit), complete=False)


def _hits(connection: sqlite3.Connection, expression: str, kind: str, limit: int) -> list[Hit]:
    best = (one for of_kind in _best(connection, expression, kind, limit) for one in of_kind.records)
    return [one.hit for one in sorted(best, key=lambda one: (one.rank, one.hit.id))][:limit]


def _expressions(words: str) -> tuple[str, str]:
    """Return the search for records with all of the words, and that for some, where there are several."""
    terms = [f'"{word}"' for word in folded_words(words)]
    return " ".join(terms), " OR ".join(terms) if len(terms) > 1 else ""


def by_kind(connection: sqlite3.Connection, words: str, *, kind: str = "", each: int = 5) -> Groups:
    """Find as `find` does, and give the best `each` records of every kind, or of one."""
    every, some = _expressions(words)
    best = _best(connection, every, kind, each)
    complete = bool(best) or not some
    if not complete:
        best = _best(connection, some, kind, each)
    best.sort(key=lambda one: (one.records[0].rank, one.of.kind))
    marked = _marked(connection, every if complete else some, [row.row for one in best for row in one.records])
    return Groups([_group(one, marked) for one in best], complete, capped=any(one.of.every > 1 for one in best))


def _group(best: _Best, marked: dict[int, tuple[str, str]]) -> Group:
    shown = [Shown(one.hit, marked[one.row][0], _extract(*marked[one.row])) for one in best.records]
    return Group(best.of.kind, best.of.count, shown)


def _best(connection: sqlite3.Connection, expression: str, kind: str, each: int) -> list[_Best]:
    """Return the best `each` records of every kind that has some, or of one kind."""
    found = [one for one in _stretches(connection, expression, kind) if one.count] if expression else []
    shares, values = _shares(found)
    # One statement for all kinds: to begin to rank, SQLite reads all that has the words once.
    query = f"""
        with ranked as (
            select bm25(records_fts, :weight, 1.0) as rank, records.rowid as row,
                records.id, records.kind, records.label, records.file, records.line
            from records_fts join records on records.rowid = records_fts.rowid
            where records_fts match :expression and (:kind = '' or records.kind = :kind) {shares}
        ), placed as (
            select *, row_number() over (partition by kind order by rank, id) as place from ranked
        )
        select rank, row, id, kind, label, file, line from placed where place <= :each order by kind, place
    """  # noqa: S608  conditions with parameters
    values |= {"expression": expression, "kind": kind, "weight": TITLE_WEIGHT, "each": each}
    rows = connection.execute(query, values) if found else ()
    records = [_Ranked(rank, row, Hit(*hit)) for rank, row, *hit in rows]
    best = (_Best(one, [record for record in records if record.hit.kind == one.kind]) for one in found)
    return [one for one in best if one.records]


def _stretches(connection: sqlite3.Connection, expression: str, kind: str) -> list[_Stretch]:
    """Return how many records that match each kind has, and where they stand."""
    places = connection.execute(STRETCHES, {"kind": kind}).fetchall()
    counts = (connection.execute(COUNT, (expression, first, last)).fetchone()[0] for _, first, last in places)
    return [_Stretch(name, first, last, count) for (name, first, last), count in zip(places, counts, strict=True)]


def _shares(found: list[_Stretch]) -> tuple[str, dict[str, Any]]:
    """Return a condition, with its values, that leaves a share of the records of kinds that have very many."""
    large = [one for one in found if one.every > 1]
    condition = "and (records_fts.rowid not between :first{0} and :last{0} or records_fts.rowid % :every{0} = 0)"
    values = [{f"first{at}": one.first, f"last{at}": one.last, f"every{at}": one.every} for at, one in enumerate(large)]
    return " ".join(condition.format(at) for at in range(len(large))), dict(ChainMap(*values))


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
