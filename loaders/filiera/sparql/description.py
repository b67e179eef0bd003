"""Describe the endpoint to programs: SPARQL 1.1 Service Description, what the graph holds, and examples to run.

The examples are in the words of SHACL (`sh:SPARQLSelectExecutable`), as the SIB's sparql-examples write them, so that
tools which collect queries find ours.
"""

from __future__ import annotations

from collections.abc import Sequence

from filiera.sparql.page import Example

MEDIA_TYPE = "text/turtle"

#: `<>` is the address that this is read from, so the endpoint need not know under which name it is reached.
SERVICE = """\
@prefix formats: <http://www.w3.org/ns/formats/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix sdo: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .

<#service> a sd:Service ;
    sd:endpoint <> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:defaultDataset <#dataset> ;
    sd:resultFormat
        formats:SPARQL_Results_JSON , formats:SPARQL_Results_XML , formats:SPARQL_Results_CSV ,
        formats:SPARQL_Results_TSV , formats:Turtle , formats:N-Triples , formats:JSON-LD , formats:RDF_XML .

<#dataset> a sd:Dataset ;
    sd:defaultGraph <#graph> .

<#graph> a sd:Graph .
"""

#: What may not stand as it is in a long literal of Turtle.
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"'})


def describe(graph: str, examples: Sequence[Example]) -> str:
    """Return the description in Turtle; `graph` describes `<#graph>`, in Turtle too."""
    return "\n".join((SERVICE, graph, *map(_example, examples)))


def _example(example: Example) -> str:
    question, query = (text.translate(ESCAPES) for text in (example.question, example.query))
    return (
        f"<#{example.name}> a sh:SPARQLExecutable , sh:SPARQLSelectExecutable ;\n"
        f'    rdfs:comment "{question}"@en ;\n    sdo:target <> ;\n    sh:select """{query}""" .\n'
    )
