"""Draw a map of districts and places, which needs no script: for print, for a file, and beside a district."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree as ET

from filiera.pictures.atlas import Atlas, Spot
from filiera.pictures.marks import LETTERS, SIZE, Labels, mark
from filiera.pictures.records import counted
from filiera.pictures.shapes import Window, around, land
from filiera.pictures.svg import Picture, element, path, width

WIDE = 720.0

#: The width of the map beside a district, and what it shows around it in degrees.
SMALL = 320.0
AROUND = 3.6

#: Italy, which a map shows where no district has coordinates.
NOWHERE = ((7.0, 37.0), (18.5, 46.5))

#: Marks of districts grow with the claims about them, to so many times the usual size.
LARGEST = 2.6


def world(drawn: Atlas, window: Window | None = None) -> Picture:
    """Draw all districts and places in a window, or the window that shows all districts."""
    window = window or first_view(drawn)
    covered = {(spot.longitude, spot.latitude) for spot in drawn.districts}
    spots = [
        spot
        for spot in drawn.spots
        if window.has(spot.longitude, spot.latitude)
        and (spot.is_district or (spot.longitude, spot.latitude) not in covered)
    ]
    drawing = (*_ground(window), *_spots(spots, window, _most(drawn)), *_key(window))
    title = "Districts and places"
    return Picture("map", title, drawn.sentence, drawn.table(), (window.wide, window.high + 28), drawing)


def small(drawn: Atlas, key: str) -> Picture | None:
    """Draw where one district lies among the others, or nothing when no coordinates are recorded for it."""
    spot = next((spot for spot in drawn.districts if spot.record.key == key), None)
    if spot is None:
        return None
    window = around([(spot.longitude, spot.latitude)], SMALL, AROUND)
    others = [s for s in drawn.districts if s is not spot and window.has(s.longitude, s.latitude)]
    drawing = (*_ground(window), *_spots([spot], window, spot.claims), *_dots(others, window))
    near = f", with {counted(len(others), 'other district')} near by" if others else ""
    said = f"A map of {spot.record}, at {_degrees(spot.latitude, 'NS')}, {_degrees(spot.longitude, 'EW')}{near}."
    return Picture(f"map-{key}", str(spot.record), said, drawn.table(), (window.wide, window.high), drawing)


def _degrees(number: float, sides: str) -> str:
    """Write a coordinate with the letter of its side.

    >>> _degrees(45.55, "NS"), _degrees(-3.25, "EW")
    ('45.55° N', '3.25° W')
    """
    return f"{abs(number):g}° {sides[number < 0]}"


def first_view(drawn: Atlas) -> Window:
    """Return the window that shows every district."""
    return around([(s.longitude, s.latitude) for s in drawn.districts] or NOWHERE, WIDE)


def _most(drawn: Atlas) -> int:
    return max((spot.claims for spot in drawn.districts), default=0)


def _ground(window: Window) -> Iterator[ET.Element]:
    yield element("rect", class_="sea", width=window.wide, height=window.high)
    for name, outline in _outlines(window):
        yield element("path", element("title", name), class_="land", d=outline)


@lru_cache(maxsize=64)
def _outlines(window: Window) -> tuple[tuple[str, str], ...]:
    """Return the outline of every country in a window, as SVG writes it."""
    found = []
    for name, rings in land(window):
        steps: list[str | float] = []
        for ring in rings:
            steps += [step for n, point in enumerate(ring) for step in ("L" if n else "M", *point)] + ["Z"]
        found.append((name, path(*steps)))
    return tuple(found)


def _spots(spots: list[Spot], window: Window, most: int) -> Iterator[ET.Element]:
    """Draw districts and places, the districts above, and as many names as there is room for."""
    labels = Labels((4, 4, window.wide - 4, window.high - 4))
    order = sorted(spots, key=lambda spot: (spot.is_district, -spot.claims))
    for spot in order:
        x, y = window.place(spot.longitude, spot.latitude)
        labels.block(x, y, _size(spot, most))
        yield _mark(spot, x, y, most)
    for spot in reversed(order):
        x, y = window.place(spot.longitude, spot.latitude)
        text = labels.put(str(spot.record), x, y, _size(spot, most))
        if text is not None:
            text.set("class", "value" if spot.is_district else "value quiet")
            yield text


def _mark(spot: Spot, x: float, y: float, most: int) -> ET.Element:
    told = element("title", f"{spot.record}, {counted(spot.claims, 'claim')}")
    if spot.is_district:
        return element("circle", told, class_="mark c0 district", cx=x, cy=y, r=_size(spot, most))
    return element("rect", told, class_="mark uncertain neutral", x=x - 3.5, y=y - 3.5, width=7, height=7)


def _size(spot: Spot, most: int) -> float:
    if not spot.is_district:
        return SIZE
    return SIZE * (1 + (LARGEST - 1) * math.sqrt(spot.claims / most if most else 0))


def _dots(spots: list[Spot], window: Window) -> Iterator[ET.Element]:
    """Draw other districts, small and quiet."""
    for spot in spots:
        x, y = window.place(spot.longitude, spot.latitude)
        yield element("circle", element("title", str(spot.record)), class_="mark neutral", cx=x, cy=y, r=3.5)


def _key(window: Window) -> Iterator[ET.Element]:
    y = window.high + 15
    yield mark(0, 10, y)
    said = "district: the larger, the more claims are about it"
    yield element("text", said, x=22, y=y + 4)
    x = 50 + width(said, LETTERS)
    yield element("rect", class_="mark uncertain neutral", x=x - 3.5, y=y - 3.5, width=7, height=7)
    yield element("text", "other place. Shapes: Natural Earth", x=x + 10, y=y + 4)
