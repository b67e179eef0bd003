"""The page of a record, at the path of its IRI, and its other forms."""

from __future__ import annotations

from functools import partial
from typing import Any

from filiera.site.entries import Entry, entry, present_key
from filiera.site.forms import Form, forms
from filiera.site.incoming import pointing
from filiera.site.kinds import module
from filiera.site.pages.missing import not_found
from filiera.site.statements import sections
from filiera.site.visits import Reply, Visit
from filiera.site.words import one
from filiera.sparql.negotiation import best

PAGE = "text/html"


def answer(visit: Visit) -> Reply:
    """Show a record in the form that is asked for: by a suffix of the path, or by what is accepted."""
    kind = visit.names["kind"]
    known = forms(kind)
    key, form = _form(visit.names["name"], known)
    found = entry(visit.connection, visit.site.schema, kind, key)
    if found is None:
        return _elsewhere(visit, kind, key, form)
    if form is None:
        accepted = best(visit.accept, (PAGE, *(f.media_type for f in known)))
        form = next((f for f in known if f.media_type == accepted), None)
    return _written(visit, found, form, known) if form else _page(visit, found, known)


def _form(name: str, known: tuple[Form, ...]) -> tuple[str, Form | None]:
    """Split a name into the key and the form that its suffix asks for."""
    suffixes = ((suffix, form) for form in known for suffix in (form.suffix, *form.also))
    for suffix, form in sorted(suffixes, key=lambda pair: -len(pair[0])):
        if name.endswith(suffix):
            return name.removesuffix(suffix), form
    return name, None


def _elsewhere(visit: Visit, kind: str, key: str, form: Form | None) -> Reply:
    """Lead from an old key to the present one, and from a wrong one to the nearest."""
    suffix = form.suffix if form else ""
    if present := present_key(visit.connection, key):
        return Reply("", status=301, headers={"Location": f"/{present[0]}/{present[1]}{suffix}"})
    what = one(visit.site.schema.kinds[kind])
    return not_found(visit, f"there is no {what} with the key {key!r}", key, kind)


def _written(visit: Visit, found: Entry, form: Form, known: tuple[Form, ...]) -> Reply:
    headers = {"Link": _links(found, known)}
    if form.saved:
        headers["Content-Disposition"] = f'attachment; filename="{found.key}{form.suffix}"'
    return Reply(form.write(visit, found), _named(form), headers=headers)


def _page(visit: Visit, found: Entry, known: tuple[Form, ...]) -> Reply:
    kind = found.kind.folder
    more = getattr(module(kind), "context", _nothing)(visit, found)
    rows = {name: visit.rows(text, key=found.key) for name, text in sections(kind).items()}
    reply = visit.page(
        [f"kinds/{kind}.html", "record.html"],
        entry=found,
        of=found.kind,
        data=found.data,
        in_title=_in_title(found),
        forms=known,
        incoming=partial(pointing, visit.connection, kind, found.key),
        rows=rows,
        **more,
    )
    return Reply(reply.body, headers={"Link": _links(found, known)})


def _nothing(_visit: Visit, _found: Entry) -> dict[str, Any]:
    return {}


def _in_title(found: Entry) -> tuple[str, ...]:
    """Return the fields that the title shows already: the key, and those that the title is made of."""
    made_of = next((group for group in found.kind.label if any(name in found.data for name in group)), ())
    return ("id", *(name for name in made_of if not found.kind.fields[name].many))


def _named(form: Form) -> str:
    return f"{form.media_type}; charset=utf-8" if form.media_type.startswith("text/") else form.media_type


def _links(found: Entry, known: tuple[Form, ...]) -> str:
    """Return the header Link: what the record is called for ever, and the forms that it has."""
    links = [f'<{found.iri}>; rel="cite-as"', f'<{found.path}>; rel="alternate"; type="{PAGE}"']
    links += [f'<{found.path}{form.suffix}>; rel="alternate"; type="{form.media_type}"' for form in known]
    return ", ".join([*links, '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'])
