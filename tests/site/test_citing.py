"""Works and claims are cited on their pages, in the common styles at once and in all others when asked."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import pytest

from filiera.bibliography import csl
from filiera.engines import connect
from filiera.paths import Project
from filiera.site import citing

WORK = "/works/odegard-strauss-2014"

Ask = Any


def texts(page: str) -> dict[str, str]:
    """Return the text of everything in a page that can be copied, by the name of its place."""
    found = re.findall(r'<dd id="([^"]+)">(.*?)</dd>', page, re.DOTALL)
    return {name: html.unescape(re.sub(r"<[^>]+>", "", value)).strip() for name, value in found}


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        # Typed from the manuals of the styles, not from what the program gives.
        ("in-text-apa", "(Ødegård & Strauß-O’Neill, 2014)"),
        ("narrative-apa", "Ødegård and Strauß-O’Neill (2014)"),
        ("in-text-chicago-author-date", "(Ødegård and Strauß-O’Neill 2014)"),
        ("in-text-harvard-cite-them-right", "(Ødegård and Strauß-O’Neill, 2014)"),
        ("in-text-modern-language-association", "(Ødegård and Strauß-O’Neill)"),
        ("pandoc", "[@odegard-strauss-2014]"),
        ("biblatex", r"\autocite{odegard-strauss-2014}"),
        ("natbib", r"\citep{odegard-strauss-2014}"),
    ],
)
def test_a_work_is_cited_in_the_common_styles(site: Ask, place: str, expected: str) -> None:
    """The page of a work has its citation in every common style, and as Pandoc and LaTeX take it."""
    assert texts(site.get(WORK).text)[place] == expected


def test_a_claim_is_cited_with_its_place(site: Ask) -> None:
    """The keys on the page of a claim name the section, and a link leads to the styles with it."""
    page = site.get("/claims/os14-2-companies-decide").text

    assert texts(page)["pandoc"] == "[@odegard-strauss-2014, sec. 2]"
    assert texts(page)["biblatex"] == r"\autocite[sec.~2]{odegard-strauss-2014}"
    assert 'href="/cite?work=odegard-strauss-2014&amp;style=apa&amp;locator=sec.+2"' in page


def test_a_work_that_is_not_certain_is_cited_with_a_warning(site: Ask) -> None:
    """The warning stands in the block for citing, and nowhere for a work that is confirmed."""
    warning = "the data of this work are from memory; check them before you print them"

    assert warning in site.get("/works/brine-1988").text
    assert warning in site.get("/cite?work=brine-1988&style=apa").text
    assert warning not in site.get(WORK).text


def test_any_other_style_is_made_when_asked(site: Ask) -> None:
    """A style by any name, with a place, for people and for programs."""
    page = texts(site.get("/cite?work=odegard-strauss-2014&style=World+Development&locator=p.+104").text)
    answer = site.get("/cite?work=odegard-strauss-2014&style=nature", accept="application/json").json()

    assert page["in-text"] == "(Ødegård & Strauß-O’Neill, 2014, p. 104)"
    assert page["pandoc"] == "[@odegard-strauss-2014, p. 104]"
    assert (answer["style"], answer["in_text"]) == ("nature", "<sup>1</sup>")


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("q=zzzz+yyyy", 404, "nothing here is like"),
        ("work=odegard-strauss-2041", 404, "did you mean 'odegard-strauss-2014'"),
        ("work=odegard-strauss-2014&style=aap", 404, "no citation style is called 'aap'"),
        ("work=odegard-strauss-2014&style=../../etc/secret.csl", 404, "no citation style is called"),
        ("work=odegard-strauss-2014&style=/etc/passwd", 404, "no citation style is called"),
        ("work=odegard-strauss-2014&style=" + "a" * 600, 400, "characters are too many"),
    ],
)
def test_what_cannot_be_cited_is_said(site: Ask, query: str, status: int, said: str) -> None:
    """A work or a style that is not there is named, with the nearest; no file is read for a name that is a path."""
    answer = site.get(f"/cite?{query}", accept="text/plain")

    assert (answer.status_code, said in answer.text) == (status, True)


def test_a_citation_in_any_dress_leads_to_its_work(site: Ask) -> None:
    """The page for looking up knows a printed citation, offers a choice where it is open, and finds claims by words."""
    certain = site.get("/cite?q=Odegard+and+Strauss-ONeill+2014").text
    words = site.get("/cite?q=workshops+fog").text

    assert "It means" in certain
    assert 'href="/works/odegard-strauss-2014"' in certain
    assert 'href="/claims/os14-2-workshops-draw"' in words
    assert site.get("/cite").status_code == 200


@pytest.mark.parametrize(
    ("suffix", "media_type", "expected"),
    [
        (".bib", "application/x-bibtex", "@article{odegard-strauss-2014,"),
        (".biblatex.bib", "application/x-bibtex", "@article{odegard-strauss-2014,"),
        (".ris", "application/x-research-info-systems", "DO  - 10.5555/lens.2014"),
        (".csl.json", "application/vnd.citationstyles.csl+json", '"id": "odegard-strauss-2014"'),
    ],
)
def test_a_work_can_be_saved_for_a_library(site: Ask, suffix: str, media_type: str, expected: str) -> None:
    """A library of the one work is saved under its key, in each form that reference managers take."""
    saved = site.get(f"{WORK}{suffix}")

    assert saved.headers["content-type"] == media_type
    assert saved.headers["content-disposition"] == f'attachment; filename="odegard-strauss-2014{suffix}"'
    assert expected in saved.text


@pytest.mark.parametrize(("suffix", "format_"), [(".bib", "bibtex"), (".ris", "ris"), (".csl.json", "csl-json")])
def test_what_is_saved_is_what_the_command_exports(
    site: Ask, built: Project, run: Callable[..., Any], suffix: str, format_: str
) -> None:
    """The page and `filiera export` give the same lines."""
    exported = run("export", format_, "odegard-strauss-2014", cwd=built.kb.parent).out

    assert site.get(f"{WORK}{suffix}").text.splitlines() == exported.splitlines()
    assert exported


def test_each_form_can_be_asked_for_by_its_type(site: Ask) -> None:
    """What a program accepts chooses the form; two names of CSL-JSON are one."""
    assert site.get(WORK, accept="application/x-bibtex").text == site.get(f"{WORK}.bib").text
    assert site.get(WORK, accept="application/x-research-info-systems").text == site.get(f"{WORK}.ris").text
    assert site.get(f"{WORK}.csl").text == site.get(f"{WORK}.csl.json").text


def test_the_tags_of_a_work_are_those_of_highwire(site: Ask) -> None:
    """An article has the tags that reference managers read, its authors in the order of the title page."""
    found = re.findall(r'<meta name="(citation_\w+)" content="([^"]*)">', site.get(WORK).text)

    assert [(name, html.unescape(content)) for name, content in found] == [
        ("citation_title", "Lenses for Lighthouses: Two Harbours Compared"),
        ("citation_volume", "7"),
        ("citation_issue", "1-2"),
        ("citation_publisher", "Lume University Press"),
        ("citation_doi", "10.5555/lens.2014"),
        ("citation_issn", "0000-0019"),
        ("citation_language", "en"),
        ("citation_public_url", "https://example.org/lenses"),
        ("citation_author", "Ødegård, Łukasz"),
        ("citation_author", "Strauß-O'Neill, Aoife"),
        ("citation_publication_date", "2014/04"),
        ("citation_journal_title", "Journal of Invented Harbours"),
        ("citation_firstpage", "101"),
        ("citation_lastpage", "124"),
    ]


def test_a_claim_carries_its_work_as_coins(site: Ask) -> None:
    """The page of a claim has one COinS span, an OpenURL of the article."""
    (title,) = re.findall(r'<span class="Z3988" title="([^"]*)">', site.get("/claims/os14-2-companies-decide").text)
    fields = parse_qsl(html.unescape(title))

    assert dict(fields) == {
        "ctx_ver": "Z39.88-2004",
        "rft_val_fmt": "info:ofi/fmt:kev:mtx:journal",
        "rft_id": "info:doi/10.5555/lens.2014",
        "rft.genre": "article",
        "rft.atitle": "Lenses for Lighthouses: Two Harbours Compared",
        "rft.jtitle": "Journal of Invented Harbours",
        "rft.date": "2014-04",
        "rft.volume": "7",
        "rft.issue": "1-2",
        "rft.spage": "101",
        "rft.epage": "124",
        "rft.issn": "0000-0019",
        "rft.aulast": "Ødegård",
        "rft.aufirst": "Łukasz",
        "rft.au": "Strauß-O'Neill, Aoife",
    }
    assert [value for name, value in fields if name == "rft.au"] == ["Ødegård, Łukasz", "Strauß-O'Neill, Aoife"]


@pytest.mark.kb
def test_every_real_work_has_tags_and_coins(real_site: Ask, real: Project) -> None:
    """No real work is without the tag of its title where it has one, and each has what its type asks for."""
    connection = connect(real.database)
    items = list(csl.items(connection))
    connection.close()
    without = [
        item["id"]
        for item in items
        if item.get("title") and 'name="citation_title"' not in site_page(real_site, item["id"])
    ]

    assert items
    assert without == []


def site_page(site: Ask, key: str) -> str:
    """Return the page of a work."""
    page: str = site.get(f"/works/{key}").text
    return page


@pytest.mark.parametrize("accept", ["text/html", "text/plain"])
def test_who_comes_while_others_are_served_is_told_when_to_come_again(
    site: Ask, accept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the processor stays busy, the fault is not the asker's: 503, when to ask again, and a sentence."""
    monkeypatch.setattr(citing, "PATIENCE", 1)
    with citing.PROCESSOR:
        busy = site.get("/cite?work=odegard-strauss-2014&style=apa", accept=accept)
    free = site.get("/cite?work=odegard-strauss-2014&style=apa", accept=accept)

    assert (busy.status_code, busy.headers["retry-after"], free.status_code) == (503, "1", 200)
    assert "other citations are being made just now; ask again in a moment" in busy.text
    assert busy.headers["content-type"].startswith(accept)
    assert "etag" not in busy.headers
