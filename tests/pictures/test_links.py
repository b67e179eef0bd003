"""What a graph shows: the claims and works around a record, within bounds."""

from __future__ import annotations

import sqlite3

import pytest

from filiera.errors import FilieraError
from filiera.pictures.links import Edge, Graph
from filiera.pictures.walks import graph

DRAW, DECIDE, LAMPS = "os14-2-workshops-draw", "os14-2-companies-decide", "os14-3-back-to-lamps"


def columns(of: Graph) -> dict[str, int]:
    """Return the column of each record."""
    return {node.record.key: node.column for node in of.nodes}


def test_a_claim_stands_between_what_leads_to_it_and_what_it_leads_to(database: sqlite3.Connection) -> None:
    """What a claim supports or qualifies is on its right, each relation with its type and who makes it."""
    found = graph(database, DRAW)

    assert columns(found) == {DRAW: 0, DECIDE: 1, LAMPS: 1}
    assert found.edges == (
        Edge(DRAW, DECIDE, "qualifies", "by the source"),
        Edge(DRAW, LAMPS, "supports", "by the curator"),
    )
    assert found.sentence == (
        "A graph of claims around “The workshops of Farholm take up design once the fog is…”: "
        "3 records, 2 relations (1 × qualifies and 1 × supports)."
    )


def test_depth_is_the_number_of_steps(database: sqlite3.Connection) -> None:
    """From the qualified claim one step leads to the one that qualifies it, and two to what that supports."""
    assert columns(graph(database, DECIDE)) == {DECIDE: 0, DRAW: -1}
    assert columns(graph(database, DECIDE, depth=2)) == {DECIDE: 0, DRAW: -1, LAMPS: -2}


def test_works_are_joined_by_citations(database: sqlite3.Connection) -> None:
    """A work leads to those that it cites for a claim, and from a cited work the way leads back."""
    assert columns(graph(database, "odegard-strauss-2014")) == {
        "odegard-strauss-2014": 0,
        "odegard-2003a": 1,
        "odegard-2003b": 1,
        "strauss-oneill-2003": 1,
    }
    assert graph(database, "odegard-2003a").edges == (
        Edge("odegard-strauss-2014", "odegard-2003a", "cites", "for 1 claim"),
    )
    assert graph(database, "odegard-2003a").nodes[1].text.startswith("Ødegård, Strauß-O'Neill (2014) Lenses for")


def test_around_a_district_stand_the_claims_about_it(database: sqlite3.Connection) -> None:
    """Of the claims about Farholm two are related; the claim about Torre Lume is not among them."""
    found = graph(database, "farholm")

    assert columns(found) == {DRAW: 0, DECIDE: 1}
    assert found.about == "claims about Farholm that relate to each other"


def test_a_graph_is_bounded_and_counts_what_it_leaves_out(database: sqlite3.Connection) -> None:
    """With room for three works, one of the three that are cited is not shown, and no relation leads to it."""
    found = graph(database, "odegard-strauss-2014", most=3)

    assert (len(found.nodes), len(found.edges), found.left_out) == (3, 2, 1)
    assert found.sentence.endswith(" 1 more record not shown.")


def test_the_table_names_both_ends(database: sqlite3.Connection) -> None:
    """Each relation is a row that reads as a sentence."""
    assert graph(database, "farholm").table().answer().rows == [(DRAW, "qualifies", DECIDE, "by the source")]


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("farhom", r"no record has the key 'farhom'; did you mean 'farholm'\?"),
        (
            "os14-table-1",
            "no graph is drawn around 'os14-table-1', a record of the kind 'tables' that no claim is about",
        ),
    ],
)
def test_what_has_no_graph_is_said(database: sqlite3.Connection, key: str, message: str) -> None:
    """A wrong key is answered with the nearest; a kind without a graph, with those that have one."""
    with pytest.raises(FilieraError, match=message):
        graph(database, key)
