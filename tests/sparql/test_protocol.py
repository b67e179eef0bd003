"""The SPARQL 1.1 Protocol, asked of a real store through real workers."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from filiera.sparql.negotiation import GRAPHS, SHORT_NAMES, TABLES
from filiera.sparql.page import Example
from filiera.sparql.pool import Pool, Store
from filiera.sparql.protocol import Endpoint, Response
from filiera.sparql.questions import Limits
from filiera.sparql.requests import FORM, LONGEST_BODY, QUERY, UPDATE, Request

Ask = Callable[..., Response]
Rows = Callable[[Response], list[str]]

GRAPH = "https://example.org/graph/"
TITLES = "SELECT ?title { ?work <https://example.org/title> ?title } ORDER BY ?title"
NAMES = "SELECT ?name { ?person <https://example.org/name> ?name } ORDER BY ?name"
CONSTRUCT = "CONSTRUCT { ?work <urn:called> ?title } { ?work <https://example.org/title> ?title }"
BOTH = ["On Lighthouses", "Über Brücken & <Stege>"]


def shown(response: Response) -> tuple[int, str]:
    """Return status and media type."""
    return response.status, response.headers.get("Content-Type", "")


def test_get(get: Ask, rows: Rows) -> None:
    """A query in the URL is answered."""
    assert rows(get(TITLES, "text/csv")) == BOTH


def test_post_of_a_form(send: Ask, rows: Rows) -> None:
    """A query in a form is answered."""
    response = send("POST", body=urlencode({"query": TITLES}).encode(), content_type=FORM, accept="text/csv")

    assert rows(response) == BOTH


@pytest.mark.parametrize("content_type", [QUERY, f"{QUERY}; charset=UTF-8", f'{QUERY};charset="utf-8"', QUERY.upper()])
def test_post_of_the_query(send: Ask, rows: Rows, content_type: str) -> None:
    """A query as the body is answered."""
    assert rows(send("POST", body=TITLES.encode(), content_type=content_type, accept="text/csv")) == BOTH


@pytest.mark.parametrize("media_type", TABLES)
def test_tables_come_in_every_format(get: Ask, media_type: str) -> None:
    """Rows come in the accepted format, and the engine's own reader finds the two titles in them."""
    response = get(TITLES, media_type)
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""

    assert shown(response) == (200, media_type + charset)
    if media_type == "text/csv":
        assert response.body.decode().splitlines() == ["title", *BOTH]
    else:
        found = ox.parse_query_results(response.body, format=ox.QueryResultsFormat.from_media_type(media_type))
        assert isinstance(found, ox.QuerySolutions)
        assert [solution["title"].value for solution in found] == BOTH


@pytest.mark.parametrize("media_type", GRAPHS)
@pytest.mark.parametrize("query", [CONSTRUCT, "DESCRIBE <https://example.org/people/ada>"])
def test_graphs_come_in_every_format(get: Ask, media_type: str, query: str) -> None:
    """A graph comes in the accepted format, and can be read."""
    response = get(query, media_type)
    format_ = ox.RdfFormat.from_media_type(media_type)

    assert response.headers["Content-Type"].startswith(media_type)
    assert len(list(ox.parse(response.body, format=format_))) == (2 if query == CONSTRUCT else 1)


@pytest.mark.parametrize("short", SHORT_NAMES)
def test_the_parameter_format_goes_before_accept(get: Ask, short: str) -> None:
    """A link can name a format, so that a person gets a file from a browser."""
    response = get(TITLES if short in {"json", "xml", "csv", "tsv"} else CONSTRUCT, "text/html", format=short)

    assert response.headers["Content-Type"].partition(";")[0] == SHORT_NAMES[short].partition(",")[0]


def test_an_unknown_format_is_refused(get: Ask) -> None:
    """A wrong format is answered with the right ones."""
    response = get(TITLES, format="exel")

    expected = (
        b"there is no format 'exel'; there are: json, xml, csv, tsv, ttl, nt, rdf, jsonld, turtle, rdf+xml, json-ld\n"
    )
    assert (response.status, response.body) == (400, expected)


