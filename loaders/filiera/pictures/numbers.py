"""What a plot shows: the numbers of an indicator in time, and which of them may be joined.

A number stands at one date, or is a change from a first date to a last. Numbers of different units never share a plot,
and numbers of different tables are never joined by a line: they may count different things.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from filiera.pictures.dates import Span
from filiera.pictures.records import Named, Table, counted, listed

#: Units whose numbers are dates: they stand in the table, and no axis of values fits them.
DATES = frozenset({"year", "century"})

#: Units as they are written in a picture.
UNITS = {
    "percent": "percent",
    "count": "number",
    "thousand-euro": "thousand euros",
    "billion-dollar": "billion dollars",
    "rank": "rank, 1 is the first",
    "factor": "times as much",
}


@dataclass(frozen=True, slots=True)
class Number:
    """One observation; `value` is missing where the cell is in words, `when` where no date is given."""

    subject: Named
    counterparts: tuple[Named, ...]
    when: Span | None
    change: bool
    value: float | None
    unit: str
    printed: str
    certain: bool
    table: Named

    @property
    def label(self) -> str:
        """The subject, and the other side of the flow where there is one."""
        return f"{self.subject}: {listed(self.counterparts)}" if self.counterparts else str(self.subject)


@dataclass(frozen=True, slots=True)
class Line:
    """Numbers of one table about one thing, in the order of time."""

    label: str
    numbers: tuple[Number, ...]

    @property
    def joins(self) -> Iterator[tuple[Number, Number, bool]]:
        """The pairs of neighbours, each with whether both are about the same other side."""
        for one, next_ in zip(self.numbers, self.numbers[1:], strict=False):
            yield one, next_, one.counterparts == next_.counterparts

    def repeats(self, other: Line) -> bool:
        """Tell whether another line has all that this one has."""
        return self.label == other.label and {(n.when, n.value) for n in self.numbers} <= {
            (n.when, n.value) for n in other.numbers
        }


@dataclass(frozen=True, slots=True)
class Plot:
    """The observations of one indicator in one unit."""

    indicator: Named
    unit: str
    definition: str
    basis: str
    numbers: tuple[Number, ...]
    split: bool = field(default=False)

    @property
    def drawn(self) -> tuple[Number, ...]:
        """The numbers that have a value on an axis."""
        return () if self.unit in DATES else tuple(n for n in self.numbers if n.value is not None)

    @property
    def labels(self) -> tuple[str, ...]:
        """What the numbers are about, each once; the whole of a flow goes before its parts."""
        order = sorted(self.drawn, key=lambda n: (n.subject.label, bool(n.counterparts), self.label(n)))
        return tuple(dict.fromkeys(self.label(n) for n in order))

    def label(self, number: Number) -> str:
        """Return what a number is about, as the picture tells its things apart."""
        return number.label if self.split else str(number.subject)

    @property
    def over_time(self) -> bool:
        """Tell whether time is worth an axis: some thing has numbers for several dates."""
        dates = {(self.label(n), n.when) for n in self.in_time}
        return len({label for label, _ in dates}) < len(dates)

    @property
    def in_time(self) -> tuple[Number, ...]:
        """The numbers that have a place on an axis of time."""
        return tuple(n for n in self.drawn if n.when and None not in {n.when.first, n.when.last})

    @property
    def lines(self) -> tuple[Line, ...]:
        """The numbers at one date, by what they are about and the table that prints them.

        A table that only repeats what another prints makes no line of its own.
        """
        placed = [n for n in self.in_time if not n.change]
        order = sorted(placed, key=lambda n: (self.label(n), n.table.key, _first(n)))
        groups = groupby(order, key=lambda n: (self.label(n), n.table.key))
        found = [Line(label, tuple(numbers)) for (label, _), numbers in groups]
        found.sort(key=lambda line: -len(line.numbers))
        return tuple(line for n, line in enumerate(found) if not any(line.repeats(other) for other in found[:n]))

    @property
    def unjoined(self) -> bool:
        """Tell whether numbers about one thing stand in several tables, so that no line joins them."""
        labels = [line.label for line in self.lines]
        return len(set(labels)) < len(labels)

    @property
    def sentence(self) -> str:
        """Say what the picture shows."""
        tables = len({n.table for n in self.numbers})
        subjects = listed(dict.fromkeys(n.subject for n in self.numbers), 8)
        return (
            f"{self.title}: {subjects}. {self._extremes()}"
            f"{counted(len(self.numbers), 'observation')} from {counted(tables, 'table')}{self._remarks()}."
        )

    @property
    def title(self) -> str:
        """What is measured, and in which unit."""
        label = self.indicator.label
        unit = f" ({UNITS.get(self.unit, self.unit)})" if self.unit else ""
        return f"{label[0].upper()}{label[1:]}{unit}"

    def _extremes(self) -> str:
        if not self.drawn:
            return ""
        low, high = (pick(self.drawn, key=lambda n: n.value or 0) for pick in (min, max))
        return f"From {self._told(low)} to {self._told(high)}. " if low.value != high.value else f"{self._told(low)}. "

    def _told(self, number: Number) -> str:
        where = ", ".join(filter(None, (self.label(number), number.when.spoken if number.when else "")))
        return f"{written(number.value)} ({where})"

    def _remarks(self) -> str:
        doubtful = sum(not n.certain for n in self.numbers)
        words = len(self.numbers) - len(self.drawn)
        told = [f", {doubtful} uncertain"] if doubtful else []
        told += [f", {words} in the table only"] if words else []
        return "".join([*told, *(["; numbers of different tables are not joined"] if self.unjoined else [])])

    def table(self) -> Table:
        """Return the observations, drawn or not."""
        columns = ("subject", "counterparts", "period", "value", "printed", "certain", "table")
        return Table(columns, tuple(_row(n) for n in self.numbers))


def _row(n: Number) -> tuple[Named | tuple[Named, ...] | str | float | None, ...]:
    period = n.when.spoken if n.when else None
    return n.subject, n.counterparts, period, n.value, n.printed, "yes" if n.certain else "no", n.table


def _first(number: Number) -> int:
    return (number.when.first or 0) if number.when else 0


def written(value: float | None) -> str:
    """Write a number with a real minus sign, and separators from a thousand on.

    >>> written(-34.9), written(1980351.0), written(None)
    ('−34.9', '1,980,351', '')
    """
    if value is None:
        return ""
    return f"{value:,.10g}".replace("-", "−")
