"""Check arithmetic: a number that follows from other numbers of the same document is computed again.

An indicator says how it follows from others (`derivation`). Printed numbers are rounded, so each stands for the
interval that rounds to it; a number is wrong when its interval and the computed one do not meet. A disagreement that
the document itself is to blame for is recorded as an erratum of the type arithmetic or inconsistency that concerns the
table, the indicator and the subject; any other is a mistake of ours.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from filiera.checks.base import Base, Check, placed
from filiera.checks.numbers import NUMBER
from filiera.records import Record

SCRATCH = """
create temp table cells(
    work text, table_id text, subject text, indicator text, counterpart text, first text, last text,
    low real, high real, file text, line integer, column_ integer
);
create index temp.cells_indicator on cells(indicator);
"""

Interval = tuple[float, float]

#: Where a number stands: work, subject, indicator, counterpart, first and last date.
Key = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed number: where it stands, the interval that rounds to it, and the place of its record."""

    table: str
    key: Key
    interval: Interval
    place: tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Cells:
    """The numbers that rules are applied to."""

    by_key: dict[Key, Cell] = field(default_factory=dict)
    by_table: dict[str, list[Cell]] = field(default_factory=lambda: defaultdict(list))

    def get(self, of: Cell, indicator: str, first: str, last: str) -> Interval | None:
        """Return the number of another indicator for the same work, subject and counterpart."""
        work, subject, _, counterpart, *_ = of.key
        found = self.by_key.get((work, subject, indicator, counterpart, first, last))
        return found.interval if found else None


def note(record: Record, base: Base) -> None:
    """Keep every number of the record with its place."""
    for path, of, data in record.objects:
        if "value" not in data or "printed" not in data or "indicator" not in of.fields:
            continue
        period = data.get("period", {})
        first, last = period.get("start", ""), period.get("end", period.get("start", ""))
        counterpart = " ".join(sorted(data.get("counterpart", ())))
        key = (record.data.get("work"), record.id, data.get("subject"), data.get("indicator"), counterpart, first, last)
        row = (*key, *_interval(data), record.shown, *record.place((*path, "value")))
        base.connection.execute(f"insert into temp.cells values ({', '.join('?' * len(row))})", row)  # noqa: S608  only question marks


def _interval(data: dict[str, Any]) -> Interval:
    """Return the interval of numbers that round to the printed one."""
    printed = NUMBER.findall(data["printed"])
    decimals = len(printed[0][1].partition(".")[2]) if len(printed) == 1 else 0
    half = 0.5 * 10**-decimals
    return data["value"] - half, data["value"] + half


def recompute(base: Base) -> None:
    """Compute every derived number again, and report those that do not follow."""
    cells = _cells(base)
    excused = _excused(base)
    query = "select id, data ->> '$.derivation' from records_data where data ->> '$.derivation' is not null"
    for indicator, text in base.connection.execute(query).fetchall():
        derivation = json.loads(text)
        for cell in [c for table in cells.by_table.values() for c in table if c.key[2] == indicator]:
            expected = RULES[derivation["rule"]](cell, derivation["of"], cells)
            if expected is None:
                continue
            base.report.made("arithmetic")
            if not _meet(cell.interval, expected) and not any({cell.table, *cell.key[1:3]} <= e for e in excused):
                _report(base, cell, expected)


def _report(base: Base, cell: Cell, expected: Interval) -> None:
    middle, computed = sum(cell.interval) / 2, sum(expected) / 2
    message = f"value: {middle:g} does not follow from the numbers that it is made of: they give {computed:.4g}"
    hint = f"correct it, or record an erratum (arithmetic) that concerns {cell.table}, {cell.key[2]} and {cell.key[1]}"
    base.report.fail(placed(cell.place, message, hint, "arithmetic"))


def _meet(one: Interval, other: Interval) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _cells(base: Base) -> Cells:
    """Return the numbers of the indicators that a derivation names, or that have one."""
    query = """
        with derived as (
            select id, json_extract(data, '$.derivation') as derivation from records_data
            where json_extract(data, '$.derivation') is not null
        ), wanted as (
            select id from derived union select value from derived, json_each(derivation, '$.of')
        )
        select * from temp.cells where indicator in (select id from wanted) order by rowid
    """
    cells = Cells()
    for work, table, subject, indicator, counterpart, first, last, low, high, *place in base.connection.execute(query):
        cell = Cell(table, (work, subject, indicator, counterpart, first, last), (low, high), tuple(place))
        cells.by_key.setdefault(cell.key, cell)
        cells.by_table[table].append(cell)
    return cells


def _excused(base: Base) -> list[set[str]]:
    """Return the records that each erratum of the right type concerns."""
    query = """
        select json_extract(data, '$.concerns') from records_data join records using (id)
        where kind = 'errata' and json_extract(data, '$.type') in ('arithmetic', 'inconsistency')
    """
    return [set(json.loads(row[0] or "[]")) for row in base.connection.execute(query)]


def percent_change(cell: Cell, of: list[str], cells: Cells) -> Interval | None:
    """Return the change of a level over the cell's period, in percent."""
    first, last = cell.key[4], cell.key[5]
    before, after = cells.get(cell, of[0], first, first), cells.get(cell, of[0], last, last)
    return _percent(after, before) if before and after and first != last else None


def ratio_percent(cell: Cell, of: list[str], cells: Cells) -> Interval | None:
    """Return one number divided by another of the same period, in percent."""
    one, other = (cells.get(cell, indicator, *cell.key[4:]) for indicator in of)
    return (100 * one[0] / other[1], 100 * one[1] / other[0]) if one and other else None


def ratio_change(cell: Cell, of: list[str], cells: Cells) -> Interval | None:
    """Return the change of a ratio, in percent, from the changes of its two parts over the same period."""
    one, other = (cells.get(cell, indicator, *cell.key[4:]) for indicator in of)
    if not one or not other:
        return None
    grown, shrunk = ((100 + x[0], 100 + x[1]) for x in (one, other))
    return _percent(grown, shrunk)


def rank(cell: Cell, of: list[str], cells: Cells) -> Interval | None:
    """Return the place of the cell's subject among the subjects that its table ranks, the largest number first."""
    same = [c for c in cells.by_table[cell.table] if c.key[2] == cell.key[2] and c.key[3:] == cell.key[3:]]
    numbers = [cells.get(c, of[0], *cell.key[4:]) for c in same]
    own = cells.get(cell, of[0], *cell.key[4:])
    if own is None or None in numbers or len(numbers) == 1:
        return None
    place = 1 + sum(n[0] > own[1] for n in numbers if n)
    return float(place), float(place)


def _percent(after: Interval, before: Interval) -> Interval:
    return 100 * (after[0] / before[1] - 1), 100 * (after[1] / before[0] - 1)


RULES: dict[str, Callable[[Cell, list[str], Cells], Interval | None]] = {
    "percent-change": percent_change,
    "ratio-percent": ratio_percent,
    "ratio-change": ratio_change,
    "rank": rank,
}

CHECKS = (Check("arithmetic", note, recompute, SCRATCH),)
