"""How pictures are drawn: what stands for what, that files carry all they need, and that colours can be told apart."""

from __future__ import annotations

import math
import re
import sqlite3
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from filiera.pictures import graphs, maps, timelines
from filiera.pictures.atlas import atlas
from filiera.pictures.bars import bars
from filiera.pictures.charts import chart
from filiera.pictures.dates import span
from filiera.pictures.marks import COLOURS
from filiera.pictures.numbers import Number, Plot
from filiera.pictures.observations import plots
from filiera.pictures.records import Named
from filiera.pictures.svg import Picture, element, width
from filiera.pictures.times import timeline
from filiera.pictures.walks import graph

STYLESHEET = Path(graphs.__file__).parents[1] / "site" / "static" / "pictures.css"

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def drawn(database: sqlite3.Connection) -> dict[str, Picture]:
    """Return one picture of each sort, of the tiny base."""
    return {
        "chart": chart(plots(database, "workshops-count")[0]),
        "changes": chart(plots(database, "workshops-change")[0]),
        "bars": bars(plots(database, "workers-per-workshop")[0]),
        "map": maps.world(atlas(database)),
        "timeline": timelines.draw(timeline(database)),
        "graph": graphs.draw(graph(database, "os14-2-workshops-draw")),
    }


def classes(picture: Picture, wanted: str) -> list[ET.Element]:
    """Return the elements of a class that are in the picture itself, not in its key."""
    root = ET.fromstring(picture.inline())  # noqa: S314  our own
    in_key = {part for group in root.iter("g") for part in group.iter()}
    return [e for e in root.iter() if wanted in e.get("class", "").split() and e not in in_key]


def test_each_number_has_a_mark_that_tells_it(drawn: dict[str, Picture]) -> None:
    """Five numbers are five marks, each with the cell as printed and its table."""
    told = [mark.findtext("title") for mark in classes(drawn["chart"], "mark")]

    assert sorted(told, key=str) == [
        "Farholm, 1874, one (Section 2)",
        "Farholm, 1990, 110 (Table 1)",
        "Farholm, 2010, 87 (Table 1)",
        "Torre Lume, 1990, 1,137 (Table 1)",
        "Torre Lume, 2010, 1,210 (Table 1)",
    ]


def test_only_numbers_of_one_table_are_joined(drawn: dict[str, Picture]) -> None:
    """Two subjects with two numbers each in the table are two joins; the number of the text is joined to nothing."""
    assert len(classes(drawn["chart"], "join")) == 2


def test_a_change_is_a_bar_from_start_to_end(drawn: dict[str, Picture]) -> None:
    """The bars of both changes begin where 1990 stands on the axis, and end where 2010 does."""
    root = ET.fromstring(drawn["changes"].inline())  # noqa: S314  our own
    years = {e.text: float(e.get("x", "")) for e in root.iter("text") if e.text in {"1990", "2010"}}
    reach = {
        (float(b.get("x", "")), float(b.get("x", "")) + float(b.get("width", "")))
        for b in classes(drawn["changes"], "bar")
    }

    assert [tuple(round(x) for x in pair) for pair in reach] == [(round(years["1990"]), round(years["2010"]))]


def test_an_uncertain_cell_is_marked(drawn: dict[str, Picture]) -> None:
    """The bar of a doubtful cell has a look of its own, and a question mark beside its number."""
    assert len(classes(drawn["bars"], "uncertain")) == 1
    assert [text.text for text in classes(drawn["bars"], "value")] == ["4 ?"]


def measured(value: float, year: str, market: str, *, certain: bool = True) -> Number:
    """Return the share of a market in what Farholm sells in a year."""
    return Number(
        subject=Named("districts", "farholm", "Farholm"),
        counterparts=(Named("places", market, market),),
        when=span(year),
        change=False,
        value=value,
        unit="percent",
        printed=str(value),
        certain=certain,
        table=Named("tables", "table", "Table"),
    )


def test_a_plot_marks_doubts_and_breaks() -> None:
    """An uncertain number is hollow with a question mark; a join to another market is broken by two strokes."""
    numbers = (measured(40, "2001", "a"), measured(30, "2004", "a", certain=False), measured(20, "2010", "b"))
    picture = chart(Plot(Named("indicators", "share", "share"), "percent", "", "", numbers))

    assert len(classes(picture, "uncertain")) == 1
    assert [text.text for text in classes(picture, "value")] == ["40", "30 ?", "20"]
    assert (len(classes(picture, "join")), len(classes(picture, "broken")), len(classes(picture, "break"))) == (2, 1, 2)
    assert {"uncertain cell", "the counterpart changes"} <= set(ET.fromstring(picture.inline()).itertext())  # noqa: S314  our own


