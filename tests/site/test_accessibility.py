"""Every kind of page on a desk and on a phone, by day and by night, by keyboard only; Datasette's and YASGUI too."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from filiera.schema import schema

KINDS = tuple(schema().kinds)

CLAIM = "/claims/os14-2-workshops-draw"

#: Pages of ours that are no record's.
OTHERS = (
    "/",
    "/cite?q=2003",
    "/cite?work=odegard-strauss-2014&style=apa",
    "/ask",
    "/ask/claims-about?subject=farholm",
    "/search?q=lighthouse",
    "/search?q=nothinglikeit",
    "/works",
    "/works/odegard-strauss-2014",
    "/schema",
    "/nothing",
    "/map",
    "/plots",
    "/plots?indicator=workshops-count",
    "/timeline",
    "/graph/os14-2-workshops-draw",
    "/graph/odegard-2003a?depth=2",
)

#: Pages of Datasette: the database, tables of every sort, rows, queries that are answered or wrong, and its own state.
TABLES = (
    "/filiera",
    "/filiera?_show_hidden=1",
    "/filiera/claims",
    "/filiera/claims?kind=finding&_facet=work&_sort_desc=id",
    "/filiera/claims_about?_size=3",
    "/filiera/observations",
    "/filiera/case_matrix",
    "/filiera/records?_search=fog",
    "/filiera/districts?id=nothing",
    "/filiera/districts?_where=id+is+not+null",
    "/filiera/districts/farholm",
    "/filiera/claims/os14-2-workshops-draw",
    "/filiera?sql=select+id,+name+from+districts",
    "/filiera?sql=select+id+from+districts+where+0",
    "/filiera?sql=select+id+from+districts+where+id+=+:which&which=farholm",
    "/filiera?sql=select+id+from+districts&_hide_sql=1",
    "/filiera/claims-about?subject=farholm",
    "/filiera/nothing",
    "/filiera/districts/nothing",
    "/-/nothing",
    *(
        f"/-/{name}"
        for name in ("actor", "config", "databases", "metadata", "plugins", "settings", "threads", "versions")
    ),
)

WRONG = "/filiera?sql=select+x+from+nothing"

#: Real pages that are wider than others.
WIDE = (
    "/map",
    "/timeline",
    "/plots?indicator=largest-export-market-share",
    "/graph/dlg14-7-districts-changed-strategy-over-time?depth=2",
    "/graph/vicenza",
    "/compare/cases",
    "/compare/gaps",
    "/compare/numbers",
    "/compare/districts",
    "/filiera/claims",
    "/filiera/observations",
    "/filiera/case_matrix",
    "/ask/numbers-about?subject=vicenza",
)

#: Screens: a desk and a phone, by day and by night.
SCREENS = [(1280, False), (1280, True), (390, False), (390, True)]

ROWS = ".tabPanel.active .yasr table tbody tr"
TRIPLES = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s LIMIT 60"

#: What is written in the editor, and what shows that it was run.
QUERIES = {
    TRIPLES: ROWS,
    "ASK {}": ".tabPanel.active .yasr_results :text('True')",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 9": ROWS,
    "SELECT ?x { ?x a }": ".tabPanel.active .errorResult",
}

#: What is opened of the editor, after the rows of a query: a button, and what it shows.
PARTS = {
    ".select_response": ".yasr_results .CodeMirror",
    ".tabContextButton": ".tabMenu.open",
    ".yasqe_share": ".yasqe_sharePopup",
}

Open = Callable[..., Any]


@pytest.fixture
def first(database: sqlite3.Connection) -> Callable[[str], str]:
    """Return a function that gives the path of the record of a kind that says most."""

    def first(kind: str) -> str:
        query = "select id from records join records_data using (id) where kind = ? order by length(data) desc"
        return f"/{kind}/{database.execute(query, (kind,)).fetchone()[0]}"

    return first


@pytest.mark.parametrize(("width", "dark"), SCREENS)
def test_no_page_of_ours_has_a_serious_fault(tab: Open, first: Callable[[str], str], *, width: int, dark: bool) -> None:
    """Whatever the screen, axe-core finds nothing serious on any kind of page, and no page scrolls sideways."""
    assert tab(width=width, dark=dark).look(*OTHERS, *map(first, KINDS)) == {}


@pytest.mark.parametrize(("width", "dark"), SCREENS)
def test_no_table_of_datasette_has_a_serious_fault(tab: Open, *, width: int, dark: bool) -> None:
    """Datasette's own pages are held to the same, with the menu of a column open too."""
    here = tab(width=width, dark=dark)
    found = here.look(*TABLES, WRONG)
    here.complaints.clear()  # the browser logs the status 400, as it should
    page = here.open("/filiera/districts")
    if width > 600:  # on a phone a table has no headings
        page.get_by_role("button", name="Menu of the column name").press("Enter")
        page.wait_for_timeout(200)  # it grows

    assert (found, here.faults()) == ({}, [])


