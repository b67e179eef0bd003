"""How pictures are drawn: what stands for what, that files carry all they need, and that colours can be told apart."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from filiera.pictures import graphs, maps, timelines
from filiera.pictures.atlas import atlas
from filiera.pictures.bars import bars
from filiera.pictures.charts import chart
from filiera.pictures.links import graph
from filiera.pictures.observations import plots
from filiera.pictures.svg import Picture, element
from filiera.pictures.times import timeline

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


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2 defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, as WCAG 2 defines it."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_colours_stand_out_from_what_they_are_on(mode: int) -> None:
    """Text has a contrast of 4.5 on all grounds, marks one of 3, light and dark (WCAG 2.2, 1.4.3 and 1.4.11)."""
    found = re.findall(r"--picture-([a-z0-9]+):\s*(#[0-9a-f]{6});", STYLESHEET.read_text(encoding="utf-8"))
    half = len(found) // 2
    colours = dict(found[half * mode : half * (mode + 1)])

    for ground in ("paper", "land", "sea", "box"):
        assert {n: round(c, 1) for n in ("ink", "quiet") if (c := contrast(colours[n], colours[ground])) < 4.5} == {}
        assert {
            n: round(c, 1)
            for n in colours
            if re.fullmatch(r"c\d", n) and (c := contrast(colours[n], colours[ground])) < 3
        } == {}
