"""Find the work or the claim that a writer means, and cite a work in any style, with the place in it."""

from __future__ import annotations

import json

from filiera import citations
from filiera.bibliography import csl
from filiera.errors import NotFoundError
from filiera.site.citing import Citing, on_demand
from filiera.site.visits import Reply, Visit
from filiera.sparql.negotiation import best
from filiera.styles import catalogue

#: The style that is shown when none is asked for.
DEFAULT = "apa"

#: Characters of a locator.
LONGEST = 100


#: Claims that are offered for words.
OFFERED = 10


def answer(visit: Visit) -> Reply:
    """Show a work in a style; without a work, find what a citation or words mean, or ask for them."""
    if not visit.text("work"):
        return look_up(visit)
    style = visit.text("style") or DEFAULT
    locator = visit.text("locator")[:LONGEST]
    found = citing(visit, style, locator)
    if best(visit.accept, ("text/html", "application/json")) == "application/json":
        return Reply(_as_json(found), "application/json")
    return visit.page("cite.html", citing=found, style=style, locator=locator, names=catalogue.names())


def look_up(visit: Visit) -> Reply:
    """Show what a citation in any dress, a DOI, a key or words mean."""
    wanted = visit.text("q")
    try:
        found = citations.cite(visit.connection, wanted, OFFERED) if wanted else None
    except NotFoundError as error:
        return visit.page("lookup.html", status=404, wanted=wanted, found=None, message=str(error))
    return visit.page("lookup.html", wanted=wanted, found=found, message="")


def citing(visit: Visit, style: str, locator: str) -> Citing:
    """Return how a work is cited in one style.

    Raises NotFoundError when there is no such work or style.
    """
    (key,) = csl.present(visit.connection, [visit.text("work")])
    made = on_demand(visit.connection, key, style, locator)
    return Citing(citations.work(visit.connection, key, locator=locator), [made])


def _as_json(found: Citing) -> str:
    (made,) = found.renditions
    texts = {"in_text": made.in_text, "narrative": made.narrative, "reference": made.reference}
    return json.dumps({"style": made.style, "title": made.title, **texts, "pandoc": found.pandoc, "latex": found.latex})
