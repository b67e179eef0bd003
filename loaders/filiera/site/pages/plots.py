"""Plots of observations: any indicators, any subjects, over time or side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from filiera.errors import NotFoundError, RefusedError
from filiera.pictures.bars import bars
from filiera.pictures.charts import SMALL, WIDE, chart
from filiera.pictures.marks import COLOURS
from filiera.pictures.numbers import Plot
from filiera.pictures.observations import plots
from filiera.pictures.svg import Picture
from filiera.site.drawings import Shown
from filiera.site.picture_files import filed
from filiera.site.visits import Reply, Visit

#: Indicators on one page, and subjects in one plot.
MOST_INDICATORS, MOST_SUBJECTS = 6, 30

#: Ways to draw a plot.
WAYS = {"time": "over time", "subject": "side by side"}

INDICATORS = """
    select indicators.id, indicators.label, count(*) as numbers, count(distinct subject) as subjects,
           min(period_start) as first, max(coalesce(period_end, period_start)) as last
    from observations join indicators on indicators.id = indicator
    where value is not null and coalesce(observations.unit, indicators.unit, '') not in ('year', 'century')
    group by indicators.id order by indicators.label, indicators.id
"""

SUBJECTS = """
    select distinct subject, label from observations join records on records.id = subject
    where indicator = :indicator order by label, subject
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be drawn: which numbers, whether parts of a flow are drawn too, and how."""

    subjects: tuple[str, ...]
    split: bool
    way: str

    @property
    def arguments(self) -> tuple[tuple[str, str], ...]:
        """The same as arguments of an address."""
        named = [("subject", key) for key in self.subjects]
        named += [("parts", "yes")] if self.split else []
        return tuple(named + ([("by", self.way)] if self.way else []))


def answer(visit: Visit) -> Reply:
    """Show the plots that are asked for, and a form to ask for others."""
    asked = Asked(
        visit.several("subject", MOST_SUBJECTS), bool(visit.choice("parts", {"yes": True})), visit.choice("by", WAYS)
    )
    indicators = visit.several("indicator", MOST_INDICATORS)
    shown = [one for key in indicators for one in pictures_of(visit, key, asked)]
    subjects = visit.rows(SUBJECTS, indicator=indicators[0]) if len(indicators) == 1 else []
    return visit.page(
        "plots.html",
        shown=shown,
        known=visit.rows(INDICATORS),
        indicators=indicators,
        subjects=subjects,
        asked=asked,
        ways=WAYS,
    )


def file(visit: Visit) -> Reply:
    """Give a plot as a file: of all subjects, of the one that the path names, or of those that the arguments name."""
    named = visit.names.get("subject", "")
    subjects = (named,) if named else visit.several("subject", MOST_SUBJECTS)
    asked = Asked(subjects, bool(visit.choice("parts", {"yes": True})), visit.choice("by", WAYS))
    drawn = list(_drawn(visit, visit.names["indicator"], asked))
    unit = visit.choice("unit", {plot.unit: plot for plot, _ in drawn})
    for plot, picture in drawn:
        if unit in {"", plot.unit}:
            return filed(picture, visit.names["form"])
    raise NotFoundError(f"no observation of {visit.names['indicator']!r} is recorded")


def pictures_of(visit: Visit, indicator: str, asked: Asked) -> Iterator[Shown]:
    """Yield the pictures of an indicator, one for each unit; a wrong argument is the request's fault, not a gap."""
    try:
        drawn = list(_drawn(visit, indicator, asked))
    except NotFoundError as error:
        raise RefusedError(str(error)) from error
    for plot, picture in drawn:
        unit = (("unit", plot.unit),) if len(drawn) > 1 else ()
        key, narrow = plot.indicator.key, _draw(plot, asked, SMALL[0])
        yield Shown(picture, f"/plots/{key}", (*asked.arguments, *unit), f"/indicators/{key}", narrow)


def _drawn(visit: Visit, indicator: str, asked: Asked) -> Iterator[tuple[Plot, Picture]]:
    for plot in plots(visit.connection, indicator, asked.subjects, split=asked.split):
        yield plot, _draw(plot, asked)


def _draw(plot: Plot, asked: Asked, wide: float = WIDE) -> Picture:
    over_time = asked.way == "time" if asked.way else plot.over_time and len(plot.labels) <= COLOURS
    return chart(plot, wide) if over_time and plot.in_time else bars(plot, wide)
