"""The matrix of cases: every cell leads to its claims, and silence says of what sort it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from filiera.comparisons import Cell, Sheet
from filiera.comparisons.sheets import NOT_LOOKED_FOR, NOT_STATED

Compare = Callable[..., Sheet]
Texts = Callable[[Sheet], list[tuple[str, ...]]]
Edited = Callable[..., sqlite3.Connection]

TORRE = "cases/case-torre-lume-1990-2010.yaml"
SILENT = {NOT_STATED: "not stated", NOT_LOOKED_FOR: "not looked for"}


def cell(sheet: Sheet, row: str, column: str) -> Cell:
    """Return the cell of a case whose title begins so, in a column."""
    place = [one.flat for one in sheet.columns].index(column)
    (found,) = (one for one in sheet.rows if one[0].text.startswith(row))
    return found[place]


def test_each_case_is_a_row_and_each_type_of_upgrading_a_column(
    connection: sqlite3.Connection, compared: Compare, texts: Texts
) -> None:
    """The matrix says what the records say."""
    sheet = compared(connection, "cases")

    assert [column.flat for column in sheet.columns] == [
        "case",
        "governance",
        "lead firms",
        "upgrading: move to design",
        "upgrading: upward move",
        "outcome",
        "districts",
        "period",
    ]
    assert texts(sheet) == [
        (
            "Farholm through the fog, 1990-2010",
            "captive harbour",
            "both",
            "up",
            "did not happen",
            "The harbour stays in the trade.",
            "Farholm",
            "1990-2010",
        ),
        (
            "Torre Lume through the fog, 1990-2010",
            "not stated",
            "not stated",
            "not stated",
            "not stated",
            "not looked for",
            "Torre Lume",
            "",
        ),
    ]


def test_a_cell_leads_to_its_claims(connection: sqlite3.Connection, compared: Compare) -> None:
    """A code leads to the claims that say so, what has none to those of the case, silence to none."""
    sheet = compared(connection, "cases")

    assert cell(sheet, "Farholm", "governance").records == ("captive-harbour", "os14-2-companies-decide")
    assert cell(sheet, "Farholm", "upgrading: move to design").records == (
        "os14-2-workshops-draw",
        "os14-2-companies-decide",
    )
    assert cell(sheet, "Farholm", "lead firms").records == ("os14-2-workshops-draw",)
    assert cell(sheet, "Torre", "governance").records == ()


def test_a_note_says_who_moved(connection: sqlite3.Connection, compared: Compare) -> None:
    """A move in one word has the actor and the outcome in its note."""
    sheet = compared(connection, "cases")

    assert cell(sheet, "Farholm", "upgrading: move to design").notes == (
        "The smaller workshops: They are paid better.",
    )


@pytest.mark.parametrize(
    ("old", "new", "column", "expected"),
    [
        ("upgrading_status: not-stated\n", "", "upgrading: upward move", NOT_LOOKED_FOR),
        ("upgrading_status: not-stated", "upgrading_status: not-looked-for", "upgrading: upward move", NOT_LOOKED_FOR),
        ("upgrading_status: not-stated", "upgrading_status: stated", "upgrading: upward move", NOT_STATED),
        (
            "upgrading_status: not-stated",
            "upgrading: [{type: move-to-design, direction: down}]",
            "upgrading: upward move",
            NOT_STATED,
        ),
        ("governance:\n  status: not-stated\n", "", "governance", NOT_LOOKED_FOR),
        ("  status: not-stated", "  status: not-looked-for", "governance", NOT_LOOKED_FOR),
        ("lead_firms: not-stated\n", "", "lead firms", NOT_LOOKED_FOR),
        ("lead_firms: not-stated", "lead_firms: not-looked-for", "lead firms", NOT_LOOKED_FOR),
        ("lead_firms: not-stated", "outcome: It ends badly.", "outcome", ""),
    ],
)
def test_silence_of_the_works_is_not_silence_of_the_record(  # noqa: PLR0913, PLR0917  fixtures, and an edit with what it shows
    edited: Edited, compared: Compare, old: str, new: str, column: str, expected: str
) -> None:
    """What the works were read for and do not say is one thing, what nobody looked for is another."""
    found = cell(compared(edited((TORRE, old, new)), "cases"), "Torre", column)

    assert (found.status, found.text) == (expected, SILENT.get(expected, "It ends badly."))


def test_cases_can_be_chosen(connection: sqlite3.Connection, compared: Compare, texts: Texts) -> None:
    """Each parameter keeps the cases that it fits; the columns are of the moves that are left."""
    assert len(texts(compared(connection, "cases", governance="captive-harbour"))) == 1
    assert len(texts(compared(connection, "cases", governance="stated"))) == 1
    assert [row[0] for row in texts(compared(connection, "cases", lead_firms="not-stated"))] == [
        "Torre Lume through the fog, 1990-2010"
    ]
    assert len(texts(compared(connection, "cases", upgrading="move-to-design"))) == 1
    assert len(texts(compared(connection, "cases", work="odegard-strauss-2014"))) == 1


@pytest.mark.kb
def test_the_cases_of_the_three_districts(base: sqlite3.Connection, compared: Compare) -> None:
    """What section 6 of De Marchi, Lee & Gereffi says of the moves in each district, read there."""
    sheet = compared(base, "cases")

    assert cell(sheet, "Vicenza", "upgrading: downgrading").text == "down"
    assert cell(sheet, "Vicenza", "upgrading: functional upgrading").text == "did not happen"
    assert cell(sheet, "Valenza Po", "upgrading: functional upgrading").text == "up"
    assert cell(sheet, "Arezzo", "upgrading: quality upgrading").text == "up"
    assert cell(sheet, "Riviera del Brenta in the chain of the top", "upgrading: functional downgrading").text == "down"
    assert "dlg14-6-vicenza-firms-downgrade-to-silver" in cell(sheet, "Vicenza", "upgrading: downgrading").records


@pytest.mark.kb
def test_every_record_behind_a_cell_is_there(base: sqlite3.Connection, compared: Compare) -> None:
    """Nothing in any comparison leads nowhere."""
    known = {key for (key,) in base.execute("select id from records")}
    for name in ("cases", "gaps", "disputes", "numbers", "districts"):
        found = compared(base, name).records()

        assert found, name
        assert set(found) <= known, name
