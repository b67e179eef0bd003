"""Write records as RDF.

A record's IRI is BASE/FOLDER/KEY. Objects nested in it are BASE/FOLDER/KEY#FIELD-N, counted from 0; there are no blank
nodes, so that dumps can be compared line by line. Terms come from the schema: `class_uri` and `slot_uri` of LinkML, the
`meaning` of values. Own terms are described in the same graph, each below a public one.

An ordered list of people (authors, editors) gives two things: the plain property for each, and a `pro:RoleInTime` with
its `fil:position`, so that the order of the title page is not lost.
"""

from __future__ import annotations

import heapq
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, TextIO

from filiera.records import Data, label
from filiera.schema import Class, Enum, Field, Schema
from filiera.sqlite import list_records

#: Where the IRIs of records begin, unless a build is told otherwise.
BASE = "https://w3id.org/filiera/"

FIL = "https://w3id.org/filiera/schema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PRO = "http://purl.org/spar/pro/"
XSD = "http://www.w3.org/2001/XMLSchema#"

TYPE = f"{RDF}type"
RECORD = f"{FIL}Record"
POSITION = f"{FIL}position"

#: Lines that are sorted at a time, some 100 MB of them.
CHUNK = 500_000

ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})

KindOf = Callable[[str], str]


def literal(value: Any) -> str:  # noqa: ANN401  any scalar of a record
    r"""Return a value as an N-Triples literal, a number in the one form that stores keep of it.

    >>> literal('a "b"'), literal(6.4), literal(879), literal(True)
    ('"a \\"b\\""', '"6.4"^^<http://www.w3.org/2001/XMLSchema#decimal>', ...
    """
    if isinstance(value, bool):
        return f'"{str(value).lower()}"^^<{XSD}boolean>'
    if isinstance(value, int):
        return f'"{value}"^^<{XSD}integer>'
    if isinstance(value, float):
        return f'"{Decimal(str(value + 0)).normalize():f}"^^<{XSD}decimal>'
    return f'"{str(value).translate(ESCAPES)}"'


def line(subject: str, predicate: str, object_: str) -> str:
    """Return one statement as a line of N-Quads; `object_` is a literal or an IRI in brackets."""
    return f"<{subject}> <{predicate}> {object_} .\n"


class Writer:
    """Turns records into lines of N-Quads."""

    def __init__(self, schema: Schema, kind_of: KindOf, base: str = BASE) -> None:
        """Take the schema, the base of the IRIs, and a function from a key to its record's kind."""
        self.schema = schema
        self.kind_of = kind_of
        self.base = base

    def iri(self, kind: str, key: str) -> str:
        """Name a record."""
        return f"{self.base}{kind}/{key}"

    def record(self, kind: str, data: Data) -> Iterator[str]:
        """Yield the lines of one record."""
        of = self.schema.kinds[kind]
        subject = self.iri(kind, data["id"])
        yield line(subject, TYPE, f"<{RECORD}>")
        yield line(subject, f"{RDFS}label", literal(label(of, data)))
        yield from self._object(subject, of, data, f"{subject}#")

    def _object(self, subject: str, of: Class, data: Data, prefix: str) -> Iterator[str]:
        yield line(subject, TYPE, f"<{of.iri}>")
        for name, value in data.items():
            one = of.fields[name]
            items = value if one.many else [value]
            for position, item in enumerate(items):
                yield from self._value(subject, one, item, f"{prefix}{name}-{position}", position)

    def _value(self, subject: str, of: Field, value: Any, node: str, position: int) -> Iterator[str]:  # noqa: ANN401
        nested = self.schema.nested(of)
        if nested:
            yield line(subject, of.iri, f"<{node}>")
            yield from self._nested(subject, of, node, position)
            yield from self._object(node, nested, value, f"{node}-")
            return
        object_ = self._term(of, value)
        yield line(subject, of.iri, object_)
        if of.rdf_class:
            yield line(subject, TYPE, object_)
        if of.role:
            yield from _role(subject, of.role, object_, node, position)

    def _nested(self, owner: str, of: Field, node: str, position: int) -> Iterator[str]:
        if of.many:
            yield line(node, POSITION, literal(position))
        if of.back:
            yield line(node, of.back, f"<{owner}>")

    def _term(self, of: Field, value: Any) -> str:  # noqa: ANN401
        if of.targets:
            kind = of.targets[0] if len(of.targets) == 1 else self.kind_of(value)
            return f"<{self.iri(kind, value)}>"
        if of.range in self.schema.enums:
            return f"<{self.schema.enums[of.range].values[value].iri}>"
        if of.range == "uri":
            return f"<{value}>"
        if of.range == "decimal":
            return literal(float(value)) if isinstance(value, float) else f'"{value}"^^<{XSD}decimal>'
        return literal(value)


