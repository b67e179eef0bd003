"""The terms of the schemas and of the graph exist, and mean one thing.

What the vocabularies that rdflib ships hold is looked up in rdflib; for the others `terms.txt` lists what was found in
their own files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import DC, DCTERMS, FOAF, ORG, PROV, QB, RDF, RDFS, SDO, SKOS, TIME, Graph, URIRef
from rdflib.namespace import DefinedNamespace

from filiera.paths import Project
from filiera.rdf import FIL, TYPE
from filiera.schema import Class, Field, Schema

SHIPPED: tuple[type[DefinedNamespace], ...] = (DC, DCTERMS, FOAF, ORG, PROV, QB, RDF, RDFS, SDO, SKOS, TIME)

#: Names of fields that are different properties in different classes, each with the reason.
MANY_MEANINGS = {
    "basis": "of an indicator a text, of a claim a value of a closed list",
    "counterpart": "of an observation the other side of a flow, of a heading the one that it stands for",
    "district": "that of a firm is where it lies, that of its role is the organisation of an org:Membership",
    "document": "evidence lies in one, an erratum is about one, as a Web Annotation has it",
    "end": "of a period a date, of a passage words",
    "page": "of evidence one page of the document, of a work its range in the container",
    "period": "an org:Membership and a qb:Observation have their own properties for it",
    "place": "a district lies in one, a firm or institution is at one",
    "number": "of a section its place in the document, of a work that of a report or a patent",
    "printed": "of an observation a cell, of a citation the text of a reference",
    "role": "a firm's is a concept of the theory (ORG), a contributor's a part in a work (PRO)",
    "section": "evidence lies in one of the document, a work in one of its newspaper or law (PRISM)",
    "start": "of a period a date, of a passage words",
    "status": "of a code a value of a closed list, of a work how far its publication has come",
    "suffix": "of a passage the words after it, of a person what follows the name",
    "subject": "of an observation what it is about, of a heading what it stands for",
    "type": "of things a class, of a relation what it does (CiTO), of a move a concept",
    "version": "of a document a value of a closed list, of a work the version of software or data",
    "work": "a cito:Citation has its own property for the work that is cited",
}


@pytest.fixture(scope="module")
def listed(known: Schema) -> set[str]:
    """Return the IRIs of the terms in `terms.txt`."""
    lines = Path(__file__).with_name("terms.txt").read_text(encoding="utf-8").split("\n")
    curies = [line.split(":") for line in lines if line and not line.startswith("#")]
    return {known.prefixes[prefix] + name for prefix, name in curies}


def test_every_public_term_of_the_schemas_exists(known: Schema, listed: set[str]) -> None:
    """No class, property, parent or value is a misspelt term of somebody else."""
    assert sorted(iri for iri in _terms(known) if not _exists(iri, listed)) == []


def test_every_public_term_of_the_graph_exists(built: Project, listed: set[str]) -> None:
    """Nor is what the program itself adds, such as the parts of authors."""
    graph = Graph().parse(built.build / "filiera.nq", format="nt")
    used = {str(p) for p in graph.predicates()} | {str(o) for o in graph.objects(None, URIRef(TYPE))}

    assert used
    assert sorted(iri for iri in used if not _exists(iri, listed)) == []


@pytest.mark.parametrize("iri", [f"{SKOS}prefLable", "http://purl.org/spar/cito/isCitedAsPontentialSolutionBy"])
def test_a_misspelt_term_does_not_exist(iri: str, listed: set[str]) -> None:
    """The look-up can say no."""
    assert not _exists(iri, listed)


def test_the_list_of_terms_is_sorted_and_needed(listed: set[str]) -> None:
    """What rdflib ships is not listed again, and every term stands where it is looked for."""
    lines = Path(__file__).with_name("terms.txt").read_text(encoding="utf-8").split("\n")
    terms = [line for line in lines if line and not line.startswith("#")]

    assert terms == sorted(set(terms))
    assert [iri for iri in listed if any(iri.startswith(str(one)) for one in SHIPPED)] == []


def test_every_own_term_is_below_a_public_one(known: Schema) -> None:
    """Somebody who knows only public vocabularies understands each of our classes and properties in part."""
    own = [one for one in _described(known) if one.iri.startswith(FIL)]

    assert own
    assert [one.name for one in own if not one.parents or any(p.startswith(FIL) for p in one.parents)] == []


def test_a_public_term_has_no_parents_of_ours(known: Schema) -> None:
    """What a public term is below is said by its own vocabulary."""
    assert [one.name for one in _described(known) if one.parents and not one.iri.startswith(FIL)] == []


def test_an_own_term_means_the_same_wherever_it_is_used(known: Schema) -> None:
    """Fields of several classes that share a term of ours are below the same public term."""
    parents = defaultdict(set)
    for one in _described(known):
        parents[one.iri].add(one.parents)

    assert [iri for iri, found in parents.items() if len(found) > 1] == []


def test_a_field_means_the_same_in_every_class(known: Schema) -> None:
    """A name of a field is one property, but for those that are listed with a reason."""
    meanings = defaultdict(set)
    for of in known.classes.values():
        for name, field in of.fields.items():
            meanings[name].add(field.iri)

    assert {name for name, found in meanings.items() if len(found) > 1} == set(MANY_MEANINGS)


def test_no_class_has_two_fields_of_one_meaning(known: Schema) -> None:
    """In the graph the fields of an object can be told apart."""
    shared = {of.name: len(of.fields) - len({f.iri for f in of.fields.values()}) for of in known.classes.values()}

    assert set(shared.values()) == {0}


def test_no_two_classes_share_an_iri(known: Schema) -> None:
    """In the graph the classes can be told apart, and each has its own shape."""
    assert len({of.iri for of in known.classes.values()}) == len(known.classes)


def _described(known: Schema) -> Iterator[Class | Field]:
    """Yield everything that the schemas give a term."""
    for of in known.classes.values():
        yield of
        yield from of.fields.values()


def _terms(known: Schema) -> set[str]:
    """Return the IRI of every term that the schemas use."""
    fields = [field for of in known.classes.values() for field in of.fields.values()]
    values = {value.iri for of in known.enums.values() for value in of.values.values()}
    links = {iri for field in fields for iri in (field.role, field.back) if iri}
    return values | links | {iri for one in _described(known) for iri in (one.iri, *one.parents)}


def _exists(iri: str, listed: set[str]) -> bool:
    return iri.startswith(FIL) or iri in listed or any(URIRef(iri) in vocabulary for vocabulary in SHIPPED)


def test_no_two_values_share_an_iri_under_different_names(known: Schema) -> None:
    """An IRI has one notation, so that a value read from the graph is the value in the database."""
    names: dict[str, set[str]] = {}
    for enum in known.enums.values():
        for value in enum.values.values():
            names.setdefault(value.iri, set()).add(value.name)

    assert {iri: found for iri, found in names.items() if len(found) > 1} == {}
