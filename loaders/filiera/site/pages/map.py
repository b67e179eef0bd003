"""The map of districts and places: one that moves, made from one that needs no script."""

from __future__ import annotations

from filiera.errors import NotFoundError, RefusedError
from filiera.pictures import maps
from filiera.pictures.atlas import Spot, atlas
from filiera.pictures.shapes import POLE, Window
from filiera.site.drawings import Shown
from filiera.site.picture_files import filed
from filiera.site.visits import Reply, Visit

#: The sides of a window, with the least and the most degrees.
SIDES = {"west": (-180, 180), "south": (-POLE, POLE), "east": (-180, 180), "north": (-POLE, POLE)}

#: The largest part of the world, and the smallest, that is drawn: degrees from side to side.
WIDEST, NARROWEST = 360.0, 0.1


def answer(visit: Visit) -> Reply:
    """Show all districts and places."""
    found = atlas(visit.connection)
    spots = [_spot(spot) for spot in found.spots]
    view = maps.first_view(found)
    bounds = [[view.south, view.west], [view.north, view.east]]
    shown = Shown(maps.world(found), "/map")
    return visit.page("map.html", shown=shown, atlas=found, data={"spots": spots, "bounds": bounds})


def file(visit: Visit) -> Reply:
    """Give the map as a file, of the window that the arguments name or the first one."""
    return filed(maps.world(atlas(visit.connection), _window(visit)), visit.names["form"])


def small(visit: Visit) -> Reply:
    """Give the map of one district as a file."""
    key = visit.names["key"]
    drawn = maps.small(atlas(visit.connection), key)
    if drawn is None:
        raise NotFoundError(f"no district with the key {key!r} has coordinates")
    return filed(drawn, visit.names["form"])


def _spot(spot: Spot) -> dict[str, object]:
    return {
        "kind": spot.record.kind,
        "key": spot.record.key,
        "label": spot.record.label,
        "within": spot.within,
        "claims": spot.claims,
        "at": [spot.latitude, spot.longitude],
    }


def _window(visit: Visit) -> Window | None:
    """Read the window from the arguments; none of its four sides may be missing."""
    given = [side for side in SIDES if visit.text(side)]
    if not given:
        return None
    if len(given) < len(SIDES):
        raise RefusedError(f"a part of the map has four sides: {', '.join(SIDES)}; there is only {', '.join(given)}")
    west, south, east, north = (_degrees(visit, side) for side in SIDES)
    if not (NARROWEST <= east - west <= WIDEST and north - south >= NARROWEST):
        raise RefusedError(f"west must be less than east, and south than north, by {NARROWEST} degrees or more")
    return Window(west, south, east, north, maps.WIDE)


def _degrees(visit: Visit, side: str) -> float:
    least, most = SIDES[side]
    try:
        value = float(visit.text(side))
    except ValueError as error:
        raise RefusedError(f"{side}: {visit.text(side)!r} is not a number of degrees") from error
    if not least <= value <= most:
        raise RefusedError(f"{side}: {visit.text(side)} does not lie between {least:g} and {most:g}")
    return round(value, 3)
