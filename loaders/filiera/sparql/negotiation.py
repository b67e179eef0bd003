"""Choose the format of a result from what the asker accepts.

Which kind of result a query has, rows or a graph, is known only to the engine, so a format is chosen for each. To add
a format, add its media type; Oxigraph must know it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

#: For SELECT and ASK, best first. The last two are other names of the first two.
TABLES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
    "application/json",
    "application/xml",
)

#: For CONSTRUCT and DESCRIBE, best first. The last two are other names of the two before.
GRAPHS = (
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
    "application/json",
    "application/xml",
)

PAGE = "text/html"

#: What the URL parameter `format` stands for, as a header Accept; the last three are SPARQLWrapper's names.
SHORT_NAMES = {
    "json": "application/sparql-results+json, application/ld+json",
    "xml": "application/sparql-results+xml, application/rdf+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "turtle": "text/turtle",
    "rdf+xml": "application/rdf+xml",
    "json-ld": "application/ld+json",
}

#: Splits at commas and semicolons, but not at those within quotation marks.
PARTS = {sign: re.compile(rf'(?:[^{sign}"]|"(?:[^"\\]|\\.)*"?)+') for sign in ",;"}

QUALITY = re.compile(r"q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """The media types for either kind of result; None where the asker takes none."""

    table: str | None
    graph: str | None


@dataclass(frozen=True, slots=True)
class Range:
    """One entry of a header Accept."""

    type: str
    subtype: str
    quality: float

    def specificity(self, media_type: str) -> int:
        """Return how closely this fits a media type: 0 for not at all, 3 for by name."""
        type_, _, subtype = media_type.partition("/")
        if (self.type, self.subtype) == ("*", "*"):
            return 1
        if self.type != type_:
            return 0
        return {"*": 2, subtype: 3}.get(self.subtype, 0)


def choose(accept: str) -> Choice:
    """Choose a format for rows and one for a graph.

    >>> choose("text/csv;q=0.5, application/rdf+xml, */*;q=0.1")
    Choice(table='text/csv', graph='application/rdf+xml')
    """
    return Choice(best(accept, TABLES), best(accept, GRAPHS))


def prefers_page(accept: str) -> bool:
    """Whether a page for people is wanted before any format for programs, as browsers say.

    >>> prefers_page("text/html,application/xml;q=0.9,*/*;q=0.8"), prefers_page("*/*")
    (True, False)
    """
    return best(accept, (*TABLES, *GRAPHS, PAGE)) == PAGE


@lru_cache(maxsize=256)  # a client sends the same header each time, and this takes longer than a small query
def best(accept: str, offers: tuple[str, ...]) -> str | None:
    """Return the offer of the highest quality, or None when none is accepted.

    Of equal quality, what is accepted by name comes before what `*` lets in, then the order of the header counts, then
    that of the offers.
    """
    ranges = list(_ranges(accept)) or [Range("*", "*", 1.0)]
    ranked = [(_rank(offer, ranges), offer) for offer in offers]
    (quality, _, _), offer = max(ranked, key=lambda pair: pair[0])
    return offer if quality > 0 else None


def _rank(offer: str, ranges: Sequence[Range]) -> tuple[float, int, int]:
    """Return quality, specificity and place of the range that fits an offer most closely."""
    fits = [(range_.specificity(offer), -place, range_.quality) for place, range_ in enumerate(ranges)]
    specificity, place, quality = max(fits)
    return (quality if specificity else 0.0, specificity, place)


def _ranges(accept: str) -> list[Range]:
    return [_range(entry) for entry in PARTS[","].findall(accept) if entry.strip()]


def _range(entry: str) -> Range:
    media_type, *parameters = (part.strip() for part in PARTS[";"].findall(entry))
    type_, _, subtype = media_type.lower().partition("/")
    qualities = [match[1] for parameter in parameters if (match := QUALITY.fullmatch(parameter))]
    return Range(type_, subtype, float(qualities[0]) if qualities else 1.0)
