"""The dumps of the build, and the description of the base in DCAT."""

from __future__ import annotations

from filiera.descriptions import dcat
from filiera.descriptions.dumps import DUMPS, taken
from filiera.errors import NotFoundError
from filiera.site.visits import Reply, Visit


def answer(visit: Visit) -> Reply:
    """Hand over a dump as it lies in the build."""
    dump = next((one for one in DUMPS if one.name == visit.names["name"]), None)
    if dump is None:
        raise NotFoundError(f"there is no {visit.names['name']!r}; there are {', '.join(d.name for d in DUMPS)}")
    return Reply(visit.site.release / dump.name, dump.media_type)


def described(visit: Visit) -> Reply:
    """Describe the base and its dumps."""
    site = visit.site
    return Reply(dcat.turtle(site.about, taken(site.release), service=site.live), "text/turtle; charset=utf-8")
