"""Describe a base as a deposit at Zenodo, in the form of its `.zenodo.json`.

https://developers.zenodo.org/#representation says what a deposit may say of itself.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from filiera import rdf
from filiera.descriptions.about import LICENCE, About, Creator

FILE = ".zenodo.json"


def metadata(said: About, day: str) -> str:
    """Return the metadata of a deposit that is published on a day."""
    related = {"identifier": rdf.BASE, "relation": "isAlternateIdentifier", "scheme": "url"}
    described: dict[str, Any] = {
        "upload_type": "dataset",
        "title": said.title,
        "description": f"<p>{escape(said.summary, quote=False)}</p>",
        "creators": [_creator(one) for one in said.creators],
        "keywords": list(said.keywords),
        "publication_date": day,
        "version": said.version,
        "language": "eng",
        "access_right": "open",
        "license": LICENCE[1].lower(),
        "related_identifiers": [related],
    }
    kept = {name: value for name, value in described.items() if value not in ("", [])}
    return json.dumps(kept, ensure_ascii=False, indent=2) + "\n"


def _creator(one: Creator) -> dict[str, str]:
    """Return a creator, a person with the family name first."""
    name = f"{one.family}, {one.given}".rstrip(", ") if one.is_person else one.name
    said = {"name": name, "affiliation": one.affiliation, "orcid": one.orcid}
    return {field: value for field, value in said.items() if value}
