"""Put the numbers of districts, or of any other subjects, side by side: any measures, any periods."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from filiera.comparisons.headings import Layout, derived
from filiera.comparisons.observations import Observation, of_all, titles, units
from filiera.comparisons.placing import columns, place
from filiera.comparisons.sheets import Sheet
from filiera.formats import Answer

TITLE = "Numbers side by side"
REMARK = "A number that several places print is written once, as a table has it; where they differ, all are."

SERIES = (
    "subject",
    "title",
    "indicator",
    "measure",
    "counterparts",
    "period_start",
    "period_end",
    "value",
    "unit",
    "printed",
    "certain",
    "place",
)


def set_side_by_side(
    connection: sqlite3.Connection,
    subjects: Sequence[str] = (),
    indicators: Collection[str] = (),
    periods: Collection[str] = (),
) -> Sheet:
    """Return a table with the subjects at the top, and each measure with its periods at the side.

    Without subjects, all districts that have numbers are taken; without indicators, the measures that two of the
    subjects share; without periods, all.
    """
    names = titles(connection)
    numbers = chosen(connection, subjects, indicators, periods)
    found = derived(numbers, names, subjects or with_numbers(connection))
    layout = Layout(tuple(sorted(found.rows, key=lambda row: (row.above, row.period))), found.columns)
    rows, _ = place(layout, numbers, names)
    return Sheet(TITLE, columns(layout), rows, layout.heads, (REMARK, *units(numbers, names)))


def series(
    connection: sqlite3.Connection,
    subjects: Sequence[str] = (),
    indicators: Collection[str] = (),
    periods: Collection[str] = (),
) -> Answer:
    """Return the same numbers one a row, for a plot: cells of words have no value."""
    names = titles(connection)
    rows = [
        (
            one.subject,
            names[one.subject],
            one.indicator,
            names[one.indicator],
            ", ".join(names[key] for key in one.counterparts),
            one.start,
            one.end,
            one.value,
            one.unit,
            one.shown,
            int(one.certain),
            one.place,
        )
        for one in chosen(connection, subjects, indicators, periods)
    ]
    return Answer(SERIES, rows)


def chosen(
    connection: sqlite3.Connection, subjects: Sequence[str], indicators: Collection[str], periods: Collection[str]
) -> list[Observation]:
    """Return the numbers that are compared: measure by measure, and each measure by period."""
    wanted = set(subjects or with_numbers(connection))
    numbers = [one for one in of_all(connection) if one.subject in wanted and one.period in (periods or {one.period})]
    kept = set(indicators or shared(numbers))
    names = titles(connection)
    numbers = [one for one in numbers if one.indicator in kept]
    return sorted(numbers, key=lambda one: (names[one.indicator], one.start, one.end))


def with_numbers(connection: sqlite3.Connection) -> list[str]:
    """Return the districts that have numbers."""
    query = "select distinct subject from observations join districts on districts.id = subject order by subject"
    return [key for (key,) in connection.execute(query)]


def shared(numbers: Iterable[Observation]) -> set[str]:
    """Return the indicators that more than one subject has."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in numbers:
        found[one.indicator].add(one.subject)
    return {indicator for indicator, subjects in found.items() if len(subjects) > 1}
