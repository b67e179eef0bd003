"""Map what is told of governance and upgrading together, by region, and name what nobody has told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from filiera.comparisons.cases import SILENT
from filiera.comparisons.filing import ANYWHERE, NOWHERE, SCHEMES, UNNAMED, Filed, Map, Regional, filed
from filiera.comparisons.sheets import NOT_LOOKED_FOR, NOT_STATED, Cell, Column, Row, Sheet

TITLE = "Governance by upgrading"

#: The text and status of an empty cell.
EMPTY = "none"

#: For each region after the other.
EACH = "each"

#: What stands for a region where none is meant, first those that stand for several.
REGIONS = {ANYWHERE: "anywhere", EACH: "each region", NOWHERE: "no region named"}

#: What stands in the rows and columns beside the types.
BESIDE = {status: f"{text}, of coded cases" for status, text in SILENT.items()} | {UNNAMED: "no type named"}

REMARK = "A type counts what is filed under it or under a narrower one."


def map_gaps(connection: sqlite3.Connection, region: str = ANYWHERE) -> Sheet:
    """Return the map of a region, of all together, or of each after the other; below it the empty cells by name."""
    found = filed(connection)
    titles = dict(connection.execute("select id, label from records where kind in ('concepts', 'places')"))
    titles |= BESIDE | REGIONS
    governance, upgrading = (_concepts(connection, scheme) for scheme in SCHEMES)
    sides, types = [*governance, *_beside(found)], [*upgrading, UNNAMED]
    wanted = [one for one in places(connection, found) if one not in {ANYWHERE, EACH}] if region == EACH else [region]
    rows = [row for one in wanted for row in _rows(found.get(one, {}), one, sides, types, titles)]
    columns = [Column("region"), Column("governance")]
    columns += [Column(titles[key], "upgrading", () if key == UNNAMED else (key,)) for key in types]
    if region == EACH:
        return Sheet(f"{TITLE}, region by region", tuple(columns), tuple(rows), 2, (REMARK,))
    missing = _missing(found.get(region, {}), governance, upgrading, titles)
    kept = tuple(row[1:] for row in rows)
    title = TITLE if region == ANYWHERE else f"{TITLE}: {titles[region]}"
    return Sheet(title, tuple(columns[1:]), kept, 1, (REMARK, *missing))


def places(connection: sqlite3.Connection, found: Map | None = None) -> dict[str, str]:
    """Return the regions of which anything is filed, by key, and what stands for all of them."""
    keys = set(filed(connection) if found is None else found)
    query = "select id, label from records where kind = 'places' order by label, id"
    named = {key: title for key, title in connection.execute(query) if key in keys}
    several = {key: title for key, title in REGIONS.items() if key != NOWHERE}
    return several | named | {key: title for key, title in REGIONS.items() if key == NOWHERE and key in keys}


def _concepts(connection: sqlite3.Connection, scheme: str) -> list[str]:
    query = "select id from concepts where scheme = ? order by label, id"
    return [key for (key,) in connection.execute(query, (scheme,))]


def _beside(found: Map) -> list[str]:
    """Return what stands in place of a type of governance, as far as it is used."""
    used = {side for side, _ in found.get(ANYWHERE, {})}
    return [side for side in (NOT_STATED, NOT_LOOKED_FOR, UNNAMED) if side in used]


def _rows(
    here: Regional, region: str, sides: Sequence[str], types: Sequence[str], titles: Mapping[str, str]
) -> Iterator[Row]:
    """Yield a row for each type of governance, and for what stands beside them."""
    for side in sides:
        head = Cell(titles[side], () if side in BESIDE else (side,))
        place = Cell(titles[region], () if region in REGIONS else (region,))
        yield (place, head, *(_cell(here.get((side, type_), Filed())) for type_ in types))


def _cell(filed_here: Filed) -> Cell:
    """Return the counts of what is filed, and the records behind them."""
    parts = [(filed_here.cases, "case"), (filed_here.claims, "claim")]
    counts = [f"{len(keys)} {noun}{'' if len(keys) == 1 else 's'}" for keys, noun in parts if keys]
    return Cell(", ".join(counts) or EMPTY, (*filed_here.cases, *filed_here.claims), "" if counts else EMPTY)


def _missing(
    here: Regional, governance: Sequence[str], upgrading: Sequence[str], titles: Mapping[str, str]
) -> Iterator[str]:
    """Name the empty cells of types, row by row; rows that are empty throughout come together at the end."""
    empty = {side: [type_ for type_ in upgrading if (side, type_) not in here] for side in governance}
    for side, missing in empty.items():
        if missing and len(missing) < len(upgrading):
            yield f"Nothing on {titles[side]} with: {', '.join(titles[key] for key in missing)}."
    if whole := [titles[side] for side, missing in empty.items() if missing and len(missing) == len(upgrading)]:
        yield f"Nothing with any type of upgrading on: {', '.join(whole)}."
