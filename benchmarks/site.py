"""Time the pages of the site over HTTP on the real records: all record pages, kind by kind, and the pages beside them.

Run it with `make bench`. The aim is a median under 50 ms for the pages
of records, on two cores, and under 100 ms for all others.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

import httpx
from serving import PROGRAM, head, milliseconds, serving, show

from filiera.questions import questions

#: Pages of a kind that are timed, evenly from all of them.
EACH = 200

#: Times that each other page is asked for, and that the server is started.
RUNS, STARTS = 15, 5

#: Times that each question is put.
ASKED = 3

OTHERS = (
    "/",
    "/search?q=downgrading+vicenza",
    "/search?q=the",
    "/claims",
    "/schema",
    "/works/no-such-work",
    "/compare/cases",
    "/compare/gaps",
    "/compare/disputes",
    "/compare/numbers",
    "/compare/districts",
    "/filiera",
    "/filiera/works",
    "/filiera/claims",
)


def main() -> None:
    """Build and serve, then print a line for each kind and each other page, in milliseconds."""
    os.environ.setdefault("FILIERA_SOURCES", str(Path(__file__).parents[2] / "shared" / "sources"))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([PROGRAM, "build", "--build", folder], check=True, capture_output=True)
        head()
        show("the first page, from the start of the program", [_first(folder) for _ in range(STARTS)])
        with serving("--build", folder) as address, httpx.Client(base_url=address) as client:
            _pages(client, records(Path(folder)))


def _first(folder: str) -> float:
    """Return the time from starting `filiera serve` on a build to having the whole first page."""
    start = time.perf_counter()
    with serving("--build", folder) as address:
        httpx.get(f"{address}/").raise_for_status()
        return (time.perf_counter() - start) * 1000


def _pages(client: httpx.Client, known: dict[str, list[str]]) -> None:
    everything = []
    for kind, keys in known.items():
        times = [milliseconds(client, f"/{kind}/{key}") for key in keys[:: max(1, len(keys) // EACH)]]
        show(f"/{kind}/…", times)
        everything += times
    show("all records", everything)
    asked = [f"/ask/{one.name}?{urlencode(one.examples)}" for one in questions().values()]
    show("/ask/…, each question with its example", [milliseconds(client, path) for path in asked for _ in range(ASKED)])
    for path in OTHERS:
        show(path, [milliseconds(client, path) for _ in range(RUNS)])


def records(build: Path) -> dict[str, list[str]]:
    """Return the keys of all records, kind by kind."""
    connection = sqlite3.connect(build / "filiera.db")
    found: dict[str, list[str]] = {}
    for kind, key in connection.execute("select kind, id from records order by kind, id"):
        found.setdefault(kind, []).append(key)
    return found


if __name__ == "__main__":
    main()