@pytest.mark.parametrize("wide", [720.0, 330.0])
def test_bars_and_their_numbers_stay_inside(database: sqlite3.Connection, wide: float) -> None:
    """Bars to both sides of zero begin at zero and end inside, with their texts, also on a phone."""
    picture = bars(plots(database, "workshops-change")[0], wide)
    found = [(float(b.get("x", "")), float(b.get("width", ""))) for b in classes(picture, "bar")]
    texts = {text.text: (float(text.get("x", "")), text.get("text-anchor")) for text in classes(picture, "value")}
    (fall, fallen), (rise, risen) = found

    assert round(fall + fallen, 1) == round(rise, 1)
    assert round(fallen / risen) == round(12.9 / 6.4)
    assert texts["−12.9"][0] - width("−12.9", 12) > 0
    assert texts["6.4"][0] + width("6.4", 12) < wide
    assert (texts["−12.9"][1], texts["6.4"][1]) == ("end", "start")
    assert rise + risen < wide


def test_every_box_of_a_graph_is_a_link(drawn: dict[str, Picture]) -> None:
    """Boxes lead to their records and say what they are; a group of links is not one image."""
    root = ET.fromstring(drawn["graph"].inline())  # noqa: S314  our own
    links = {link.get("href"): link.get("aria-label") for link in root.iter("a")}

    assert set(links) == {
        "/claims/os14-2-workshops-draw",
        "/claims/os14-2-companies-decide",
        "/claims/os14-3-back-to-lamps",
    }
    assert all(links.values())
    assert root.get("role") == "group"


@pytest.mark.parametrize("name", ["chart", "changes", "bars", "map", "timeline", "graph"])
def test_a_file_carries_all_that_it_needs(drawn: dict[str, Picture], name: str) -> None:
    """A file is XML with a title and a description, and has no class, link, style sheet, script or variable."""
    picture = drawn[name]
    root = ET.fromstring(picture.file())  # noqa: S314  our own
    names = {attribute for e in root.iter() for attribute in e.attrib}

    assert root.tag == f"{SVG}svg"
    assert (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")) == (picture.title, picture.sentence)
    assert not names & {"class", "href", "style", "onload"}
    assert not {e.tag for e in root.iter()} & {
        f"{SVG}{tag}" for tag in ("a", "style", "script", "image", "foreignObject")
    }
    assert "var(" not in picture.file()
    assert all(e.get("fill") for e in root.iter(f"{SVG}text"))


def test_text_of_records_stays_text() -> None:
    """What a record says cannot become markup."""
    made = ET.tostring(element("text", '</text><script>"&', class_='a"b'), encoding="unicode")

    assert made == '<text class="a&quot;b">&lt;/text&gt;&lt;script&gt;"&amp;</text>'


def channels(colour: str) -> list[float]:
    """Return the red, green and blue of a colour as amounts of light."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2 defines it."""
    return weighted(channels(colour), (0.2126, 0.7152, 0.0722))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, as WCAG 2 defines it."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


#: Red, green and blue as they reach readers who lack one sort of cone (Machado, Oliveira & Fernandes 2009).
SIGHT = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no long cones": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.052),
    ),
    "no middle cones": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "no short cones": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def seen(colour: str, sight: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """Return a colour as CIELAB (D65), as it is seen by some readers."""
    light = [min(1.0, max(0.0, weighted(channels(colour), row))) for row in sight]
    x, y, z = (
        weighted(light, row) / white
        for row, white in (
            ((0.4124, 0.3576, 0.1805), 0.95047),
            ((0.2126, 0.7152, 0.0722), 1.0),
            ((0.0193, 0.1192, 0.9505), 1.08883),
        )
    )
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def weighted(values: list[float], weights: tuple[float, ...]) -> float:
    """Return the sum of values, each times its weight."""
    return sum(value * weight for value, weight in zip(values, weights, strict=True))


def colours(mode: str) -> dict[str, str]:
    """Return the colours of the style sheet by day or by night."""
    found = re.findall(r"--picture-([a-z0-9]+):\s*(#[0-9a-f]{6});", STYLESHEET.read_text(encoding="utf-8"))
    half = len(found) // 2
    return dict(found[:half] if mode == "light" else found[half:])


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_colours_stand_out_from_what_they_are_on(mode: str) -> None:
    """Text has a contrast of 4.5 on all grounds, marks one of 3, light and dark (WCAG 2.2, 1.4.3 and 1.4.11)."""
    known = colours(mode)
    least = {"ink": 4.5, "quiet": 4.5} | {name: 3.0 for name in known if re.fullmatch(r"c\d", name)}
    faint = {
        (name, ground): round(contrast(known[name], known[ground]), 2)
        for name in least
        for ground in ("paper", "land", "sea", "box")
        if contrast(known[name], known[ground]) < least[name]
    }

    assert faint == {}
    assert len(least) == 2 + COLOURS


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHT)
def test_colours_differ_for_readers_who_see_few(mode: str, sight: str) -> None:
    """Any two colours of marks are far apart (15 in CIELAB, where 2.3 is just seen), with whatever cones."""
    marks = {name: seen(c, SIGHT[sight]) for name, c in colours(mode).items() if re.fullmatch(r"c\d", name)}
    near = {(a, b): round(math.dist(marks[a], marks[b])) for a, b in combinations(marks, 2)}

    assert {pair: distance for pair, distance in near.items() if distance < 15} == {}
