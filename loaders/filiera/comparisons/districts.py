"""Put the numbers of districts, or of any other subjects, side by side: any measures, any periods."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from filiera.comparisons.headings import Layout, derived
from filiera.comparisons.observations import Observation, of_all, titles, units
from filiera.comparisons.placing import columns, place
from filiera.comparisons.sheets import Sheet

TITLE = "Numbers side by side"
REMARK = "A number that several places print is written once, as a table has it; where they differ, all are."


def set_side_by_side(
    connection: sqlite3.Connection,
    subjects: Sequence[str] = (),
    indicators: Collection[str] = (),
    periods: Collection[str] = (),
) -> Sheet:
    """Return a table with the subjects at the top, and each measure with its periods at the side.

    Without subjects, all districts that have numbers are taken; without indicators, the measures that two of the
    subjects share, or all of a single subject; without periods, all.
    """
    names = titles(connection)
    numbers = chosen(connection, subjects, indicators, periods)
    present = {one.subject for one in numbers}
    found = derived(numbers, names, subjects or [key for key in with_numbers(connection) if key in present])
    layout = Layout(tuple(sorted(found.rows, key=lambda row: (row.above, row.period))), found.columns)
    rows, _ = place(layout, numbers, names)
    return Sheet(TITLE, columns(layout), rows, layout.heads, (REMARK, *units(numbers, names)))


def chosen(
    connection: sqlite3.Connection, subjects: Sequence[str], indicators: Collection[str], periods: Collection[str]
) -> list[Observation]:
    """Return the numbers that are compared: measure by measure, and each measure by period."""
    wanted = set(subjects or with_numbers(connection))
    numbers = [one for one in of_all(connection) if one.subject in wanted and one.period in (periods or {one.period})]
    kept = set(indicators) or (shared(numbers) if len(wanted) > 1 else {one.indicator for one in numbers})
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
