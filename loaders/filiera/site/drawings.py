"""Pictures on pages: each with the addresses of its files, and those that the page of a record shows."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from filiera.errors import FilieraError
from filiera.pictures import graphs, maps
from filiera.pictures.atlas import atlas
from filiera.pictures.charts import SMALL, chart
from filiera.pictures.observations import plots
from filiera.pictures.svg import Picture
from filiera.pictures.walks import graph

#: Plots on the page of a district, those with the most numbers first.
MOST_PLOTS = 6

IN_TIME = """
    select indicator from observations
    where subject = :key and value is not null and coalesce(period_start, period_end) is not null
    group by indicator having count(distinct coalesce(period_start, '') || '/' || coalesce(period_end, '')) > 1
    order by count(*) desc, indicator limit :most
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture on a page: the path of its files without their suffix, their arguments, and a page that shows more.

    `narrow` is the same picture for a phone, where it is drawn in another way there.
    """

    picture: Picture
    path: str
    arguments: tuple[tuple[str, str], ...] = ()
    more: str = ""
    narrow: Picture | None = None

    @property
    def svg(self) -> Markup:
        """The drawing, to stand in a page; its texts are escaped by what wrote it."""
        return Markup(self.picture.inline())  # noqa: S704  made of elements, not of text

    @property
    def narrow_svg(self) -> Markup:
        """The drawing for a phone."""
        return Markup(self.narrow.inline() if self.narrow else "")  # noqa: S704  the same

    def file(self, form: str) -> str:
        """Return the address of the picture as a file."""
        return f"{self.path}.{form}" + (f"?{urlencode(self.arguments)}" if self.arguments else "")


@dataclass(frozen=True, slots=True)
class Drawings:
    """The pictures that the page of a record can ask for."""

    connection: sqlite3.Connection

    def map(self) -> Shown:
        """Return the map of all districts and places."""
        return Shown(maps.world(atlas(self.connection)), "/map", more="/map")

    def small_map(self, key: str) -> Shown | None:
        """Return the map of where a district lies, or nothing where that is not recorded."""
        drawn = maps.small(atlas(self.connection), key)
        return Shown(drawn, f"/map/{key}", more=f"/map#{key}") if drawn else None

    def plots(self, key: str) -> list[Shown]:
        """Return small plots of what is known about a record for several dates."""
        found = self.connection.execute(IN_TIME, {"key": key, "most": MOST_PLOTS}).fetchall()
        shown = []
        for (indicator,) in found:
            plot = next((p for p in plots(self.connection, indicator, [key]) if p.over_time), None)
            if plot:
                more = f"/plots?{urlencode({'indicator': indicator})}"
                shown.append(Shown(chart(plot, *SMALL), f"/plots/{indicator}/{key}", more=more))
        return shown

    def graph(self, key: str) -> Shown | None:
        """Return the graph around a record, or nothing where nothing is related to it."""
        try:
            found = graph(self.connection, key)
        except FilieraError:
            return None
        return Shown(graphs.draw(found), f"/graph/{key}", more=f"/graph/{key}") if found.edges else None
