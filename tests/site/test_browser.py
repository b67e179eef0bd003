"""The site in a real browser: what a reader does with it, from a search to a citation that is copied."""

from __future__ import annotations

import html
import re
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

#: The work that was read, of which there is most to show.
WORK = "/works/odegard-strauss-2014"

CLAIM = "/claims/os14-2-workshops-draw"

Open = Callable[..., Any]


def test_a_search_leads_to_a_record(tab: Open) -> None:
    """Words typed on the first page are found, marked, and lead to the record."""
    page = tab().open("/")
    page.get_by_role("searchbox").fill("workshops fog")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=workshops+fog")
    marked = page.locator("mark").all_inner_texts()
    page.get_by_role("link", name="The workshops of Farholm take up design once the fog is over.").first.click()

    expect(page).to_have_url(re.compile(f"{CLAIM}$"))
    assert {word.lower() for word in marked} >= {"workshops", "fog"}


def test_a_misspelt_address_offers_the_record(tab: Open) -> None:
    """From a page that is not there one click leads to the record that was meant."""
    page = tab().open("/districts/farhom")
    page.get_by_role("main").get_by_role("link", name="Farholm", exact=True).first.click()

    expect(page).to_have_url(re.compile("/districts/farholm$"))


def test_an_old_address_leads_on(tab: Open, database: sqlite3.Connection) -> None:
    """The browser ends at the present key."""
    alias, kind, key = database.execute(
        "select alias, kind, records.id from aliases join records using (id) limit 1"
    ).fetchone()
    page = tab().open(f"/{kind}/{alias}")

    expect(page).to_have_url(re.compile(f"/{kind}/{key}$"))


def test_the_night_is_dark(tab: Open) -> None:
    """Where the system is dark the page is, and its text is light."""
    colour = "getComputedStyle(document.body)"
    shown = [
        [page.evaluate(f"{colour}.backgroundColor"), page.evaluate(f"{colour}.color")]
        for page in (tab(dark=dark).open(CLAIM) for dark in (False, True))
    ]
    light, dark = ([sum(map(int, re.findall(r"\d+", one))) for one in pair] for pair in shown)

    assert (light[0] > 600, light[1] < 200) == (True, True)
    assert (dark[0] < 200, dark[1] > 600) == (True, True)


def test_the_passage_is_marked_in_its_paragraph(tab: Open) -> None:
    """Where the document is at hand, the words of the passage stand out."""
    page = tab().open("/claims/os14-2-companies-decide")

    expect(page.locator("blockquote mark")).to_contain_text("The companies named the")


def test_the_tables_lead_to_the_pages(tab: Open) -> None:
    """From a row of Datasette one click leads to the page of its record."""
    page = tab().open("/filiera/districts/farholm")
    expect(page.locator("table")).to_contain_text("Farholm")
    page.get_by_role("link", name="The page of this record").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Farholm")


STYLES = {"APA": "apa", "Chicago": "chicago-author-date", "Harvard": "harvard-cite-them-right"}
STYLES |= {"MLA": "modern-language-association", "Vancouver": "nlm-citation-sequence"}


def copied(page: Any) -> dict[str, str]:  # noqa: ANN401  Playwright's page
    """Return what lies on the clipboard, by its type."""
    read = """async () => {
        const [item] = await navigator.clipboard.read();
        const pairs = item.types.map(async (type) => [type, await (await item.getType(type)).text()]);
        return Object.fromEntries(await Promise.all(pairs));
    }"""
    found: dict[str, str] = page.evaluate(read)
    return found


@pytest.mark.parametrize("name", STYLES)
def test_a_citation_is_copied_in_the_style_that_is_chosen(tab: Open, database: sqlite3.Connection, name: str) -> None:
    """The button copies what the build has rendered, as plain text and with its italics."""
    query = "select reference from renderings where work = 'odegard-strauss-2014' and style = ?"
    reference = database.execute(query, (STYLES[name],)).fetchone()[0]
    page = tab(permissions=["clipboard-read", "clipboard-write"]).open(WORK)
    page.get_by_text(name, exact=True).click()
    page.get_by_role("button", name="Copy: Reference").click()
    expect(page.locator(".cite [data-said]")).to_have_text("Copied")
    clipboard = copied(page)

    assert clipboard["text/plain"] == html.unescape(re.sub("<[^>]+>", "", reference))
    assert ("<i>" in clipboard["text/html"]) == ("<i>" in reference)


def test_the_style_is_remembered(tab: Open) -> None:
    """The style that was chosen last is the one that the next page shows."""
    here = tab()
    here.open(WORK).get_by_text("MLA", exact=True).click()
    page = here.open("/works/odegard-2003a")

    expect(page.locator("[data-style='modern-language-association']")).to_be_visible()
    expect(page.locator("[data-style='apa']")).to_be_hidden()


def test_a_claim_is_cited_with_its_place_on_the_spot(tab: Open) -> None:
    """One click puts the section into the citation."""
    page = tab().open("/claims/os14-2-companies-decide")
    page.get_by_role("link", name="With the place, sec. 2").first.click()

    expect(page.locator("#in-text-apa")).to_have_text("(Ødegård & Strauß-O’Neill, 2014, Section 2)")


def test_a_citation_can_be_had_without_scripts(tab: Open) -> None:
    """Without scripts the styles can be chosen, the text selected, and other styles asked for."""
    page = tab(java_script_enabled=False).open(WORK)
    page.get_by_text("Harvard", exact=True).click()
    shown = page.locator("[data-style='harvard-cite-them-right']")
    expect(shown).to_contain_text("(Ødegård and Strauß-O’Neill, 2014)")
    page.get_by_label("Another style").fill("world development")
    page.get_by_role("button", name="Show").click()

    expect(page.locator("#in-text")).to_have_text("(Ødegård & Strauß-O’Neill, 2014)")


def test_a_work_is_saved_under_its_key(tab: Open) -> None:
    """Each form for libraries is downloaded as a file named after the work."""
    page = tab().open(WORK)
    names = []
    for link in page.locator(".cite .forms a").all():
        with page.expect_download() as download:
            link.click()
        names.append(download.value.suggested_filename)

    assert names == [f"odegard-strauss-2014{end}" for end in (".bib", ".ris", ".csl.json", ".biblatex.bib")]


def test_a_question_is_asked_by_its_form(tab: Open) -> None:
    """What is typed into the form is asked, and the answer can be had in SPARQL too."""
    page = tab().open("/ask/claims-about")
    page.get_by_label("Subject").fill("torre-lume")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("caption")).to_contain_text("for subject Torre Lume")
    rows = page.locator("tbody tr").count()
    page.locator(".forms").get_by_role("link", name="SPARQL").click()

    expect(page.locator("body")).to_contain_text(f"{rows} row")


def test_a_query_in_sparql_is_run(tab: Open) -> None:
    """The page for SPARQL answers with rows."""
    page = tab().open("/sparql?query=SELECT+%3Fs+%7B+%3Fs+%3Fp+%3Fo+%7D+LIMIT+3")

    expect(page.locator("body")).to_contain_text("3 rows")