def _role(document: str, role: str, agent: str, node: str, position: int) -> Iterator[str]:
    """Yield the lines that say which part a person has in a document, and in which place of the list."""
    yield line(node, TYPE, f"<{PRO}RoleInTime>")
    yield line(node, f"{PRO}withRole", f"<{role}>")
    yield line(node, f"{PRO}relatesToDocument", f"<{document}>")
    yield line(node, f"{PRO}isHeldBy", agent)
    yield line(node, POSITION, literal(position))


def vocabulary(schema: Schema) -> Iterator[str]:
    """Yield the description of our own terms, and the name of each value of an enumeration."""
    yield from _term(
        RECORD, "Class", "Anything that has a key and a file of its own.", ("http://www.w3.org/ns/prov#Entity",)
    )
    yield from _term(POSITION, "Property", "The place in a list, from 0.", ("https://schema.org/position",))
    for of in schema.classes.values():
        if of.iri != RECORD:
            yield from _term(of.iri, "Class", of.description, of.parents)
        for one in of.fields.values():
            yield from _term(one.iri, "Property", one.description, one.parents)
            if one.range in schema.enums:
                yield from _values(schema.enums[one.range], of.iri if one.rdf_class else "")


def _term(iri: str, type_: str, comment: str, parents: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of an own term; public terms are described by their owners."""
    if not iri.startswith(FIL):
        return
    below = "subClassOf" if type_ == "Class" else "subPropertyOf"
    yield line(iri, TYPE, f"<{RDFS if type_ == 'Class' else RDF}{type_}>")
    yield line(iri, f"{RDFS}label", literal(iri.removeprefix(FIL)))
    yield line(iri, f"{RDFS}comment", literal(comment))
    for parent in parents:
        yield line(iri, f"{RDFS}{below}", f"<{parent}>")


def _values(of: Enum, class_: str) -> Iterator[str]:
    """Yield the notation of each value, by which questions name it, and where our own values belong."""
    for value in of.values.values():
        yield line(value.iri, f"{SKOS}notation", literal(value.name))
        if not value.iri.startswith(FIL):
            continue
        yield line(value.iri, f"{RDFS}comment", literal(value.description))
        if class_:
            yield line(value.iri, f"{RDFS}subClassOf", f"<{class_}>")
        else:
            yield line(value.iri, TYPE, f"<{of.iri}>")


def lines(connection: sqlite3.Connection, schema: Schema, base: str = BASE) -> Iterator[str]:
    """Yield every line of the graph, in no order, with repetitions."""
    yield from vocabulary(schema)
    yield from record_lines(connection, schema, base=base)


def record_lines(
    connection: sqlite3.Connection, schema: Schema, keys: Sequence[str] | None = None, base: str = BASE
) -> Iterator[str]:
    """Yield the lines of records, of all of them or of those with the given keys; their subjects are theirs alone."""

    @lru_cache(maxsize=100_000)
    def kind_of(key: str) -> str:
        return str(connection.execute("select kind from records where id = ?", (key,)).fetchone()[0])

    writer = Writer(schema, kind_of, base)
    for _, kind, data in list_records(connection, keys):
        yield from writer.record(kind, data)


def write_sorted(unsorted: Iterable[str], out: Path) -> None:
    """Write lines sorted and once each, however many there are: chunks are sorted in files and merged."""
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        chunks = [_spill(chunk, Path(folder) / str(n)) for n, chunk in enumerate(_chunks(unsorted))]
        with out.open("w", encoding="utf-8", newline="\n") as file:
            _merge(chunks, file)


def _chunks(unsorted: Iterable[str]) -> Iterator[set[str]]:
    chunk: set[str] = set()
    for one in unsorted:
        chunk.add(one)
        if len(chunk) >= CHUNK:
            yield chunk
            chunk = set()
    yield chunk


def _spill(chunk: set[str], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(sorted(chunk))
    return path


def _merge(paths: list[Path], out: TextIO) -> None:
    files = [path.open(encoding="utf-8", newline="\n") for path in paths]
    last = ""
    for one in heapq.merge(*files):
        if one != last:
            out.write(one)
        last = one
    for file in files:
        file.close()


def write_turtle(quads: Path, out: Path, prefixes: dict[str, str], base: str = BASE) -> None:
    """Write a sorted file of N-Quads as Turtle, each subject once, with the prefixes of the schema."""
    import pyoxigraph as ox  # noqa: PLC0415  only paid by a build

    used = {k: v for k, v in prefixes.items() if k != "linkml"} | {"": base}
    triples = (quad.triple for quad in ox.parse(path=quads, format=ox.RdfFormat.N_QUADS))
    ox.serialize(triples, out, ox.RdfFormat.TURTLE, prefixes=used)


def write_store(quads: Path, out: Path) -> None:
    """Load a file of N-Quads into a new Oxigraph store."""
    import pyoxigraph as ox  # noqa: PLC0415  only paid by a build

    store = ox.Store(out)
    store.bulk_load(path=quads, format=ox.RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
