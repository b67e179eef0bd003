"""Disputes: each pair once, with both sides' statement, holder, work and place, and who draws the relation."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from filiera.comparisons import Sheet

Compare = Callable[..., Sheet]
Texts = Callable[[Sheet], list[tuple[str, ...]]]
Edited = Callable[..., sqlite3.Connection]

TORRE = "claims/odegard-strauss-2014/3-torre-lume.yaml"
DRAW = "The workshops of Farholm take up design once the fog is over."
DREW = "section 2, “They drew lenses of their own … paid more for them”"
DECIDE = "Shipping companies from abroad set price and form of what Farholm grinds."


def test_both_sides_are_shown_with_their_evidence(
    connection: sqlite3.Connection, compared: Compare, texts: Texts
) -> None:
    """A side has its statement, its holder, its work and every place where the work says so."""
    sheet = compared(connection, "disputes", relation="qualifies")

    assert [column.flat for column in sheet.columns][:4] == [
        "one side: statement",
        "one side: held by",
        "one side: work",
        "one side: place",
    ]
    assert texts(sheet) == [
        (
            DRAW,
            "Ødegård & Strauß-O'Neill 2014",
            "Ødegård & Strauß-O'Neill 2014",
            f"{DREW}; section 2, “the workshops of the harbour … quality lenses”",
            DECIDE,
            "Ødegård & Strauß-O'Neill 2014",
            "Ødegård & Strauß-O'Neill 2014",
            "section 2, “The companies named the … and the workshops obeyed”",
            "source",
        )
    ]


def test_a_side_leads_to_its_claim_and_work(connection: sqlite3.Connection, compared: Compare) -> None:
    """The statement leads to the claim, the work to its record."""
    (row,) = compared(connection, "disputes", relation="qualifies").rows

    assert (row[0].records, row[2].records, row[4].records) == (
        ("os14-2-workshops-draw",),
        ("odegard-strauss-2014",),
        ("os14-2-companies-decide",),
    )


@pytest.mark.parametrize(("by", "expected"), [("source", "source"), ("curator", "curator and source")])
def test_two_claims_that_dispute_each_other_are_one_pair(
    edited: Edited, compared: Compare, texts: Texts, by: str, expected: str
) -> None:
    """Where each claim names the other the pair comes once, and with all who draw it."""
    one = "    - claim: os14-2-companies-decide\n      type: qualifies\n      by: source"
    relation = f"  relations: [{{claim: os14-2-workshops-draw, type: disputes, by: {by}}}]\n"
    file, basis = "claims/odegard-strauss-2014/2-farholm.yaml", "  basis: interviews\n"
    found = edited((file, one, one.replace("qualifies", "disputes")), (file, basis, relation + basis))
    (row,) = texts(compared(found, "disputes"))

    assert {row[0], row[4]} == {DRAW, DECIDE}
    assert row[8] == expected


def test_a_reported_view_is_not_that_of_the_work(edited: Edited, compared: Compare, texts: Texts) -> None:
    """What a work reports without naming who holds it is held by others; what it names is held by them."""
    relation = "  relations: [{claim: lamps-herring-oil, type: disputes, by: curator}]\n  reported: true"
    (row,) = texts(compared(edited((TORRE, "  reported: true", relation)), "disputes"))

    assert (row[0], row[1]) == ("It is not known who led the trade of Torre Lume.", "others, not named")
    assert row[5] == "Brine 1987; Guild of Grinders; Harbour Register"


def test_disputes_can_be_chosen_by_subject(connection: sqlite3.Connection, compared: Compare) -> None:
    """A pair is kept when one side is about the subject."""
    assert len(compared(connection, "disputes", relation="qualifies", subject="brightglass").rows) == 1
    assert len(compared(connection, "disputes", relation="disputes", subject="brightglass").rows) == 0


@pytest.mark.kb
def test_the_opposed_schools_on_districts_are_found(base: sqlite3.Connection, compared: Compare) -> None:
    """Section 1 of De Marchi, Lee & Gereffi sets sceptics against those who see districts do no worse."""
    sheet = compared(base, "disputes")
    sides = {"dlg14-1-sceptics-district-model-declines", "dlg14-1-district-firms-perform-no-worse"}
    (row,) = (row for row in sheet.rows if {row[0].records[0], row[4].records[0]} == sides)

    assert row[8].text == "source"
    assert {row[1].records, row[5].records} == {
        ("becattini-dei-ottati-2006", "chiarvesio-di-maria-2009"),
        ("alberti-2006", "nardozzi-2004", "ramazzotti-2010"),
    }


@pytest.mark.kb
def test_disputes_across_documents_are_found(base: sqlite3.Connection, compared: Compare) -> None:
    """Sabel's essay and the sceptics whom De Marchi, Lee & Gereffi report disagree on how clusters do."""
    sheet = compared(base, "disputes")

    assert any(row[2].text != row[6].text for row in sheet.rows)
