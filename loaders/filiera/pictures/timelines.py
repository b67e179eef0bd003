"""Draw a timeline: shocks as bands across all lanes, and what happened or is told of each district as bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from filiera.pictures.dates import Span
from filiera.pictures.marks import LETTERS, LINE, key
from filiera.pictures.scales import Scale, ticks
from filiera.pictures.svg import Picture, element, path, width, wrapped
from filiera.pictures.times import Lane, Stretch, Timeline

WIDE = 960.0
EDGE = 12.0
NAMES = 150.0
THICK = 12.0
STEP = 18.0

#: What is drawn, with its colour: bars of each kind also differ in their fill.
KINDS = {"case": "c0", "claims": "c1 fill1", "firm": "c2 fill2"}
TOLD = {"case": "case", "claims": "period that claims speak of", "firm": "firm: founded, or in a role"}

#: Between a bar and its text.
ASIDE = 8.0

#: Bars shorter than this would not be seen.
SHORTEST = 4.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch at its place, its text beside it or in it."""

    stretch: Stretch
    left: float
    right: float
    row: int
    text: str
    anchor: str


def draw(of: Timeline) -> Picture:
    """Draw a timeline over its years."""
    across = Scale(of.first, of.last + 1, EDGE + NAMES, WIDE - EDGE)
    top = EDGE + LINE * (2 + min(len(_shown_shocks(of)), 3)) + 14
    lanes = [(lane, list(_packed([s for s in lane.stretches if of.shows(s.when)], across))) for lane in of.lanes]
    drawn: list[ET.Element] = []
    y = top
    for lane, bars in lanes:
        drawn += _lane(lane, bars, y, across)
        y += max(STEP * max((bar.row + 1 for bar in bars), default=1), LINE * len(_lines(lane))) + 14
    drawing = (*_head(of), *_shocks(of, across, top, y), *_years(of, across, top, y), *drawn)
    return Picture("timeline", "Shocks and periods", of.sentence, of.table(), (WIDE, y + 26), drawing)


def _head(of: Timeline) -> Iterator[ET.Element]:
    yield element("text", f"Shocks and periods, {of.first} to {of.last}", class_="title", x=EDGE, y=EDGE + LETTERS)
    present = {stretch.what for _, stretch in of.stretches}
    entries = {TOLD[what]: _swatch(f"bar {KINDS[what]}") for what in KINDS if what in present}
    if of.shocks:
        entries["shock"] = _swatch("band")
    yield from key(entries, EDGE, EDGE + LINE + 8, WIDE - EDGE)


def _swatch(classes: str) -> ET.Element:
    return element("rect", class_=classes, x=-7, y=-5, width=14, height=10)


def _shocks(of: Timeline, across: Scale, top: float, bottom: float) -> Iterator[ET.Element]:
    """Draw the bands of shocks; their names stand above, in rows where they would meet."""
    ends: list[float] = []
    for shock in _shown_shocks(of):
        left, right = _ends(shock.when, across)
        half = width(_told(shock), LETTERS) / 2
        x = min(max((left + right) / 2, across.start + half), across.stop - half)
        row = next((n for n, end in enumerate(ends) if end < x - half - ASIDE), len(ends))
        ends[row : row + 1] = [x + half]
        start = top - 4 - LINE * row
        title = element("title", _told(shock))
        yield element("rect", title, class_="band", x=left, y=start, width=right - left, height=bottom - start)
        yield element("text", _told(shock), class_="value", x=x, y=start - 4, text_anchor="middle")


def _shown_shocks(of: Timeline) -> list[Stretch]:
    return [shock for shock in of.shocks if of.shows(shock.when)]


def _years(of: Timeline, across: Scale, top: float, bottom: float) -> Iterator[ET.Element]:
    for year in (int(t) for t in ticks(of.first, of.last, 10) if of.first <= t <= of.last):
        x = across(year)
        yield element("line", class_="grid", x1=x, x2=x, y1=top, y2=bottom)
        yield element("text", str(year), class_="quiet", x=x, y=bottom + 16, text_anchor="middle")


def _lane(lane: Lane, bars: list[Bar], y: float, across: Scale) -> Iterator[ET.Element]:
    yield element("line", class_="axis", x1=EDGE, x2=WIDE - EDGE, y1=y, y2=y)
    for n, line in enumerate(_lines(lane)):
        yield element("text", line, x=EDGE, y=y + 16 + n * LINE)
    for bar in bars:
        yield from _bar(bar, y + 6 + bar.row * STEP, across)


def _lines(lane: Lane) -> list[str]:
    return wrapped(lane.label, LETTERS, NAMES - 10, 2)


def _bar(bar: Bar, y: float, across: Scale) -> Iterator[ET.Element]:
    when = bar.stretch.when
    classes = f"bar {KINDS[bar.stretch.what]}{' vague-ends' if when.vague else ''}"
    title = element("title", _told(bar.stretch))
    yield element("rect", title, class_=classes, x=bar.left, y=y, width=bar.right - bar.left, height=THICK)
    colour = KINDS[bar.stretch.what].split()[0]
    if when.first is None or across(when.first) < across.start:
        yield element("path", class_=f"join {colour}", d=_arrow(bar.left, y, -1))
    if when.last is None or across(when.last + 1) > across.stop:
        yield element("path", class_=f"join {colour}", d=_arrow(bar.right, y, 1))
    x = bar.right + ASIDE if bar.anchor == "start" else bar.left - ASIDE
    yield element("text", bar.text, class_="value", x=x, y=y + THICK - 2, text_anchor=bar.anchor)


def _arrow(x: float, y: float, way: int) -> str:
    """Return an arrow head beyond an end, for what goes on outside the picture."""
    middle = y + THICK / 2
    return path("M", x + way, middle - 5, "L", x + 6 * way, middle, "L", x + way, middle + 5)


def _packed(stretches: Sequence[Stretch], across: Scale) -> Iterator[Bar]:
    """Place bars one below the other, as high up as there is room for the bar and its text."""
    taken: list[list[tuple[float, float]]] = []
    for stretch in stretches:
        left, right = _ends(stretch.when, across)
        text, anchor = _beside(stretch, left, right, across)
        room = width(text, LETTERS) + 2 * ASIDE
        reach = (left, right + room) if anchor == "start" else (left - room, right)
        row = next((n for n, known in enumerate(taken) if _free(reach, known)), len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append(reach)
        yield Bar(stretch, left, right, row, text, anchor)


def _free(reach: tuple[float, float], taken: Sequence[tuple[float, float]]) -> bool:
    return all(reach[1] < left or right < reach[0] for left, right in taken)


def _beside(stretch: Stretch, left: float, right: float, across: Scale) -> tuple[str, str]:
    """Return the text of a bar and the side where it fits: after the bar, or before it, shortened where it must be."""
    text = _told(stretch)
    after, before = across.stop - right - ASIDE, left - across.start - ASIDE
    anchor = "start" if after >= min(width(text, LETTERS), before) else "end"
    return wrapped(text, LETTERS, max(after if anchor == "start" else before, 60), 1)[0], anchor


def _ends(when: Span, across: Scale) -> tuple[float, float]:
    """Return where a period begins and ends, both years included, inside the picture."""
    left = across.start if when.first is None else max(across(when.first), across.start)
    right = across.stop if when.last is None else min(across(when.last + 1), across.stop)
    return left, max(right, left + SHORTEST)


def _told(stretch: Stretch) -> str:
    """Say a stretch and its period, which the titles of cases often have in them."""
    when = stretch.when.spoken
    return stretch.label if when.replace("–", "-") in stretch.label else f"{stretch.label}, {when}"