def test_ask(get: Ask) -> None:
    """A yes or no is a result too."""
    assert json.loads(get("ASK { ?s ?p 'Ada' }").body) == {"head": {}, "boolean": True}


@pytest.mark.parametrize(("query", "accept"), [(TITLES, "image/png"), (CONSTRUCT, "text/csv"), (TITLES, "text/turtle")])
def test_no_accepted_format(get: Ask, query: str, accept: str) -> None:
    """Who accepts nothing that fits the result is told what there is, for either kind of result."""
    response = get(query, accept)

    assert shown(response) == (406, "text/plain; charset=utf-8")
    assert all(media_type in response.body.decode() for media_type in (*TABLES, *GRAPHS))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELEC ?x {", "error at 1:10: expected CONSTRUCT or the like, near 'SELEC ?x {'"),
        ("", "error at 1:1: this was not expected"),
        ("SELECT * {}\n}", "error at 2:2: expected FROM or the like, near '}'"),
        (
            "ASK { 'é' ?p é<b> ?o }",
            """error at 1:15: expected one of ".", ":", OPTIONAL or the like, near "ASK { 'é' ?p é<b> ?o }\"""",
        ),
    ],
)
def test_a_flaw_has_its_place(send: Ask, query: str, message: str) -> None:
    """A query that cannot be read is a 400 with line and column, and the text there."""
    response = send("POST", body=query.encode(), content_type=QUERY)

    assert shown(response) == (400, "text/plain; charset=utf-8")
    assert response.body.decode() == f"{message}\n"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x {",
        "SELECT ?x { ?x ?y ?z } GROUP BY",
        "SELECT * { ?s ?p 'x }",
        "ASK { _:a ?p ?o { _:a ?p ?o } }",
        "<b>x</b>",
    ],
)
def test_a_flaw_is_told_to_people(send: Ask, query: str) -> None:
    """Sets of letters and other parts of the grammar are left out of a message."""
    text = send("POST", body=query.encode(), content_type=QUERY).body.decode()

    assert text.startswith("error at 1:")
    assert not [noise for noise in ("\\u{", "..=", "[_]", "unreported") if noise in text]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("query=ASK{}&query=ASK{}", "exactly one query is needed; the request has 2"),
        ("query=%FF", "the percent-encoded bytes b'\\xff' are not UTF-8"),
        ("x&" * 1001, "the request has more than 1,000 fields"),
    ],
)
def test_a_wrong_url(send: Ask, url: str, reason: str) -> None:
    """A URL that is no request is a 400 that says why."""
    response = send("GET", url)

    assert (response.status, response.body.decode()) == (400, f"{reason}\n")


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"x=1", {"content_type": FORM}, 400),
        (b"query=ASK{}&query=ASK{}", {"content_type": FORM}, 400),
        (b"\xff", {"content_type": QUERY}, 400),
        (b"INSERT DATA { <urn:a> <urn:b> <urn:c> }", {"content_type": UPDATE}, 403),
        (b"update=CLEAR+ALL", {"content_type": FORM}, 403),
        (b"CLEAR ALL", {"content_type": QUERY}, 403),
        (b"SELECT * { SERVICE <https://example.org/> { } }", {"content_type": QUERY}, 403),
        (b" " * (LONGEST_BODY + 1), {"content_type": QUERY}, 413),
        (b"ASK {}" + b" " * 50_000, {"content_type": QUERY}, 413),
        (b"ASK {}", {}, 415),
        (b"ASK {}", {"content_type": "text/plain"}, 415),
        (b"ASK {}", {"content_type": f"{QUERY}; charset=latin-1"}, 415),
    ],
)
def test_a_wrong_post(send: Ask, body: bytes, headers: dict[str, str], status: int) -> None:
    """Every way to get a POST wrong has its status, and its reason in plain text."""
    assert shown(send("POST", body=body, **headers)) == (status, "text/plain; charset=utf-8")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods(send: Ask, method: str) -> None:
    """A method that is not answered is told which are."""
    response = send(method, "query=ASK{}")

    assert (response.status, response.headers["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_head(send: Ask, get: Ask) -> None:
    """HEAD has the status and headers of GET, and no body."""
    url = urlencode({"query": TITLES})
    head, whole = send("HEAD", url, accept="text/csv"), get(TITLES, "text/csv")

    assert (head.status, head.headers, head.body) == (whole.status, whole.headers, b"")


def test_options(send: Ask) -> None:
    """A script of any other site may ask first whether it may ask."""
    response = send("OPTIONS", origin="https://example.org", access_control_request_method="POST")

    assert (response.status, response.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, POST, OPTIONS")


@pytest.mark.parametrize("url", ["query=ASK{}", "query=SELEC", "query=ASK{}&format=x", ""])
def test_every_response_is_harmless(send: Ask, url: str) -> None:
    """Any site may read any response, with nobody's cookies, and a browser runs nothing that it holds."""
    headers = send("GET", url, origin="https://example.org").headers

    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in headers
    assert (headers["Vary"], headers["X-Content-Type-Options"]) == ("Accept", "nosniff")
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("percent", [True, False])
def test_any_letters(send: Ask, rows: Rows, percent: bool) -> None:  # noqa: FBT001  both ways
    """A query in UTF-8 is the same percent-encoded or not, and `+` is a space."""
    query = 'SELECT ("Ł+🎈"+AS+?x){}'.replace("+", "%2B", 1)
    url = quote(query, safe="+%") if percent else query

    assert rows(send("GET", f"query={url}", accept="text/csv")) == ["Ł+🎈"]


def test_all_graphs_together(get: Ask, rows: Rows) -> None:
    """A query that names no graph is asked of all."""
    assert (rows(get(TITLES, "text/csv")), rows(get(NAMES, "text/csv"))) == (BOTH, ["Ada", "Ben"])


def test_default_graph_uri(get: Ask, rows: Rows) -> None:
    """A request may name the graphs that are asked, one or several."""
    one = {"default-graph-uri": f"{GRAPH}people"}
    two = {"default-graph-uri": [f"{GRAPH}people", f"{GRAPH}works"]}

    assert (rows(get(NAMES, "text/csv", **one)), rows(get(TITLES, "text/csv", **one))) == (["Ada", "Ben"], [])
    assert rows(get(TITLES, "text/csv", **two)) == BOTH


def test_named_graph_uri(get: Ask, rows: Rows) -> None:
    """A request may name the graphs that GRAPH can reach, and then there is no default graph."""
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    named = {"named-graph-uri": f"{GRAPH}people"}

    assert rows(get(query, "text/csv")) == [f"{GRAPH}people", f"{GRAPH}works"]
    assert rows(get(query, "text/csv", **named)) == [f"{GRAPH}people"]
    assert rows(get(NAMES, "text/csv", **named)) == []


def test_graphs_of_a_form(send: Ask, rows: Rows) -> None:
    """A form names graphs as a URL does."""
    fields = urlencode({"query": TITLES, "default-graph-uri": f"{GRAPH}people"}).encode()

    assert rows(send("POST", body=fields, content_type=FORM, accept="text/csv")) == []


def test_from_goes_before_all_graphs(get: Ask, rows: Rows) -> None:
    """FROM is obeyed, and a variable of that name is not taken for it."""
    assert rows(get(TITLES.replace("{", f"FROM <{GRAPH}people> {{", 1), "text/csv")) == []
    assert rows(get(TITLES.replace("?title", "?from"), "text/csv")) == BOTH


def test_the_request_goes_before_from(get: Ask, rows: Rows) -> None:
    """Graphs of the request replace those of the query, as the protocol has it."""
    query = NAMES.replace("{", f"FROM <{GRAPH}works> {{", 1)

    assert rows(get(query, "text/csv", **{"default-graph-uri": f"{GRAPH}people"})) == ["Ada", "Ben"]


def test_a_graph_that_is_no_iri(get: Ask) -> None:
    """A graph that cannot be one is the request's flaw."""
    assert shown(get(TITLES, **{"default-graph-uri": "people"})) == (400, "text/plain; charset=utf-8")


@pytest.mark.parametrize("accept", ["", "*/*", "text/turtle"])
def test_a_bare_get_describes_the_service(send: Ask, accept: str) -> None:
    """A program that asks nothing learns what can be asked, and where."""
    response = send("GET", accept=accept)
    triples = list(ox.parse(response.body, format=ox.RdfFormat.TURTLE, base_iri="https://example.org/sparql"))
    sd = "http://www.w3.org/ns/sparql-service-description#"

    assert shown(response) == (200, "text/turtle; charset=utf-8")
    assert [t.object.value for t in triples if t.predicate.value == f"{sd}endpoint"] == ["https://example.org/sparql"]
    assert sum(t.predicate.value == f"{sd}resultFormat" for t in triples) == len({*TABLES[:4], *GRAPHS[:4]})


def test_the_description_has_the_examples_and_the_graph(pool: Pool, wait: Callable[..., Response]) -> None:
    """Tools that collect queries find each example as it is to be run, with its question, and what the graph holds."""
    query = 'SELECT ?x { ?x <urn:says> "a \\\\ \\"b\\"" }'
    endpoint = Endpoint(pool, [Example("said", 'Who says "b"?', query)], "<#graph> <urn:size> 3 .")
    response = wait(endpoint.answer(Request("GET", b"")))
    triples = ox.parse(response.body, format=ox.RdfFormat.TURTLE, base_iri="https://example.org/sparql")
    said = {(t.subject.value.partition("#")[2], t.predicate.value): t.object.value for t in triples}

    assert said["said", "http://www.w3.org/ns/shacl#select"] == query
    assert said["said", "http://www.w3.org/2000/01/rdf-schema#comment"] == 'Who says "b"?'
    assert said["graph", "urn:size"] == "3"


def test_a_bare_get_for_results_misses_its_query(send: Ask) -> None:
    """Who wants rows and sends no query is told so."""
    assert shown(send("GET", accept="text/csv")) == (400, "text/plain; charset=utf-8")


def test_a_known_result_is_not_sent_again(send: Ask, get: Ask) -> None:
    """A client that holds the result of this build, in this format, is told that it still holds."""
    url, tag = urlencode({"query": TITLES}), get(TITLES, "text/csv").headers["ETag"]
    again = send("GET", url, accept="text/csv", if_none_match=f'"other", {tag}')
    other = send("GET", url, accept="text/turtle, */*", if_none_match=tag)

    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    assert (other.status, other.headers["ETag"] == tag) == (200, False)


@pytest.mark.parametrize("query", ["SELECT (RAND() AS ?x) {}", "SELECT (NOW() AS ?x) {}", "SELEC"])
def test_what_may_change_has_no_tag(get: Ask, query: str) -> None:
    """A result that is another one each time is asked for each time, and so is a failure."""
    assert "ETag" not in get(query).headers


def test_another_build_has_another_tag(pool: Pool, wait: Callable[..., Response]) -> None:
    """A rebuilt store ends what clients hold; a store whose build has no name makes no promise."""
    request = Request("GET", urlencode({"query": "ASK {}"}).encode())
    tags = []
    for build in ("build-1", "build-2", ""):
        other = Pool(Store(pool.store.path, build), size=1)
        tags.append(wait(Endpoint(other).answer(request)).headers.get("ETag"))
        wait(other.close())

    assert (len(set(tags)), tags[2]) == (3, None)


def test_too_large_a_result(pool: Pool, wait: Callable[..., Response]) -> None:
    """A result over the limit is a clean refusal, and not a part of the result."""
    limited = Pool(pool.store, 1, Limits(result_bytes=10_000))
    url = urlencode({"query": "SELECT * { ?s ?p ?o }"}).encode()
    response = wait(Endpoint(limited).answer(Request("GET", url)))
    wait(limited.close())

    assert (response.status, response.body) == (413, b"the result is larger than 10,000 bytes; add a LIMIT\n")
