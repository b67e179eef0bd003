"""Describe a folder that holds a base to archives and their readers, as an RO-Crate 1.2.

https://www.researchobject.org/ro-crate/specification/1.2/ says what `ro-crate-metadata.json` must hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from filiera import rdf
from filiera.descriptions.about import LICENCE, About
from filiera.descriptions.dumps import Taken
from filiera.descriptions.schema_org import creator

FILE = "ro-crate-metadata.json"

SPECIFICATION = "https://w3id.org/ro/crate/1.2"


@dataclass(frozen=True, slots=True)
class Part:
    """A file or a folder of the crate; a folder's path ends in a slash, and has no media type, size or digest."""

    path: str
    name: str
    description: str
    media_type: str = ""
    size: int = 0
    sha256: str = ""
    conforms_to: str = ""


def part(taken: Taken) -> Part:
    """Return a dump as a part that stands at the top of the crate."""
    dump = taken.dump
    return Part(dump.name, dump.title, dump.description, dump.media_type, taken.size, taken.sha256, dump.conforms_to)


def metadata(said: About, day: str, parts: Iterable[Part]) -> str:
    """Return the metadata of a crate that is published on a day."""
    listed = list(parts)
    creators = [creator(one) | {"@id": _name(n, creator(one))} for n, one in enumerate(said.creators)]
    standards = sorted({one.conforms_to for one in listed if one.conforms_to})
    graph: list[dict[str, Any]] = [
        {
            "@id": FILE,
            "@type": "CreativeWork",
            "conformsTo": {"@id": SPECIFICATION},
            "about": {"@id": "./"},
        },
        _root(said, day, listed, [one["@id"] for one in creators]),
        {
            "@id": LICENCE[2],
            "@type": "CreativeWork",
            "name": LICENCE[0],
            "description": "Creative Commons Attribution 4.0 International",
            "identifier": LICENCE[1],
        },
        *creators,
        *({"@id": one, "@type": "CreativeWork", "name": one} for one in standards),
        *map(_part, listed),
    ]
    described = {"@context": f"{SPECIFICATION}/context", "@graph": graph}
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _root(said: About, day: str, parts: Sequence[Part], creators: Sequence[str]) -> dict[str, Any]:
    named = [{"@id": one} for one in creators]
    return _compact(
        {
            "@id": "./",
            "@type": "Dataset",
            "name": said.title,
            "description": said.summary,
            "datePublished": day,
            "license": {"@id": LICENCE[2]},
            "identifier": f"https://doi.org/{said.doi}" if said.doi else "",
            "url": rdf.BASE,
            "version": said.version,
            "keywords": list(said.keywords),
            "author": named,
            "publisher": named[0] if named else "",
            "hasPart": [{"@id": one.path} for one in parts],
        }
    )


def _part(one: Part) -> dict[str, Any]:
    return _compact(
        {
            "@id": one.path,
            "@type": "Dataset" if one.path.endswith("/") else "File",
            "name": one.name,
            "description": one.description,
            "encodingFormat": one.media_type,
            "contentSize": str(one.size) if one.size else "",
            "sha256": one.sha256,
            "conformsTo": {"@id": one.conforms_to} if one.conforms_to else "",
        }
    )


def _name(number: int, said: dict[str, str]) -> str:
    return said.get("@id") or f"#creator-{number}"


def _compact(said: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not said, and write a list of one thing as that thing."""
    kept = {name: value for name, value in said.items() if value not in ("", [])}
    return {name: value[0] if isinstance(value, list) and len(value) == 1 else value for name, value in kept.items()}
