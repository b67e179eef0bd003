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

#: Room for the names of things, at most.
NAMES = 220.0

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


def bars(plot: Plot) -> Picture:
    """Draw a plot as bars, whatever its dates are."""
    title = wrapped(plot.title, TITLE, WIDE - 2 * EDGE, 2)
    start = EDGE + LINE * len(title) + 12
    shown = _distinct(plot)[:MOST]
    placed = list(_placed(plot, shown, start))
    bottom = max((row.top for _, rows in placed for row in rows), default=start) + THICK + BETWEEN
    room = max((width(line, LETTERS) for label, _ in placed for line in _lines(label)), default=0)
    across = _scale(plot, shown, EDGE + room + 12)
    rows = (element for label, rows in placed for element in _group(plot, label, rows, across))
    more = len(_distinct(plot)) - len(shown)
    drawing = (
        *(element("text", t, class_="title", x=EDGE, y=EDGE + LETTERS + n * LINE) for n, t in enumerate(title)),
        *_axis(plot, across, start - 4, bottom),
        *rows,
        *([element("text", f"{more} more in the table", class_="quiet", x=EDGE, y=bottom + 14)] if more else []),
    )
    return Picture(plot.indicator.key, plot.title, plot.sentence, plot.table(), (WIDE, bottom + 24), drawing)


def _distinct(plot: Plot) -> list[Number]:
    """Return the numbers, one of each that several tables print alike, in the order of what they are about."""
    once = {(plot.label(n), n.when, n.value, n.certain): n for n in plot.drawn}
    return sorted(once.values(), key=lambda n: plot.labels.index(plot.label(n)))


def _placed(plot: Plot, shown: list[Number], top: float) -> Iterator[tuple[str, list[Row]]]:
    dates = list(dict.fromkeys(n.when.text if n.when else "" for n in sorted(shown, key=_date)))
    for label, numbers in groupby(shown, key=plot.label):
        rows = []
        for number in sorted(numbers, key=_date):
            rows.append(Row(number, top, dates.index(number.when.text if number.when else "") % FILLS))
            top += THICK + GAP
        top = max(top, rows[0].top + LINE * len(_lines(label))) + BETWEEN
        yield label, rows


def _date(number: Number) -> tuple[int, int]:
    return ((number.when.first or 0), (number.when.last or 0)) if number.when else (0, 0)


def _lines(label: str) -> list[str]:
    return wrapped(label, LETTERS, NAMES, 2)


def _scale(plot: Plot, shown: list[Number], left: float) -> Scale:
    values = [n.value for n in shown if n.value is not None]
    low, high = min(values, default=0), max(values, default=0)
    room = max((width(_value(n), LETTERS) for n in shown), default=0) + 8
    marks = [0, *ranks(high)] if plot.unit == "rank" else ticks(min(low, 0), max(high, 0))
    return Scale(marks[0], marks[-1], left + (room if low < 0 else 0), WIDE - EDGE - room)


def _axis(plot: Plot, across: Scale, top: float, bottom: float) -> Iterator[ET.Element]:
    for value in ranks(across.high) if plot.unit == "rank" else ticks(across.low, across.high):
        x = across(value)
        yield element("line", class_="axis" if value == 0 else "grid", x1=x, x2=x, y1=top, y2=bottom - 6)
        yield element("text", written(value), class_="quiet", x=x, y=bottom + 8, text_anchor="middle")


def _group(plot: Plot, label: str, rows: list[Row], across: Scale) -> Iterator[ET.Element]:
    for n, line in enumerate(_lines(label)):
        yield element("text", line, x=EDGE, y=rows[0].top + LETTERS - 1 + n * LINE)
    for row in rows:
        yield from _bar(plot, row, across)


def _bar(plot: Plot, row: Row, across: Scale) -> Iterator[ET.Element]:
    number, value = row.number, row.number.value or 0
    zero, end = across(0), across(value)
    if plot.unit == "rank":
        yield mark(0, end, row.top + THICK / 2, certain=number.certain, told=told(plot, number))
    else:
        title = element("title", told(plot, number))
        classes = f"bar c0 fill{row.fill}{'' if number.certain else ' uncertain'}"
        yield element("rect", title, class_=classes, x=min(zero, end), y=row.top, width=abs(end - zero), height=THICK)
    side, anchor = (-6, "end") if value < 0 else (6 if plot.unit != "rank" else 12, "start")
    yield element("text", _value(number), class_="value", x=end + side, y=row.top + LETTERS - 1, text_anchor=anchor)


def _value(number: Number) -> str:
    when = f" · {number.when.spoken}" if number.when else ""
    return f"{written(number.value)}{'' if number.certain else ' ?'}{when}"
