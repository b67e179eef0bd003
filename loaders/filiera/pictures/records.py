"""What the pictures say of a record that they show, and the table that stands behind each picture."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from filiera.formats import Answer


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A record that a picture shows: its kind, key and title."""

    kind: str
    key: str
    label: str

    def __str__(self) -> str:
        """Return the title."""
        return self.label


Cell = str | int | float | Named | tuple[Named, ...] | None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that a picture is drawn from; a cell may name records."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def answer(self) -> Answer:
        """Return the rows with keys in place of records, for CSV and its like."""
        return Answer(self.columns, [tuple(map(_plain, row)) for row in self.rows])


def _plain(cell: Cell) -> str | int | float | None:
    if isinstance(cell, Named):
        return cell.key
    return " ".join(named.key for named in cell) if isinstance(cell, tuple) else cell


def named(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, Named]:
    """Return the records that have these keys, or had them once, by the key that was given."""
    query = """
        select kind, id, label from records
        where id = coalesce((select id from aliases where alias = :key), :key)
    """
    found = {key: connection.execute(query, {"key": key}).fetchone() for key in keys}
    return {key: Named(*row) for key, row in found.items() if row}


def listed(names: Iterable[object], most: int = 4) -> str:
    """Join names as in a sentence, and count those beyond `most`.

    >>> listed(["Arezzo", "Prato", "Vicenza"]), listed("abcdefg", 3)
    ('Arezzo, Prato and Vicenza', 'a, b, c and 4 more')
    """
    texts = [str(name) for name in names]
    if len(texts) > most:
        texts = [*texts[:most], f"{len(texts) - most} more"]
    return " and ".join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))


def counted(number: int, noun: str) -> str:
    """Write a number of things.

    >>> counted(1, "claim"), counted(1044, "claim")
    ('1 claim', '1,044 claims')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def shortened(text: str, most: int = 60) -> str:
    """Cut a text between words, with an ellipsis where something was left out.

    >>> shortened("Orders halve, and lenses give way to lamps.", 20)
    'Orders halve, and…'
    """
    if len(text) <= most:
        return text
    return f"{text[: most + 1].rsplit(' ', 1)[0].rstrip(' .,;:')}…"
