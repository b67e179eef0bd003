"""Programs that people use read the endpoint: SPARQLWrapper, rdflib, curl, and what reads CSV from an address."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable
from io import TextIOWrapper
from typing import Any, NoReturn
from urllib.parse import urlencode
from urllib.request import urlopen

from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

#: The districts of the tiny base that have a latitude, as its YAML has it.
QUERY = """
    PREFIX fil: <https://w3id.org/filiera/schema#>
    SELECT ?key ?latitude {
      ?d a fil:IndustrialDistrict ; <http://purl.org/dc/terms/identifier> ?key ; <https://schema.org/latitude> ?latitude
    } ORDER BY ?key
"""
LATITUDES = {"farholm": 61.0}


def test_sparqlwrapper_reads_every_format(address: str) -> None:
    """Its converters for JSON, XML, CSV and Turtle take what the endpoint sends, by GET and by POST."""
    client = SPARQLWrapper(f"{address}/sparql")
    client.setQuery(QUERY)
    read = {}
    convert: Any = client.queryAndConvert  # what it returns depends on the format
    for method in ("GET", POST):
        client.setMethod(method)
        client.setReturnFormat(JSON)
        bindings = convert()["results"]["bindings"]
        read[method] = {b["key"]["value"]: float(b["latitude"]["value"]) for b in bindings}
    client.setReturnFormat(XML)
    as_xml = convert().toxml()
    client.setReturnFormat(CSV)
    as_csv = convert().decode()
    client.setQuery("DESCRIBE <https://w3id.org/filiera/districts/farholm>")
    client.setReturnFormat(TURTLE)
    turtle = convert().decode()

    assert read == {"GET": LATITUDES, POST: LATITUDES}
    assert as_xml.count("<result>") == as_csv.count("\r\n") - 1 == 1
    assert "<https://w3id.org/filiera/districts/farholm>" in turtle


def test_rdflibs_store_asks_from_afar(address: str) -> None:
    """A graph of rdflib can lie behind the endpoint."""
    rows: Any = SPARQLStore(f"{address}/sparql").query(QUERY)

    assert {str(key): float(latitude) for key, latitude in rows} == LATITUDES


def test_curl_gets_what_it_asks_for(address: str, absent: Callable[[str], NoReturn]) -> None:
    """The command of docs/graph.md works as it stands there."""
    curl = shutil.which("curl")
    if curl is None:
        absent("curl is not installed")
    command = [curl, "-sS", "-H", "Accept: text/csv", "--data-urlencode", f"query={QUERY}", f"{address}/sparql"]
    out = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout

    assert out.split() == ["key,latitude", *(f"{key},{latitude:g}" for key, latitude in LATITUDES.items())]


def test_a_table_is_read_from_an_address(address: str) -> None:
    """What reads CSV from an address, and sends no header of its own, as R's read.csv does, gets rows and numbers."""
    url = f"{address}/sparql?{urlencode({'query': QUERY, 'format': 'csv'})}"
    with urlopen(url) as answer:  # noqa: S310  our own server
        rows = list(csv.DictReader(TextIOWrapper(answer, encoding="utf-8")))

    assert {row["key"]: float(row["latitude"]) for row in rows} == LATITUDES
