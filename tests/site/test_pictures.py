"""Pictures on pages: what is there without a script and with one, their files, and how wrong arguments are answered."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page, expect

SVG = "{http://www.w3.org/2000/svg}"
CLAIM = "os14-2-workshops-draw"

#: Pages with a picture, and a part of the sentence below it.
PAGES = {
    "/map": "Most claims are about Farholm (2).",
    "/plots?indicator=workshops-count": "5 observations from 2 tables",
    "/plots?indicator=workshops-change&subject=torre-lume&by=subject": "6.4 (Torre Lume, 1990–2010)",
    "/timeline": "with the great fog (1999)",
    "/timeline?district=farholm&from=1850&to=2020": "from 1850 to 2020",
    f"/graph/{CLAIM}": "3 records, 2 relations",
    "/graph/odegard-2003a?depth=2": "4 records, 3 relations",
    "/districts/farholm": "A map of Farholm, at 61° N, 3.25° W.",
    f"/claims/{CLAIM}": "3 records, 2 relations",
    "/works/odegard-strauss-2014": "4 records, 3 relations",
}

Ask = Any
Open = Callable[..., Any]


def described(svg: str) -> str:
    """Return the description that a picture carries as a file."""
    return ET.fromstring(svg).findtext(f"{SVG}desc") or ""  # noqa: S314  our own


@pytest.mark.parametrize("path", PAGES)
def test_a_picture_has_its_sentence_its_table_and_its_files(site: Ask, path: str) -> None:
    """Each page has the drawing, says what it shows, and leads to the SVG and CSV of just that picture."""
    page = site.get(path)
    found = re.search(r'<figure.*?<svg class="picture".*?</figure>', page.text, flags=re.DOTALL)
    files = [address.replace("&amp;", "&") for address in re.findall(r'href="([^"]*\.(?:svg|csv)[^"]*)"', page.text)]

    assert page.status_code == 200
    assert found
    assert PAGES[path] in page.text
    assert [address for address in files if site.get(address).status_code != 200] == []
    assert any(PAGES[path] in described(site.get(address).text) for address in files if ".svg" in address)


@pytest.mark.parametrize(
    ("path", "columns", "first"),
    [
        ("/map.csv", "name,kind,within,claims,latitude,longitude", "farholm,districts,Farholm,2,61,-3.25"),
        ("/timeline.csv", "lane,what,period,title,records", "Shocks,shock,1999,great fog,great-fog"),
        (f"/graph/{CLAIM}.csv", "from,relation,to,note", f"{CLAIM},qualifies,os14-2-companies-decide,by the source"),
    ],
)
def test_the_table_is_a_file_too(site: Ask, path: str, columns: str, first: str) -> None:
    """The rows behind a picture come as CSV, with keys in place of titles."""
    rows = list(csv.reader(io.StringIO(site.get(path).text)))

    assert (rows[0], rows[1]) == (columns.split(","), first.split(","))


def test_a_file_may_do_nothing(site: Ask) -> None:
    """A picture that is opened on its own is an SVG image that may load nothing and run nothing."""
    answer = site.get("/plots/workshops-count/farholm.svg")

    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.headers["content-security-policy"] == "default-src 'none'"
    assert answer.headers["content-disposition"] == 'inline; filename="workshops-count.svg"'


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/plots?indicator=workshop-count", 400, "no indicator has the key 'workshop-count'; did you mean"),
        ("/plots?indicator=workshops-count&subject=nordholm", 400, "no observation of 'workshops' is about 'nordholm'"),
        ("/plots?indicator=workshops-count&by=colour", 400, "by: there is no 'colour'; there are time, subject"),
        ("/plots/workshop-count.svg", 404, "no indicator has the key 'workshop-count'"),
        ("/timeline?district=farhom", 400, "district: no district has the key 'farhom'; did you mean 'farholm'?"),
        ("/timeline?from=soon", 400, "from: 'soon' is not a whole number from 1 to 2100"),
        ("/timeline?from=2000&to=1990", 400, "from: 2000 is not before 1990; give an earlier year"),
        ("/graph/farhom", 404, "no record has the key 'farhom'; did you mean 'farholm'?"),
        ("/graph/os14-table-1", 400, "no graph is drawn around 'os14-table-1'"),
        (f"/graph/{CLAIM}?depth=9", 400, "depth: '9' is not a whole number from 1 to 2"),
        ("/map.svg?west=5", 400, "a part of the map has four sides: west, south, east, north; there is only west"),
        ("/map.svg?west=9&east=5&south=1&north=2", 400, "west must be less than east"),
        ("/map.svg?west=x&east=5&south=1&north=2", 400, "west: 'x' is not a number of degrees"),
        ("/map.svg?west=nan&east=5&south=1&north=2", 400, "west: nan does not lie between -180 and 180"),
        ("/map/torre-lume.svg", 404, "no district with the key 'torre-lume' has coordinates"),
    ],
)
def test_a_wrong_argument_is_answered_with_a_sentence(site: Ask, path: str, status: int, said: str) -> None:
    """What is wrong and what there is, without a traceback, for a program and for a reader."""
    plain, page = site.get(path, accept="text/plain"), site.get(path)

    assert (plain.status_code, page.status_code) == (status, status)
    assert plain.text.startswith(said)
    assert "<h1" in page.text


@pytest.fixture
def marker(tab: Open) -> Page:
    """Return the map, once its markers are there."""
    page: Page = tab().open("/map")
    expect(page.get_by_role("button", name="Farholm, 2 claims")).to_be_visible()
    return page


def test_the_map_moves_in_place_of_the_drawing(marker: Page) -> None:
    """With scripts the drawing gives way to a map with land, names, and a button that leads back."""
    expect(marker.locator("#still")).to_be_hidden()
    expect(marker.locator("#map .land").first).to_be_attached()
    expect(marker.locator("#map .name")).to_have_text(["Farholm"])
    expect(marker.get_by_role("button", name="All districts")).to_be_visible()


def test_the_keyboard_opens_what_a_marker_says(marker: Page) -> None:
    """A marker is a stop of the keyboard; Enter opens its name, its place and its number of claims, with a link."""
    marker.get_by_role("button", name="Farholm, 2 claims").focus()
    marker.keyboard.press("Enter")
    popup = marker.locator(".leaflet-popup-content")

    expect(popup).to_contain_text("district · in Farholm · 2 claims")
    popup.get_by_role("link", name="Farholm").click()
    expect(marker).to_have_url(re.compile("/districts/farholm$"))


def test_the_address_of_the_map_can_name_a_district(tab: Open) -> None:
    """From the page of a district the map opens at its mark."""
    page = tab().open("/districts/farholm")
    page.get_by_role("link", name="Larger map").click()

    expect(page.locator(".leaflet-popup-content")).to_contain_text("2 claims")


def test_the_file_is_of_what_the_map_shows(marker: Page) -> None:
    """After a step closer the SVG is of the smaller part."""
    link = marker.get_by_role("link", name="SVG")
    before = link.get_attribute("href")
    marker.get_by_role("button", name="Zoom in").click()
    expect(link).not_to_have_attribute("href", before or "")
    marker.wait_for_timeout(400)
    with marker.expect_download() as started:
        link.click()
    saved = Path(started.value.path()).read_text(encoding="utf-8")

    assert started.value.suggested_filename == "map.svg"
    assert ET.fromstring(saved).tag == f"{SVG}svg"  # noqa: S314  our own


@pytest.mark.parametrize("path", ["/map", "/plots?indicator=workshops-count", "/timeline", f"/graph/{CLAIM}"])
def test_a_picture_can_be_kept_as_png(tab: Open, path: str) -> None:
    """The button gives a PNG, twice as wide as the drawing, that is not empty: it has several colours."""
    page = tab().open(path)
    with page.expect_download() as started:
        page.get_by_role("button", name="PNG", exact=True).first.click()
    saved = Path(started.value.path()).read_bytes()
    wide, colours = page.evaluate(
        """async (bytes) => {
            const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], {type: "image/png"}));
            const canvas = new OffscreenCanvas(image.width, image.height);
            const drawn = canvas.getContext("2d");
            drawn.drawImage(image, 0, 0);
            const points = new Uint32Array(drawn.getImageData(0, 0, image.width, image.height).data.buffer);
            return [image.width, new Set(points).size];
        }""",
        list(saved),
    )

    assert saved.startswith(b"\x89PNG\r\n")
    assert wide == 2 * page.evaluate("document.querySelector('svg.picture').width.baseVal.value")
    assert colours > 20


@pytest.mark.parametrize("path", PAGES)
def test_a_picture_needs_no_script(tab: Open, path: str) -> None:
    """Without scripts the drawing, its sentence and its files are there, and no button that would do nothing."""
    page = tab(java_script_enabled=False).open(path)
    for folded in page.locator("details.part:not([open]):has(figure) > summary").all():
        folded.click()

    expect(page.locator("figure.drawn figcaption", has_text=PAGES[path])).to_be_visible()
    expect(page.locator("svg.picture").first).to_be_attached()
    expect(page.get_by_role("button", name="PNG")).to_have_count(0)
    expect(page.get_by_role("link", name="SVG").first).to_be_visible()


def test_the_graph_can_be_explored(tab: Open) -> None:
    """The list has the records of the canvas; choosing one shows its relations, and more can be added around it."""
    page = tab().open("/graph/os14-2-companies-decide")
    page.get_by_role("button", name="Move and explore").click()
    records = page.locator("#records button")
    expect(records).to_have_count(2)
    records.filter(has_text="The workshops of Farholm take up design").click()
    expect(page.locator("#details")).to_contain_text("It qualifies: Shipping companies from abroad")
    page.get_by_role("button", name="Add what is related").click()

    expect(records).to_have_count(3)
    expect(page.locator("#details")).to_contain_text("1 added.")
    expect(page.locator("#canvas canvas").first).to_be_attached()


def test_a_graph_is_walked_by_keyboard(tab: Open) -> None:
    """Each box of the drawing is a stop, and Enter leads to its record."""
    page = tab().open(f"/graph/{CLAIM}")
    page.get_by_role("link", name="Orders halve, and").first.focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/claims/os14-3-back-to-lamps$"))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_what_moves_has_no_serious_fault_of_accessibility(tab: Open, *, width: int, dark: bool) -> None:
    """Once the map and the graph move, axe-core finds nothing serious in them either, on any screen."""
    here = tab(width=width, dark=dark)
    page = here.open("/map")
    page.get_by_role("button", name="Farholm, 2 claims").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup-content")).to_be_visible()
    page.wait_for_timeout(400)  # it fades in
    on_map = here.faults()
    page = here.open(f"/graph/{CLAIM}")
    page.get_by_role("button", name="Move and explore").click()
    expect(page.locator("#details")).not_to_be_empty()

    assert (on_map, here.faults()) == ([], [])


def test_a_plot_fits_on_a_phone(tab: Open) -> None:
    """On a phone another drawing of the same numbers stands there, that is no wider than the screen."""
    page = tab(width=390).open("/plots?indicator=workshops-count")
    shown = page.locator("figure.drawn .room").filter(visible=True)

    expect(shown).to_have_count(1)
    assert shown.evaluate("room => room.scrollWidth <= room.clientWidth")
    expect(shown.locator(".mark:not(g .mark)")).to_have_count(5)


def test_pictures_are_dark_at_night(tab: Open) -> None:
    """The text of a drawing is dark by day and light by night."""
    found = "getComputedStyle(document.querySelector('svg.picture text')).fill"
    day, night = (tab(dark=dark).open("/timeline").evaluate(found) for dark in (False, True))
    dark, light = (sum(map(int, re.findall(r"\d+", colour))) for colour in (day, night))

    assert (dark < 200, light > 600) == (True, True)


def test_a_form_draws_what_is_chosen(tab: Open) -> None:
    """An indicator, one of its subjects and a way to draw it are chosen without typing."""
    page = tab().open("/plots")
    page.get_by_label("Indicator", exact=True).select_option("workshops-count")
    page.get_by_role("button", name="Draw").click()
    page.get_by_label("Torre Lume").check()
    page.get_by_label("side by side").check()
    page.get_by_role("button", name="Draw").click()

    expect(page.locator("figcaption")).to_contain_text("Workshops (number): Torre Lume. From 1,137")
    expect(page.locator("svg.picture rect.bar").filter(visible=True)).to_have_count(2)
