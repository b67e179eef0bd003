"""Time the pages of the site over HTTP on the real records: all record pages, kind by kind, and the pages beside them.

Run it with `make bench`. The aim is a median under 50 ms for the pages
of records, on two cores, and under 100 ms for all others.
"""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

#: Pages of a kind that are timed, evenly from all of them.
EACH = 200

#: Times that each other page is asked for.
RUNS = 15

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
)

ADDRESS = re.compile(r"Filiera is at (http://\S+)/")
PROGRAM = Path(sys.executable).with_name("filiera")


def main() -> None:
    """Build and serve, then print a line for each kind and each other page, in milliseconds."""
    os.environ.setdefault("FILIERA_SOURCES", str(Path(__file__).parents[2] / "shared" / "sources"))
    with tempfile.TemporaryDirectory() as folder, serving(folder) as address, httpx.Client(base_url=address) as client:
        print(f"{'pages':<36}{'number':>8}{'median':>8}{'p95':>8}{'most':>8}   ms ({os.cpu_count()} cores)")
        everything = []
        for kind, keys in records(Path(folder)).items():
            times = [milliseconds(client, f"/{kind}/{key}") for key in keys[:: max(1, len(keys) // EACH)]]
            show(f"/{kind}/…", times)
            everything += times
        show("all records", everything)
        for path in OTHERS:
            show(path, [milliseconds(client, path) for _ in range(RUNS)])


def records(build: Path) -> dict[str, list[str]]:
    """Return the keys of all records, kind by kind."""
    connection = sqlite3.connect(build / "filiera.db")
    found: dict[str, list[str]] = {}
    for kind, key in connection.execute("select kind, id from records order by kind, id"):
        found.setdefault(kind, []).append(key)
    return found


def milliseconds(client: httpx.Client, path: str) -> float:
    """Return the time of one request, from its start to the last byte."""
    start = time.perf_counter()
    client.get(path, headers={"Accept": "text/html"})
    return (time.perf_counter() - start) * 1000


def show(name: str, times: list[float]) -> None:
    """Print a line."""
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]
    print(f"{name:<36}{len(times):>8}{statistics.median(times):>8.1f}{p95:>8.1f}{ordered[-1]:>8.1f}")


@contextmanager
def serving(folder: str) -> Iterator[str]:
    """Serve the real records from a process of its own, built in `folder`, and give the address."""
    command = [str(PROGRAM), "serve", "--port", "0", "--build", folder]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield next(found[1] for line in process.stderr or () if (found := ADDRESS.search(line)))
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate()


if __name__ == "__main__":
    main()
