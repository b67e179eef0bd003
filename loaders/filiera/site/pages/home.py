"""The first page: what is here, one box to search it, and the ways to ask."""

from __future__ import annotations

from filiera.descriptions.dumps import taken
from filiera.descriptions.schema_org import dataset
from filiera.site.labels import Label, Labels
from filiera.site.visits import Reply, Visit

#: Records that were added last and are shown.
NEWEST = 8


def answer(visit: Visit) -> Reply:
    """Show what is here."""
    counts = {row[0]: row[1] for row in visit.rows("select name, number from counts where number > 0")}
    kinds = [(kind, counts[kind.folder]) for kind in visit.site.schema.kinds.values() if kind.folder in counts]
    asked = [(q.question, f"/ask/{q.name}") for q in visit.site.questions.values()]
    described = dataset(visit.site.about, taken(visit.site.release))
    shown = {"kinds": kinds, "questions": asked, "total": counts["records"], "newest": _newest(visit)}
    return visit.page("home.html", described=described, **shown)


def _newest(visit: Visit) -> list[tuple[str, Label]]:
    """Return the records that were added last, and the day on which they were, of those that the build has."""
    labels = Labels(visit.connection)
    known = ((added.day, labels.get(added.key)) for added in visit.site.newest)
    return [(day, label) for day, label in known if label][:NEWEST]
