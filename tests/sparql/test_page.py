"""The page for people: what it shows, and that nothing in a query or a result becomes part of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import parse_qs

import pytest

from filiera.sparql.page import POLICY, ROWS, STYLE, Editor, Example, Outcome, policy, render
from filiera.sparql.protocol import Response
from filiera.sparql.questions import Answer, refused

Ask = Callable[..., Response]

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TITLES = "SELECT ?work ?title { ?work <https://example.org/title> ?title } ORDER BY ?title"
EVIL = "</textarea><script>alert('1')</script>\" onload=\"alert(1) $query &amp;"


class Reader(HTMLParser):
    """What a browser would find: elements, the links with their names, and the text."""

    def __init__(self, html: str) -> None:
        """Read a page."""
        super().__init__()
        self.elements: list[str] = []
        self.links: dict[str, str] = {}
        self.texts: list[str] = []
        self._address = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and its address."""
        self.elements += [tag, *(name for name, _ in attrs if name.startswith("on"))]
        self._address = (dict(attrs).get("href") or "") if tag == "a" else ""

    def handle_data(self, data: str) -> None:
        """Note a text, and the link that it is the name of."""
        self.texts.append(data)
        if self._address:
            self.links[data] = self._address
            self._address = ""


def table(*bindings: dict[str, dict[str, str]]) -> Outcome:
    """Return an outcome with rows of one column."""
    body = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": bindings}}).encode()
    return Outcome(Answer(200, "application/sparql-results+json", body), 0.0421)


def test_a_browser_gets_a_form(send: Ask) -> None:
    """A browser that asks nothing yet gets a form with the first example in it, and all of them as links."""
    response = send("GET", accept=BROWSER)
    page = Reader(response.body.decode())

    assert (response.status, response.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert {"form", "label", "textarea", "button"} < set(page.elements)
    assert "\n" + parse_qs(page.links["Which titles are there?"][1:])["query"][0] in page.texts


def test_a_result_is_a_table(get: Ask) -> None:
    """A result is shown with its number of rows and the time; addresses of the web are links, all else is text."""
    response = get(TITLES, BROWSER)
    html = response.body.decode()
    page = Reader(html)

    assert re.search(r"<caption>2 rows in \d\.\d{3} s</caption>", html)
    assert page.links["https://example.org/works/0"] == "https://example.org/works/0"
    assert '<span lang="en">Über Brücken &amp; &lt;Stege&gt;</span>' in html
    assert html.count('<th scope="col">') == 2


def test_a_result_can_be_taken_along(get: Ask) -> None:
    """The same result is linked in every format, and the links lead there."""
    links = Reader(get(TITLES, BROWSER).body.decode()).links
    found = {}
    for name in ("JSON", "CSV", "XML", "TSV"):
        ((query,), (format_,)) = parse_qs(links[name][1:]).values()
        found[name] = get(query, BROWSER, format=format_).headers["Content-Type"].partition(";")[0]

    assert found == {
        "JSON": "application/sparql-results+json",
        "CSV": "text/csv",
        "XML": "application/sparql-results+xml",
        "TSV": "text/tab-separated-values",
    }


def test_a_graph_is_shown_as_turtle(get: Ask) -> None:
    """A graph is shown, and linked in the formats of graphs."""
    page = Reader(get("DESCRIBE <https://example.org/people/ada>", BROWSER).body.decode())

    assert '<https://example.org/people/ada> <https://example.org/name> "Ada" .\n' in page.texts
    assert {"Turtle", "N-Triples", "JSON-LD", "RDF/XML"} < set(page.links)


@pytest.mark.parametrize(("query", "word"), [("ASK { ?s ?p 'Ada' }", "Yes"), ("ASK { ?s ?p 'Eve' }", "No")])
def test_yes_or_no(get: Ask, query: str, word: str) -> None:
    """A question is answered by a word."""
    assert f"<strong>{word}</strong>" in get(query, BROWSER).body.decode()


@pytest.mark.parametrize(
    ("query", "status"), [("SELEC", 400), ("CLEAR ALL", 403), ("SELECT * { SERVICE <x:y> {} }", 403)]
)
def test_a_refusal_is_shown(get: Ask, query: str, status: int) -> None:
    """What is wrong with a query stands above the examples, and the query is kept."""
    response = get(query, BROWSER)

    assert response.status == status
    assert '<p class="problem" role="alert">' in response.body.decode()
    assert query in "".join(Reader(response.body.decode()).texts)


def test_nothing_is_markup() -> None:
    """Query, message, variable, value, language, example: none of them adds an element or an attribute."""
    value = {"x": {"type": "literal", "value": EVIL, "xml:lang": EVIL}}
    plain = table({"x": {"type": "literal", "value": "1", "xml:lang": "en"}})
    harmless = Reader(render("q", plain, [Example("name", "question", "q")])).elements
    result = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": [value]}}).encode()
    evil = Outcome(Answer(200, "application/sparql-results+json", result), 0.0)
    page = Reader(render(EVIL, evil, [Example(EVIL, EVIL, EVIL)]))

    assert page.elements == harmless
    assert "script" not in Reader(render(EVIL, Outcome(refused(400, EVIL), 0.0), [])).elements
    assert "script" not in Reader(render("", Outcome(Answer(200, "text/turtle", EVIL.encode()), 0.0), [])).elements


@pytest.mark.parametrize("iri", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "urn:x", "https:x"])
def test_only_addresses_of_the_web_are_links(iri: str) -> None:
    """An IRI that runs something when it is followed is text."""
    page = Reader(render("q", table({"x": {"type": "uri", "value": iri}}), []))

    assert (iri in page.texts, iri in page.links) == (True, False)


