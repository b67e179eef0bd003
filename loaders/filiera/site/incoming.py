"""What points to a record: the foreign keys of the schema, read backwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from filiera.schema import Schema, schema
from filiera.site.words import heading, plain
from filiera.sqlite import Table, family, tables

#: Records that are shown for each way of pointing; the table has the rest.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that holds keys: its table, the column of the owner's key, and the owner's kind."""

    kind: str
    table: str
    owner: str
    column: str
    path: tuple[str, ...]
    description: str

    @property
    def name(self) -> str:
        """The table and the column, by which templates name it."""
        return self.table if self.kind != self.table else f"{self.table}.{self.column}"

    @property
    def title(self) -> str:
        """What the owner's field is called."""
        return f"{heading(self.kind)}: {plain(', '.join(self.path))}"


@dataclass(frozen=True, slots=True)
class Pointing:
    """The records that point to one by one of their fields: how many there are, and the first of them."""

    by: Reference
    count: int
    keys: list[str]
    path: str


@cache
def references(kind: str) -> tuple[Reference, ...]:
    """Return the columns that may hold keys of a kind."""
    return tuple(_references(kind, schema()))


def _references(kind: str, known: Schema) -> Iterator[Reference]:
    for owner, root in tables(known).items():
        for table in family(root):
            for column in table.columns:
                if kind in column.field.targets:
                    path = (*_lists(table), *column.path)
                    yield Reference(owner, table.name, table.key[0], column.name, path, column.field.description)


def _lists(table: Table) -> tuple[str, ...]:
    """Return the names of the lists that lead to a table."""
    return (*(_lists(table.parent) if table.parent else ()), *table.path)


def pointing(connection: sqlite3.Connection, kind: str, key: str, but: Iterable[str] = ()) -> list[Pointing]:
    """Return what points to a record, field by field, in the order of the schema; `but` names ways to leave out."""
    known = tuple(by for by in references(kind) if by.name not in set(but))
    if not known:
        return []
    counts = connection.execute(_counting(known), {"key": key}).fetchone()
    return [
        Pointing(by, count, _first(connection, by, key), f"/filiera/{by.table}?{by.column}={key}")
        for by, count in zip(known, counts, strict=True)
        if count
    ]


@cache
def _counting(known: tuple[Reference, ...]) -> str:
    counts = (
        f'(select count(distinct "{by.owner}") from "{by.table}" where "{by.column}" = :key)'  # noqa: S608  schema's names
        for by in known
    )
    return f"select {', '.join(counts)}"


def _first(connection: sqlite3.Connection, by: Reference, key: str) -> list[str]:
    query = f"""
        select distinct "{by.owner}" from "{by.table}" where "{by.column}" = :key order by 1 limit {SHOWN}
    """  # noqa: S608  the names are the schema's
    return [row[0] for row in connection.execute(query, {"key": key})]
