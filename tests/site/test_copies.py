"""The site as files, in a real browser: its search, its pictures, and pages that are opened from a disk."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from filiera import search
from filiera.paths import Project
from filiera.schema import schema

Open = Callable[..., Any]

KINDS = tuple(schema().kinds)

#: What is searched for: one word, several, inflected forms, letters with marks and without, apostrophes, words that no
#: record has all of, and what no record has.
WORDS = (
    "lighthouse",
    "workshops fog",
    "design",
    "Ødegård",
    "odegard",
    "Strauß",
    "STRAUSS",
    "lamp's",
    "fog zebra",
    "x.y",
)

#: The same for the real records.
REAL_WORDS = (
    "silver gold recession",
    "upgraded",
    "Lazerson Lorenzoni",
    "Piñera Zorzi",
    "Italy’s districts",
    "Gaggio",
    "vertical integration",
    "zebra Arezzo downgrading",
)

#: Records of a kind that the page shows at most.
MOST = 100


def found(page: Page) -> set[str]:
    """Return the keys of the records that a search shows, once it is done."""
    page.wait_for_function("document.getElementById('said').textContent !== ''")
    links = page.locator("#found .records > li > a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return {re.sub(r"^\.\./[a-z]+/(.*)/index\.html$", r"\1", link) for link in links}


def expected(project: Project, words: str, kind: str = "") -> set[str]:
    """Return the keys of the records that the live site finds."""
    connection = sqlite3.connect(project.database)
    return {hit.id for hit in search.find(connection, words, kind=kind, limit=10_000).hits}


def compared(tab: Any, project: Project, words: str) -> Iterator[tuple[str, set[str], set[str]]]:  # noqa: ANN401  a Tab
    """Yield each kind with what the copy and the live site find of it, but for what is too much for a page."""
    for kind in KINDS:
        wanted = expected(project, words, kind)
        if len(wanted) <= MOST:
            page = tab.open(f"/search/index.html?{urlencode({'q': words, 'kind': kind})}")
            yield kind, found(page), wanted


@pytest.mark.parametrize("words", WORDS)
def test_a_copy_finds_what_the_live_site_finds(copied_tab: Open, built: Project, words: str) -> None:
    """Of every kind the same records are found, whatever the form and the marks of the words."""
    tab = copied_tab()
    differences = {kind: (here, there) for kind, here, there in compared(tab, built, words) if here != there}

    assert differences == {}


@pytest.mark.kb
@pytest.mark.parametrize("words", REAL_WORDS)
def test_a_copy_of_the_real_base_finds_what_the_live_site_finds(
    real_copied_tab: Open, real: Project, words: str
) -> None:
    """The same holds for the real records."""
    tab = real_copied_tab()
    rows = list(compared(tab, real, words))

    assert {kind: (here, there) for kind, here, there in rows if here != there} == {}
    assert any(here for _, here, _ in rows) or not expected(real, words)


def test_the_first_page_leads_to_a_record_by_words(copied_tab: Open) -> None:
    """Words typed on the first page are found, marked, and lead to the record; the best of each kind come first."""
    page = copied_tab().open("/index.html")
    page.get_by_role("searchbox").fill("workshops fog")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=workshops+fog")
    page.locator("#found mark").first.wait_for()
    marked = {word.strip(".,").lower() for word in page.locator("#found mark").all_inner_texts()}
    page.get_by_role("link", name="The workshops of Farholm take up design once the fog is over.").first.click()

    expect(page).to_have_url(re.compile("/claims/os14-2-workshops-draw/index.html$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("once the fog is over")
    assert marked >= {"workshops", "fog"}


def test_what_is_not_found_is_said(copied_tab: Open) -> None:
    """Words that only some records have, and those that none has, are answered with a sentence."""
    tab = copied_tab()
    page = tab.open("/search/index.html?q=fog+zebra")
    expect(page.locator("#said")).to_have_text("No record has all of these words; these have some.")
    page = tab.open("/search/index.html?q=qqqqzzzz")

    expect(page.locator("#said")).to_have_text("No record has these words. Try fewer, or other forms of them.")


def test_a_misspelt_word_is_understood(copied_tab: Open) -> None:
    """A word that no record has is taken for the nearest one."""
    page = copied_tab().open("/search/index.html?q=farhom")

    assert "farholm" in found(page)
    expect(page.locator("#said")).to_have_text("No record has these words; these have words like them.")


def test_a_record_cannot_bring_markup_into_the_search(copied_tab: Open, copied: Path) -> None:
    """What the search shows of a record is text, also where it looks like an element."""
    data = copied / "search" / "records.js"
    was = data.read_text("utf-8")
    try:
        data.write_text(was.replace("workshops", "<img/src=x onerror=alert(1)>workshops"), encoding="utf-8")
        page = copied_tab().open("/search/index.html?q=workshops")
        found(page)
        assert page.locator("#found img").count() == 0
    finally:
        data.write_text(was, encoding="utf-8")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_of_a_copy_has_a_serious_fault_of_accessibility(copied_tab: Open, *, width: int, dark: bool) -> None:
    """axe-core finds nothing serious on the pages that only a copy has, and none scrolls sideways."""
    here = copied_tab(width=width, dark=dark)
    paths = ("/index.html", "/copy/index.html", "/search/index.html?q=workshops", "/compare/cases/index.html")

    assert here.look(*paths) == {}


def test_the_question_that_is_linked_is_open(copied_tab: Open) -> None:
    """A question of the first page is answered for its example, and leads to its query, unfolded."""
    page = copied_tab().open("/index.html")
    page.locator(".questions a").first.click()
    expect(page.locator("main table")).to_be_visible()
    page.get_by_role("link", name="SQL and SPARQL").click()

    expect(page).to_have_url(re.compile("/copy/index.html#question-"))
    expect(page.locator(":target")).to_be_visible()


def test_the_pictures_of_a_copy_move(copied_tab: Open) -> None:
    """The map moves and leads to a district; a graph grows by what is related, all of it from the copy."""
    tab = copied_tab()
    page = tab.open("/map/index.html")
    page.locator(".leaflet-marker-icon.districts").first.click()
    page.locator(".leaflet-popup a.label").click()
    expect(page).to_have_url(re.compile("/base/districts/[a-z-]+/$"))
    page = tab.open("/works/odegard-strauss-2014/index.html")
    page.get_by_role("link", name="Explore").first.click()
    page.get_by_role("button", name="Move and explore").click()
    page.locator("#records button").last.click()
    page.get_by_role("button", name="Add what is related").click()

    expect(page.locator("#details")).to_contain_text(re.compile("added|shown already"))


def test_an_old_address_of_a_copy_leads_on(copied_tab: Open, database: sqlite3.Connection) -> None:
    """The browser ends at the present key."""
    alias, kind, key = database.execute(
        "select alias, kind, records.id from aliases join records using (id) limit 1"
    ).fetchone()
    page = copied_tab().open(f"/{kind}/{alias}/")
    page.wait_for_url(f"**/{kind}/{key}/index.html")


def test_a_copy_can_be_read_from_a_disk(chromium: Browser, copied: Path) -> None:
    """Opened as a file, pages are styled, lead to each other, and the search works; pictures are seen."""
    page = chromium.new_context().new_page()
    page.goto((copied / "index.html").as_uri())
    page.get_by_role("searchbox").fill("workshops fog")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="The workshops of Farholm take up design once the fog is over.").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("once the fog is over")
    page.get_by_role("link", name="Filiera", exact=True).click()

    expect(page).to_have_url((copied / "index.html").as_uri())
    assert page.locator("svg.picture").first.is_visible()
    page.context.close()
