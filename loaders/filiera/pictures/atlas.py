"""Look up where districts and places are, and how much is said about each, for a map."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from filiera.pictures.records import Named, Table, counted, listed


@dataclass(frozen=True, slots=True)
class Spot:
    """A district or a place with coordinates, how many claims are about it, and what says where it lies."""

    record: Named
    latitude: float
    longitude: float
    claims: int
    within: str

    @property
    def is_district(self) -> bool:
        """Tell districts from places."""
        return self.record.kind == "districts"


@dataclass(frozen=True, slots=True)
class Atlas:
    """All that can be put on a map, and the districts that cannot, as no coordinates are recorded."""

    spots: tuple[Spot, ...]
    unplaced: tuple[tuple[Named, int], ...]

    @property
    def districts(self) -> tuple[Spot, ...]:
        """The districts on the map."""
        return tuple(spot for spot in self.spots if spot.is_district)

    @property
    def sentence(self) -> str:
        """Say what the map shows."""
        places = len(self.spots) - len(self.districts)
        said = f"A map of {counted(len(self.districts), 'district')} and {counted(places, 'other place')}."
        if self.districts:
            most = sorted(self.districts, key=lambda spot: -spot.claims)[:3]
            said += f" Most claims are about {listed(f'{s.record} ({s.claims:,})' for s in most if s.claims)}."
        if self.unplaced:
            said += f" Without coordinates: {listed((record for record, _ in self.unplaced), 8)}."
        return said

    def table(self) -> Table:
        """Return the districts and places, on the map or not, the districts first."""
        placed = [(s.record, s.record.kind, s.within, s.claims, s.latitude, s.longitude) for s in self.spots]
        missing = [(record, record.kind, "", claims, None, None) for record, claims in self.unplaced]
        rows = sorted([*placed, *missing], key=lambda row: (row[1], str(row[0])))
        return Table(("name", "kind", "within", "claims", "latitude", "longitude"), tuple(rows))


def atlas(connection: sqlite3.Connection) -> Atlas:
    """Return every district and place with coordinates, in the order of titles, and the districts without."""
    # A cross join is done in the order in which it is written: from the few places, not from all records.
    query = """
        with located as (
            select id, latitude, longitude, place as within from districts
            union all
            select id, latitude, longitude, part_of
            from places left join places_part_of on place = id and position = 0
        )
        select records.kind, records.id, records.label, latitude, longitude,
               (select count(*) from claims_about where about = records.id), coalesce(outer.label, '')
        from located cross join records on records.id = located.id
        left join records as outer on outer.id = located.within
        where latitude is not null or records.kind = 'districts'
        order by records.label, records.id
    """
    rows = connection.execute(query).fetchall()
    spots = tuple(Spot(Named(*row[:3]), *row[3:]) for row in rows if None not in row[3:5])
    missing = tuple((Named(*row[:3]), row[5]) for row in rows if None in row[3:5])
    return Atlas(spots, missing)
