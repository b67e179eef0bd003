"""What a comparison can be asked for: each parameter with the values that it takes in the base at hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from filiera.citations import work
from filiera.comparisons.cases import SILENT
from filiera.comparisons.disputes import RELATIONS, subjects
from filiera.comparisons.filing import ANYWHERE
from filiera.comparisons.gaps import places
from filiera.comparisons.numbers import SORTS
from filiera.errors import RefusedError
from filiera.nearest import did_you_mean

#: Values by what they are called.
Choices = Mapping[str, str]

#: More values than these are not listed in a message.
LISTED = 12


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: what it means, the values that it takes, whether it takes several, and whether it must be given.

    One that has a default is that where it is not given; others leave the comparison as wide as it is without them.
    """

    name: str
    meaning: str
    choices: Callable[[sqlite3.Connection], Choices]
    many: bool = False
    required: bool = False
    default: str = ""

    def value(self, values: Sequence[str]) -> str | Sequence[str]:
        """Return the value as the comparison takes it: all of them, or the one, or the default."""
        return values if self.many else values[0] if values else self.default

    def check(self, connection: sqlite3.Connection, values: Sequence[str]) -> None:
        """Raise RefusedError when a value is none that the parameter takes, or when there are too few or too many."""
        known = self.choices(connection)
        for value in values:
            if value not in known:
                raise RefusedError(f"{self.name}: there is no {value!r}; {_offer(value, known)}")
        if len(values) > 1 and not self.many:
            raise RefusedError(f"{self.name}: {len(values)} values are given; it takes one")
        if not values and self.required:
            raise RefusedError(f"{self.name} is needed: {self.meaning}; {_offer('', known)}")


def _offer(value: str, known: Choices) -> str:
    if hint := did_you_mean(value, known):
        return hint
    more = f" and {len(known) - LISTED} more" if len(known) > LISTED else ""
    return f"there are {', '.join(list(known)[:LISTED])}{more}" if known else "there is none in this base"


def _titled(query: str) -> Callable[[sqlite3.Connection], Choices]:
    """Return a function that gives the keys and titles of a query."""
    return lambda connection: dict(connection.execute(query))


def _governance(connection: sqlite3.Connection) -> Choices:
    query = """
    select distinct id, label from cases_governance_types join records on id = concept order by label
    """
    return {"stated": "stated"} | SILENT | dict(connection.execute(query))


def _works(connection: sqlite3.Connection) -> Choices:
    keys = connection.execute("select distinct work from cases_works order by work")
    return {key: work(connection, key).in_text for (key,) in keys.fetchall()}


def _periods(connection: sqlite3.Connection) -> Choices:
    query = """
    select distinct period_start || coalesce('-' || period_end, '') as period from observations
    where period_start is not null order by period
    """
    return {period: period for (period,) in connection.execute(query)}


LEAD_FIRMS = """
select value, replace(value, '-', ' ') from (select distinct coalesce(lead_firms, 'not-looked-for') as value from cases)
order by value
"""
MOVES = "select distinct id, label from cases_upgrading join records on id = type order by label"
WITH_NUMBERS = """
select distinct id, label from observations join records on id = subject order by kind != 'districts', label
"""
MEASURES = "select distinct id, label from observations join records on id = indicator order by label"
TABLES = """
select id, label from records where kind = 'tables'
order by id not in (select table_id from tables_layout_columns), id
"""

CASES = (
    Parameter("governance", "a status or a type of governance", _governance),
    Parameter("lead_firms", "where the lead firms lie", _titled(LEAD_FIRMS)),
    Parameter("upgrading", "a type of upgrading of which a move is told", _titled(MOVES)),
    Parameter("work", "a work that describes the case", _works),
)
GAPS = (Parameter("region", "a region, anywhere, or each after the other", places, default=ANYWHERE),)
DISPUTES = (
    Parameter("relation", "what one claim does to the other", lambda _: RELATIONS, default="disputes"),
    Parameter("subject", "a record that one of the claims is about", subjects),
)
NUMBERS = (Parameter("sort", "the way in which they are at odds", lambda _: SORTS),)
DISTRICTS = (
    Parameter("subjects", "districts, or anything else that has numbers", _titled(WITH_NUMBERS), many=True),
    Parameter("indicators", "what is measured", _titled(MEASURES), many=True),
    Parameter("periods", "years, or stretches of years", _periods, many=True),
)
TABLE = (Parameter("table", "key of a printed table", _titled(TABLES), required=True),)
