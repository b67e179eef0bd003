"""Look up how claims relate and which works cite which, around one record, for a graph.

Around a claim stand the claims that it supports, disputes or qualifies and those that do so to it; around a work, the
works that it cites and that cite it. Around a record that claims are about stand those of them that relate to each
other. A graph is bounded: what is nearest goes first, and what is left out is counted.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from filiera.errors import FilieraError, NotFoundError
from filiera.nearest import did_you_mean
from filiera.pictures.links import RELATIONS, Edge, Graph, Node
from filiera.pictures.records import Named, named, shortened

#: Steps from the middle that a graph goes at most.
DEEPEST = 2

#: Records that a graph shows at most.
MOST = 24

#: Keys among which the nearest to a wrong one is sought, so that a large base costs no more.
COMPARED = 20_000


@dataclass(frozen=True, slots=True)
class Walk:
    """A way from record to record: what leads from or to one, and all that leads between some (a JSON list)."""

    what: str
    steps: str
    between: str


CLAIMS = """
    select claim, other_claim, type, 'by the ' || "by" from claims_relations
"""

CITATIONS = """
    select claims.work, cites.work, 'cites', 'for ' || count(*) || iif(count(*) = 1, ' claim', ' claims')
    from claims_cites as cites join claims on claims.id = cites.claim
    where claims.work != cites.work and
"""

MOST_FIRST = "group by claims.work, cites.work order by count(*) desc, claims.work, cites.work"

#: The graphs that walk, by the kind of their records.
WALKS = {
    "claims": Walk(
        "claims",
        f"{CLAIMS} where claim = :key or other_claim = :key order by claim, position",
        f"""{CLAIMS} where claim in (select value from json_each(:keys))
        and other_claim in (select value from json_each(:keys)) order by claim, position""",  # noqa: S608  constants
    ),
    "works": Walk(
        "citations",
        # Not one condition with "or", which would read all citations there are.
        f"""select * from ({CITATIONS} claims.work = :key {MOST_FIRST})
        union all select * from ({CITATIONS} cites.work = :key {MOST_FIRST})""",  # noqa: S608  constants
        # With a sign before it a column is compared and not looked up: some works are cited by thousands.
        f"""{CITATIONS} claims.work in (select value from json_each(:keys))
        and +cites.work in (select value from json_each(:keys)) {MOST_FIRST}""",  # noqa: S608  constants
    ),
}

#: The relations between claims that are about the same record.
AMONG = f"""
    {CLAIMS} where claim in (select claim from claims_about where about = :key)
    and other_claim in (select claim from claims_about where about = :key)
"""  # noqa: S608  constants


def graph(connection: sqlite3.Connection, key: str, depth: int = 1, most: int = MOST) -> Graph:
    """Return the graph around a record.

    Raises NotFoundError when no record has the key, and FilieraError when no graph is drawn around its kind.
    """
    record = named(connection, [key]).get(key)
    if record is None:
        keys = [row[0] for row in connection.execute("select id from records limit ?", (COMPARED,))]
        hint = did_you_mean(key, keys) or "search for it from the home page"
        raise NotFoundError(f"no record has the key {key!r}; {hint}")
    if record.kind in WALKS:
        return _around(connection, record, depth, most)
    if connection.execute("select 1 from claims_about where about = ?", (record.key,)).fetchone():
        return _among(connection, record, most)
    raise FilieraError(
        f"no graph is drawn around {key!r}, a record of the kind {record.kind!r} that no claim is about; there are "
        "graphs around claims, works, and whatever claims are about"
    )


def _around(connection: sqlite3.Connection, centre: Named, depth: int, most: int) -> Graph:
    """Walk from a record along relations, nearest first, until the graph is deep or large enough."""
    walk = WALKS[centre.kind]
    columns = {centre.key: 0}
    left_out = set[str]()
    for step in range(depth):
        for key in [key for key, column in columns.items() if abs(column) == step]:
            for source, target, *_ in connection.execute(walk.steps, {"key": key}):
                other, way = (target, 1) if source == key else (source, -1)
                if other not in columns and len(columns) == most:
                    left_out.add(other)
                elif other not in columns:
                    side = way if step == 0 else columns[key] // step
                    columns[other] = columns[key] + side
    edges = _edges(connection, walk.between, keys=json.dumps(list(columns)))
    about = f"{walk.what} around “{shortened(centre.label)}”"
    return Graph(centre, about, _nodes(connection, columns), tuple(sorted(set(edges))), len(left_out))


def _edges(connection: sqlite3.Connection, query: str, **values: str) -> list[Edge]:
    return [Edge(*row) for row in connection.execute(query, values)]


def _among(connection: sqlite3.Connection, centre: Named, most: int) -> Graph:
    """Return the claims about a record that relate to each other, disputes first; each arrow leads to the right."""
    order = sorted(set(_edges(connection, AMONG, key=centre.key)), key=lambda e: (RELATIONS.index(e.type), e))
    shown: dict[str, None] = {}
    for edge in order:
        pair = [key for key in (edge.source, edge.target) if key not in shown]
        if len(shown) + len(pair) <= most:
            shown |= dict.fromkeys(pair)
    edges = sorted(edge for edge in order if edge.source in shown and edge.target in shown)
    left_out = len({key for edge in order for key in (edge.source, edge.target)} - set(shown))
    about = f"claims about {centre.label} that relate to each other"
    return Graph(centre, about, _nodes(connection, _ranks(shown, edges)), tuple(edges), left_out)


def _ranks(keys: Iterable[str], edges: list[Edge]) -> dict[str, int]:
    """Return a column for each record, so that arrows lead from left to right where no ring forbids it."""
    ranks = dict.fromkeys(keys, 0)
    for _ in range(DEEPEST):
        for edge in edges:
            if ranks[edge.target] <= ranks[edge.source] < DEEPEST:
                ranks[edge.target] = ranks[edge.source] + 1
    return ranks


def _nodes(connection: sqlite3.Connection, columns: dict[str, int]) -> tuple[Node, ...]:
    records = named(connection, columns)
    return tuple(Node(records[key], _text(connection, records[key]), column) for key, column in columns.items())


def _text(connection: sqlite3.Connection, record: Named) -> str:
    """Return what the box of a record says: a claim's statement, a work's authors and year before its title."""
    if record.kind != "works":
        return record.label
    query = """
        select group_concat(coalesce(family, literal), ', ') from (
            select family, literal from works_authors join authors on authors.id = author
            where work = ? order by position limit 3
        )
    """
    authors = connection.execute(query, (record.key,)).fetchone()[0]
    issued = connection.execute("select substr(issued, 1, 4) from works where id = ?", (record.key,)).fetchone()[0]
    return " ".join(filter(None, (authors, f"({issued})" if issued else "", record.label)))
