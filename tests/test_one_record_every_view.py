"""One record, every view: what a person wrote in YAML is what JSON, SQL and RDF say, for each record of the tiny base.

Every view is turned back into a record by the rules of the design, and compared with the file as another YAML reader
reads it.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml

from filiera.paths import Project
from filiera.rdf import BASE, FIL
from filiera.records import walk
from filiera.schema import Class, Enum, Field, Schema
from filiera.sqlite import singular

KB = Path(__file__).parent / "tiny" / "kb"

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
PRO = "http://purl.org/spar/pro/"
RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"

#: Statements that say how a record is built, or its title again, not what it says.
STRUCTURE = {
    RDF_TYPE,
    RDFS_LABEL,
    f"{FIL}position",
    *(f"{PRO}{name}" for name in ("withRole", "relatesToDocument", "isHeldBy")),
}

#: How a literal is read, by its type.
READERS: dict[str, Callable[[str], Any]] = {
    "integer": int,
    "decimal": float,
    "boolean": lambda text: text == "true",
    "string": str,
}

Data = dict[str, Any]
Graph = dict[str, dict[str, list[Any]]]


def written() -> Iterator[tuple[str, str, Data]]:
    """Yield kind, key and data of every record as a plain YAML reader reads it: every value a text."""
    for path in sorted(KB.rglob("*.yaml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506  it makes texts only
        for data in content if isinstance(content, list) else [content]:
            yield path.relative_to(KB).parts[0], data["id"], data


WRITTEN = {key: (kind, data) for kind, key, data in written()}
ALIASES = {old: key for key, (_, data) in WRITTEN.items() for old in data.get("aliases", ())}
KINDS = {key: kind for key, (kind, _) in WRITTEN.items()}

each_record = pytest.mark.parametrize("key", WRITTEN)


@pytest.fixture
def stored(database: sqlite3.Connection) -> dict[str, Data]:
    """Return the data of every record as the database keeps them whole."""
    return {key: json.loads(data) for key, data in database.execute("select id, data from records_data")}


@pytest.fixture(scope="module")
def graph(built: Project) -> Graph:
    """Return the objects of the sorted dump by subject and predicate."""
    found: Graph = defaultdict(lambda: defaultdict(list))
    for quad in ox.parse(path=built.build / "filiera.nq", format=ox.RdfFormat.N_QUADS):
        assert isinstance(quad.subject, ox.NamedNode)
        found[quad.subject.value][quad.predicate.value].append(quad.object)
    return found


def test_the_tiny_base_uses_every_field(stored: dict[str, Data], known: Schema) -> None:
    """Every kind and every field of the schema is somewhere in the tiny base, so that the tests below see it."""
    shared = known.classes["Record"].fields
    used = {
        ("Record" if name in shared else of.name, name)
        for key, data in stored.items()
        for _, of, inner in walk(known.kinds[KINDS[key]], data, known)
        for name in inner
    }
    wanted = {("Record", name) for name in shared} | {
        (of.name, name) for of in known.classes.values() if not of.abstract for name in of.fields if name not in shared
    }

    assert wanted - used == set()
    assert set(KINDS.values()) == set(known.kinds)


@each_record
def test_the_database_keeps_what_was_written(stored: dict[str, Data], known: Schema, key: str) -> None:
    """The record in JSON is the record in YAML: no value is lost, added or read as something else."""
    kind, data = WRITTEN[key]
    kept = _without_found(known.kinds[kind], stored[key], known)

    assert kept == _as_typed(_with_present_keys(data), kept)


@each_record
def test_the_tables_say_what_was_written(
    database: sqlite3.Connection, stored: dict[str, Data], known: Schema, key: str
) -> None:
    """The rows of a record in all its tables make up the record again."""
    kind = known.kinds[KINDS[key]]
    tables = Tables(database, known)
    (row,) = tables.rows(kind.folder, (key,))

    assert tables.object(kind, row, kind.folder, (key,)) == stored[key]


@each_record
def test_the_graph_says_what_was_written(graph: Graph, stored: dict[str, Data], known: Schema, key: str) -> None:
    """The statements about a record and its parts make up the record again, and there are no others."""
    kind = known.kinds[KINDS[key]]
    subject = f"{BASE}{kind.folder}/{key}"
    unread = {(s, p) for s in graph if s == subject or s.startswith(f"{subject}#") for p in graph[s]}

    read = Statements(graph, known, unread).object(kind, subject, f"{subject}#")

    assert read == _unordered(kind, stored[key], known)
    assert {predicate for _, predicate in unread} <= STRUCTURE | _ways_back(kind, known)


def test_a_title_is_the_same_in_the_graph_and_in_the_database(graph: Graph, database: sqlite3.Connection) -> None:
    """The title of a record for people is one, wherever it is read."""
    for key, kind, label in database.execute("select id, kind, label from records"):
        assert [o.value for o in graph[f"{BASE}{kind}/{key}"][RDFS_LABEL]] == [label]


def test_the_list_of_records_says_what_was_written(database: sqlite3.Connection) -> None:
    """Each record is listed with its kind and the line on which it stands."""
    listed = {
        key: (kind, file, line)
        for key, kind, file, line in database.execute("select id, kind, file, line from records")
    }

    assert {key: kind for key, (kind, _, _) in listed.items()} == KINDS
    for key, (_, file, line) in listed.items():
        assert f"id: {key}" in (KB.parent / file).read_text(encoding="utf-8").splitlines()[line - 1]


def _as_typed(written: Any, like: Any) -> Any:  # noqa: ANN401  data are open
    """Read the numbers and truth values of a record as a plain YAML reader left it: as texts."""
    if isinstance(written, dict):
        return {name: _as_typed(inner, like.get(name)) for name, inner in written.items()}
    if isinstance(written, list):
        return [_as_typed(*pair) for pair in zip_longest(written, like)]
    if isinstance(like, bool):
        return {"true": True, "false": False}[written]
    return float(written) if isinstance(like, int | float) else written


def _with_present_keys(data: Data) -> Data:
    def follow(value: Any) -> Any:  # noqa: ANN401  data are open
        if isinstance(value, dict):
            return {name: follow(inner) for name, inner in value.items()}
        return [follow(inner) for inner in value] if isinstance(value, list) else ALIASES.get(value, value)

    return {name: value if name == "aliases" else follow(value) for name, value in data.items()}


def _without_found(of: Class, data: Data, known: Schema) -> Data:
    """Return a record without what the program found: offsets and verdicts."""
    copy: Data = json.loads(json.dumps(data))
    for _, class_, inner in walk(of, copy, known):
        for name in [name for name in inner if class_.fields[name].readonly]:
            del inner[name]
    return copy


@dataclass(frozen=True)
class Tables:
    """Makes records again from their rows."""

    database: sqlite3.Connection
    known: Schema

    def rows(self, table: str, key: tuple[Any, ...]) -> list[Data]:
        """Return the rows of a table that belong to a key, by column, in the order of their positions."""
        cursor = self.database.execute(f'select * from "{table}"')  # noqa: S608  a table's name
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor if row[: len(key)] == key]
        return sorted(rows, key=lambda row: row.get("position", 0))

    def object(self, of: Class, row: Data, table: str, key: tuple[Any, ...], prefix: str = "") -> Data:
        """Make an object again from its row, and its lists from the tables that are named after them."""
        data: Data = {}
        for name, field in of.fields.items():
            nested = self.known.nested(field)
            if field.many:
                data[name] = self.items(field, field.table or f"{table}_{prefix}{name}", key)
            elif nested:
                data[name] = self.object(nested, row, table, key, f"{prefix}{name}_")
            else:
                value = row[f"{prefix}{field.column}"]
                data[name] = bool(value) if field.range == "boolean" and value is not None else value
        return {name: value for name, value in data.items() if value not in (None, [], {})}

    def items(self, of: Field, table: str, key: tuple[Any, ...]) -> list[Any]:
        """Make a list again from its table."""
        nested = self.known.nested(of)
        return [
            self.object(nested, row, table, (*key, row["position"])) if nested else row[singular(of)]
            for row in self.rows(table, key)
        ]


@dataclass(frozen=True)
class Statements:
    """Makes a record again from the statements about it; those that were read are taken out of `unread`."""

    graph: Graph
    known: Schema
    unread: set[tuple[str, str]]

    def object(self, of: Class, subject: str, prefix: str) -> Data:
        """Make an object again from the statements about it and about the nodes below it."""
        data: Data = {}
        for name, field in of.fields.items():
            terms = self.graph[subject].get(field.iri, [])
            self.unread.discard((subject, field.iri))
            if nested := self.known.nested(field):
                nodes = [f"{prefix}{name}-{n}" for n in range(len(terms))]
                assert {term.value for term in terms} == set(nodes)
                values = [self.object(nested, node, f"{node}-") for node in nodes]
            else:
                values = sorted(_value(field, term, self.known) for term in terms)
            if values:
                data[name] = values if field.many else values[0]
        return data


def _value(field: Field, term: Any, known: Schema) -> Any:  # noqa: ANN401  a term of a graph, a scalar of a record
    if field.targets:
        kind, key = term.value.removeprefix(BASE).split("/")
        assert KINDS[key] == kind
        return key
    if field.range in known.enums:
        return _name(known.enums[field.range], term.value)
    if isinstance(term, ox.NamedNode):
        assert field.range == "uri"
        return term.value
    type_ = term.datatype.value.rpartition("#")[2]
    assert type_ == (field.range if field.range in READERS else "string")
    return READERS[type_](term.value)


def _name(of: Enum, iri: str) -> str:
    (name,) = (value.name for value in of.values.values() if value.iri == iri)
    return name


def _unordered(of: Class, data: Data, known: Schema) -> Data:
    """Return a record whose lists of texts and keys are sorted: a graph has no order for them."""
    copy: Data = json.loads(json.dumps(data))
    for _, class_, inner in walk(of, copy, known):
        for name, value in inner.items():
            if isinstance(value, list) and not class_.fields[name].nested:
                inner[name] = sorted(value)
    return copy


def _ways_back(of: Class, known: Schema) -> set[str]:
    """Return the properties that lead from a nested object back to its record."""
    return {field.back for field in of.fields.values() if known.nested(field) and field.back}
