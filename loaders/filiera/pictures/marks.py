"""Draw the marks of a plot: shapes that differ without colour, the key to them, and texts that keep apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from filiera.pictures.svg import element, path, width

#: Colours that the style sheet has, `c0` onwards.
COLOURS = 6

#: Outlines of marks about a point, in parts of their size; a thing has its own colour and its own shape.
SHAPES: tuple[tuple[tuple[float, float], ...], ...] = (
    (),  # a circle
    ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    ((0, -1.2), (1.1, 0.8), (-1.1, 0.8)),
    ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    ((0, 1.2), (1.1, -0.8), (-1.1, -0.8)),
    ((-1.2, -1.0), (0, -0.5), (1.2, -1.0), (0.6, 0), (1.2, 1.0), (0, 0.5), (-1.2, 1.0), (-0.6, 0)),  # a cross
    ((-1.3, -0.5), (1.3, -0.5), (1.3, 0.5), (-1.3, 0.5)),
)

SIZE = 5.5

#: Size of letters.
LETTERS = 12.0

LINE = 16.0

#: Size by which titles are measured: they are larger, and bold.
TITLE = 15.5


def colour(index: int) -> str:
    """Return the class of the colour of a thing."""
    return f"c{index % COLOURS}"


def mark(index: int, x: float, y: float, *, certain: bool = True, told: str = "") -> ET.Element:
    """Draw the mark of a thing at a point; an uncertain one is hollow."""
    outline = SHAPES[index % len(SHAPES)]
    classes = f"mark {colour(index)}{'' if certain else ' uncertain'}"
    title = element("title", told) if told else None
    if not outline:
        return element("circle", title, class_=classes, cx=x, cy=y, r=SIZE)
    steps: list[str | float] = []
    for letter, (dx, dy) in zip("M" + "L" * len(outline), outline, strict=False):
        steps += [letter, x + dx * SIZE, y + dy * SIZE]
    return element("path", title, class_=classes, d=f"{path(*steps)}Z")


def key(entries: dict[str, ET.Element], left: float, top: float, right: float) -> Iterator[ET.Element]:
    """Draw the key to a picture in rows: by name what stands for it, drawn about the origin."""
    x, y = left, top
    for name, entry in entries.items():
        room = width(name, LETTERS) + 34
        if x > left and x + room > right:
            x, y = left, y + LINE + 2
        yield element("g", entry, transform=f"translate({x + 8:.1f} {y:.1f})")
        yield element("text", name, x=x + 20, y=y + 4)
        x += room


def rows(names: Iterable[str], left: float, right: float) -> int:
    """Return how many rows the key takes."""
    x, count = left, 1
    for name in names:
        room = width(name, LETTERS) + 34
        if x > left and x + room > right:
            x, count = left, count + 1
        x += room
    return count


@dataclass
class Labels:
    """Texts at points of a plot, each above its point or below it, and left out where it would cover another."""

    bounds: tuple[float, float, float, float]
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def block(self, x: float, y: float, reach: float = SIZE + 1) -> None:
        """Keep texts off a mark."""
        self.taken.append((x - reach, y - reach, x + reach, y + reach))

    def put(self, text: str, x: float, y: float, reach: float = SIZE) -> ET.Element | None:
        """Write a text near a mark, where there is room for it."""
        half, high = width(text, LETTERS) / 2, LETTERS
        aside = half + reach + 4
        for dx, dy in ((0, -reach - 4), (0, reach + 13), (aside, 4), (-aside, 4)):
            box = (x + dx - half, y + dy - high + 2, x + dx + half, y + dy + 2)
            if self._fits(box):
                self.taken.append(box)
                return element("text", text, class_="value", x=x + dx, y=y + dy, text_anchor="middle")
        return None

    def _fits(self, box: tuple[float, float, float, float]) -> bool:
        left, top, right, bottom = self.bounds
        inside = box[0] >= left and box[1] >= top and box[2] <= right and box[3] <= bottom
        return inside and not any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in self.taken
        )
