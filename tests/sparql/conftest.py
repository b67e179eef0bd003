"""What the tests of the endpoint share: a store of invented works, real workers, and one event loop for all of them."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from filiera.sparql.page import Example
from filiera.sparql.pool import Pool, Store
from filiera.sparql.protocol import Endpoint, Response
from filiera.sparql.questions import Limits
from filiera.sparql.requests import Request

BASE = "https://example.org/"
WORKS, PEOPLE = ox.NamedNode(f"{BASE}graph/works"), ox.NamedNode(f"{BASE}graph/people")
DECIMAL = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
TITLE, NAME, NEXT = (ox.NamedNode(f"{BASE}{name}") for name in ("title", "name", "next"))

#: Works in a ring, so that a cross product or a path over them has no end that anyone waits for.
RING = 600

#: Seconds that a process may take to be gone.
PATIENCE = 5.0

Wait = Callable[[Coroutine[Any, Any, Any]], Any]
Ask = Callable[..., Response]


def quads() -> Iterator[ox.Quad]:
    """Give two people, works of which the first two have titles, and one that is followed by what is no work."""
    for number in range(RING):
        work, after = (ox.NamedNode(f"{BASE}works/{n % RING}") for n in (number, number + 1))
        yield ox.Quad(work, NEXT, after, WORKS)
    for number, title in enumerate(("On Lighthouses", "Über Brücken & <Stege>")):
        yield ox.Quad(ox.NamedNode(f"{BASE}works/{number}"), TITLE, ox.Literal(title, language="en"), WORKS)
    for odd in (ox.Literal("1.0", datatype=DECIMAL), ox.Literal(True), ox.NamedNode(BASE), ox.NamedNode("http://h:8")):  # noqa: FBT003
        yield ox.Quad(ox.NamedNode(f"{BASE}odd"), NEXT, odd, WORKS)
    for name in ("Ada", "Ben"):
        yield ox.Quad(ox.NamedNode(f"{BASE}people/{name.lower()}"), NAME, ox.Literal(name), PEOPLE)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a built store."""
    path = tmp_path_factory.mktemp("store")
    store = ox.Store(path)
    store.bulk_extend(quads())
    store.flush()
    return path


@pytest.fixture(scope="session")
def wait() -> Iterator[Wait]:
    """Run coroutines, all of them in the same event loop, so that workers live from one test to the next."""
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture(scope="session")
def pool(folder: Path, wait: Wait) -> Iterator[Pool]:
    """Return a pool of two workers."""
    pool = Pool(Store(folder, "build-1"), limits=Limits(seconds=20))
    yield pool
    wait(pool.close())


@pytest.fixture(scope="session")
def endpoint(pool: Pool) -> Endpoint:
    """Return an endpoint with one example."""
    return Endpoint(
        pool, [Example("titles", "Which titles are there?", f"SELECT ?title {{ ?work <{TITLE.value}> ?title }}")]
    )


@pytest.fixture
def send(endpoint: Endpoint, wait: Wait) -> Ask:
    """Send a request to the endpoint."""

    def send(method: str, url: str = "", body: bytes = b"", **headers: str) -> Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response: Response = wait(endpoint.answer(Request(method, url.encode(), named, body)))
        return response

    return send


@pytest.fixture
def get(send: Ask) -> Ask:
    """GET the answer to a query; other parameters of the URL may follow."""

    def get(query: str, accept: str = "*/*", **parameters: str | list[str]) -> Response:
        return send("GET", urlencode({"query": query, **parameters}, doseq=True), accept=accept)

    return get


@pytest.fixture(scope="session")
def busy() -> Callable[[Pool], Coroutine[Any, Any, int]]:
    """Wait until the only worker of a pool is at work, and return its process id."""

    async def busy(pool: Pool) -> int:
        while not pool.pids:  # noqa: ASYNC110  a process has no event
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        (pid,) = pool.pids
        return pid

    return busy


@pytest.fixture(scope="session")
def gone() -> Callable[[int], bool]:
    """Wait until a process has ended, and tell whether it has."""

    def gone(pid: int) -> bool:
        end = time.monotonic() + PATIENCE
        while is_alive(pid):
            if time.monotonic() > end:
                return False
            time.sleep(0.02)
        return True

    return gone


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended, and that nobody has asked about, does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.fixture
def rows() -> Callable[[Response], list[str]]:
    """Return the lines of a CSV answer below its head."""

    def rows(response: Response) -> list[str]:
        assert response.status == 200, response.body
        return response.body.decode().splitlines()[1:]

    return rows
