"""The endpoint under Datasette, in this process and behind a real server."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import rdflib
import uvicorn
from datasette.app import Datasette
from datasette.plugins import get_plugins, pm
from httpx import AsyncClient
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from filiera.sparql.plugin import Plugin
from filiera.sparql.pool import Pool, Store
from filiera.sparql.protocol import Endpoint
from filiera.sparql.questions import Limits
from filiera.sparql.requests import LONGEST_BODY

Wait = Callable[..., Any]
Gone = Callable[[int], bool]
Busy = Callable[[Pool], Coroutine[Any, Any, int]]

TITLES = "SELECT ?title { ?work <https://example.org/title> ?title } ORDER BY ?title"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
CSV = {"Accept": "text/csv"}
BOTH = "title\r\nOn Lighthouses\r\nÜber Brücken & <Stege>\r\n"


@pytest.fixture
def datasette(endpoint: Endpoint) -> Iterator[Datasette]:
    """Return Datasette with the endpoint, which is taken out again."""
    plugin = Plugin(endpoint)
    pm.register(plugin)
    yield Datasette(memory=True)
    pm.unregister(plugin)


@pytest.fixture
def own(folder: Path) -> Iterator[tuple[Datasette, Pool]]:
    """Return Datasette with a pool that no other test uses; the server has to close it."""
    pool = Pool(Store(folder), limits=Limits(seconds=30))
    plugin = Plugin(Endpoint(pool))
    pm.register(plugin)
    yield Datasette(memory=True), pool
    pm.unregister(plugin)
    assert not pool.pids


@asynccontextmanager
async def served(datasette: Datasette) -> AsyncIterator[int]:
    """Serve on a port of this machine for as long as the block lasts."""
    with socket.socket(proto=socket.IPPROTO_TCP) as listening:  # otherwise asyncio leaves TCP_NODELAY off
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(datasette.app(), log_level="error"))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:  # noqa: ASYNC110  a server has no event
            await asyncio.sleep(0.01)
        try:
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            await serving


def test_get_and_post(datasette: Datasette, wait: Wait) -> None:
    """Datasette hands each way of the protocol on, and asks no POST for a token."""
    url, client = "/sparql", datasette.client
    ways = (
        client.get(url, params={"query": TITLES}, headers=CSV),
        client.post(url, data={"query": TITLES}, headers=CSV, cookies={"ds_csrftoken": "x"}),
        client.post(url, content=TITLES, headers=CSV | {"Content-Type": "application/sparql-query"}),
    )
    responses = [wait(way) for way in ways]

    assert [(response.status_code, response.text) for response in responses] == [(200, BOTH)] * 3


def test_head_and_options(datasette: Datasette, wait: Wait) -> None:
    """Datasette answers other methods here too."""
    head = wait(datasette.client.head("/sparql", params={"query": TITLES}, headers=CSV))
    options = wait(datasette.client.options("/sparql"))
    put = wait(datasette.client.put("/sparql", content="x"))

    assert (head.status_code, head.headers["content-type"], head.text) == (200, "text/csv; charset=utf-8", "")
    assert (options.status_code, put.status_code) == (204, 405)


def test_headers_survive(datasette: Datasette, wait: Wait) -> None:
    """Datasette adds to the headers and takes none away."""
    response = wait(datasette.client.get("/sparql", params={"query": "SELEC"}))

    assert (response.status_code, response.headers["content-type"]) == (400, "text/plain; charset=utf-8")
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "Accept" in response.headers["vary"].split(", ")


def test_a_large_body_is_not_read_to_its_end(own: tuple[Datasette, Pool], wait: Wait) -> None:
    """A body over the limit is refused before it has come, whatever its size."""
    datasette, _ = own

    async def send() -> bytes:
        async with served(datasette) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            head = f"Host: x\r\nContent-Type: application/sparql-query\r\nContent-Length: {10**12}"
            writer.write(f"POST /sparql HTTP/1.1\r\n{head}\r\n\r\n".encode() + b" " * 2 * LONGEST_BODY)
            line = await reader.readline()
            writer.close()
            return line

    assert wait(send()).startswith(b"HTTP/1.1 413 ")


def test_other_pages_and_addresses_are_datasettes(datasette: Datasette, wait: Wait) -> None:
    """The plugin takes one address, and Datasette can list it."""
    listed = [plugin for plugin in get_plugins() if plugin["name"] == "filiera.sparql"]

    assert wait(datasette.client.get("/-/plugins.json?all=1")).status_code == 200
    assert wait(datasette.client.get("/sparql/x")).status_code == 404
    assert [plugin["hooks"] for plugin in listed] == [["asgi_wrapper", "register_routes", "skip_csrf"]]


def test_a_base_url_is_obeyed(endpoint: Endpoint, wait: Wait) -> None:
    """Behind a proxy with a path of its own the endpoint is below that path."""
    plugin = Plugin(endpoint)
    pm.register(plugin)
    datasette = Datasette(memory=True, settings={"base_url": "/kb/"})
    response = wait(
        datasette.client.post("/sparql", data={"query": TITLES}, headers=CSV, cookies={"ds_csrftoken": "x"})
    )
    pm.unregister(plugin)

    assert (response.url.path, response.status_code, response.text) == ("/kb/sparql", 200, BOTH)


def test_a_client_that_goes_away_ends_its_query(
    own: tuple[Datasette, Pool], wait: Wait, busy: Busy, gone: Gone
) -> None:
    """When a browser's tab is closed, the query that it waited for is ended; the server ends the other workers."""
    datasette, pool = own

    async def leave() -> tuple[bool, int]:
        async with served(datasette) as port:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"GET /sparql?query={RUNAWAY.replace(' ', '+')} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            pid = await busy(pool)
            writer.close()
            await writer.wait_closed()
            ended = await asyncio.to_thread(gone, pid)
            async with AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
                response = await client.get("/sparql", params={"query": "ASK {}"})
            return ended, response.status_code

    assert wait(leave()) == (True, 200)


def test_a_page_is_quick_while_queries_run(own: tuple[Datasette, Pool], wait: Wait) -> None:
    """Runaway queries do not hold up the rest of the site."""
    datasette, _ = own

    async def together() -> list[int]:
        async with served(datasette) as port, AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            running = [asyncio.create_task(client.get("/sparql", params={"query": RUNAWAY})) for _ in range(2)]
            await asyncio.sleep(0.3)
            statuses = [(await client.get("/-/versions.json", timeout=1)).status_code for _ in range(5)]
            for task in running:
                task.cancel()
            await asyncio.wait(running)
            return statuses

    assert wait(together()) == [200] * 5


def test_rdflib_can_ask(own: tuple[Datasette, Pool], wait: Wait) -> None:
    """Another SPARQL client, with its own idea of the protocol, gets what it asks for."""
    datasette, _ = own

    def ask(port: int) -> tuple[list[str], int, bool]:
        store = SPARQLStore(f"http://127.0.0.1:{port}/sparql", method="POST_FORM")
        graph = rdflib.Graph(store=store)
        titles = [str(binding[rdflib.Variable("title")]) for binding in graph.query(TITLES).bindings]
        built = graph.query("CONSTRUCT { ?s ?p ?o } { ?s <https://example.org/name> ?o . ?s ?p ?o }")
        return titles, len(list(built)), bool(graph.query("ASK {}").askAnswer)

    async def asked() -> tuple[list[str], int, bool]:
        async with served(datasette) as port:
            return await asyncio.to_thread(ask, port)

    assert wait(asked()) == (["On Lighthouses", "Über Brücken & <Stege>"], 2, True)