@pytest.mark.parametrize(("width", "dark"), SCREENS)
def test_no_state_of_the_editor_has_a_serious_fault(tab: Open, *, width: int, dark: bool) -> None:
    """YASGUI is held to the same: before a query, after each sort of answer, after an error, with its parts open."""
    here = tab(width=width, dark=dark)
    found = dict(_states(here))
    here.complaints.clear()  # the browser logs the status 400 of the error, as it should

    assert {name: faults for name, faults in found.items() if faults} == {}
    assert len(found) == 1 + len(QUERIES) + len(PARTS)


def _states(here: Any) -> Iterator[tuple[str, list[str]]]:  # noqa: ANN401  a tab
    here.open("/sparql").wait_for_selector(".CodeMirror")
    yield "before", here.faults()
    for query, shown in QUERIES.items():
        _ran(here, query, shown)
        yield query, here.faults()
    for button, shown in PARTS.items():
        page = _ran(here, f"{TRIPLES} # {button}", ROWS)  # in a tab of its own, which does not know of the last
        page.locator(f".tabPanel.active {button}").click()
        page.locator(f".tabPanel.active {shown}").wait_for()
        page.wait_for_timeout(600)  # the settings slide in
        yield button, here.faults()


def _ran(here: Any, query: str, shown: str) -> Page:  # noqa: ANN401  a tab
    page: Page = here.open(f"/sparql?query={quote(query)}")
    page.locator(shown).first.wait_for()
    return page


@pytest.mark.kb
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_no_real_page_has_a_serious_fault(
    real_tab: Open, real_engines: dict[str, Any], *, width: int, dark: bool
) -> None:
    """The same holds for the real record of each kind that says most, its row, and the widest pictures."""
    query = "select kind, id, max(length(data)) from records join records_data using (id) group by kind"
    records = [f"/{kind}/{key}" for kind, key, _ in real_engines["sql"].ask(query, {}).rows]
    rows = [f"/filiera{record}" for record in records]

    assert real_tab(width=width, dark=dark).look("/", *WIDE, *records, *rows[::4]) == {}


def test_no_page_scrolls_sideways_on_the_narrowest_phone(tab: Open, first: Callable[[str], str]) -> None:
    """At 320 px wide pictures, tables and answers scroll within parts that are named and reached by keys."""
    here = tab(width=320)
    found = {}
    for path in (*OTHERS, *map(first, KINDS), *TABLES, "/compare/cases", "/compare/numbers"):
        here.open(path)
        found[path] = here.sideways()
    for query, shown in QUERIES.items():
        _ran(here, query, shown)
        found[query] = here.sideways()
    here.complaints.clear()  # the browser logs the status 400 of the error, as it should

    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.kb
def test_no_real_picture_scrolls_the_page_sideways(real_tab: Open) -> None:
    """The widest pictures and tables of the real records scroll within such parts too."""
    here = real_tab(width=320)
    found = {}
    for path in WIDE:
        here.open(path)
        found[path] = here.sideways()

    assert {path: faults for path, faults in found.items() if faults} == {}


