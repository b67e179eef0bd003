"""The guard: what is refused before a worker sees it, and what only looks as if it should be."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from filiera.sparql import guard
from filiera.sparql.pool import Pool
from filiera.sparql.questions import Question

#: Ways to ask another server that Oxigraph reads as such; {to} is an IRI of that server, {at} the same without <>.
SPELLINGS = {
    "plain": "SELECT * { SERVICE {to} { ?s ?p ?o } }",
    "lower case": "SELECT * { service {to} { ?s ?p ?o } }",
    "mixed case": "SELECT * { sErViCe {to} { ?s ?p ?o } }",
    "no space": "SELECT * {SERVICE{to}{?s ?p ?o}}",
    "silent": "SELECT * { SERVICE SILENT {to} { ?s ?p ?o } }",
    "silent in one word": "SELECT * { SERVICESILENT{to} { ?s ?p ?o } }",
    "by a variable": "SELECT * { VALUES ?to { {to} } LATERAL { SERVICE ?to { ?s ?p ?o } } }",
    "by a prefix": "PREFIX e: <{at}> SELECT * { SERVICE e:x { ?s ?p ?o } }",
    "by the empty prefix": "PREFIX : <{at}> SELECT * { SERVICE:x{ ?s ?p ?o } }",
    "in one word with its prefix": "PREFIX e: <{at}> SELECT * { SERVICEe:x { ?s ?p ?o } }",
    "a prefix of that name": "PREFIX : <{at}> PREFIX service: <{at}> SELECT * { service:x { ?s ?p ?o } }",
    "after a comment": "SELECT * { #\nSERVICE {to} { ?s ?p ?o } }",
    "after a comment that ends with a carriage return": "SELECT * { #'\rSERVICE {to} { ?s ?p ?o } #'\n}",
    "around a comment": "SELECT * { SERVICE #>\n{to} { ?s ?p ?o } }",
    "in a subquery": "SELECT * { { SELECT * { SERVICE {to} { ?s ?p ?o } } } }",
    "in EXISTS": "SELECT * { VALUES ?x { 1 } FILTER EXISTS { SERVICE {to} { ?s ?p ?o } } }",
    "in OPTIONAL": "SELECT * { OPTIONAL{SERVICE{to}{ ?s ?p ?o }} }",
    "in LATERAL": "SELECT * { LATERAL { SERVICE {to} { ?s ?p ?o } } }",
    "in CONSTRUCT": "CONSTRUCT { ?s ?p ?o } { SERVICE {to} { ?s ?p ?o } }",
    "in ASK": "ASK { SERVICE {to} { ?s ?p ?o } }",
    "after the dot of a name": "PREFIX e: <https://example.org/> SELECT * { ?a e:next e:.SERVICE {to} { ?s ?p ?o } }",
    "after a number": "SELECT * { ?a ?b 1.0SERVICE {to} { ?s ?p ?o } }",
    "after true": "SELECT * { ?a ?b trueSERVICE {to} { ?s ?p ?o } }",
    "after a name that is no IRI": "PREFIX e: <http://h:8> SELECT * { ?a ?b e:SERVICE {to} { ?s ?p ?o } }",
    "after a name that has no such letter": (
        "PREFIX e: <https://example.org/> PREFIX \ufffd: <{at}> SELECT * { ?a ?b e:SERVICE\ufffd:x { ?s ?p ?o } }"
    ),
    "a quotation mark in what could be an IRI": "ASK { FILTER(1<'>'||1=1) SERVICE {to} { ?s ?p ?o FILTER(?o='') } }",
    "a comment in what could be an IRI": "ASK { VALUES (?a ?b) { (1 2) } FILTER(?a<?b)SERVICE#>\n{to} { ?s ?p ?o } }",
    "an escape in an IRI": "SELECT * { OPTIONAL { ?s <http://x/\\u0061'> ?o } SERVICE {to} { ?s ?p ?o } #'\n}",
    "an escape that no long string has": "SELECT * { VALUES ?x { '''a'} SERVICE {to} { ?s ?p ?o } #\\q'''\n}",
    "a character that no string has": 'SELECT * { VALUES ?x { """a"} SERVICE {to} { ?s ?p ?o } #\\uD800"""\n}',
}

#: Those of which the query asks not to be told that there was no answer.
SWALLOWED = {"silent", "silent in one word", "in EXISTS"}

LEGAL = [
    "SELECT * { ?service ?p $SERVICE }",
    "SELECT ?my_service_2 { ?my_service_2 ?p ?o }",
    "PREFIX e: <https://example.org/> ASK { ?s e:service e:Service-2, e:my_service . ?o e:service/e:services* ?x }",
    "PREFIX ex: <https://example.org/ns#> SELECT * { ?s ex:service ?o. ?o ex:service ex:service.}",
    "SELECT * { ?s ?p 'a SERVICE <https://example.org/> { }' }",
    'SELECT * { ?s ?p """it\'s a "SERVICE" \\"\\n""", \'\'\'SERVICE\'\'\', "\\"SERVICE" }',
    "SELECT * { ?s ?p ?o } # SERVICE <https://example.org/> { ?a ?b ?c }",
    "SELECT * { ?s <https://example.org/service#service> <https://example.org/o'service> }",
    "SELECT * { VALUES (?a ?b) { (<https://example.org/a> <https://example.org/business-services>) } }",
    "SELECT * { ?s <urn:service> ?o FILTER(?o<3 && 'service'>?o) }",
    "DESCRIBE <https://example.org/service>",
]

