"""The map of gaps: what is counted in a cell, where, and what is named as missing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from filiera.comparisons import Sheet
from filiera.engines import Sqlite
from filiera.questions import questions

Compare = Callable[..., Sheet]
Texts = Callable[[Sheet], list[tuple[str, ...]]]
Edited = Callable[..., sqlite3.Connection]


def test_a_cell_counts_cases_and_claims(connection: sqlite3.Connection, compared: Compare, texts: Texts) -> None:
    """A case counts in the cell of each move, with the claims behind it; a claim where it is about both sides.

    Farholm is captive and has a move to design, which is an upward move. One claim is about the captive harbour and no
    upgrading, one about the move to design and no governance.
    """
    sheet = compared(connection, "gaps")

    assert [column.flat for column in sheet.columns] == [
        "governance",
        "upgrading: move to design",
        "upgrading: upward move",
        "upgrading: no type named",
    ]
    assert texts(sheet) == [
        ("captive harbour", "1 case, 2 claims", "1 case, 2 claims", "1 claim"),
        ("no type named", "1 claim", "1 claim", "none"),
    ]


def test_a_cell_leads_to_what_it_counts(connection: sqlite3.Connection, compared: Compare) -> None:
    """The records behind a count are the cases and then the claims."""
    sheet = compared(connection, "gaps")

    assert sheet.rows[0][1].records == ("case-farholm-1990-2010", "os14-2-companies-decide", "os14-2-workshops-draw")
    assert sheet.rows[1][1].records == ("os14-2-workshops-draw",)


def test_a_claim_about_both_counts_in_their_cell(edited: Edited, compared: Compare, texts: Texts) -> None:
    """A claim that is about a type of governance and one of upgrading counts there, and not beside it."""
    file, about = "claims/odegard-strauss-2014/3-torre-lume.yaml", "  reported: true\n  about: [torre-lume"
    found = edited((file, f"{about}]", f"{about}, captive-harbour, upward-move]"))

    assert texts(compared(found, "gaps"))[0] == (
        "captive harbour",
        "1 case, 2 claims",
        "1 case, 3 claims",
        "1 claim",
    )


def test_the_empty_cells_are_named(edited: Edited, compared: Compare) -> None:
    """A type of governance is named with the types that it misses, and where it misses all, together with its like."""
    case = "cases/case-farholm-1990-2010.yaml"
    partly = edited((case, "type: move-to-design\n    direction", "type: upward-move\n    direction"))

    assert "Nothing on captive harbour with: move to design." in compared(partly, "gaps").remarks

    wholly = edited((case, "status: stated\n  types: [captive-harbour]", "status: not-stated"))

    assert "Nothing with any type of upgrading on: captive harbour." in compared(wholly, "gaps").remarks


def test_a_region_is_the_nearest_place_above_a_province(
    connection: sqlite3.Connection, compared: Compare, texts: Texts
) -> None:
    """Farholm is a town, so that its region is Nordholm; of the whole map nothing is left out there."""
    sheet = compared(connection, "gaps", region="nordholm")

    assert sheet.title == "Governance by upgrading: Nordholm"
    assert texts(sheet)[0] == ("captive harbour", "1 case, 2 claims", "1 case, 2 claims", "1 claim")


def test_regions_can_be_had_one_after_the_other(
    connection: sqlite3.Connection, compared: Compare, texts: Texts
) -> None:
    """Each region of which anything is told has its rows, also where nothing stands in them."""
    rows = texts(compared(connection, "gaps", region="each"))

    assert {row[0] for row in rows} == {"Nordholm"}
    assert len(rows) == 2


@pytest.mark.kb
def test_no_work_tells_a_governance_type_and_a_functional_upgrading_together(
    base: sqlite3.Connection, compared: Compare
) -> None:
    """The three documents never bring a type of governance and functional upgrading together, as reading them shows."""
    sheet = compared(base, "gaps")
    column = [one.flat for one in sheet.columns].index("upgrading: functional upgrading")
    types = [row for row in sheet.rows if row[0].records]
    (silent,) = (row for row in sheet.rows if row[0].text == "not stated, of coded cases")

    assert len(types) == 16
    assert {row[column].text for row in types} == {"none"}
    assert silent[column].text.startswith("3 cases")


@pytest.mark.kb
def test_claims_on_both_sides_are_those_of_the_stored_question(base: sqlite3.Connection, compared: Compare) -> None:
    """Among its types the map has the claims that the question on governance with upgrading finds, and no others."""
    answer = Sqlite(base).ask(questions()["governance-with-upgrading"].texts["sql"], {})
    sheet = compared(base, "gaps")
    cells = [cell for row in sheet.rows if row[0].records for cell in row[1:-1]]

    assert {key for cell in cells for key in cell.records} == {row["claim"] for row in answer.dicts()}
