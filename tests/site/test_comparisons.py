"""The pages of comparisons: what they show, how they are asked for, their downloads, and how they are used."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pypandoc
import pytest
from playwright.sync_api import expect

from filiera.comparisons import COMPARISONS

Ask = Any
Open = Callable[..., Any]

NAMES = tuple(one.name for one in COMPARISONS if one.name != "table")


class Table(HTMLParser):
    """Reads the tables of a page: the scope of each heading, and whether there is a caption."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.captions = 0
        self.tables = 0
        self.bare: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count what makes a table readable without seeing it."""
        self.tables += tag == "table"
        self.captions += tag == "caption"
        if tag == "th" and "scope" not in dict(attrs):
            self.bare.append(str(attrs))


@pytest.mark.parametrize("name", NAMES)
def test_every_comparison_has_a_page(site: Ask, name: str) -> None:
    """The list leads to it, and it answers with its question and its forms."""
    listed, page = site.get("/compare"), site.get(f"/compare/{name}")

    assert f'href="/compare/{name}"' in listed.text
    assert page.status_code == 200
    for suffix in (".csv", ".md", ".tex"):
        assert f'href="/compare/{name}{suffix}" download' in page.text


@pytest.mark.parametrize("path", ["/compare/cases", "/compare/gaps", "/compare/districts", "/tables/os14-table-1"])
def test_tables_can_be_heard(site: Ask, path: str) -> None:
    """Every table has a caption, and every heading says whether it is for a row, a column or a group of them."""
    table = Table(site.get(path).text.partition('id="observations"')[0])

    assert table.tables == table.captions == 1
    assert table.bare == []


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [(".csv", "text/csv"), (".md", "text/markdown"), (".tex", "application/x-tex")],
)
def test_a_download_is_what_the_page_shows(site: Ask, suffix: str, media_type: str) -> None:
    """A form has its media type and a name for its file, and follows what is chosen on the page."""
    page = site.get("/compare/districts?subjects=farholm&indicators=workshops-count")
    form = site.get(f"/compare/districts{suffix}?subjects=farholm&indicators=workshops-count")

    assert f'href="/compare/districts{suffix}?subjects=farholm&amp;indicators=workshops-count"' in page.text
    assert form.headers["content-type"] == f"{media_type}; charset=utf-8"
    assert form.headers["content-disposition"] == f'attachment; filename="districts{suffix}"'
    assert "110" in form.text
    assert "1,137" not in form.text


@pytest.mark.parametrize("given", ["subjects=farholm&subjects=torre-lume", "subjects=farholm,torre-lume"])
def test_several_values_can_be_given_either_way(site: Ask, given: str) -> None:
    """A form sends a name several times, a person writes a comma."""
    rows = list(csv.DictReader(io.StringIO(site.get(f"/compare/districts.csv?{given}&periods=1990").text)))

    assert [(row["Farholm"], row["Torre Lume"]) for row in rows] == [("110", "1,137")]


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/compare/cases?lead_firms=outsde", 400, "lead_firms: there is no 'outsde'; there are both, not-stated"),
        ("/compare/gaps?region=nordhulm", 400, "region: there is no 'nordhulm'; did you mean 'nordholm'?"),
        ("/compare/gaps.csv?region=nordhulm", 400, "region: there is no 'nordhulm'; did you mean 'nordholm'?"),
        ("/compare/cases?regin=x", 400, "the comparison 'cases' has no parameter 'regin'"),
        ("/compare/disputes?relation=disputes&relation=qualifies", 400, "relation: 2 values are given; it takes one"),
        ("/compare/case", 404, "no comparison is called 'case'; did you mean 'cases'?"),
    ],
)
def test_a_bad_request_gets_a_sentence(site: Ask, path: str, status: int, sentence: str) -> None:
    """What is wrong is said in plain words, with what there is."""
    page = site.get(path, accept="text/plain")

    assert (page.status_code, sentence in page.text) == (status, True)
    assert "Traceback" not in page.text


def test_a_field_left_empty_is_not_asked_for(site: Ask) -> None:
    """A form that is sent as it stands shows everything."""
    page = site.get("/compare/cases?governance=&lead_firms=&upgrading=&work=")

    assert page.status_code == 200
    assert "Torre Lume through the fog" in page.text


def test_the_comparison_of_one_table_is_on_its_page(site: Ask) -> None:
    """A printed table stands on the page of its record, with the same forms."""
    page = site.get("/tables/os14-table-1")
    form = site.get("/tables/os14-table-1.tex")

    assert site.get("/compare/table").headers["location"] == "/tables"
    assert "As in print" in page.text
    assert 'href="/tables/os14-table-1.tex" download' in page.text
    assert "−12.9" in pypandoc.convert_text(form.text, "plain", format="latex")


def test_measures_that_are_chosen_are_drawn(site: Ask) -> None:
    """Beside the table of districts stand the plots of the chosen measures; without a choice, links to them."""
    chosen = site.get("/compare/districts?indicators=workshops-count").text
    without = site.get("/compare/districts").text

    assert chosen.count('<figure class="drawn">') == 1
    assert 'href="/plots?indicator=workshops-count"' in without


def test_silence_is_told_apart(site: Ask) -> None:
    """What the works do not say and what nobody looked for look different and read different."""
    page = site.get("/compare/cases").text

    assert re.search(r'<td class="not-stated">\s*not stated', page)
    assert re.search(r'<td class="not-looked-for">\s*not looked for', page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_comparison_has_a_serious_fault_of_accessibility(tab: Open, *, width: int, dark: bool) -> None:
    """Whatever the screen, axe-core finds nothing serious, also with every part open, and no page scrolls sideways."""
    here = tab(width=width, dark=dark)
    paths = ["/compare", *(f"/compare/{name}" for name in NAMES), "/compare/disputes?relation=qualifies"]

    assert here.look(*paths, "/tables/os14-table-1", "/tables/os14-numbers-2") == {}


@pytest.mark.kb
@pytest.mark.parametrize("width", [1280, 390])
def test_no_real_comparison_has_a_serious_fault_of_accessibility(real_tab: Open, *, width: int) -> None:
    """The same holds for the real records, whose tables are wide and long."""
    here = real_tab(width=width)

    assert here.look(*(f"/compare/{name}" for name in NAMES), "/tables/dlg14-table-4", "/tables/dlg14-table-7") == {}


def test_a_cell_opens_its_claims(tab: Open) -> None:
    """A click on a code of the matrix shows the claims behind it, and a click on one leads to it."""
    page = tab().open("/compare/cases")
    cell = page.get_by_role("row", name="Farholm through the fog").get_by_role("cell").nth(2)
    cell.locator("summary").click()
    cell.get_by_role("link", name="The workshops of Farholm take up design once the fog is over.").click()

    expect(page).to_have_url(re.compile("/claims/os14-2-workshops-draw$"))


def test_a_choice_narrows_the_comparison(tab: Open) -> None:
    """What is chosen in the form is what is shown, stays chosen, and can be taken back."""
    page = tab().open("/compare/cases")
    page.get_by_label("Lead firms").select_option("both")
    page.get_by_role("button", name="Show").click()
    rows = page.get_by_role("rowheader").all_inner_texts()

    assert rows == ["Farholm through the fog, 1990-2010"]
    expect(page.get_by_label("Lead firms")).to_have_value("both")
    page.get_by_role("link", name="All", exact=True).click()
    expect(page.get_by_role("rowheader")).to_have_count(2)


def test_districts_are_chosen_by_ticking(tab: Open) -> None:
    """Several subjects and periods can be ticked, by keyboard too."""
    page = tab().open("/compare/districts")
    page.get_by_text("Subjects", exact=False).first.click()
    page.get_by_label("Torre Lume").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/districts?*subjects=torre-lume*")

    expect(page.get_by_role("columnheader")).to_have_text(["Torre Lume"])


def test_a_number_leads_to_its_place(tab: Open) -> None:
    """A number of a table that is set again leads to the entry of the record that it shows."""
    page = tab().open("/tables/os14-table-1")
    page.get_by_role("link", name="1,137", exact=True).first.click()

    expect(page).to_have_url(re.compile(r"/tables/os14-table-1#observations-10$"))
    expect(page.locator("#observations-10")).to_contain_text("1,137")
