"""Set numbers into rows and columns: a number stands where a row and a column agree with it.

Where several headings agree with it, the one that says most has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from filiera.comparisons.headings import Heading, Layout
from filiera.comparisons.observations import Observation
from filiera.comparisons.sheets import UNCERTAIN, Cell, Column, Row

#: A layout that follows from the numbers is used when at least this part of its cells would be filled.
FILLED = 0.5


def is_dense(layout: Layout, numbers: Sequence[Observation]) -> bool:
    """Tell whether enough of the cells of a layout would be filled for it to be read as a table."""
    filled = {(_best(layout.rows, one), _best(layout.columns, one)) for one in numbers}
    return len(filled) >= FILLED * len(layout.rows) * len(layout.columns)


def _best(headings: Sequence[Heading], one: Observation) -> int:
    """Return the place of the heading that says most of those that agree with a number, or -1 when none does."""
    agreeing = [place for place, heading in enumerate(headings) if heading.agrees(one)]
    return max(agreeing, key=lambda place: headings[place].weight, default=-1)


def place(
    layout: Layout, numbers: Iterable[Observation], titles: Mapping[str, str]
) -> tuple[tuple[Row, ...], list[Observation]]:
    """Return the rows of a layout with the numbers in their cells, and the numbers that no heading agrees with."""
    cells: dict[tuple[int, int], list[Observation]] = defaultdict(list)
    lost = []
    below: dict[int, int] = defaultdict(int)
    for one in numbers:
        column = _best(layout.columns, one)
        row = _best(layout.rows, one) if layout.rows else below[column]
        if min(row, column) < 0:
            lost.append(one)
            continue
        below[column] += 1
        cells[row, column].append(one)
    height = len(layout.rows) or max(below.values(), default=0)
    return tuple(_row(layout, n, cells, titles) for n in range(height)), lost


def _row(layout: Layout, n: int, cells: Mapping[tuple[int, int], list[Observation]], titles: Mapping[str, str]) -> Row:
    heading = layout.rows[n] if layout.rows else Heading("")
    heads = (Cell(heading.above), Cell(heading.printed, heading.records))[2 - layout.heads :]
    found = [cells.get((n, m), []) for m in range(len(layout.columns))]
    return (*heads, *(_cell(ones, heading, column, titles) for ones, column in zip(found, layout.columns, strict=True)))


def _cell(ones: list[Observation], row: Heading, column: Heading, titles: Mapping[str, str]) -> Cell:
    """Return the cell of some numbers; one that several places print is written once, from a certain place if any."""
    same: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for one in ones:
        same[one.subject, one.counterparts, one.shown if one.value is None else one.value].append(one)
    chosen = [next((one for one in places if one.certain), places[0]) for places in same.values()]
    parts = [one.cell(written(one, row, column, titles)) for one in chosen]
    return Cell(
        "; ".join(part.text for part in parts),
        tuple(one.place for one in ones),
        UNCERTAIN if any(part.status for part in parts) else "",
        tuple(dict.fromkeys(note for part in parts for note in part.notes)),
    )


def written(one: Observation, row: Heading, column: Heading, titles: Mapping[str, str]) -> str:
    """Write a number with the names that its headings do not give."""
    names = ", ".join(titles[key] for key in one.counterparts if key not in row.counterparts | column.counterparts)
    text = one.shown
    if names:
        text = f"{names} ({text})" if row.names_first or column.names_first else f"{text} [{names}]"
    return text if row.subject or column.subject else f"{titles[one.subject]} {text}"


def columns(layout: Layout) -> tuple[Column, ...]:
    """Return the columns of a sheet with this layout."""
    heads = (Column(""),) * layout.heads
    return (*heads, *(Column(heading.printed, heading.above, heading.records) for heading in layout.columns))
