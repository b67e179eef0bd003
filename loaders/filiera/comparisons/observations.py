"""Read the numbers of the base, each with its place, its counterparts and whether it is certain."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from filiera.comparisons.sheets import UNCERTAIN, Cell

#: Units that a reader sees in the cell or takes for granted.
PLAIN = frozenset({"count", "percent", "rank", "year", ""})

QUERY = """
select numbers.table_id, numbers.position, subject, indicator, counterparts, period_start, period_end, value, unit,
  printed, text, certain, numbers.note
from numbers
"""


@dataclass(frozen=True, slots=True)
class Observation:
    """A number, or a cell of words, as one table or section prints it."""

    table: str
    position: int
    subject: str
    indicator: str
    counterparts: tuple[str, ...]
    start: str
    end: str
    value: float | None
    unit: str
    printed: str
    text: str
    certain: bool
    note: str

    @property
    def place(self) -> str:
        """The key of the table and the part of it."""
        return f"{self.table}#observations-{self.position}"

    @property
    def period(self) -> str:
        """The period for people."""
        return period(self.start, self.end)

    @property
    def shown(self) -> str:
        """The cell: as printed, or the words of a cell of words, whose letters a file may have mixed up."""
        return self.printed if self.value is not None else self.text or self.printed

    def cell(self, text: str) -> Cell:
        """Return a cell with a text that rests on this number."""
        return Cell(text, (self.place,), "" if self.certain else UNCERTAIN, (self.note,) if self.note else ())


def period(start: str, end: str) -> str:
    """Write a period for people.

    >>> period("2001", "2004"), period("2010", ""), period("", "")
    ('2001-2004', '2010', '')
    """
    return "-".join(part for part in (start, end) if part)


def of_table(connection: sqlite3.Connection, table: str) -> list[Observation]:
    """Return the numbers of a table in the order of the record."""
    return list(_read(connection.execute(f"{QUERY} where table_id = ?", (table,))))


def of_all(connection: sqlite3.Connection) -> list[Observation]:
    """Return every number; those of printed tables come before those of running text."""
    order = """
    left join (select distinct table_id, 1 as laid from tables_layout_columns) using (table_id)
    order by laid is null, numbers.table_id, numbers.position
    """
    return list(_read(connection.execute(QUERY + order)))


def _read(rows: sqlite3.Cursor) -> Iterator[Observation]:
    for (
        table,
        position,
        subject,
        indicator,
        counterparts,
        start,
        end,
        value,
        unit,
        printed,
        text,
        certain,
        note,
    ) in rows:
        yield Observation(
            table,
            position,
            subject,
            indicator,
            tuple((counterparts or "").split(", ")) if counterparts else (),
            start or "",
            end or "",
            value,
            unit or "",
            printed,
            text or "",
            bool(certain),
            note or "",
        )


def named(connection: sqlite3.Connection, numbers: Iterable[Observation]) -> dict[str, str]:
    """Return the titles of the records that some numbers name."""
    keys = {key for one in numbers for key in (one.table, one.subject, one.indicator, *one.counterparts)}
    query = "select id, label from records where id in (select value from json_each(?))"
    return dict(connection.execute(query, (json.dumps(sorted(keys)),)))


def titles(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the title of every record that a comparison of numbers can name."""
    query = """
    select id, label from records where id in (
      select subject from observations union select indicator from observations union select table_id from observations
      union select counterpart from observations_counterpart
    )
    """
    return dict(connection.execute(query))


def units(numbers: Iterable[Observation], names: Mapping[str, str]) -> Iterator[str]:
    """Say in which unit numbers are whose cells do not show it."""
    for indicator, unit in dict.fromkeys((one.indicator, one.unit) for one in numbers if one.value is not None):
        if unit not in PLAIN:
            yield f"{names[indicator]}: in {unit.replace('-', ' ')}."
