"""The SPARQL editor in a real browser: it runs, completes with the terms of the graph, and leads to our pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

Open = Callable[..., Any]

VALUE = "document.querySelector('.CodeMirror').CodeMirror.getValue()"
DISTRICTS = "SELECT ?d { ?d a <https://w3id.org/filiera/schema#IndustrialDistrict> } ORDER BY ?d"


@pytest.fixture
def editor(tab: Open) -> Callable[..., Any]:
    """Return a function that opens the editor with a query, or with nothing in it."""

    def editor(query: str = "") -> Any:  # noqa: ANN401  a page of Playwright
        page = tab().open(f"/sparql?query={quote(query)}" if query else "/sparql")
        page.wait_for_selector(".CodeMirror")
        if not query:
            page.click(".CodeMirror")
            page.keyboard.press("Control+A")
            page.keyboard.press("Delete")
        return page

    return editor


def test_a_query_of_the_address_is_run_and_its_records_lead_to_their_pages(editor: Callable[..., Any]) -> None:
    """A link to a query shows its rows, and the IRI of a record is a way to its page on this site."""
    page = editor(DISTRICTS)
    links = page.locator(".yasr table tbody a")
    links.first.wait_for()
    names = links.all_inner_texts()
    with page.expect_popup() as opened:
        links.first.click()
    opened.value.wait_for_url("**/districts/farholm")

    assert [name.rpartition("/")[2] for name in names] == ["farholm", "torre-lume"]


def test_terms_of_the_graph_are_completed_with_their_prefixes(editor: Callable[..., Any]) -> None:
    """What is typed of a class or a property is completed from the graph, and the prefix comes with it."""
    page = editor()
    page.keyboard.type("SELECT * { ?c a Clai", delay=20)
    page.keyboard.press("Control+Space")
    page.locator(".CodeMirror-hint-active", has_text="fil:Claim").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type(" ; subj", delay=20)
    page.keyboard.press("Control+Space")
    page.locator(".CodeMirror-hint-active", has_text="dcterms:subject").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type(" ?o } LIMIT 3")
    page.keyboard.press("Control+Enter")
    page.locator(".yasr table tbody tr").nth(2).wait_for()

    assert " ".join(page.evaluate(VALUE).split()) == (
        "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX fil: <https://w3id.org/filiera/schema#> "
        "SELECT * { ?c a fil:Claim ; dcterms:subject ?o } LIMIT 3"
    )


def test_a_mistake_is_shown_with_its_place(tab: Open) -> None:
    """The endpoint's own complaint reaches the person at the editor."""
    opened = tab()
    page = opened.open(f"/sparql?query={quote('SELECT ?x { ?x a }')}")
    page.locator(".yasr .errorResult").wait_for()
    opened.complaints.clear()  # the browser logs the status 400, as it should

    assert "error at 1:" in page.locator(".yasr .errorResult").inner_text()


def test_without_scripts_there_is_a_form(chromium: Any, address: str) -> None:  # noqa: ANN401  a browser
    """Where scripts do not run, the plain form asks the same and shows the same rows."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/sparql")
    page.fill("textarea", DISTRICTS)
    page.click("button")
    rows = page.locator("tbody tr").all_inner_texts()
    context.close()

    assert [row.rpartition("/")[2] for row in rows] == ["farholm", "torre-lume"]
