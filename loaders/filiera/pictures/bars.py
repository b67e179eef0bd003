"""Draw numbers as bars side by side: a group for each thing, a bar for each date and value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from xml.etree import ElementTree as ET

from filiera.pictures.charts import EDGE, WIDE, told
from filiera.pictures.marks import LETTERS, LINE, TITLE, mark
from filiera.pictures.numbers import Number, Plot, written
from filiera.pictures.scales import Scale, ranks, ticks
from filiera.pictures.svg import Picture, element, width, wrapped

THICK = 14.0
GAP = 4.0
BETWEEN = 10.0

#: Room for the names of things, as a part of the width.
NAMES = 0.3

#: On a picture less wide than this, names stand above their bars.
NARROW = 500.0

#: The axis is never shorter, however little room the texts leave.
SHORTEST = 60.0

#: More bars than these are counted instead of drawn; the table has them all.
MOST = 40

#: Ways to fill a bar, in the order of dates.
FILLS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A bar: its number, where its top is, and how it is filled."""

    number: Number
    top: float
    fill: int


@dataclass(frozen=True, slots=True)
class Group:
    """The bars of one thing, its name in lines, and where that begins: beside its bars, or above them."""

    lines: list[str]
    top: float
    rows: list[Row]


def bars(plot: Plot, wide: float = WIDE) -> Picture:
    """Draw a plot as bars, whatever its dates are."""
    shown = _distinct(plot)[:MOST]
    when = _common_date(shown)
    title = wrapped(f"{plot.title}, {when}" if when else plot.title, TITLE, wide - 2 * EDGE, 3)
    start = EDGE + LINE * len(title) + 12
    above = wide < NARROW
    groups = list(_placed(plot, shown, start, wide - 2 * EDGE if above else wide * NAMES, above=above))
    bottom = max((row.top for group in groups for row in group.rows), default=start) + THICK + BETWEEN
    names = 0 if above else max((width(line, LETTERS) for g in groups for line in g.lines), default=0) + 12
    across = _scale(plot, shown, EDGE + names, wide - EDGE, dated=not when)
    more = len(_distinct(plot)) - len(shown)
    drawing = (
        *(element("text", t, class_="title", x=EDGE, y=EDGE + LETTERS + n * LINE) for n, t in enumerate(title)),
        *_axis(plot, across, start - 4, bottom),
        *(part for group in groups for part in _group(plot, group, across, dated=not when)),
        *([element("text", f"{more} more in the table", class_="quiet", x=EDGE, y=bottom + 14)] if more else []),
    )
    return Picture(plot.indicator.key, plot.title, plot.sentence, plot.table(), (wide, bottom + 24), drawing)


def _distinct(plot: Plot) -> list[Number]:
    """Return the numbers, one of each that several tables print alike, in the order of what they are about."""
    once = {(plot.label(n), n.when, n.value, n.certain): n for n in plot.drawn}
    return sorted(once.values(), key=lambda n: plot.labels.index(plot.label(n)))


def _common_date(shown: list[Number]) -> str:
    """Return the date that all numbers have, which then stands in the title and not at each bar."""
    dates = {number.when for number in shown}
    only = dates.pop() if len(dates) == 1 else None
    return only.spoken if only else ""


def _placed(plot: Plot, shown: list[Number], top: float, room: float, *, above: bool) -> Iterator[Group]:
    dates = list(dict.fromkeys(n.when.text if n.when else "" for n in sorted(shown, key=_date)))
    for label, numbers in groupby(shown, key=plot.label):
        lines, rows = wrapped(label, LETTERS, room, 2), []
        start = top
        top += LINE * len(lines) if above else 0
        for number in sorted(numbers, key=_date):
            rows.append(Row(number, top, dates.index(number.when.text if number.when else "") % FILLS))
            top += THICK + GAP
        top = max(top, start + LINE * len(lines)) + BETWEEN
        yield Group(lines, start, rows)


def _date(number: Number) -> tuple[int, int]:
    return ((number.when.first or 0), (number.when.last or 0)) if number.when else (0, 0)


def _scale(plot: Plot, shown: list[Number], left: float, right: float, *, dated: bool) -> Scale:
    """Fit the axis between the names and the edge, with room for the text at the end of each bar."""
    before, after = 0.0, 10.0
    for number in shown:
        room = width(_value(number, dated=dated), LETTERS) + 12
        before, after = (max(before, room), after) if (number.value or 0) < 0 else (before, max(after, room))
    values = [n.value for n in shown if n.value is not None]
    low, high = min(values, default=0), max(values, default=0)
    marks = [0, *ranks(high)] if plot.unit == "rank" else ticks(min(low, 0), max(high, 0))
    return Scale(marks[0], marks[-1], left + before, max(right - after, left + before + SHORTEST))


def _axis(plot: Plot, across: Scale, top: float, bottom: float) -> Iterator[ET.Element]:
    about = max(2, round((across.stop - across.start) / 90))
    for value in ranks(across.high) if plot.unit == "rank" else ticks(across.low, across.high, about):
        if not across.low <= value <= across.high:
            continue
        x = across(value)
        yield element("line", class_="axis" if value == 0 else "grid", x1=x, x2=x, y1=top, y2=bottom - 6)
        yield element("text", written(value), class_="quiet", x=x, y=bottom + 8, text_anchor="middle")


def _group(plot: Plot, group: Group, across: Scale, *, dated: bool) -> Iterator[ET.Element]:
    for n, line in enumerate(group.lines):
        yield element("text", line, x=EDGE, y=group.top + LETTERS - 1 + n * LINE)
    for row in group.rows:
        yield from _bar(plot, row, across, _value(row.number, dated=dated))


def _bar(plot: Plot, row: Row, across: Scale, text: str) -> Iterator[ET.Element]:
    number, value = row.number, row.number.value or 0
    zero, end = across(0), across(value)
    if plot.unit == "rank":
        yield mark(0, end, row.top + THICK / 2, certain=number.certain, told=told(plot, number))
    else:
        title = element("title", told(plot, number))
        classes = f"bar c0 fill{row.fill}{'' if number.certain else ' uncertain'}"
        yield element("rect", title, class_=classes, x=min(zero, end), y=row.top, width=abs(end - zero), height=THICK)
    side, anchor = (-6, "end") if value < 0 else (6 if plot.unit != "rank" else 12, "start")
    yield element("text", text, class_="value", x=end + side, y=row.top + LETTERS - 1, text_anchor=anchor)


def _value(number: Number, *, dated: bool) -> str:
    when = f" · {number.when.spoken}" if number.when and dated else ""
    return f"{written(number.value)}{'' if number.certain else ' ?'}{when}"
