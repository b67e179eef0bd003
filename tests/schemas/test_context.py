"""A record's JSON, read with the JSON-LD context, says what our own graph says.

The same was seen with jsonld.js 8 and PyLD 2, with the context inline and fetched; here rdflib reads it, which needs
no other package.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Literal
from rdflib.namespace import RDF, RDFS, XSD, Namespace
from rdflib.term import Node

from filiera import rdf
from filiera.paths import Project
from filiera.records import Data, Record, read
from filiera.report import Report
from filiera.schema import Class, Field, Schema

ROOT = Path(__file__).parents[2]

CLAIM = {
    "@id": "https://w3id.org/filiera/claims/a",
    "@type": "Claim",
    "id": "a",
    "kind": "finding",
    "work": "work",
    "about": ["districts/vicenza"],
    "basis": "theory",
    "cites": [{"work": "relation", "relation": "reviews"}],
    "relations": [{"claim": "b", "type": "disputes", "by": "source"}],
    "evidence": [{"document": "d", "passage": {"start": "In"}}],
}
WORK = {"@id": "https://w3id.org/filiera/works/a", "@type": "Work", "type": "book", "authors": ["b", "c"]}
INDICATOR = {"@id": "https://w3id.org/filiera/indicators/a", "@type": "Indicator", "basis": "Surveys."}

FIL = Namespace(rdf.FIL)
PRO = Namespace(rdf.PRO)
CITO = Namespace("http://purl.org/spar/cito/")

#: What our graph says besides: titles, types, places in lists, the parts of people, and the way back to the owner.
DERIVED = {
    *(RDFS.label, RDF.type, FIL.position, PRO.withRole, PRO.relatesToDocument, PRO.isHeldBy),
    *(CITO.hasCitingEntity, Namespace("http://purl.org/linked-data/cube#").dataSet),
}


@pytest.fixture(scope="module")
def context() -> Any:  # noqa: ANN401  any JSON
    """Return the generated context."""
    text = (ROOT / "schemas/generated/filiera.context.jsonld").read_text(encoding="utf-8")
    return json.loads(text)["@context"]


@pytest.mark.parametrize(
    ("record", "path", "expected"),
    [
        (CLAIM, "dcterms:source", "https://w3id.org/filiera/works/work"),
        (CLAIM, "fil:citation/cito:hasCitedEntity", "https://w3id.org/filiera/works/relation"),
        (CLAIM, "fil:citation/cito:hasCitationCharacterization", "http://purl.org/spar/cito/reviews"),
        (CLAIM, "fil:relation/cito:hasCitedEntity", "https://w3id.org/filiera/claims/b"),
        (CLAIM, "fil:relation/cito:hasCitationCharacterization", "http://purl.org/spar/cito/disputes"),
        (CLAIM, "fil:claimBasis", "https://w3id.org/filiera/schema#basis-theory"),
        (CLAIM, "dcterms:subject", "https://w3id.org/filiera/districts/vicenza"),
        (CLAIM, "fil:evidence/oa:hasSource", "https://w3id.org/filiera/documents/d"),
        (CLAIM, "fil:evidence/oa:hasSelector/fil:startsWith", "In"),
        (WORK, "dcterms:type", "http://purl.org/spar/fabio/Book"),
        (WORK, "dcterms:creator", "https://w3id.org/filiera/authors/b https://w3id.org/filiera/authors/c"),
        (INDICATOR, "fil:basis", "Surveys."),
    ],
)
def test_a_field_means_what_its_class_says(
    record: Data, path: str, expected: str, context: Data, known: Schema
) -> None:
    """The same name of a field is another property in another class, and a key lies in its kind's folder."""
    graph = _read(json.dumps({"@context": context, **record}))
    query = f"SELECT ?value {{ <{record['@id']}> {path} ?value }} ORDER BY ?value"
    found = graph.query(query, initNs=known.prefixes).bindings

    assert " ".join(str(value) for row in found for value in row.values()) == expected


def test_records_read_with_the_context_give_our_graph(built: Project, context: Data, known: Schema) -> None:
    """Every statement of the JSON is one of our graph, which only adds what follows from others."""
    theirs, ours = _both(list(read(built.kb, known, Report())), context, known)

    assert theirs
    assert theirs - ours == set()
    assert {predicate for _, predicate, _ in ours - theirs} <= DERIVED


@pytest.mark.kb
def test_the_real_records_read_with_the_context_give_our_graph(context: Data, known: Schema) -> None:
    """Every statement of the JSON of thirty real records of each kind is one of our graph."""
    theirs, ours = _both(list(read(ROOT / "kb", known, Report())), context, known, most=30)

    assert theirs
    assert theirs - ours == set()
    assert {predicate for _, predicate, _ in ours - theirs} <= DERIVED


def test_no_closed_list_has_a_value_named_as_its_own_field(known: Schema) -> None:
    """The words of a closed list stand beside the names of the fields in the context, and must not hide them."""
    fields = [f for of in known.classes.values() for f in of.fields.values() if f.range in known.enums]

    assert [field.name for field in fields if field.name in known.enums[field.range].values] == []


Statements = set[tuple[Node, Node, object]]


def _both(
    records: list[Record], context: Data, known: Schema, most: int | None = None
) -> tuple[Statements, Statements]:
    """Return the statements of records by way of JSON-LD, and those that our own writer makes of them.

    `most` is the number of records of each kind to take: rdflib reads the context again for each.
    """
    kinds = {key: r.kind.folder for r in records for key in (r.id, *r.data.get("aliases", ()))}
    writer, linker = rdf.Writer(known, kinds.__getitem__), Linker(known, kinds)
    taken = [r for kind in known.kinds.values() for r in [r for r in records if r.kind == kind][:most]]
    linked = [{"@type": r.kind.name, **linker.object(r.kind, r.data, writer.iri(r.kind.folder, r.id))} for r in taken]
    text = json.dumps({"@context": context, "@graph": linked})
    lines = "".join(line for r in taken for line in writer.record(r.kind.folder, r.data))
    return _statements(_read(text)), _statements(Graph().parse(data=lines, format="nt"))


def _statements(graph: Graph) -> Statements:
    """Return the statements of a graph, numbers as what they are worth: JSON may write 30 as 30.0."""
    return {(s, p, Decimal(o) if isinstance(o, Literal) and o.datatype == XSD.decimal else o) for s, p, o in graph}


@dataclass(frozen=True)
class Linker:
    """Gives objects the IRIs that they have in our graph, and keys of several kinds their folders."""

    known: Schema
    kinds: dict[str, str]

    def object(self, of: Class, data: Data, iri: str, join: str = "#") -> Data:
        """Return an object of a record's data as JSON-LD."""
        return {"@id": iri} | {k: list(self._items(of.fields[k], v, f"{iri}{join}{k}")) for k, v in data.items()}

    def _items(self, field: Field, value: Any, start: str) -> Iterator[Any]:  # noqa: ANN401  any JSON
        nested = self.known.nested(field)
        for position, item in enumerate(value if field.many else [value]):
            if nested:
                yield self.object(nested, item, f"{start}-{position}", "-")
            else:
                yield f"{self.kinds[item]}/{item}" if len(field.targets) > 1 else item


def _read(text: str) -> Graph:
    with warnings.catch_warnings():
        # rdflib's reader of JSON-LD uses a class of rdflib's that is deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        return Graph().parse(data=text, format="json-ld")
