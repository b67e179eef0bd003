"""Search all records for words, and show the best of each kind."""

from __future__ import annotations

from filiera import search
from filiera.site.visits import Reply, Visit

#: Records that are shown of each kind, and of one kind when only that is asked for.
EACH, ALL = 5, 100


def answer(visit: Visit) -> Reply:
    """Show the records that have the words."""
    words = visit.text("q")
    kind = visit.choice("kind", visit.site.schema.kinds)
    found = search.by_kind(visit.connection, words, kind=kind, each=ALL if kind else EACH)
    return visit.page("search.html", words=words, kind=kind, found=found)
