"""Time the pages of the site over HTTP on a base of a million invented works: ours, and Datasette's.

    python benchmarks/large.py FOLDER [WORKS]

The base is made in the folder unless it is there already (see `large_base`), and served by `filiera serve`. The aims
are a median under 100 ms for the pages of records, and under 200 ms for Datasette's.
"""

from __future__ import annotations

import os
import random
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
from large_base import DOCUMENT, make
from serving import head, milliseconds, serving, show

from filiera.paths import SOURCES_VARIABLE

#: Records of a kind that are asked for, chosen at random.
EACH = 60

#: Times that each other page is asked for.
RUNS = 15

#: Records to which the most others point, by what they are.
HUBS = {
    "writer": ("authors", "select author from works_authors group by 1 order by count(*) desc limit 1"),
    "cited": ("works", "select work from claims_cites group by 1 order by count(*) desc limit 1"),
    "spoken": ("concepts", "select about from claims_about group by 1 order by count(*) desc limit 1"),
    "extended": ("claims", "select other_claim from claims_relations group by 1 order by count(*) desc limit 1"),
}

OTHERS = (
    f"/documents/{DOCUMENT}",
    "/",
    "/works",
    "/works?page=9000",
    "/authors?page=4000",
    "/search?q=kowalski+2003",
    "/search?q=upgrading",
    "/search?q=the",
    "/search?q=upgrading+governance+italy",
    "/search?q=upgrading&kind=works",
    "/search?q=upgrading+governance+zebra",
    "/cite?q=Rossi+2003",
    "/cite?q=Rosi+2003",
    "/cite?q=upgrading+differ",
    "/cite?q=The+Governance+of+Clusters+in+Veneto",
    "/works/rosi-2003",
    "/works/no-such-work",
    "/compare/gaps",
    "/compare/disputes",
    "/timeline",
    "/schema",
)

#: Datasette's pages of tables and views.
TABLES = ("works", "claims", "authors", "works_authors", "claims_cites", "claims_evidence", "records", "citation_works")
VIEWS = ("authorships", "citations", "claims_by_subject", "claims_with_evidence", "numbers", "case_matrix")
ASKED = (
    "/filiera",
    "/filiera.json",
    "/filiera/works?_sort_desc=issued",
    "/filiera/works?_sort=title",
    "/filiera/claims?_sort=kind",
    "/filiera/works?type=book",
    "/filiera/works?issued=2003",
    "/filiera/works?_facet=type",
    "/filiera/works?_facet=publisher",
    "/filiera/works?title__contains=Upgrading",
    "/filiera/claims?work={cited}",
    "/filiera/claims_cites?work={cited}",
    "/filiera/claims_about?about={spoken}",
    "/filiera/works_authors?author={writer}",
    "/filiera/claims_evidence?document=invented-document",
    "/filiera/claims_evidence?document=invented-document&section=7",
    "/filiera/records?kind=works",
    "/filiera/records?_search=upgrading",
    "/filiera/records?_search=kowalski+2003",
    "/filiera/works/{cited}",
    "/filiera/authors/{writer}",
    "/filiera/concepts/{spoken}",
    "/filiera/documents/invented-document",
    "/filiera/works/{cited}.json",
)


def main() -> None:
    """Make the base if need be, serve it, and print a line for each sort of page, in milliseconds."""
    folder, size = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000  # noqa: PLR2004  given
    project = make(folder, size)
    os.environ.pop(SOURCES_VARIABLE, None)
    connection = sqlite3.connect(project.build / "filiera.db")
    given = ("--kb", str(project.kb), "--build", str(project.build))
    with serving(*given) as address, httpx.Client(base_url=address, timeout=60) as client:
        head()
        show("/ (the first time)", [milliseconds(client, "/")])
        for kind in ("works", "authors", "claims"):
            show(f"/{kind}/… (at random)", [milliseconds(client, f"/{kind}/{key}") for key in _some(connection, kind)])
        hubs = {name: connection.execute(query).fetchone()[0] for name, (_, query) in HUBS.items()}
        paths = [f"/{HUBS[name][0]}/{key}" for name, key in hubs.items()]
        for path in (*paths, *OTHERS, *(one.format(**hubs) for one in ASKED), *_tables(client)):
            show(path, [milliseconds(client, path) for _ in range(RUNS)])


def _some(connection: sqlite3.Connection, kind: str) -> list[str]:
    """Return the keys of some records of a kind, the same every time."""
    draw = random.Random(kind)  # noqa: S311  a choice
    last = connection.execute(f"select max(rowid) from {kind}").fetchone()[0]  # noqa: S608  one of three
    query = f"select id from {kind} where rowid = ?"  # noqa: S608  the same
    return [connection.execute(query, (draw.randint(1, last),)).fetchone()[0] for _ in range(EACH)]


def _tables(client: httpx.Client) -> Iterator[str]:
    """Yield the paths of the first and of the second page of tables and views."""
    for name in (*TABLES, *VIEWS):
        path = f"/filiera/{name}"
        yield path
        following = client.get(f"{path}.json?_size=50&_nocount=1&_nofacet=1").json().get("next")
        if following:
            yield f"{path}?_next={following}"


if __name__ == "__main__":
    main()
