"""Where districts and places are, and the shapes that they are drawn on."""

from __future__ import annotations

import math
import sqlite3
from xml.etree import ElementTree as ET

from filiera.pictures import maps
from filiera.pictures.atlas import atlas
from filiera.pictures.shapes import Point, Window, around, land

ITALY = Window(6, 36, 19, 48, 650)


def test_districts_and_places_have_their_coordinates_and_claims(database: sqlite3.Connection) -> None:
    """Two claims are about Farholm; what has no coordinates is listed and not put anywhere."""
    found = atlas(database)

    assert [(s.record.kind, s.record.key, s.latitude, s.longitude, s.claims, s.within) for s in found.spots] == [
        ("districts", "farholm", 61, -3.25, 2, "Farholm"),
        ("places", "farholm-town", 61.5, -3.25, 0, "Nordholm"),
    ]
    assert [(record.key, claims) for record, claims in found.unplaced] == [("torre-lume", 2)]
    assert found.sentence == (
        "A map of 1 district and 1 other place. Most claims are about Farholm (2). Without coordinates: Torre Lume."
    )


def test_the_table_has_what_is_not_on_the_map(database: sqlite3.Connection) -> None:
    """A district without coordinates is a row all the same."""
    rows = atlas(database).table().answer().dicts()

    assert [(row["name"], row["kind"], row["latitude"]) for row in rows] == [
        ("farholm", "districts", 61),
        ("torre-lume", "districts", None),
        ("farholm-town", "places", 61.5),
    ]


def test_the_projection_is_mercators() -> None:
    """The equator and 45 degrees are ln(tan(67.5°)) radians apart, and the equator takes the whole width."""
    window = Window(-180, -45, 180, 45, 360)

    assert math.isclose(window.high, 2 * math.degrees(math.log(math.tan(math.radians(67.5)))))
    assert window.place(90, 45) == (270, 0)


def inside(point: Point, ring: tuple[Point, ...]) -> bool:
    """Tell whether a ray from a point crosses a ring an odd number of times."""
    x, y = point
    crossed = False
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed


def test_towns_lie_in_their_countries() -> None:
    """Rome and Milan are in Italy, Zagreb in Croatia, and a point of the Adriatic in no country."""
    shapes = dict(land(ITALY))
    towns = {"Rome": (12.5, 41.9), "Milan": (9.2, 45.5), "Zagreb": (16.0, 45.8), "the Adriatic": (15.0, 43.2)}
    found = {
        name: [country for country, rings in shapes.items() if any(inside(ITALY.place(*at), ring) for ring in rings)]
        for name, at in towns.items()
    }

    assert found == {"Rome": ["Italy"], "Milan": ["Italy"], "Zagreb": ["Croatia"], "the Adriatic": []}


def test_shapes_are_cut_at_the_edge() -> None:
    """No point lies more than the cut beyond the window, though France and Algeria reach far out of it."""
    points = [point for _, rings in land(ITALY) for ring in rings for point in ring]

    assert {"France", "Algeria"} <= {name for name, _ in land(ITALY)}
    assert "Spain" not in {name for name, _ in land(ITALY)}
    assert all(-2.01 <= x <= 652.01 and -2.01 <= y <= ITALY.high + 2.01 for x, y in points)


def test_a_window_shows_all_that_it_is_made_around() -> None:
    """Points far apart, and a point alone, lie inside, and the map is neither a strip nor a tower."""
    for points in ([(7.7, 45.1), (12.1, 45.8), (11.9, 43.5)], [(-3.25, 61)], [(-78.9, 36), (11.5, 45.6)]):
        window = around(points, 720)

        assert all(window.has(*point) for point in points)
        assert 300 < window.high <= 721


def test_a_small_map_is_about_one_district(database: sqlite3.Connection) -> None:
    """The map of Farholm has its mark and its name; there is none of a district without coordinates."""
    found = maps.small(atlas(database), "farholm")

    assert found
    assert found.sentence == "A map of Farholm, at 61° N, 3.25° W."
    assert [text.text for text in ET.fromstring(found.inline()).iter("text")] == ["Farholm"]  # noqa: S314  our own
    assert maps.small(atlas(database), "torre-lume") is None
