"""Cut the shapes of countries out of the world: TopoJSON read, projected as on other maps, and cut at an edge.

The shapes are Natural Earth's, at 1:50 million, as the package `world-atlas` brings them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

WORLD = ("site", "static", "vendor", "world-atlas-2.0.2", "countries-50m.json")

#: Beyond this latitude the projection runs off to infinity.
POLE = 85.0

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the world in degrees, drawn at a width in pixels by the Mercator projection."""

    west: float
    south: float
    east: float
    north: float
    wide: float

    @property
    def scale(self) -> float:
        """Pixels of a degree of longitude."""
        return self.wide / (self.east - self.west)

    @property
    def high(self) -> float:
        """The height in pixels."""
        return (_mercator(self.north) - _mercator(self.south)) * self.scale

    def place(self, longitude: float, latitude: float) -> Point:
        """Return the point of a place, from the upper left corner.

        >>> Window(0, -10, 20, 10, 200).place(5, 0)[0]
        50.0
        """
        return (longitude - self.west) * self.scale, (_mercator(self.north) - _mercator(latitude)) * self.scale

    def has(self, longitude: float, latitude: float) -> bool:
        """Tell whether a place lies in the window."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


def _mercator(latitude: float) -> float:
    held = max(-POLE, min(POLE, latitude))
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(held) / 2)))


def around(points: Sequence[Point], wide: float, margin: float = 1.2) -> Window:
    """Return a window about places (longitude, latitude) with a margin in degrees, no higher than it is wide."""
    west, east = min(x for x, _ in points) - margin, max(x for x, _ in points) + margin
    south, north = min(y for _, y in points) - margin, max(y for _, y in points) + margin
    flat = max((east - west) / 2 - (north - south), 0) / 2  # a strip of the world is no map
    south, north = max(south - flat, -POLE), min(north + flat, POLE)
    steep = max(_mercator(north) - _mercator(south) - (east - west), 0) / 2
    return Window(max(west - steep, -180.0), south, min(east + steep, 180.0), north, wide)


@cache
def countries() -> tuple[tuple[str, tuple[tuple[Point, ...], ...]], ...]:
    """Return the name of every country, and its rings as longitude and latitude."""
    world = json.loads(files("filiera").joinpath(*WORLD).read_text(encoding="utf-8"))
    arcs = [list(_arc(arc, world["transform"])) for arc in world["arcs"]]
    found = []
    for country in world["objects"]["countries"]["geometries"]:
        rings = tuple(tuple(_ring(ring, arcs)) for ring in _rings(country))
        found.append((country["properties"]["name"], rings))
    return tuple(found)


def _arc(deltas: list[list[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    """Undo the packing of TopoJSON: each point is told from the one before, in whole steps."""
    (across, up), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    for dx, dy in deltas:
        x, y = x + dx, y + dy
        yield x * across + west, y * up + south


def _rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    if geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon


def _ring(numbers: list[int], arcs: list[list[Point]]) -> Iterator[Point]:
    """Join arcs; a negative number is an arc that is walked backwards, and each begins where the last one ended."""
    for position, number in enumerate(numbers):
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        yield from arc[1:] if position else arc


def land(window: Window) -> tuple[tuple[str, tuple[tuple[Point, ...], ...]], ...]:
    """Return the countries that reach into a window, with their rings in pixels, cut at its edge."""
    found = []
    for name, rings in countries():
        shown = [r for ring in rings if _touches(ring, window) and len(r := _cut_out(ring, window)) > 2]  # noqa: PLR2004  a line has no area
        if shown:
            found.append((name, tuple(shown)))
    return tuple(found)


def _touches(ring: Sequence[Point], window: Window) -> bool:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    outside = max(xs) < window.west or min(xs) > window.east or max(ys) < window.south or min(ys) > window.north
    return not outside


def _cut_out(ring: Sequence[Point], window: Window) -> tuple[Point, ...]:
    """Cut a ring at the four edges of a window, one after the other, and leave out points that make no difference."""
    points = [window.place(x, y) for x, y in ring]
    reach = 2.0  # so that the cut itself lies outside the picture
    for axis, limit, keep in (
        (0, -reach, 1),
        (0, window.wide + reach, -1),
        (1, -reach, 1),
        (1, window.high + reach, -1),
    ):
        points = list(_clip(points, lambda p, a=axis, m=limit, k=keep: (p[a] - m) * k))  # type: ignore[misc]
    return tuple(_thin(points))


def _clip(points: Ring, inside: Callable[[Point], float]) -> Iterator[Point]:
    """Keep the part of a ring where a measure is positive (Sutherland and Hodgman)."""
    for before, now in zip([*points[-1:], *points[:-1]], points, strict=True):
        was, here = inside(before), inside(now)
        if (was < 0) != (here < 0):
            part = was / (was - here)
            yield before[0] + part * (now[0] - before[0]), before[1] + part * (now[1] - before[1])
        if here >= 0:
            yield now


def _thin(points: Ring, least: float = 0.6) -> Iterator[Point]:
    """Leave out points nearer than a fraction of a pixel to the one before."""
    last: Point | None = None
    for point in points:
        if last is None or abs(point[0] - last[0]) + abs(point[1] - last[1]) >= least:
            yield point
            last = point
