"""Find the headings of a table of numbers: those that its record gives as printed, or those that follow from it.

A heading stands for a subject, some indicators, counterparts or a period.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from filiera.comparisons.observations import Observation, period


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a row or column, and what it stands for."""

    printed: str
    above: str = ""
    subject: str = ""
    indicators: frozenset[str] = frozenset()
    counterparts: frozenset[str] = frozenset()
    period: tuple[str, str] | None = None
    names_first: bool = False
    #: Whether it stands for numbers with a counterpart, without one, or for both (None).
    sided: bool | None = None

    @property
    def records(self) -> tuple[str, ...]:
        """The records that it stands for."""
        return (*filter(None, [self.subject]), *sorted(self.indicators), *sorted(self.counterparts))

    @property
    def weight(self) -> int:
        """How much the heading says."""
        said = (self.subject, self.indicators, self.counterparts)
        return sum(map(bool, said)) + (self.period is not None) + (self.sided is not None)

    def agrees(self, one: Observation) -> bool:
        """Tell whether nothing that the heading says is against a number."""
        return (
            (not self.indicators or one.indicator in self.indicators)
            and (not self.subject or self.subject == one.subject)
            and (self.period is None or self.period == (one.start, one.end))
            and (not self.counterparts or self.counterparts <= set(one.counterparts))
            and (self.sided is None or self.sided == bool(one.counterparts))
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """The headings at the side and at the top; without rows, the numbers of a column stand below each other."""

    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]

    @property
    def heads(self) -> int:
        """How many columns the headings at the side take."""
        return (2 if any(row.above for row in self.rows) else 1) if self.rows else 0


def recorded(connection: sqlite3.Connection, table: str) -> Layout | None:
    """Return the layout that the record of a table gives, if it does."""
    columns = _headings(connection, table, "columns")
    return Layout(_headings(connection, table, "rows"), columns) if columns else None


def _headings(connection: sqlite3.Connection, table: str, side: str) -> tuple[Heading, ...]:
    name = f"tables_layout_{side}"
    kept = {part: _lists(connection, f"{name}_{part}", table) for part in ("indicators", "counterpart")}
    query = f"""
    select position, printed, above, subject, period_start, period_end, names_first from {name}
    where table_id = ? order by position
    """  # noqa: S608  one of two names
    return tuple(
        Heading(
            printed,
            above or "",
            subject or "",
            frozenset(kept["indicators"][position]),
            frozenset(kept["counterpart"][position]),
            (start or "", end or "") if start or end else None,
            bool(names_first),
        )
        for position, printed, above, subject, start, end, names_first in connection.execute(query, (table,))
    )


def _lists(connection: sqlite3.Connection, name: str, table: str) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for _, heading, _, value in connection.execute(f"select * from {name} where table_id = ?", (table,)):  # noqa: S608  the same
        found[heading].append(value)
    return found


def derived(numbers: Sequence[Observation], titles: Mapping[str, str], subjects: Iterable[str] = ()) -> Layout:
    """Return the layout that follows from the numbers: subjects at the top, measures and their periods at the side.

    A measure that has both totals and numbers for single counterparts has rows for each.
    """
    both = totalled(numbers)
    rows = {
        (one.indicator, bool(one.counterparts) if one.indicator in both else None, one.start, one.end): None
        for one in numbers
    }
    return Layout(
        tuple(_measure(titles[indicator], indicator, sided, (start, end)) for indicator, sided, start, end in rows),
        tuple(Heading(titles[key], subject=key) for key in subjects or dict.fromkeys(one.subject for one in numbers)),
    )


def totalled(numbers: Iterable[Observation]) -> set[str]:
    """Return the indicators that some subject has, for one period, both in total and for single counterparts."""
    with_counterpart: dict[tuple[str, ...], set[bool]] = defaultdict(set)
    for one in numbers:
        if one.value is not None:
            with_counterpart[one.indicator, one.subject, one.start, one.end].add(bool(one.counterparts))
    return {indicator for (indicator, *_), found in with_counterpart.items() if len(found) > 1}


def _measure(title: str, indicator: str, sided: bool | None, dates: tuple[str, str]) -> Heading:  # noqa: FBT001  three states
    return Heading(
        period(*dates) or "no period given",
        f"{title}, by counterpart" if sided else title,
        indicators=frozenset({indicator}),
        period=dates,
        sided=sided,
    )
