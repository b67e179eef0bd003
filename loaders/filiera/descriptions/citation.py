"""Say how the records of a release are cited, in the Citation File Format (https://citation-file-format.github.io).

The CITATION.cff of a base may speak of a program that comes with it; this one speaks of the data alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from filiera import rdf
from filiera.descriptions.about import FILE, LICENCE, About, Creator

__all__ = ["FILE", "written"]

MESSAGE = "If you use these records, cite them as below, and cite the works that they point to."


def written(said: About, day: str) -> str:
    """Return the file for a release on a day."""
    return "\n".join(_lines(said, day)) + "\n"


def _lines(said: About, day: str) -> Iterator[str]:
    yield "cff-version: 1.2.0"
    yield f"message: {_text(MESSAGE)}"
    yield "type: dataset"
    yield f"title: {_text(said.title)}"
    yield "authors:"
    for one in said.creators:
        yield from _creator(one)
    yield f"abstract: {_text(said.summary)}"
    if said.keywords:
        yield "keywords:"
        yield from (f"  - {_text(word)}" for word in said.keywords)
    yield f"license: {LICENCE[1]}"
    if said.version:
        yield f"version: {_text(said.version)}"
    yield f"date-released: {_text(day)}"
    if said.doi:
        yield f"doi: {_text(said.doi)}"
    yield f"url: {_text(rdf.BASE)}"


def _creator(one: Creator) -> Iterator[str]:
    names = {"family-names": one.family, "given-names": one.given} if one.is_person else {"name": one.name}
    orcid = f"https://orcid.org/{one.orcid}" if one.orcid else ""
    affiliation = one.affiliation if one.is_person else ""  # an organisation has none in this format
    fields = names | {"orcid": orcid, "affiliation": affiliation, "website": one.website}
    said = [f"{name}: {_text(value)}" for name, value in fields.items() if value]
    yield f"  - {said[0]}"
    yield from (f"    {line}" for line in said[1:])


def _text(text: str) -> str:
    """Return a text as YAML reads it: a string of JSON is one of YAML."""
    return json.dumps(text, ensure_ascii=False)
