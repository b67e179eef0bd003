"""Look up how claims relate and which works cite which, around one record, for a graph.

Around a claim stand the claims that it supports, disputes or qualifies and those that do so to it; around a work, the
works that it cites and that cite it. Around a record that claims are about stand those of them that relate to each
other. A graph is bounded: what is nearest goes first, and what is left out is counted.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass

from filiera.errors import FilieraError, NotFoundError
from filiera.nearest import did_you_mean
from filiera.pictures.records import Named, Table, counted, listed, named, shortened

#: Steps from the middle that a graph goes at most.
DEEPEST = 2

#: Records that a graph shows at most.
MOST = 24

#: Types of relation between claims, those that matter most to a reader first.
RELATIONS = ("disputes", "qualifies", "supports", "extends", "answers", "repeats")


@dataclass(frozen=True, slots=True)
class Node:
    """A record of a graph; `column` counts from the middle, on the left what leads to it and what is beyond that."""

    record: Named
    text: str
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """A relation from one record to another; `note` says who makes it, or how often."""

    source: str
    target: str
    type: str
    note: str


@dataclass(frozen=True, slots=True)
class Graph:
    """The records around `centre` and how they are related; `left_out` are near enough but not shown."""

    centre: Named
    about: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int

    @property
    def sentence(self) -> str:
        """Say what the graph shows."""
        kinds = Counter(edge.type for edge in self.edges)
        what = listed((f"{number} × {type_}" for type_, number in kinds.most_common()), len(RELATIONS))
        said = f"A graph of {self.about}: {counted(len(self.nodes), 'record')}, {counted(len(self.edges), 'relation')}"
        said += f" ({what})." if what else "."
        return f"{said} {counted(self.left_out, 'more record')} not shown." if self.left_out else said

    def table(self) -> Table:
        """Return the relations, each as a sentence of three columns."""
        records = {node.record.key: node.record for node in self.nodes}
        rows = tuple((records[e.source], e.type, records[e.target], e.note) for e in self.edges)
        return Table(("from", "relation", "to", "note"), rows)


def graph(connection: sqlite3.Connection, key: str, depth: int = 1, most: int = MOST) -> Graph:
    """Return the graph around a record.

    Raises NotFoundError when no record has the key, and FilieraError when no graph is drawn around its kind.
    """
    record = named(connection, [key]).get(key)
    if record is None:
        keys = [row[0] for row in connection.execute("select id from records")]
        hint = did_you_mean(key, keys) or "search for it from the home page"
        raise NotFoundError(f"no record has the key {key!r}; {hint}")
    if record.kind in WALKS:
        return _around(connection, record, depth, most)
    claims = _about(connection, record.key)
    if not claims:
        raise FilieraError(
            f"no graph is drawn around {key!r}, a record of the kind {record.kind!r} that no claim is about; there are "
            "graphs around claims, works, and whatever claims are about"
        )
    return _among(connection, record, claims, most)


Neighbours = Callable[[sqlite3.Connection, str], Iterator[Edge]]


def _claims(connection: sqlite3.Connection, key: str) -> Iterator[Edge]:
    query = """
        select claim, other_claim, type, "by" from claims_relations where claim = :key or other_claim = :key
        order by claim, position
    """
    for claim, other, type_, by in connection.execute(query, {"key": key}):
        yield Edge(claim, other, type_, f"by the {by}")


def _citations(connection: sqlite3.Connection, key: str) -> Iterator[Edge]:
    query = """
        select claims.work, cites.work, count(*)
        from claims_cites as cites join claims on claims.id = cites.claim
        where :key in (claims.work, cites.work) and claims.work != cites.work
        group by claims.work, cites.work order by count(*) desc, claims.work, cites.work
    """
    for citing, cited, number in connection.execute(query, {"key": key}):
        yield Edge(citing, cited, "cites", f"for {counted(number, 'claim')}")


#: The graphs that walk from record to record: what they are of, and the relations of one record.
WALKS: dict[str, tuple[str, Neighbours]] = {"claims": ("claims", _claims), "works": ("citations", _citations)}


def _around(connection: sqlite3.Connection, centre: Named, depth: int, most: int) -> Graph:
    """Walk from a record along relations, nearest first, until the graph is deep or large enough."""
    what, neighbours = WALKS[centre.kind]
    columns = {centre.key: 0}
    left_out = set[str]()
    for step in range(depth):
        for key in [key for key, column in columns.items() if abs(column) == step]:
            for edge in neighbours(connection, key):
                other, way = (edge.target, 1) if edge.source == key else (edge.source, -1)
                if other not in columns and len(columns) == most:
                    left_out.add(other)
                elif other not in columns:
                    side = way if step == 0 else columns[key] // step
                    columns[other] = columns[key] + side
    edges = {edge for key in columns for edge in neighbours(connection, key)}
    about = f"{what} around “{shortened(centre.label)}”"
    return Graph(centre, about, _nodes(connection, columns), _between(columns, edges), len(left_out))


def _about(connection: sqlite3.Connection, key: str) -> set[str]:
    return {row[0] for row in connection.execute("select claim from claims_about where about = ?", (key,))}


def _among(connection: sqlite3.Connection, centre: Named, claims: set[str], most: int) -> Graph:
    """Return the claims about a record that relate to each other, disputes first; each arrow leads to the right."""
    found = {edge for key in claims for edge in _claims(connection, key) if {edge.source, edge.target} <= claims}
    order = sorted(found, key=lambda edge: (RELATIONS.index(edge.type), edge))
    shown: dict[str, None] = {}
    for edge in order:
        pair = [key for key in (edge.source, edge.target) if key not in shown]
        if len(shown) + len(pair) <= most:
            shown |= dict.fromkeys(pair)
    edges = [edge for edge in order if edge.source in shown and edge.target in shown]
    left_out = len({key for edge in order for key in (edge.source, edge.target)} - set(shown))
    about = f"claims about {centre.label} that relate to each other"
    nodes = _nodes(connection, _ranks(shown, edges))
    return Graph(centre, about, nodes, _between(shown, edges), left_out)


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


def _between(shown: Container[str], edges: Iterable[Edge]) -> tuple[Edge, ...]:
    return tuple(sorted(edge for edge in edges if edge.source in shown and edge.target in shown))


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
