"""The schema: every kind, field and value, each with an anchor of its own, so that the IRIs of our terms lead here."""

from __future__ import annotations

from filiera import rdf
from filiera.paths import home
from filiera.schema import Class, Field, Schema
from filiera.site.forms import turtle
from filiera.site.visits import Reply, Visit
from filiera.sparql.negotiation import best

OFFERS = ("text/html", "text/turtle", "application/n-triples")


def answer(visit: Visit) -> Reply:
    """Show the schema, or give our own terms as RDF."""
    accepted = best(visit.accept, OFFERS)
    if accepted in OFFERS[1:]:
        lines = "".join(sorted(set(rdf.vocabulary(visit.site.schema))))
        return Reply(lines if accepted == OFFERS[2] else _turtle(lines, visit.site.schema), accepted)
    known = visit.site.schema
    classes = sorted((c for c in known.classes.values() if not c.abstract), key=lambda c: (not c.folder, c.name))
    return visit.page("vocabulary.html", classes=classes, own=own_terms(known), used=used_by(known))


def context(_visit: Visit) -> Reply:
    """Give the context by which the JSON of records is JSON-LD."""
    text = (home() / "schemas" / "generated" / "filiera.context.jsonld").read_text(encoding="utf-8")
    return Reply(text, "application/ld+json")


def _turtle(lines: str, known: Schema) -> str:
    import pyoxigraph as ox  # noqa: PLC0415  only paid by this form

    return turtle((q.triple for q in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)), known)


def own_terms(known: Schema) -> dict[str, str]:
    """Return the names of our own terms, each with the meaning of the first thing that it names."""
    found = {"Record": "Anything that has a key and a file of its own.", "position": "The place in a list, from 0."}
    for of in known.classes.values():
        _add(found, of.iri, of.description)
        for field in of.fields.values():
            _add(found, field.iri, field.description)
            if enum := known.enums.get(field.range):
                _add(found, enum.iri, enum.description)
                for value in enum.values.values():
                    _add(found, value.iri, value.description)
    return dict(sorted(found.items(), key=lambda item: item[0].lower()))


def _add(found: dict[str, str], iri: str, description: str) -> None:
    if iri.startswith(rdf.FIL):
        found.setdefault(iri.removeprefix(rdf.FIL), description)


def used_by(known: Schema) -> dict[str, list[tuple[Class, Field]]]:
    """Return, for each closed list, the fields whose values are of it."""
    found: dict[str, list[tuple[Class, Field]]] = {name: [] for name in sorted(known.enums)}
    for of in (of for of in known.classes.values() if not of.abstract):
        for field in of.fields.values():
            if field.range in found:
                found[field.range].append((of, field))
    return found
