"""What is taken whole: the dumps of the build, what describes them, and what language models are told."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, VOID, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from filiera.paths import Project
from filiera.schema import Schema

Ask = Any

SPDX = Namespace("http://spdx.org/rdf/terms#")

#: Each dump with the media type that IANA knows it by.
DUMPS = {
    "filiera.nq": "application/n-quads",
    "filiera.ttl": "text/turtle",
    "filiera.void.ttl": "text/turtle",
}

#: What DCAT 3 has and rdflib's DCAT 2 has not.
VERSION = URIRef("http://www.w3.org/ns/dcat#version")

SHIPPED: tuple[type[DefinedNamespace], ...] = (DCAT, DCTERMS, FOAF, RDF, RDFS)

#: Terms of SPDX that DCAT 3 uses for digests, as section 6.17 of it shows.
DIGESTS = {SPDX[name] for name in ("Checksum", "algorithm", "checksum", "checksumAlgorithm_sha256", "checksumValue")}

LINK = re.compile(r"\]\(([^)]*)\)")


@pytest.fixture(scope="module")
def described(site: Ask) -> Graph:
    """Return the description in DCAT, read from its address."""
    return Graph().parse(data=site.get("/dcat.ttl").text, format="turtle", publicID="http://localhost/dcat.ttl")


def path(iri: object) -> str:
    """Return the path of an address of the site."""
    assert urlsplit(str(iri)).hostname == "localhost"
    return urlsplit(str(iri)).path


@pytest.mark.parametrize(("name", "media_type"), DUMPS.items())
def test_a_dump_is_the_file_of_the_build(site: Ask, built: Project, name: str, media_type: str) -> None:
    """Each is answered byte by byte, with its media type and a tag by which it is not sent twice."""
    answer = site.get(f"/{name}")
    again = site.get(f"/{name}", if_none_match=answer.headers["etag"])

    assert answer.content == (built.build / name).read_bytes()
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert (again.status_code, again.content) == (304, b"")


def test_the_endpoint_names_the_dumps(site: Ask) -> None:
    """The description at the endpoint leads to dumps that hold as many statements as it says."""
    text = site.get("/sparql", accept="text/turtle").text
    graph = Graph().parse(data=text, format="turtle", publicID="http://localhost/sparql")
    dumps = sorted(path(iri) for iri in graph.objects(None, VOID.dataDump))
    said = {int(str(number)) for number in graph.objects(next(graph.subjects(VOID.uriSpace)), VOID.triples)}
    held = [
        len(Graph().parse(data=site.get(dump).text, format=form))
        for dump, form in zip(dumps, ("nt", "turtle"), strict=True)
    ]

    assert dumps == ["/filiera.nq", "/filiera.ttl"]
    assert held == [*said, *said]


def test_the_description_says_whose_the_base_is(described: Graph) -> None:
    """Title, creators, licence, version and day are those of the CITATION.cff of the base."""
    dataset = next(described.subjects(RDF.type, DCAT.Dataset))
    creators = {str(described.value(one, FOAF.name)) for one in described.objects(dataset, DCTERMS.creator)}

    assert str(described.value(dataset, DCTERMS.title)) == "The lamps of Farholm"
    assert creators == {"Jóna van Strauß", "The lamp makers & friends"}
    assert described.value(dataset, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert described.value(dataset, VERSION) == Literal("1.2.0")
    assert described.value(dataset, DCTERMS.issued) == Literal("2026-02-03", datatype=XSD.date)


def test_every_download_is_what_is_said_of_it(site: Ask, described: Graph) -> None:
    """Each distribution is there, with the size and the SHA-256 that the description gives."""
    said, seen = {}, {}
    for one in described.subjects(RDF.type, DCAT.Distribution):
        address = path(described.value(one, DCAT.downloadURL))
        digest = described.value(described.value(one, SPDX.checksum), SPDX.checksumValue)
        said[address] = (int(str(described.value(one, DCAT.byteSize))), str(digest))
        content = site.get(address).content
        seen[address] = (len(content), hashlib.sha256(content).hexdigest())

    assert set(said) == {"/filiera.db", "/filiera.nq", "/filiera.ttl", "/filiera.void.ttl"}
    assert said == seen


def test_every_term_of_the_description_exists(described: Graph) -> None:
    """No class or property is a misspelt one: rdflib knows each, or DCAT 3 has it."""
    used = set(described.predicates()) | set(described.objects(None, RDF.type))
    used |= {o for o in described.objects() if isinstance(o, URIRef) and o.startswith(SPDX)}
    known = {VERSION, *DIGESTS}
    unknown = {iri for iri in used - known if not any(URIRef(str(iri)) in ns for ns in SHIPPED)}

    assert unknown == set()


def test_the_first_page_tells_search_engines_of_the_base(site: Ask) -> None:
    """Its head holds a Dataset of schema.org, whose downloads are there with the digests that are said."""
    page = site.get("/").text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    dataset = json.loads(found[1])
    digests = {d["contentUrl"]: d["sha256"] for d in dataset["distribution"]}

    assert (dataset["@type"], dataset["name"], dataset["version"]) == ("Dataset", "The lamps of Farholm", "1.2.0")
    assert dataset["creator"][0] == {
        "@type": "Person",
        "@id": "https://orcid.org/0000-0002-1825-0097",
        "name": "Jóna van Strauß",
        "familyName": "van Strauß",
        "givenName": "Jóna",
    }
    assert digests == {name: hashlib.sha256(site.get(f"/{name}").content).hexdigest() for name in digests}
    assert '<link rel="describedby" type="text/turtle" href="/dcat.ttl"' in page


def test_every_link_for_language_models_leads_somewhere(site: Ask, known: Schema) -> None:
    """All links of llms.txt answer, and all kinds, questions and dumps are among them."""
    text = site.get("/llms.txt").text
    links = LINK.findall(text)
    status = {link: site.get(link).status_code for link in links}
    answers = [site.get(link).json() for link in links if link.startswith("/ask/")]

    assert {link: code for link, code in status.items() if code != 200} == {}
    assert {f"/{kind}" for kind in known.kinds} <= set(links)
    assert len(answers) >= 40
    assert {f"/{name}" for name in (*DUMPS, "filiera.db", "dcat.ttl", "sparql")} <= set(links)


def test_the_text_for_language_models_is_as_the_convention_has_it(site: Ask) -> None:
    """One title, a summary in a quotation, and sections that are lists of links with a note each."""
    lines = site.get("/llms.txt").text.splitlines()
    below = [line for section in "\n".join(lines).split("\n## ")[1:] for line in section.splitlines()[2:] if line]

    assert [line for line in lines if line.startswith("# ")] == ["# The lamps of Farholm"]
    assert lines[2] == '> What invented works say about an invented district, its "lamps" and its fog.'
    assert [one for one in below[:-1] if not re.fullmatch(r"- \[[^]]+\]\(/[^)]*\): .+", one)] == []
