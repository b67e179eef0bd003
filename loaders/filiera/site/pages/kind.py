"""The records of a kind, page by page, in the order of their keys."""

from __future__ import annotations

from filiera.site.visits import Reply, Visit

#: Records on a page.
EACH = 100

#: Pages that can be asked for: beyond them the database is the place to look.
MOST = 100_000


def answer(visit: Visit) -> Reply:
    """List the records of a kind."""
    kind = visit.site.schema.kinds[visit.names["kind"]]
    page = visit.number("page", 1, MOST)
    total = visit.rows("select number from counts where name = :kind", kind=kind.folder)[0][0]
    # The table of the kind is in the order of its keys; the kind's records in the table of all would have to be sorted.
    listed = f'select id from "{kind.folder}" order by id limit :each offset :skipped'  # noqa: S608  a name of the schema
    rows = visit.rows(listed, each=EACH, skipped=EACH * (page - 1))
    keys, pages = [row[0] for row in rows], max(1, -(-total // EACH))
    return visit.page("kind.html", kind=kind, keys=keys, total=total, number=page, pages=pages)
