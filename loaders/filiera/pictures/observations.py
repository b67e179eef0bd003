"""Look up the observations of an indicator, and part them into plots."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from filiera.errors import NotFoundError
from filiera.nearest import did_you_mean
from filiera.pictures.dates import span
from filiera.pictures.numbers import Number, Plot
from filiera.pictures.records import Named, listed, named


def plots(
    connection: sqlite3.Connection, indicator: str, subjects: Sequence[str] = (), *, split: bool = False
) -> list[Plot]:
    """Return a plot of an indicator for each unit, about all subjects or those that are named.

    With `split` each other side of a flow is a thing of its own; without, only whole flows are shown, if there are any.
    Raises NotFoundError when there is no such indicator, or it says nothing about one of the subjects.
    """
    row = _indicator(connection, indicator)
    known = list(_numbers(connection, row[0]))
    wanted = _present(connection, subjects, known, row[1])
    chosen = [n for n in known if not subjects or n.subject.key in wanted]
    split = split and any(n.counterparts for n in chosen)
    shown = chosen if split else list(_whole(chosen))
    head = Named("indicators", row[0], row[1])
    units = dict.fromkeys(n.unit for n in shown)
    return [
        Plot(head, unit, row[2], row[3] or "", tuple(n for n in shown if n.unit == unit), split or _several(shown))
        for unit in units
    ]


def _whole(numbers: Iterable[Number]) -> Iterator[Number]:
    """Leave out the parts of a flow, for each subject and date of which there is the whole."""
    numbers = list(numbers)
    whole = {n.subject for n in numbers if not n.counterparts and n.value is not None}
    yield from (n for n in numbers if n.subject not in whole or not n.counterparts)


def _several(numbers: Sequence[Number]) -> bool:
    """Tell whether a table has several numbers of one subject and date, told apart by the other side only."""
    cells = [(n.subject, n.when, n.table) for n in numbers if n.value is not None]
    return len(set(cells)) < len(cells)


def _indicator(connection: sqlite3.Connection, key: str) -> tuple[str, str, str, str | None]:
    query = """
        select id, label, definition, basis from indicators
        where id = coalesce((select id from aliases where alias = :key), :key)
    """
    row: tuple[str, str, str, str | None] | None = connection.execute(query, {"key": key}).fetchone()
    if row:
        return row
    names = [name for (name,) in connection.execute("select id from indicators order by id")]
    hint = did_you_mean(key, names) or f"there are {listed(names)}"
    raise NotFoundError(f"no indicator has the key {key!r}; {hint}")


def _present(connection: sqlite3.Connection, wanted: Sequence[str], known: Sequence[Number], label: str) -> set[str]:
    """Return the present keys of subjects."""
    subjects = {n.subject.key: n.subject for n in known}
    records = named(connection, wanted)
    for key in wanted:
        if key not in records or records[key].key not in subjects:
            hint = did_you_mean(key, subjects) or f"there is {listed(subjects, 8)}"
            raise NotFoundError(f"no observation of {label!r} is about {key!r}; {hint}")
    return {records[key].key for key in wanted}


def _numbers(connection: sqlite3.Connection, indicator: str) -> Iterator[Number]:
    """Yield every observation of an indicator, in the order of subjects, dates and tables."""
    query = """
        select o.table_id, o.position, tables.label, subject.kind, subject.id, subject.label,
               o.period_start, o.period_end, o.value, coalesce(o.unit, indicators.unit, ''), o.printed,
               coalesce(o.certain, 1)
        from observations as o
        join indicators on indicators.id = o.indicator
        join records as subject on subject.id = o.subject
        join tables on tables.id = o.table_id
        where o.indicator = ?
        order by subject.label, o.subject, o.period_start, o.period_end, o.table_id, o.position
    """
    for table, position, label, kind, key, subject, start, end, *rest in connection.execute(query, (indicator,)):
        value, unit, printed, certain = rest
        others = _counterparts(connection, table, position)
        whole = Named("tables", table, label)
        when, change = span(start, end), bool(start and end)
        yield Number(Named(kind, key, subject), others, when, change, value, unit, printed, bool(certain), whole)


def _counterparts(connection: sqlite3.Connection, table: str, observation: int) -> tuple[Named, ...]:
    query = """
        select kind, id, label from observations_counterpart join records on id = counterpart
        where table_id = ? and observation = ? order by label, id
    """
    return tuple(Named(*row) for row in connection.execute(query, (table, observation)))