def test_a_value_may_be_missing_or_a_triple() -> None:
    """An unbound variable is an empty cell, and a triple is written with its parts."""
    term = {"type": "uri", "value": "urn:x"}
    triple = {"type": "triple", "value": {"subject": term, "predicate": term, "object": term}}
    html = render("q", table({}, {"x": triple}), [])  # type: ignore[dict-item]

    assert "<tr><td></td></tr>\n<tr><td>urn:x urn:x urn:x</td></tr>" in html


def test_a_long_result_is_cut_on_the_page_alone() -> None:
    """Of many rows the first are shown, and the page says so."""
    html = render("q", table(*[{"x": {"type": "literal", "value": "1"}}] * (ROWS + 1)), [])

    assert html.count("<td>") == ROWS
    assert "1,001 rows in 0.042 s; the first 1,000 are shown" in html


def test_the_page_loads_nothing(get: Ask) -> None:
    """The policy allows the page's own style and no script, frame or foreign form, and the page has none."""
    response = get(TITLES, BROWSER)
    html = response.body.decode()

    assert response.headers["Content-Security-Policy"] == POLICY
    assert f"<style>{STYLE}</style>" in html
    assert {"script", "img", "link", "iframe"}.isdisjoint(Reader(html).elements)
    assert "style=" not in html.partition("</style>")[2]


def test_the_editor_is_on_top_of_the_form() -> None:
    """With an editor the form is still there, and no word of the data ends the block that holds them."""
    editor = Editor("/site", "https://example.org/", {"ex": "https://example.org/"}, ["</script><b>"], ["urn:p"])
    page = Reader(render("", None, (), editor))
    data = re.search(r'id="editor-data">(.*?)</script>', render("", None, (), editor))

    assert {"form", "textarea", "script"} <= set(page.elements)
    assert "b" not in page.elements
    assert data
    assert json.loads(data[1])["terms"] == [
        {"role": "class", "iri": "</script><b>"},
        {"role": "property", "iri": "urn:p"},
    ]


def test_the_editor_runs_only_scripts_of_this_host() -> None:
    """No script may stand in the page itself, and nothing is fetched from elsewhere: not with an editor either."""
    directives = dict(part.split(" ", 1) for part in policy(Editor("/site", "", {}, [], [])).split("; "))

    assert {name: directives[name] for name in ("default-src", "script-src", "connect-src")} == {
        "default-src": "'none'",
        "script-src": "'self'",
        "connect-src": "'self'",
    }
    assert policy(None) == POLICY