UPDATES = [
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "delete where { ?s ?p ?o }",
    "LOAD <https://example.org/data.ttl>",
    "LOAD <file:///etc/passwd>",
    "CLEAR ALL",
    "DROP GRAPH <urn:g>",
    "CREATE GRAPH <urn:g>",
    "ADD DEFAULT TO <urn:g>",
    "# SELECT\nPREFIX e: <urn:e> BASE <urn:b>\nPREFIX : <urn:f>\nWITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
]


class Elsewhere(BaseHTTPRequestHandler):
    """Another server, which counts who asks it."""

    asked = 0

    def handle(self) -> None:
        """Count a connection."""
        type(self).asked += 1


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """Serve on a port of this machine, and fail when anyone has come."""
    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
    assert Elsewhere.asked == 0


def spelt(name: str, address: str) -> str:
    """Return a way to ask the server at an address."""
    return SPELLINGS[name].replace("{to}", f"<{address}>").replace("{at}", address)


@pytest.mark.parametrize("name", SPELLINGS)
def test_service_is_refused(name: str) -> None:
    """A query that would ask another server is refused, however it is spelt."""
    answer = guard.refusal(spelt(name, "https://example.org/"))

    assert answer
    assert (answer.status, answer.body.startswith(b"SERVICE is refused")) == (403, True)


@pytest.mark.parametrize("query", LEGAL)
def test_the_word_service_is_free(query: str, pool: Pool, wait: Callable[..., Any]) -> None:
    """A name, string, IRI or comment may hold the word: the guard lets it pass, and the engine can read it."""
    assert guard.refusal(query) is None
    assert wait(pool.ask(Question(query))).status == 200


@pytest.mark.skipif(sys.platform != "linux", reason="not run: only Linux can refuse sockets")
@pytest.mark.parametrize("name", SPELLINGS)
def test_the_kernel_stops_what_would_pass_the_guard(
    name: str, elsewhere: str, pool: Pool, wait: Callable[..., Any]
) -> None:
    """The engine reads each spelling as a question to another server, and a worker has no socket for it."""
    answer = wait(pool.ask(Question(spelt(name, elsewhere), union=True)))

    assert answer.status == (200 if name in SWALLOWED else 500)


@pytest.mark.parametrize("query", UPDATES)
def test_an_update_is_refused_as_such(query: str) -> None:
    """An update is told that the endpoint is read-only, and not that its syntax is wrong."""
    answer = guard.refusal(query)

    assert answer
    assert (answer.status, answer.body.startswith(b"this endpoint is read-only")) == (403, True)


@pytest.mark.parametrize("query", ["SELECT ?load { ?load ?insert ?drop }", "PREFIX drop: <urn:d> ASK { drop:a ?p ?o }"])
def test_names_of_updates_are_free(query: str) -> None:
    """A query may use the words of an update as names."""
    assert guard.refusal(query) is None


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("ASK {}" + " " * guard.LONGEST, 413),
        ("SELECT * {" + "{" * 20_000 + "}" * 20_000 + "}", 400),
        ("SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }", 400),
        ("SELECT * { ?s ?p " + "[?p " * 5_000 + "]" * 5_000 + "}", 400),
        ("SELECT * { ?s ?p " + "<<?s ?p " * 4_000 + "?o" + ">>" * 4_000 + "}", 400),
    ],
)
def test_long_and_deep_queries_are_refused(query: str, status: int) -> None:
    """A query that is too long, or nested too deep, does not reach a worker."""
    answer = guard.refusal(query)

    assert answer
    assert answer.status == status


def test_brackets_in_texts_do_not_count() -> None:
    """Strings, IRIs and comments may hold any number of brackets."""
    assert guard.refusal("ASK { ?s ?p '" + "(" * 1000 + "' } # " + "{" * 1000) is None


@pytest.mark.parametrize(
    "start", ["'", '"""', "<", "#<'", "\\", "<#>'", "'\\q", "?a", "e:", "PREFIX e:", "((", "service"]
)
def test_the_guard_takes_no_time(start: str) -> None:
    """No text makes the guard slow, as it runs in the process of the web server."""
    query = (start * guard.LONGEST)[: guard.LONGEST]
    began = time.process_time()
    guard.refusal(query)
    guard.names_dataset(query)
    guard.is_changing(query)

    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * FROM <urn:g> { ?s ?p ?o }", True),
        ("SELECT*FROM<urn:g>{ ?s ?p ?o }", True),
        ("ASK from named <urn:g> { ?s ?p ?o }", True),
        ("PREFIX from: <urn:g> SELECT * FROM from:x { ?s ?p ?o }", True),
        ("SELECT ?from { ?from <urn:from> 'FROM', \"from\" . ?from ex:from $from } # FROM", False),
    ],
)
def test_from_is_found(query: str, expected: bool) -> None:  # noqa: FBT001  what the guard should say
    """FROM is told from names and texts that hold the word."""
    assert guard.names_dataset(query) is expected


def test_the_listener_would_have_heard(elsewhere: str) -> None:
    """The server that nobody may ask is there and listens: otherwise nothing above is proved."""
    port = int(elsewhere.rpartition(":")[2].strip("/"))
    with socket.create_connection(("127.0.0.1", port)):
        pass
    end = time.monotonic() + 5
    while not Elsewhere.asked and time.monotonic() < end:
        time.sleep(0.01)

    assert Elsewhere.asked
    Elsewhere.asked = 0
