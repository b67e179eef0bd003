"""Describe a base to search engines, as a Dataset of schema.org (https://schema.org/Dataset) in JSON-LD.

The page that holds it is the base of its relative addresses.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from filiera import rdf
from filiera.descriptions.about import LICENCE, About, Creator
from filiera.descriptions.dumps import Taken

MEDIA_TYPE = "application/ld+json"


def dataset(said: About, taken: Iterable[Taken]) -> dict[str, Any]:
    """Return the description as an object of JSON-LD."""
    described = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": rdf.BASE,
        "url": rdf.BASE,
        "name": said.title,
        "description": said.summary,
        "license": LICENCE[2],
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "creator": [creator(one) for one in said.creators],
        "keywords": list(said.keywords),
        "version": said.version,
        "datePublished": said.released,
        "identifier": f"https://doi.org/{said.doi}" if said.doi else "",
        "distribution": [_download(one) for one in taken],
    }
    return {name: value for name, value in described.items() if value not in ("", [])}


def creator(one: Creator) -> dict[str, str]:
    """Return a creator, by name and ORCID where there is one."""
    said = {
        "@type": "Person" if one.is_person else "Organization",
        "@id": f"https://orcid.org/{one.orcid}" if one.orcid else "",
        "name": one.name,
        "familyName": one.family,
        "givenName": one.given,
        "url": one.website,
    }
    return {name: value for name, value in said.items() if value}


def _download(taken: Taken) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "name": taken.dump.title,
        "description": taken.dump.description,
        "contentUrl": taken.dump.name,
        "encodingFormat": taken.dump.media_type,
        "contentSize": f"{taken.size} B",
        "sha256": taken.sha256,
    }