def stops(page: Page, key: str, most: int = 400) -> Iterator[tuple[str, str]]:
    """Press a key until the focus is out of the page, and tell at each stop what has it and how that is outlined."""
    focus = """() => {
        const one = document.activeElement, shown = one.closest(".yasqe .CodeMirror-focused, form .CodeMirror") ?? one;
        const inside = one.matches(".CodeMirror textarea") ? shown : one;
        const name = one.getAttribute("aria-label") ?? one.textContent.trim();
        return one === document.body ? null : [name, getComputedStyle(inside).outlineStyle];
    }"""
    for _ in range(most):
        page.keyboard.press(key)
        found = page.evaluate(focus)
        if found is None:
            return
        yield found[0], found[1]
    pytest.fail(f"{key} does not lead out of the page")


@pytest.mark.parametrize(
    "path", [CLAIM, "/filiera/districts?_facet=place", "/filiera?sql=select+1", "/graph/odegard-2003a"]
)
@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_every_stop_of_the_keyboard_is_seen_and_left(tab: Open, path: str, key: str) -> None:
    """Forwards and backwards the focus goes through the whole page, and whatever has it has an outline."""
    page = tab().open(path)
    page.wait_for_load_state()
    seen = list(stops(page, key))

    assert {outline for _, outline in seen} == {"solid"}
    assert {"Filiera", "Schema"} < {name for name, _ in seen}


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_the_editor_is_no_trap(tab: Open, key: str) -> None:
    """From the SPARQL editor, which has the focus at first, the keyboard gets to all of the page, as the page says."""
    page = _ran(tab(), TRIPLES, ROWS)
    expect(page.get_by_text("Tab leaves the editor")).to_be_visible()
    page.locator(".yasqe .CodeMirror").click()
    there = list(stops(page, key))
    around = list(stops(page, key))

    assert {outline for _, outline in [*there, *around]} == {"solid"}
    assert {
        "Filiera",
        "Tables",
        "Query in SPARQL",
        "Run query",
        "Share query",
        "Filter query results",
        "Rows on a page",
        "Answer",
    } < {name for name, _ in around}


def test_a_query_is_asked_in_a_tab_of_its_own_by_keyboard(tab: Open) -> None:
    """A tab is added, a query written and run, and the tab closed without a mouse."""
    page = _ran(tab(), "ASK {}", QUERIES["ASK {}"])
    page.get_by_role("button", name="Add a new tab").press("Enter")
    page.locator(".tabPanel.active .CodeMirror textarea").first.press("Control+A")
    page.keyboard.type("SELECT * { VALUES ?n { 1 2 3 } } ", delay=5)
    page.keyboard.press("Control+Enter")
    expect(page.locator(ROWS)).to_have_count(3)
    tabs = page.locator(".tabsList [role='tab']")
    before = tabs.count()
    page.locator(".tabsList [role='tab'][aria-selected='true']").press("Delete")

    expect(tabs).to_have_count(before - 1)


def test_the_menu_of_a_column_opens_and_closes_by_keyboard(tab: Open) -> None:
    """Enter opens it and leads into it, Escape leads back, and its first entry sorts the rows."""
    page = tab().open("/filiera/districts")
    icon = page.get_by_role("button", name="Menu of the column name")
    icon.press("Enter")
    expect(page.get_by_role("link", name="Sort ascending")).to_be_focused()
    page.keyboard.press("Escape")
    expect(icon).to_be_focused()
    expect(page.get_by_role("link", name="Sort ascending")).to_be_hidden()
    icon.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url("**/filiera/districts?_sort=name")


def test_the_editor_of_sql_says_how_it_is_left(tab: Open) -> None:
    """What the keys do stands beside the editor, and is read with it."""
    page = tab().open("/filiera")
    editor = page.get_by_role("textbox", name="Query in SQL")

    expect(editor).to_have_accessible_description("Shift+Enter runs the query; Tab leaves the editor.")


def test_the_keyboard_alone_suffices(tab: Open) -> None:
    """The first stop is a link over the bar to the content; from there links and folded parts open with Enter."""
    page = tab().open("/concepts/move-to-design")
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    landed = page.evaluate("document.activeElement.id")
    summary = page.locator("main summary").first
    was_open = summary.evaluate("one => one.parentElement.open")
    for _ in range(50):
        page.keyboard.press("Tab")
        if summary.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")

    assert (first, landed) == ("Skip to the content", "main")
    assert summary.evaluate("one => one.parentElement.open") is not was_open
