"""Draw numbers over time: a mark for a number at one date, a bar from start to end for a change.

Marks are joined where one table prints both numbers. The join is broken where the counterpart changes, and numbers of
different tables are not joined at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from filiera.pictures.marks import LETTERS, LINE, TITLE, Labels, colour, key, mark, rows
from filiera.pictures.numbers import Number, Plot, written
from filiera.pictures.records import listed
from filiera.pictures.scales import Scale, ranks, ticks, years
from filiera.pictures.svg import Picture, element, path, width, wrapped

WIDE = 720.0
HIGH = 300.0
EDGE = 16.0

#: The size of a plot that stands beside others, or on a phone.
SMALL = (330.0, 150.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """The room that numbers are drawn in, and the way from years and values to it."""

    x: Scale
    y: Scale
    marks: list[float]
    years: list[int]


def chart(plot: Plot, wide: float = WIDE, high: float = HIGH) -> Picture:
    """Draw a plot over time; numbers without a date are in its table only."""
    shown = _distinct(plot)
    title = wrapped(plot.title, TITLE, wide - 2 * EDGE, 2)
    names = _names(plot, shown)
    top = EDGE + LINE * (len(title) + rows(names, EDGE, wide - EDGE)) + 24
    frame = _frame(plot, shown, (EDGE, top, wide - EDGE, top + high))
    drawing = (
        *_title(title),
        *key(names, EDGE, EDGE + LINE * len(title) + 8, wide - EDGE),
        *_axes(frame),
        *_joins(plot, frame),
        *_marks(plot, shown, frame),
    )
    return Picture(plot.indicator.key, plot.title, plot.sentence, plot.table(), (wide, top + high + 40), drawing)


def _title(lines: list[str]) -> Iterator[ET.Element]:
    for n, line in enumerate(lines):
        yield element("text", line, class_="title", x=EDGE, y=EDGE + LETTERS + n * LINE)


def _distinct(plot: Plot) -> list[Number]:
    """Return the numbers to be drawn; what several tables print alike is one mark."""
    return list({(plot.label(n), n.when, n.value, n.certain): n for n in plot.in_time}.values())


def _names(plot: Plot, shown: list[Number]) -> dict[str, ET.Element]:
    """Return the entries of the key."""
    names = {label: mark(n, 0, 0) for n, label in enumerate(plot.labels)}
    if not all(number.certain for number in shown):
        names["uncertain cell"] = mark(0, 0, 0, certain=False)
        names["uncertain cell"].set("class", "mark uncertain neutral")
    if any(not same for line in plot.lines for *_, same in line.joins):
        names["the counterpart changes"] = element("line", class_="join broken neutral", x1=-8, y1=0, x2=8, y2=0)
    return names


def _frame(plot: Plot, shown: list[Number], room: tuple[float, float, float, float]) -> Frame:
    """Fit the axes to the numbers: within left, top, right and bottom."""
    left, top, right, bottom = room
    values = [n.value for n in shown if n.value is not None]
    named = [y for n in shown if n.when for y in (n.when.first, n.when.last) if y is not None]
    ranked = plot.unit == "rank"
    marks = ranks(max(values)) if ranked else ticks(min(0, *values), max(0, *values))
    left += max(width(written(m), LETTERS) for m in marks) + 10
    pad = max((max(named) - min(named)) * 0.06, 0.5)
    y = Scale(marks[0], marks[-1], *((top, bottom) if ranked else (bottom, top)))
    most = max(2, round((right - left) / 80))
    return Frame(Scale(min(named) - pad, max(named) + pad, left, right), y, marks, years(named, most))


def _axes(frame: Frame) -> Iterator[ET.Element]:
    left, right = frame.x.start, frame.x.stop
    bottom = max(frame.y.start, frame.y.stop)
    for value in frame.marks:
        y = frame.y(value)
        yield element("line", class_="axis" if value == 0 else "grid", x1=left, x2=right, y1=y, y2=y)
        yield element("text", written(value), class_="quiet", x=left - 8, y=y + 4, text_anchor="end")
    for year in frame.years:
        x = frame.x(year)
        yield element("line", class_="axis", x1=x, x2=x, y1=bottom, y2=bottom + 5)
        yield element("text", str(year), class_="quiet", x=x, y=bottom + 20, text_anchor="middle")


def _joins(plot: Plot, frame: Frame) -> Iterator[ET.Element]:
    for line in plot.lines:
        index = plot.labels.index(line.label)
        for one, other, same in line.joins:
            (x1, y1), (x2, y2) = _point(one, frame), _point(other, frame)
            classes = f"join {colour(index)}{'' if same else ' broken'}"
            yield element("line", class_=classes, x1=x1, y1=y1, x2=x2, y2=y2)
            if not same:
                x, y = (x1 + x2) / 2, (y1 + y2) / 2
                yield element("path", class_=f"break {colour(index)}", d=path("M", x - 5, y + 7, "L", x - 1, y - 7))
                yield element("path", class_=f"break {colour(index)}", d=path("M", x + 1, y + 7, "L", x + 5, y - 7))


def _marks(plot: Plot, shown: list[Number], frame: Frame) -> Iterator[ET.Element]:
    top, bottom = sorted((frame.y.start, frame.y.stop))
    labels = Labels((frame.x.start, top - 20, frame.x.stop, bottom + 2))
    for number in shown:
        labels.block(*_point(number, frame))
    for number in shown:
        yield from _reach(number, plot.labels.index(plot.label(number)), frame)
    for number in shown:
        x, y = _point(number, frame)
        index = plot.labels.index(plot.label(number))
        yield mark(index, x, y, certain=number.certain, told=told(plot, number))
        text = labels.put(f"{written(number.value)}{'' if number.certain else ' ?'}", x, y)
        if text is not None:
            yield text


def _reach(number: Number, index: int, frame: Frame) -> Iterator[ET.Element]:
    """Draw how far a number reaches in time: a bar for a change, a dotted line for a date that is vague."""
    if number.when is None or number.when.first is None or number.when.last is None:
        return
    first, last, y = frame.x(number.when.first), frame.x(number.when.last), frame.y(number.value or 0)
    doubt = "" if number.certain else " uncertain"
    if number.change:
        yield element("rect", class_=f"bar {colour(index)}{doubt}", x=first, y=y - 2, width=last - first, height=4)
        for x in (first, last):
            yield element("line", class_=f"join {colour(index)}", x1=x, x2=x, y1=y - 7, y2=y + 7)
    elif last > first:
        yield element("line", class_=f"vague {colour(index)}", x1=first, x2=last, y1=y, y2=y)


def _point(number: Number, frame: Frame) -> tuple[float, float]:
    when = number.when
    first, last = (when.first or 0, when.last or 0) if when else (0, 0)
    return frame.x((first + last) / 2), frame.y(number.value or 0)


def told(plot: Plot, number: Number) -> str:
    """Say a number with all that belongs to it, for whoever points at its mark."""
    alike = [
        n.table
        for n in plot.drawn
        if (plot.label(n), n.when, n.value) == (plot.label(number), number.when, number.value)
    ]
    parts = [number.label, number.when.spoken if number.when else "", f"{number.printed} ({listed(alike)})"]
    return ", ".join(filter(None, parts)) + ("" if number.certain else ", uncertain")
