"""The graph of claims or of citations around a record."""

from __future__ import annotations

import json

from filiera.pictures import graphs
from filiera.pictures.links import Graph
from filiera.pictures.walks import DEEPEST, graph
from filiera.site.drawings import Shown
from filiera.site.picture_files import filed
from filiera.site.visits import Reply, Visit


def answer(visit: Visit) -> Reply:
    """Show the graph around a record."""
    found, depth = _asked(visit)
    shown = Shown(graphs.draw(found), f"/graph/{found.centre.key}", (("depth", str(depth)),) if depth > 1 else ())
    return visit.page("graph.html", shown=shown, graph=found, depth=depth, deepest=DEEPEST, data=_data(found))


def file(visit: Visit) -> Reply:
    """Give the graph as a picture, as a table, or as the nodes and edges that it is made of."""
    found, _ = _asked(visit)
    form = visit.names["form"]
    if form == "json":
        return Reply(json.dumps(_data(found), ensure_ascii=False), "application/json")
    return filed(graphs.draw(found), form)


def _asked(visit: Visit) -> tuple[Graph, int]:
    depth = visit.number("depth", 1, DEEPEST)
    return graph(visit.connection, visit.names["key"], depth), depth


def _data(found: Graph) -> dict[str, object]:
    """Return a graph for a program that moves it."""
    nodes = [
        {
            "key": key,
            "kind": box.node.record.kind,
            "label": box.node.record.label,
            "text": box.node.text,
            "lines": box.lines,
            "at": [box.left + graphs.BOX / 2, box.top + box.high / 2],
            "size": [graphs.BOX, box.high],
        }
        for key, box in graphs.placed(found).items()
    ]
    edges = [{"from": e.source, "to": e.target, "type": e.type, "note": e.note} for e in found.edges]
    return {"centre": found.centre.key, "nodes": nodes, "edges": edges, "left_out": found.left_out}
