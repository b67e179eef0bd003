"""The cases of the W3C SPARQL 1.1 protocol tests that apply to an endpoint which only answers, by their names.

https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/ lists them. Their graphs lie at addresses of the web;
here they are graphs of the store. The cases of updates are one case here: whatever they ask, it is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from filiera.sparql.protocol import Response

Ask = Callable[..., Response]

FORM = {"content_type": "application/x-www-form-urlencoded"}
DIRECT = {"content_type": "application/sparql-query"}
WORKS, PEOPLE = "https://example.org/graph/works", "https://example.org/graph/people"
TITLED, NAMED = "?s <https://example.org/title> ?o", "?s <https://example.org/name> ?o"

#: What the tests of datasets ask: whether the default graph, and the named ones, hold just what they were given.
DEFAULT_ONLY = f"ASK {{ {TITLED} FILTER NOT EXISTS {{ {NAMED} }} }}"
DEFAULT_BOTH = f"ASK {{ {TITLED} . ?p <https://example.org/name> ?n }}"
NAMED_ONLY = f"ASK {{ GRAPH ?g {{ {NAMED} }} FILTER NOT EXISTS {{ GRAPH ?h {{ {TITLED} }} }} }}"
NAMED_BOTH = f"ASK {{ GRAPH ?g {{ {NAMED} }} GRAPH ?h {{ {TITLED.replace('?s', '?t').replace('?o', '?u')} }} }}"
FULL = f"ASK {{ {TITLED} . GRAPH ?g {{ ?p <https://example.org/name> ?n }} FILTER NOT EXISTS {{ {NAMED} }} }}"

Case = tuple[str, str, str, bytes, dict[str, str]]


def get(name: str, query: str, **graphs: list[str]) -> Case:
    """Return a case that asks by GET."""
    return name, "GET", encoded(query, graphs), b"", {}


def form(name: str, query: str, **graphs: list[str]) -> Case:
    """Return a case that asks by a form."""
    return name, "POST", "", encoded(query, graphs).encode(), FORM


def direct(name: str, query: str, **graphs: list[str]) -> Case:
    """Return a case that asks by the query itself, with the graphs in the address."""
    return name, "POST", encoded("", graphs), query.encode(), DIRECT


def encoded(query: str, graphs: dict[str, list[str]]) -> str:
    """Return a query and its graphs as arguments."""
    named = {name.replace("_", "-"): values for name, values in graphs.items()}
    return urlencode(({"query": query} if query else {}) | named, doseq=True)


TRUE = (
    get("query_get", "ASK {}"),
    form("query_post_form", "ASK {}"),
    direct("query_post_direct", "ASK {}"),
    get("query_dataset_default_graph", DEFAULT_ONLY, default_graph_uri=[WORKS]),
    get("query_dataset_default_graphs_get", DEFAULT_BOTH, default_graph_uri=[WORKS, PEOPLE]),
    direct("query_dataset_default_graphs_post", DEFAULT_BOTH, default_graph_uri=[WORKS, PEOPLE]),
    form("query_dataset_default_graphs_post, as a form", DEFAULT_BOTH, default_graph_uri=[WORKS, PEOPLE]),
    get("query_dataset_named_graph", NAMED_ONLY, named_graph_uri=[PEOPLE]),
    get("query_dataset_named_graphs_get", NAMED_BOTH, named_graph_uri=[WORKS, PEOPLE]),
    direct("query_dataset_named_graphs_post", NAMED_BOTH, named_graph_uri=[WORKS, PEOPLE]),
    get("query_dataset_full", FULL, default_graph_uri=[WORKS], named_graph_uri=[PEOPLE]),
    get("query_multiple_dataset", f"ASK FROM <{PEOPLE}> {{ {TITLED} }}", default_graph_uri=[WORKS]),
)


@pytest.mark.parametrize("case", TRUE, ids=lambda case: case[0])
def test_what_is_to_be_true(case: Case, send: Ask) -> None:
    """Each way to ask, and each way to name graphs, is answered with true."""
    _, method, url, body, headers = case
    response = send(method, url, body, accept="application/sparql-results+json", **headers)

    assert (response.status, json.loads(response.body)) == (200, {"head": {}, "boolean": True})


@pytest.mark.parametrize("query", [DEFAULT_ONLY, DEFAULT_BOTH, NAMED_ONLY, NAMED_BOTH, FULL])
def test_the_questions_can_be_answered_with_false(query: str, send: Ask) -> None:
    """With other graphs the same questions are false, so that the cases above can fail."""
    graphs = {"default_graph_uri": [PEOPLE], "named_graph_uri": ["https://example.org/graph/none"]}
    response = send("GET", encoded(query, graphs), accept="application/sparql-results+json")

    assert (response.status, json.loads(response.body)["boolean"]) == (200, False)


@pytest.mark.parametrize(
    ("name", "query", "accept", "media_types"),
    [
        (
            "query_content_type_select",
            "SELECT (1 AS ?x) {}",
            "application/sparql-results+xml, application/sparql-results+json, text/tab-separated-values, text/csv",
            {
                "application/sparql-results+xml",
                "application/sparql-results+json",
                "text/tab-separated-values",
                "text/csv",
            },
        ),
        (
            "query_content_type_ask",
            "ASK {}",
            "application/sparql-results+xml, application/sparql-results+json",
            {"application/sparql-results+xml", "application/sparql-results+json"},
        ),
        (
            "query_content_type_describe",
            "DESCRIBE <https://example.org/works/0>",
            "application/rdf+xml, text/turtle, application/n-triples",
            {"application/rdf+xml", "text/turtle", "application/n-triples"},
        ),
        (
            "query_content_type_construct",
            "CONSTRUCT { <urn:s> <urn:p> 1 } WHERE {}",
            "application/rdf+xml, text/turtle, application/n-triples",
            {"application/rdf+xml", "text/turtle", "application/n-triples"},
        ),
    ],
)
def test_the_content_type_is_one_of_those_asked_for(
    name: str, query: str, accept: str, media_types: set[str], send: Ask
) -> None:
    """The answer has a type for its form of query."""
    response = send("POST", "", urlencode({"query": query}).encode(), accept=accept, **FORM)

    assert response.status == 200, name
    assert response.headers["Content-Type"].partition(";")[0] in media_types


BAD: tuple[Case, ...] = (
    ("bad_query_method", "PUT", encoded("ASK {}", {}), b"", {}),
    ("bad_multiple_queries", "GET", "query=ASK%20%7B%7D&query=SELECT%20*%20%7B%7D", b"", {}),
    ("bad_query_wrong_media_type", "POST", "", b"ASK {}", {"content_type": "text/plain"}),
    ("bad_query_missing_form_type", "POST", "", b"query=ASK%20%7B%7D", {}),
    ("bad_query_missing_direct_type", "POST", "", b"ASK {}", {}),
    ("bad_query_non_utf8", "POST", "", "ASK {}".encode("utf-16"), DIRECT),
    ("bad_query_syntax", "GET", encoded("ASK {", {}), b"", {}),
    ("bad_update_get", "GET", urlencode({"update": "CLEAR ALL"}), b"", {}),
    ("update_post_form", "POST", "", urlencode({"update": "CLEAR ALL"}).encode(), FORM),
    ("update_post_direct", "POST", "", b"CLEAR NAMED", {"content_type": "application/sparql-update"}),
)


@pytest.mark.parametrize("case", BAD, ids=lambda case: case[0])
def test_what_is_to_be_refused(case: Case, send: Ask) -> None:
    """A request that is none, and every update, is refused with a 4xx."""
    _, method, url, body, headers = case

    assert 400 <= send(method, url, body, accept="*/*", **headers).status < 500
