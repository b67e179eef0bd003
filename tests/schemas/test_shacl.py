"""The graph fits the SHACL shapes, and a graph with a fault does not, whichever validator reads them.

pyshacl judges here. Each fault is one edit to a copy of the graph of the tiny base, and names the shape that it breaks
and the part of the shape.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node
from rdflib.util import from_n3

from filiera import building
from filiera.paths import Project, find_project
from filiera.schema import Schema

ROOT = Path(__file__).parents[2]

WORKS = "https://w3id.org/filiera/works"


@pytest.fixture(scope="module")
def shapes() -> Graph:
    """Return the generated shapes."""
    return Graph().parse(ROOT / "schemas/generated/filiera.shacl.ttl", format="turtle")


@pytest.fixture(scope="module")
def sound(built: Project) -> Graph:
    """Return the graph of the tiny base: change a copy, not this one."""
    return Graph().parse(built.build / "filiera.ttl", format="turtle")


def test_the_graph_of_the_tiny_base_fits_the_shapes(sound: Graph, shapes: Graph) -> None:
    """A sound base makes a graph that fits, with the descriptions of our own terms in it."""
    assert _faults(sound, shapes) == []


def test_every_shape_has_something_to_look_at(sound: Graph, known: Schema) -> None:
    """The tiny base has objects of every class, so that no shape passes over nothing."""
    used = {str(iri) for iri in sound.objects(None, RDF.type)}

    assert [name for name, of in known.classes.items() if not of.abstract and of.iri not in used] == []


@pytest.mark.parametrize(
    ("edit", "class_", "property_", "value", "expected"),
    [
        ("lose", "fil:IndustrialDistrict", "skos:prefLabel", "", ["District-name MinCount"]),
        ("lose", "fil:Evidence", "oa:hasSource", "", ["Evidence-document MinCount"]),
        ("lose", "fil:Claim", "fil:evidence", "", ["Claim-evidence MinCount"]),
        ("lose", "foaf:Agent", "dcterms:identifier", "", ["Author-id MinCount", "Record-id MinCount"]),
        ("gain", "fabio:Expression", "dcterms:issued", '"1999"', ["Work-issued MaxCount"]),
        ("gain", "fil:Claim", "dcterms:type", "fil:kind-theory", ["Claim-kind MaxCount"]),
        ("swap", "qb:Observation", "sdmx-measure:obsValue", '"many"', ["Observation-value Datatype"]),
        ("swap", "foaf:Document", "fil:characters", "8.5", ["Document-characters Datatype"]),
        ("swap", "sdo:Place", "sdo:latitude", '"91"^^xsd:decimal', ["Place-latitude MaxInclusive"]),
        ("swap", "foaf:Document", "fil:characters", "0", ["Document-characters MinInclusive"]),
        ("swap", "fil:Claim", "dcterms:type", "fil:kind-rumour", ["Claim-kind In"]),
        ("swap", "fil:ClaimRelation", "cito:hasCitationCharacterization", "cito:reviews", ["Relation-type In"]),
        ("swap", "fabio:Expression", "prism:doi", '"doi:10.5555/x"', ["Work-DOI Pattern"]),
        ("swap", "fil:PassageSelector", "fil:startsWith", '" "', ["Passage-start Pattern"]),
        ("swap", "fil:Claim", "dcterms:source", f"<{WORKS}/nobody>", ["Claim-work Class"]),
        ("swap", "fil:Claim", "dcterms:source", "skos:Concept", ["Claim-work Class"]),
        ("swap", "fil:Claim", "dcterms:source", '"brine"', ["Claim-work Class", "Claim-work NodeKind"]),
        ("swap", "fabio:Expression", "sdo:url", '"https://example.org/"', ["Work-URL NodeKind"]),
        # Things below these three classes have other fields; their own objects are judged all the same.
        ("lose", "sdo:Place", "dcterms:type", "", ["Place-type MinCount"]),
        ("lose", "skos:Concept", "skos:inScheme", "", ["Concept-scheme MinCount"]),
        ("swap", "cito:Citation", "cito:hasCitedEntity", "skos:Concept", ["Citation-work Class"]),
    ],
)
def test_a_fault_in_the_graph_is_found(  # noqa: PLR0913, PLR0917  the columns of the table
    edit: str, class_: str, property_: str, value: str, expected: list[str], sound: Graph, shapes: Graph, known: Schema
) -> None:
    """One edit to a sound graph breaks the shape of that field, in that part, and no other."""
    broken = sound + Graph()
    for prefix, start in known.prefixes.items():
        broken.bind(prefix, start, replace=True)
    _edit(broken, edit, class_, property_, value)

    assert _faults(broken, shapes) == expected


@pytest.mark.kb
def test_the_graph_of_the_real_records_fits_the_shapes(shapes: Graph, known: Schema, tmp_path: Path) -> None:
    """The graph that a build of the real base writes fits the shapes."""
    project = find_project(ROOT / "kb", tmp_path / "build", ())
    building.build(project, known)
    graph = Graph().parse(project.build / "filiera.ttl", format="turtle")

    assert _faults(graph, shapes) == []


def _edit(graph: Graph, edit: str, class_: str, property_: str, value: str) -> None:
    """Change what the first object of the class, of those that have the property, says with it."""
    type_, predicate = URIRef(_expand(graph, class_)), URIRef(_expand(graph, property_))
    subject = min((s for s in graph.subjects(RDF.type, type_) if (s, predicate, None) in graph), key=str)
    if edit in {"lose", "swap"}:
        graph.remove((subject, predicate, None))
    if edit in {"gain", "swap"}:
        graph.add((subject, predicate, _node(graph, value)))


def _expand(graph: Graph, curie: str) -> str:
    return str(graph.namespace_manager.expand_curie(curie))


def _node(graph: Graph, text: str) -> Node:
    node = from_n3(text, nsm=graph.namespace_manager)
    assert isinstance(node, Node)
    return node


def _faults(graph: Graph, shapes: Graph) -> list[str]:
    """Return what does not fit, as the name of the shape and the part of it."""
    _, report, _ = validate(graph, shacl_graph=shapes, inplace=True)
    return sorted(
        f"{_name(report.value(result, SH.sourceShape))} {_name(report.value(result, SH.sourceConstraintComponent))}"
        for result in report.subjects(RDF.type, SH.ValidationResult)
    )


def _name(node: Node | None) -> str:
    return str(node).partition("#")[2].removesuffix("ConstraintComponent")
