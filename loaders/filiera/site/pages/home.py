"""The first page: what is here, one box to search it, and the ways to ask."""

from __future__ import annotations

from filiera.descriptions.dumps import taken
from filiera.descriptions.schema_org import dataset
from filiera.site.visits import Reply, Visit


def answer(visit: Visit) -> Reply:
    """Show what is here."""
    counts = {row[0]: row[1] for row in visit.rows("select kind, count(*) from records group by kind")}
    kinds = [(kind, counts[kind.folder]) for kind in visit.site.schema.kinds.values() if kind.folder in counts]
    asked = [(q.question, f"/ask/{q.name}") for q in visit.site.questions.values()]
    described = dataset(visit.site.about, taken(visit.site.release))
    return visit.page("home.html", kinds=kinds, questions=asked, total=sum(counts.values()), described=described)
