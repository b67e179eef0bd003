"""Describe a graph to programs that look for data, in VoID: its size, its classes and its properties.

https://www.w3.org/TR/void/ says what the counts mean. The description is made from the sorted dump, in one reading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import pyoxigraph as ox

VOID = "http://rdfs.org/ns/void#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"

HEAD = """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<#graph> a void:Dataset ;
    dcterms:title "Filiera"@en ;
    dcterms:license <{licence}> ;
    void:uriSpace "{base}" ;
    void:triples {statements} ;
    void:distinctSubjects {subjects} ;
    void:classes {classes} ;
    void:properties {properties} ;
    void:dataDump <filiera.nq> , <filiera.ttl> .
"""


@dataclass(frozen=True, slots=True)
class Summary:
    """The size of a graph: how many things there are of each class, and statements with each property."""

    statements: int = 0
    subjects: int = 0
    classes: Mapping[str, int] = field(default_factory=dict)
    properties: Mapping[str, int] = field(default_factory=dict)

    def plus(self, other: Summary, sign: int = 1) -> Summary:
        """Return the size of this graph with another one that has no subject in common with it."""
        return Summary(
            self.statements + sign * other.statements,
            self.subjects + sign * other.subjects,
            _sum(self.classes, other.classes, sign),
            _sum(self.properties, other.properties, sign),
        )

    def less(self, part: Summary) -> Summary:
        """Return the size of this graph without a part that has all the statements about its subjects."""
        return self.plus(part, -1)


def _sum(one: Mapping[str, int], other: Mapping[str, int], sign: int) -> dict[str, int]:
    names = sorted({*one, *other})
    total = {name: one.get(name, 0) + sign * other.get(name, 0) for name in names}
    return {name: number for name, number in total.items() if number}


def summarise(lines: Iterable[str]) -> Summary:
    """Count what stands in sorted lines of N-Quads.

    >>> summarise([f"<x:a> <{TYPE}> <x:Lamp> .", '<x:a> <x:height> "3" .', '<x:b> <x:height> "4" .'])
    Summary(statements=3, subjects=2, classes={'x:Lamp': 1}, properties={'http://...#type': 1, 'x:height': 2})
    """
    subjects = 0
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    for _, group in groupby((line.split(" ", 2) for line in lines), key=lambda parts: parts[0]):
        subjects += 1
        for _, predicate, rest in group:
            properties[predicate[1:-1]] += 1
            if predicate[1:-1] == TYPE:
                classes[rest[1 : rest.index(">")]] += 1
    return Summary(properties.total(), subjects, dict(sorted(classes.items())), dict(sorted(properties.items())))


def turtle(summary: Summary, base: str, vocabularies: Iterable[str]) -> str:
    """Write a summary as VoID; `vocabularies` are the namespaces of which those in use are named."""
    used = [*summary.classes, *summary.properties]
    known = [one for one in sorted(set(vocabularies)) if any(iri.startswith(one) for iri in used)]
    head = HEAD.format(
        licence=LICENCE,
        base=base,
        statements=summary.statements,
        subjects=summary.subjects,
        classes=len(summary.classes),
        properties=len(summary.properties),
    )
    lines = [f"<#graph> void:vocabulary <{one}> ." for one in known]
    for n, (iri, count) in enumerate(summary.classes.items()):
        lines.append(f"<#graph> void:classPartition <#class-{n}> .")
        lines.append(f"<#class-{n}> void:class <{iri}> ; void:entities {count} .")
    for n, (iri, count) in enumerate(summary.properties.items()):
        lines.append(f"<#graph> void:propertyPartition <#property-{n}> .")
        lines.append(f"<#property-{n}> void:property <{iri}> ; void:triples {count} .")
    return f"{head}\n" + "\n".join(lines) + "\n"


def read(path: Path) -> Summary:
    """Read the description of a build back."""
    import pyoxigraph as ox  # noqa: PLC0415  only paid by a server

    store = ox.Store()
    store.load(path=path, format=ox.RdfFormat.TURTLE, base_iri=path.absolute().as_uri())

    def counts(of: str, number: str) -> dict[str, int]:
        query = f"SELECT ?of ?number {{ ?part <{VOID}{of}> ?of ; <{VOID}{number}> ?number }} ORDER BY ?of"
        return {row["of"].value: int(row["number"].value) for row in cast("ox.QuerySolutions", store.query(query))}

    statements, subjects = (sum(counts("uriSpace", size).values()) for size in ("triples", "distinctSubjects"))
    return Summary(statements, subjects, counts("class", "entities"), counts("property", "triples"))
