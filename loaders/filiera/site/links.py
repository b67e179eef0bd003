"""Addresses on the web for what a record says: its DOI, its item in Wikidata, its pages."""

from __future__ import annotations

from urllib.parse import quote

#: Where the numbers of others lead, by the type of the field.
PLACES = {
    "Doi": "https://doi.org/",
    "Wikidata": "https://www.wikidata.org/wiki/",
    "Orcid": "https://orcid.org/",
}


def address(type_: str, value: str) -> str:
    """Return where a value leads on the web, or nothing where it leads nowhere; only http and https are followed.

    >>> address("Doi", "10.5555/a<b"), address("uri", "javascript:alert(1)")
    ('https://doi.org/10.5555/a%3Cb', '')
    """
    if type_ in PLACES:
        return PLACES[type_] + quote(value, safe="/:;()._-")
    return value if type_ == "uri" and value.startswith(("http://", "https://")) else ""
