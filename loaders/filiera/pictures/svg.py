"""Make SVG: elements with their attributes in order, numbers written short, texts measured and wrapped.

A picture is drawn on the server, so that it needs no script, prints, can be kept as a file, and its words are words to
a screen reader. Its colours are classes, which the style sheet of the page explains; `styles` writes them into the
elements of a picture that leaves the page.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from filiera.pictures.records import Table
from filiera.pictures.styles import styled

#: Widths of characters in parts of the size of the letters, as in the wider of the usual fonts; others are `USUAL`.
WIDTHS = {c: w for chars, w in (("fijlrtI.,:;'|!()[]- ", 0.36), ("mwMWÆŒ@%—", 0.95)) for c in chars}
USUAL = 0.61
CAPITAL = 0.72

Value = str | float | None


def element(name: str, *content: ET.Element | str | None, **attributes: Value) -> ET.Element:
    """Make an element; `_` in a name stands for `-`, and what is None is left out.

    >>> ET.tostring(element("text", "a < b", x=1.50001, text_anchor="end", class_=None), encoding="unicode")
    '<text x="1.5" text-anchor="end">a &lt; b</text>'
    """
    made = ET.Element(name, {k.rstrip("_").replace("_", "-"): _text(v) for k, v in attributes.items() if v is not None})
    for part in content:
        if isinstance(part, str):
            made.text = part
        elif part is not None:
            made.append(part)
    return made


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else short(value)


def short(number: float) -> str:
    """Write a length to a tenth of a pixel.

    >>> short(12.0), short(0.26), short(-0.01)
    ('12', '0.3', '0')
    """
    return f"{round(number, 1) + 0.0:g}" if abs(number) < 1e5 else str(round(number))  # noqa: PLR2004  beyond, %g is 1e+05


def path(*steps: str | float) -> str:
    """Write the outline of a shape.

    >>> path("M", 0, 1.25, "L", 2, 3)
    'M0 1.2L2 3'
    """
    text = " ".join(step if isinstance(step, str) else short(step) for step in steps)
    return re.sub(r" ?([A-Za-z]) ?", r"\1", text)


def width(text: str, size: float) -> float:
    """Estimate how wide a text is; fonts differ, so leave some room."""
    return size * sum(WIDTHS.get(c, CAPITAL if c.isupper() else USUAL) for c in text)


def wrapped(text: str, size: float, room: float, most: int = 3) -> list[str]:
    """Break a text into lines that fit; the last of `most` ends in an ellipsis where there is more.

    >>> wrapped("Some firms moved to silver in place of gold.", 10, 110, 2)
    ['Some firms moved to', 'silver in place of…']
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size) <= room or not lines[-1]:
            lines[-1] = longer
        elif len(lines) == most:
            lines[-1] = f"{_cut(lines[-1], size, room - size)}…"
            break
        else:
            lines.append(word)
    return [line if width(line, size) <= room * 1.1 else f"{_cut(line, size, room - size)}…" for line in lines]


def _cut(text: str, size: float, room: float) -> str:
    while width(text, size) > room and len(text) > 1:
        text = text[:-1]
    return text.rstrip(" .,;:")


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with what stands for it: a title, a sentence that says what it shows, and the table behind it.

    The sentence belongs below the drawing, where all can read it. `links` tells that the drawing holds links, so that
    it is a group of things rather than one image.
    """

    name: str
    title: str
    sentence: str
    table: Table
    size: tuple[float, float]
    drawing: tuple[ET.Element, ...]
    links: bool = False

    def inline(self) -> str:
        """Return the picture as a part of a page, which has the style sheet."""
        return ET.tostring(self._root(), encoding="unicode")

    def file(self) -> str:
        """Return the picture as a file of its own, with its title, its description and the light colours."""
        paper = element("rect", class_="paper", width=self.size[0], height=self.size[1])
        root = copy.deepcopy(self._root(element("title", self.title), element("desc", self.sentence), paper))
        root.set("xmlns", "http://www.w3.org/2000/svg")
        for link in root.iter("a"):  # its address is one of the site, which a file is not part of
            link.tag = "g"
            del link.attrib["href"]
        styled(root)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'

    def _root(self, *head: ET.Element) -> ET.Element:
        wide, high = self.size
        role = "group" if self.links else "img"
        return element(
            "svg",
            *head,
            *self.drawing,
            class_="picture",
            viewBox=f"0 0 {short(wide)} {short(high)}",
            width=wide,
            height=high,
            role=role,
            aria_label=self.title,
        )
