"""Describe the endpoint to programs, in the words of SPARQL 1.1 Service Description."""

from __future__ import annotations

MEDIA_TYPE = "text/turtle"

#: `<>` is the address that this is read from, so the endpoint need not know under which name it is reached.
TURTLE = """\
@prefix formats: <http://www.w3.org/ns/formats/> .
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .

<#service> a sd:Service ;
    sd:endpoint <> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat
        formats:SPARQL_Results_JSON , formats:SPARQL_Results_XML , formats:SPARQL_Results_CSV ,
        formats:SPARQL_Results_TSV , formats:Turtle , formats:N-Triples , formats:JSON-LD , formats:RDF_XML .
"""
