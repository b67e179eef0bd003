"""Describe a base to catalogues of data, in DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/).

Addresses are relative to the description, so that it is right wherever it lies beside the dumps. There are no blank
nodes, so that descriptions can be compared line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from filiera import rdf
from filiera.descriptions.about import LICENCE, About, Creator
from filiera.descriptions.dumps import Taken

FILE = "dcat.ttl"

MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"

#: The language that records and pages are in.
ENGLISH = "http://publications.europa.eu/resource/authority/language/ENG"

HEAD = """\
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

#: A place that answers queries, where there is one.
SERVICE = """
<#sparql> a dcat:DataService ;
    dcterms:title "SPARQL endpoint"@en ;
    dcterms:conformsTo <https://www.w3.org/TR/sparql11-protocol/> ;
    dcat:endpointURL <sparql> ;
    dcat:endpointDescription <sparql> ;
    dcat:servesDataset <#dataset> .
"""


def turtle(said: About, taken: Iterable[Taken], *, service: bool) -> str:
    """Return the description in Turtle; `service` tells that there is an endpoint beside it."""
    dumps = list(taken)
    parts = [HEAD, _dataset(said, dumps), *(_creator(n, one) for n, one in enumerate(said.creators))]
    parts += [_distribution(one) for one in dumps]
    return "".join([*parts, SERVICE if service else ""])


def _dataset(said: About, dumps: list[Taken]) -> str:
    lines = [
        f"dcterms:title {_text(said.title)}",
        f"dcterms:description {_text(said.summary)}",
        f'dcterms:identifier "{rdf.BASE}"^^xsd:anyURI',
        f"dcterms:license <{LICENCE[2]}>",
        f"dcterms:language <{ENGLISH}>",
        "dcat:landingPage <./>",
        "rdfs:seeAlso <filiera.void.ttl>",
        *_known(said),
        *(f"dcterms:creator <#creator-{n}>" for n in range(len(said.creators))),
        *(f"dcat:keyword {_text(word)}" for word in said.keywords),
        *(f"dcat:distribution <#{one.dump.name}>" for one in dumps),
    ]
    return _resource("#dataset", "dcat:Dataset", lines)


def _known(said: About) -> Iterator[str]:
    if said.version:
        yield f"dcat:version {rdf.literal(said.version)}"
    if said.released:
        yield f'dcterms:issued "{said.released}"^^xsd:date'
    if said.doi:
        yield f'dcterms:identifier "https://doi.org/{said.doi}"^^xsd:anyURI'


def _creator(number: int, creator: Creator) -> str:
    lines = [f"foaf:name {rdf.literal(creator.name)}"]
    if creator.is_person:
        lines += [f"foaf:familyName {rdf.literal(creator.family)}", f"foaf:givenName {rdf.literal(creator.given)}"]
    if creator.website:
        lines.append(f"foaf:homepage <{creator.website}>")
    if creator.orcid:
        lines.append(f"dcterms:identifier <https://orcid.org/{creator.orcid}>")
    return _resource(f"#creator-{number}", "foaf:Person" if creator.is_person else "foaf:Organization", lines)


def _distribution(taken: Taken) -> str:
    dump, here = taken.dump, f"#{taken.dump.name}"
    lines = [
        f"dcterms:title {_text(dump.title)}",
        f"dcterms:description {_text(dump.description)}",
        f"dcterms:license <{LICENCE[2]}>",
        f"dcterms:conformsTo <{dump.conforms_to}>",
        "dcat:accessURL <./>",
        f"dcat:downloadURL <{dump.name}>",
        f"dcat:mediaType <{MEDIA_TYPES}{dump.media_type}>",
        f'dcat:byteSize "{taken.size}"^^xsd:nonNegativeInteger',
        f"spdx:checksum <{here}-sha256>",
    ]
    digest = [
        "spdx:algorithm spdx:checksumAlgorithm_sha256",
        f'spdx:checksumValue "{taken.sha256}"^^xsd:hexBinary',
    ]
    return _resource(here, "dcat:Distribution", lines) + _resource(f"{here}-sha256", "spdx:Checksum", digest)


def _resource(name: str, type_: str, lines: Iterable[str]) -> str:
    said = "".join(f" ;\n    {line}" for line in lines)
    return f"\n<{name}> a {type_}{said} .\n"


def _text(text: str) -> str:
    return f"{rdf.literal(text)}@en"
