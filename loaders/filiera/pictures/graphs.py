"""Draw a graph: records as boxes in columns, their relations as arrows that also differ without colour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from filiera.pictures.links import RELATIONS, Edge, Graph, Node
from filiera.pictures.marks import LETTERS, LINE, TITLE, key, rows
from filiera.pictures.svg import Picture, element, path, wrapped

EDGE = 12.0
BOX = 220.0

#: Between columns, for the arrows and their names.
GAP = 110.0

#: Between boxes of a column.
BETWEEN = 12.0

PAD = 8.0

#: Times that boxes are put in the order of what they are related to.
PASSES = 6

#: The class of each type of relation: a colour, and a line of its own.
STYLES = {
    "disputes": "c1 heavy",
    "qualifies": "c0 dashed",
    "supports": "c2",
    "extends": "c3 long",
    "answers": "c4 dotted",
    "repeats": "neutral dotted",
    "cites": "neutral",
}


@dataclass(frozen=True, slots=True)
class Box:
    """A record at its place."""

    node: Node
    lines: list[str]
    left: float
    top: float

    @property
    def high(self) -> float:
        """The height."""
        return LINE * len(self.lines) + 2 * PAD


def draw(graph: Graph) -> Picture:
    """Draw a graph; every box is a link to its record."""
    types = [t for t in (*RELATIONS, "cites") if any(edge.type == t for edge in graph.edges)]
    columns = len({node.column for node in graph.nodes})
    wide = max(2 * EDGE + BOX * columns + GAP * (columns - 1), 400)
    top = EDGE + LINE * (1 + rows(types, EDGE, wide - EDGE)) + 16
    boxes = placed(graph, top)
    high = max((box.top + box.high for box in boxes.values()), default=top) + EDGE
    drawing = (
        element("text", wrapped(_title(graph), TITLE, wide - 2 * EDGE, 1)[0], class_="title", x=EDGE, y=EDGE + LETTERS),
        *key({t: _sample(t) for t in types}, EDGE, EDGE + LINE + 8, wide - EDGE),
        *(part for edge, ends in _ports(graph, boxes) for part in _arrow(edge, *ends)),
        *(_box(box, centre=box.node.record == graph.centre) for box in boxes.values()),
    )
    name = f"graph-{graph.centre.key}"
    return Picture(name, _title(graph), graph.sentence, graph.table(), (wide, high), drawing, links=True)


def _title(graph: Graph) -> str:
    return f"{graph.about[0].upper()}{graph.about[1:]}"


def _sample(type_: str) -> ET.Element:
    return element("line", class_=f"join {STYLES[type_]}", x1=-8, y1=0, x2=8, y2=0)


def placed(graph: Graph, top: float = 0) -> dict[str, Box]:
    """Put the boxes in columns, each in the order of what it is related to, so that arrows seldom cross."""
    columns = sorted({node.column for node in graph.nodes})
    lines = {node.record.key: wrapped(node.text, LETTERS, BOX - 2 * PAD, 3) for node in graph.nodes}
    order = _ordered(graph, columns)
    heights = {c: sum(LINE * len(lines[n.record.key]) + 2 * PAD + BETWEEN for n in order[c]) for c in columns}
    boxes = {}
    for position, column in enumerate(columns):
        y = top + (max(heights.values()) - heights[column]) / 2
        for node in order[column]:
            box = Box(node, lines[node.record.key], EDGE + position * (BOX + GAP), y)
            boxes[node.record.key] = box
            y += box.high + BETWEEN
    return boxes


def _ordered(graph: Graph, columns: list[int]) -> dict[int, list[Node]]:
    order = {column: [node for node in graph.nodes if node.column == column] for column in columns}
    related = defaultdict(list)
    for edge in graph.edges:
        related[edge.source].append(edge.target)
        related[edge.target].append(edge.source)
    for _ in range(PASSES):
        places = {n.record.key: (p + 0.5) / len(nodes) for nodes in order.values() for p, n in enumerate(nodes)}
        for nodes in order.values():
            nodes.sort(key=lambda n: _mean([places[k] for k in related[n.record.key]], places[n.record.key]))
    return order


def _mean(numbers: list[float], otherwise: float) -> float:
    return sum(numbers) / len(numbers) if numbers else otherwise


Ends = tuple[tuple[float, float, int], tuple[float, float, int]]


def _ports(graph: Graph, boxes: dict[str, Box]) -> Iterator[tuple[Edge, Ends]]:
    """Yield each relation with where it leaves and arrives: a point, and the side of the box (1 is right)."""
    last = max((box.left for box in boxes.values()), default=0)
    sides = {edge: _sides(boxes[edge.source], boxes[edge.target], last) for edge in graph.edges}
    at: dict[tuple[str, int], list[tuple[float, Edge, int]]] = defaultdict(list)
    for edge, (leaving, arriving) in sides.items():
        at[edge.source, leaving].append((boxes[edge.target].top, edge, 0))
        at[edge.target, arriving].append((boxes[edge.source].top, edge, 1))
    places: dict[tuple[Edge, int], float] = {}
    for (record, _), ends in at.items():
        for n, (_, edge, end) in enumerate(sorted(ends)):
            places[edge, end] = boxes[record].top + boxes[record].high * (n + 1) / (len(ends) + 1)
    for edge, (leaving, arriving) in sides.items():
        x1, x2 = (_side(boxes[k], s) for k, s in ((edge.source, leaving), (edge.target, arriving)))
        yield edge, ((x1, places[edge, 0], leaving), (x2, places[edge, 1], arriving))


def _sides(source: Box, target: Box, last: float) -> tuple[int, int]:
    """Return the sides where an arrow leaves and arrives; within a column it stays inside the picture."""
    if source.left == target.left:
        return (-1, -1) if source.left == last else (1, 1)
    return (1, -1) if source.left < target.left else (-1, 1)


def _side(box: Box, side: int) -> float:
    return box.left + (BOX if side > 0 else 0)


def _arrow(edge: Edge, start: tuple[float, float, int], end: tuple[float, float, int]) -> Iterator[ET.Element]:
    (x1, y1, leaving), (x2, y2, arriving) = start, end
    style, head = STYLES[edge.type], x2 + arriving * 9
    bend = GAP * 0.55
    curve = path("M", x1, y1, "C", x1 + leaving * bend, y1, x2 + arriving * bend, y2, head, y2)
    yield element("path", element("title", f"{edge.type}, {edge.note}"), class_=f"join {style}", d=curve)
    if edge.type == "disputes":  # a bar in place of a point: it stops, where others lead on
        yield element("path", class_=f"join {style}", d=path("M", head, y2 - 6, "L", head, y2 + 6))
    else:
        yield element(
            "path", class_=f"head {style}", d=path("M", x2, y2, "L", head, y2 - 4.5, "L", head, y2 + 4.5) + "Z"
        )


def _box(box: Box, *, centre: bool) -> ET.Element:
    record = box.node.record
    classes = f"box {record.kind}{' centre' if centre else ''}"
    title = element("title", box.node.text)
    shape = element("rect", title, class_=classes, x=box.left, y=box.top, width=BOX, height=box.high, rx=4)
    lines = (  # each ends in a space, so that they read as one text
        element("text", f"{line} ", x=box.left + PAD, y=box.top + PAD + LETTERS + n * LINE - 1)
        for n, line in enumerate(box.lines)
    )
    return element("a", shape, *lines, href=f"/{record.kind}/{record.key}", aria_label=" ".join(box.lines))
