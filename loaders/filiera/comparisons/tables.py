"""Set a printed table again, from its cells and its headings; uncertain cells are marked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

from filiera.comparisons.headings import derived, recorded
from filiera.comparisons.observations import Observation, named, of_table, units
from filiera.comparisons.placing import columns, is_dense, place
from filiera.comparisons.sheets import Cell, Column, Sheet
from filiera.errors import NotFoundError

LIST = (Column("subject"), Column("measure"), Column("counterpart"), Column("period"), Column("as printed"))


def rebuild(connection: sqlite3.Connection, table: str) -> Sheet:
    """Return a table with the rows and columns of print, or the numbers of a section as a list.

    A table whose record says nothing of its layout is set by its subjects, measures and periods, where that makes a
    table. Raises NotFoundError when there is no such table.
    """
    found = connection.execute("select label, title from tables where id = ?", (table,)).fetchone()
    if found is None:
        raise NotFoundError(f"there is no table {table!r}")
    title = ": ".join(part for part in found if part)
    numbers = of_table(connection, table)
    names = named(connection, numbers)
    remarks = (*units(numbers, names), *_sources(connection, table))
    layout = recorded(connection, table) or derived(numbers, names)
    rows, lost = place(layout, numbers, names)
    if not numbers or not (recorded(connection, table) or is_dense(layout, numbers)):
        return Sheet(title, LIST, tuple(_listed(numbers, names)), 1, remarks)
    remarks += tuple(
        f"No heading of the record fits {names[one.subject]}, {names[one.indicator]}: {one.shown}" for one in lost
    )
    return Sheet(title, columns(layout), rows, layout.heads, remarks)


def _listed(numbers: list[Observation], names: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    for one in numbers:
        counterparts = ", ".join(names[key] for key in one.counterparts)
        yield (
            Cell(names[one.subject], (one.subject,)),
            Cell(names[one.indicator], (one.indicator,)),
            Cell(counterparts, one.counterparts),
            Cell(one.period),
            one.cell(one.shown),
        )


def _sources(connection: sqlite3.Connection, key: str) -> Iterator[str]:
    query = "select label from tables_data_from join records on id = data_from where table_id = ? order by position"
    found = [label for (label,) in connection.execute(query, (key,))]
    if found:
        yield f"Numbers credited to: {'; '.join(found)}."
