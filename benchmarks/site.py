"""Time the pages of the site over HTTP on the real records: all record pages, kind by kind, and the pages beside them.

Run it with `make bench`. The aim is a median under 50 ms for the pages
of records, on two cores, and under 100 ms for all others.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from pathlib import Path

import httpx
from serving import head, milliseconds, serving, show

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


def main() -> None:
    """Build and serve, then print a line for each kind and each other page, in milliseconds."""
    os.environ.setdefault("FILIERA_SOURCES", str(Path(__file__).parents[2] / "shared" / "sources"))
    with (
        tempfile.TemporaryDirectory() as folder,
        serving("--build", folder) as address,
        httpx.Client(base_url=address) as client,
    ):
        head()
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


if __name__ == "__main__":
    main()
