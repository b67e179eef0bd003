"""What a graph shows: records around one of them, and how they are related."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from filiera.pictures.records import Named, Table, counted, listed

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
