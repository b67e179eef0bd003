"""Say in which region a record lies: the nearest place at or above it that is larger than a province."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping

#: Types of place that are too small to be a region.
SMALL = ("town", "province")

#: The place of each record that has one; a firm without a place lies where its district does.
PLACED = """
select id, place from districts where place is not null
union all select firms.id, coalesce(firms.place, districts.place) from firms
  left join districts on districts.id = firms.district
  where coalesce(firms.place, districts.place) is not null
union all select id, place from institutions where place is not null
union all select id, id from places
"""

Regions = Mapping[str, frozenset[str]]


def regions(connection: sqlite3.Connection) -> Regions:
    """Return the regions of every record that has a place; of others, none."""
    small = {key for key, type_ in connection.execute("select id, type from places") if type_ in SMALL}
    above: dict[str, list[str]] = defaultdict(list)
    for place, whole in connection.execute("select place, part_of from places_part_of"):
        above[place].append(whole)
    return defaultdict(
        frozenset, {key: frozenset(_nearest(place, small, above)) for key, place in connection.execute(PLACED)}
    )


def _nearest(place: str, small: set[str], above: Mapping[str, list[str]]) -> set[str]:
    """Return the places that are found first on each way up."""
    found, seen, ways = set(), set(), [place]
    while ways:
        here = ways.pop()
        if here in seen:
            continue
        seen.add(here)
        if here in small:
            ways += above[here]
        else:
            found.add(here)
    return found
