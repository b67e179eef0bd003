"""The timeline of shocks and periods, of all districts or of one."""

from __future__ import annotations

from filiera.errors import NotFoundError, RefusedError
from filiera.pictures import timelines
from filiera.pictures.times import Timeline, timeline
from filiera.site.drawings import Shown
from filiera.site.picture_files import filed
from filiera.site.visits import Reply, Visit

#: The last year that can be asked for.
LAST = 2100

DISTRICTS = "select id, name from districts order by name, id"


def answer(visit: Visit) -> Reply:
    """Show what has a period."""
    found = _asked(visit)
    given = tuple((name, visit.text(name)) for name in ("district", "from", "to") if visit.text(name))
    shown = Shown(timelines.draw(found), "/timeline", given)
    return visit.page("timeline.html", shown=shown, timeline=found, districts=visit.rows(DISTRICTS), last=LAST)


def file(visit: Visit) -> Reply:
    """Give the timeline as a file."""
    return filed(timelines.draw(_asked(visit)), visit.names["form"])


def _asked(visit: Visit) -> Timeline:
    first, last = (visit.number(name, 1, LAST) if visit.text(name) else None for name in ("from", "to"))
    if first is not None and last is not None and first >= last:
        raise RefusedError(f"from: {first} is not before {last}; give an earlier year, or a later one for 'to'")
    try:
        return timeline(visit.connection, visit.text("district"), first, last)
    except NotFoundError as error:
        raise RefusedError(f"district: {error}") from error
