"""Comparisons: a list of them, and a page for each, with what it can be asked for and its forms to download."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from filiera.comparisons import COMPARISONS, Comparison, Parameter, Sheet, compare, get
from filiera.site.downloads import DOWNLOADS, Download
from filiera.site.pages import plots
from filiera.site.visits import Reply, Visit

#: The values of each parameter that is given.
Given = Mapping[str, Sequence[str]]

#: The comparison of one record has its place on that record's page.
ELSEWHERE = {"table": "/tables"}


@dataclass(frozen=True, slots=True)
class Filter:
    """A parameter, the values that it takes here, and those that are chosen or taken by default."""

    parameter: Parameter
    choices: Mapping[str, str]
    chosen: Sequence[str]


def _plots(visit: Visit, sheet: Sheet, given: Given) -> dict[str, Any]:
    """Draw the measures that are chosen, as many as a page of plots takes, and name all of the sheet that can be."""
    known = {row["id"]: row["label"] for row in visit.rows(plots.INDICATORS)}
    asked = plots.Asked(tuple(given.get("subjects", ())), split=False, way="")
    chosen = [key for key in given.get("indicators", ()) if key in known][: plots.MOST_INDICATORS]
    drawn = [one for key in chosen for one in plots.pictures_of(visit, key, asked)]
    return {"drawn": drawn, "known": {key: known[key] for key in sheet.records() if key in known}}


#: What a page shows beside the sheet, by the name of the comparison.
MORE: Mapping[str, Callable[[Visit, Sheet, Given], dict[str, Any]]] = {"districts": _plots}


def listing(visit: Visit) -> Reply:
    """List the comparisons."""
    return visit.page("comparisons.html", comparisons=shown())


def shown() -> list[Comparison]:
    """Return the comparisons that have a page here."""
    return [one for one in COMPARISONS if one.name not in ELSEWHERE]


def answer(visit: Visit) -> Reply:
    """Show a comparison, or give it in the form that the suffix of the path asks for."""
    name, form = _form(visit.names["name"])
    comparison = get(name)
    if name in ELSEWHERE:
        return Reply("", status=302, headers={"Location": ELSEWHERE[name]})
    given = _given(visit)
    sheet = compare(visit.connection, comparison, given)
    if form:
        named = {"Content-Disposition": f'attachment; filename="{name}{form.suffix}"'}
        return Reply(form.body(sheet), f"{form.media_type}; charset=utf-8", headers=named)
    return visit.page(
        [f"comparisons/{name}.html", "comparison.html"],
        comparison=comparison,
        sheet=sheet,
        filters=[
            Filter(p, p.choices(visit.connection), given.get(p.name) or [p.default]) for p in comparison.parameters
        ],
        given=given,
        **(MORE[name](visit, sheet, given) if name in MORE else {}),
        query=urlencode([(key, value) for key, values in given.items() for value in values]),
        others=shown(),
    )


def _form(name: str) -> tuple[str, Download | None]:
    for form in DOWNLOADS:
        if name.endswith(form.suffix):
            return name.removesuffix(form.suffix), form
    return name, None


def _given(visit: Visit) -> dict[str, list[str]]:
    """Return the values of each parameter; one that is left empty in the form is not given."""
    found: dict[str, list[str]] = {}
    for name, value in visit.given:
        if value.strip():
            found.setdefault(name, []).extend(part.strip() for part in value.split(",") if part.strip())
    return found
