"""What is answered where nothing is."""

from __future__ import annotations

from urllib.parse import quote

from filiera.site.nearest_keys import nearest_keys
from filiera.site.visits import TEXT, Reply, Visit
from filiera.sparql.negotiation import best


def answer(visit: Visit) -> Reply:
    """Say that there is no such page, and offer the records that could be meant."""
    rest = visit.names["rest"]
    if rest.endswith("/"):
        # Quoted again: a browser takes a backslash for a slash, and what follows two of these for another host.
        return Reply("", status=301, headers={"Location": "/" + quote(rest.strip("/"))})
    return not_found(visit, f"there is no page at {visit.path!r}", rest.rpartition("/")[2])


def not_found(visit: Visit, message: str, wanted: str, kind: str = "") -> Reply:
    """Say what is not there, and offer the records whose keys are most like the one that was wanted."""
    near = nearest_keys(visit.connection, wanted[:100], kind)
    if best(visit.accept, ("text/html", "text/plain")) == "text/plain":
        hint = f"; did you mean {', '.join(map(repr, near))}?" if near else ""
        return Reply(f"{message}{hint}\n", TEXT, 404)
    return visit.page("missing.html", status=404, message=message, wanted=wanted, near=near)
