"""The forms of a record for programs: JSON, JSON-LD, Turtle and N-Triples.

A form is a suffix of the path of the record's page, a media type by which it can be asked for, and a function. To add
one for all kinds, write the function and list it in `FORMS`; one for a single kind stands in the module of the kind.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from filiera import rdf
from filiera.records import Data
from filiera.schema import Class, Field, Schema
from filiera.site.entries import Entry
from filiera.site.kinds import module
from filiera.site.visits import Visit

#: Where the context of the JSON-LD stands on this site.
CONTEXT = "/schema/context.jsonld"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a record: its name for people, suffix, media type, and how it is made.

    `also` has other suffixes by which it is known; `saved` tells whether a browser saves it rather than shows it.
    """

    name: str
    suffix: str
    media_type: str
    write: Callable[[Visit, Entry], str]
    also: tuple[str, ...] = ()
    saved: bool = False


def as_json(_visit: Visit, entry: Entry) -> str:
    """Return the record as it is in the database, with its kind, title and place."""
    place = {"file": entry.file, "line": entry.line}
    answer = {"iri": entry.iri, "kind": entry.kind.folder, "title": entry.title, **place, "record": entry.data}
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def as_json_ld(visit: Visit, entry: Entry) -> str:
    """Return the record as JSON-LD, with the IRIs that its objects have in the graph."""
    linked = _Linker(visit).object(entry.kind, entry.data, entry.iri)
    linked = {"@context": CONTEXT, "@id": entry.iri, "@type": entry.kind.name, **linked}
    return json.dumps(linked, ensure_ascii=False, indent=2) + "\n"


def as_n_triples(visit: Visit, entry: Entry) -> str:
    """Return the statements of the graph that the record makes, sorted."""
    return "".join(sorted(set(_writer(visit).record(entry.kind.folder, entry.data))))


def as_turtle(visit: Visit, entry: Entry) -> str:
    """Return the same statements as Turtle."""
    import pyoxigraph as ox  # noqa: PLC0415  only paid by this form

    triples = (q.triple for q in ox.parse(as_n_triples(visit, entry), format=ox.RdfFormat.N_TRIPLES))
    return turtle(triples, visit.site.schema)


def turtle(triples: Any, schema: Schema) -> str:  # noqa: ANN401  an iterable of a package without types
    """Return triples as Turtle, with the prefixes of the schema that they use."""
    import pyoxigraph as ox  # noqa: PLC0415  imported by the caller already

    out = BytesIO()
    prefixes = {name: iri for name, iri in schema.prefixes.items() if name != "linkml"} | {"": rdf.BASE}
    ox.serialize(triples, out, ox.RdfFormat.TURTLE, prefixes=prefixes)
    return out.getvalue().decode()


FORMS: tuple[Form, ...] = (
    Form("JSON", ".json", "application/json", as_json),
    Form("JSON-LD", ".jsonld", "application/ld+json", as_json_ld),
    Form("Turtle", ".ttl", "text/turtle", as_turtle),
    Form("N-Triples", ".nt", "application/n-triples", as_n_triples),
)


def forms(kind: str) -> tuple[Form, ...]:
    """Return the forms of the records of a kind."""
    own: tuple[Form, ...] = getattr(module(kind), "FORMS", ())
    return (*own, *FORMS)


def _writer(visit: Visit) -> rdf.Writer:
    return rdf.Writer(visit.site.schema, lambda key: _kind_of(visit, key))


def _kind_of(visit: Visit, key: str) -> str:
    return str(visit.rows("select kind from records where id = :key", key=key)[0][0])


class _Linker:
    """Gives the objects of a record their IRIs, and keys of several kinds their folders."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    def object(self, of: Class, data: Data, iri: str, join: str = "#") -> Data:
        return {name: self._value(of.fields[name], value, f"{iri}{join}{name}") for name, value in data.items()}

    def _value(self, field: Field, value: Any, start: str) -> Any:  # noqa: ANN401  any JSON
        items = list(self._items(field, value if field.many else [value], start))
        return items if field.many else items[0]

    def _items(self, field: Field, items: list[Any], start: str) -> Iterator[Any]:
        nested = self._visit.site.schema.nested(field)
        for position, item in enumerate(items):
            if nested:
                iri = f"{start}-{position}"
                yield {"@id": iri} | self.object(nested, item, iri, "-")
            else:
                yield f"{_kind_of(self._visit, item)}/{item}" if len(field.targets) > 1 else item
