"""Printed tables are set again: the rows and columns of print, every number in one cell, doubtful ones marked."""

from __future__ import annotations

import csv
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from filiera.comparisons import Sheet, rebuild, write
from filiera.comparisons.sheets import UNCERTAIN
from filiera.errors import NotFoundError

PRINTED = Path(__file__).with_name("printed")

Texts = Callable[[Sheet], list[tuple[str, ...]]]
Edited = Callable[..., sqlite3.Connection]


def test_a_table_has_the_rows_and_columns_of_print(connection: sqlite3.Connection, texts: Texts) -> None:
    """Headings are as printed, and so are the cells; a name that no heading gives stands in the cell."""
    sheet = rebuild(connection, "os14-table-1")

    assert sheet.title == "Table 1: Lens workshops in two harbours"
    assert [(column.above, column.name) for column in sheet.columns] == [
        ("", ""),
        ("", ""),
        ("", "Farholm"),
        ("", "Torre Lume"),
    ]
    assert texts(sheet) == [
        ("", "Workshops, 1990", "110", "1,137"),
        ("", "Workshops, 2010", "87", "1,210"),
        ("", "Change, 1990-2010", "−12.9%", "+6.4%"),
        ("", "Exports, 2010", "41.5", ""),
        ("Exports, 2010", "to the Seven Seas, 2010", "30.0", "Nordholm (9.5)"),
        ("", "Main product", "", "lamps"),
        ("", "Workers", "", "about 4"),
    ]


def test_an_uncertain_cell_is_marked_and_its_note_given(connection: sqlite3.Connection) -> None:
    """Only the cell in doubt has the mark, on pages and in every format; the note says why."""
    sheet = rebuild(connection, "os14-table-1")
    doubtful = [cell for row in sheet.rows for cell in row if cell.status == UNCERTAIN]

    assert [(cell.text, cell.notes) for cell in doubtful] == [("about 4", ("The cell says about, and gives no year.",))]
    assert "about 4 (?) [1]" in write(sheet, "markdown")
    assert "[1] The cell says about, and gives no year." in write(sheet, "markdown")
    assert "about 4 (?)" in write(sheet, "csv")


def test_a_cell_knows_its_numbers(connection: sqlite3.Connection) -> None:
    """A cell leads to the observation that it shows, a heading to what it stands for."""
    sheet = rebuild(connection, "os14-table-1")
    change = sheet.rows[2]

    assert change[1].records == ("workshops-change",)
    assert [cell.records for cell in change[2:]] == [("os14-table-1#observations-2",), ("os14-table-1#observations-3",)]
    assert sheet.columns[2].records == ("farholm",)


@pytest.mark.kb
def test_the_source_and_the_units_are_said(base: sqlite3.Connection) -> None:
    """A number whose cell does not show its unit has it in a remark, and so is who counted."""
    remarks = rebuild(base, "dlg14-table-3").remarks

    assert "jewellery exports: in thousand euro." in remarks
    assert any(remark.startswith("Numbers credited to: ") for remark in remarks)


def test_numbers_without_a_layout_are_set_by_what_they_are(connection: sqlite3.Connection, texts: Texts) -> None:
    """Subjects come to the top, measures and their periods to the side."""
    sheet = rebuild(connection, "os14-numbers-2")

    assert [column.name for column in sheet.columns] == ["", "", "Farholm"]
    assert texts(sheet) == [("workshops", "1874", "one"), ("workshops as told", "2010", "ninety")]


def test_a_number_that_no_heading_fits_is_not_lost(edited: Edited) -> None:
    """A number outside the layout is named below the table, so that a wrong layout cannot hide it."""
    row = "    - {printed: Main product, indicators: [main-product]}\n"
    sheet = rebuild(edited(("tables/os14-table-1.yaml", row, "")), "os14-table-1")

    assert "No heading of the record fits Torre Lume, main product: lamps" in sheet.remarks


def test_an_unknown_table_is_said_so(connection: sqlite3.Connection) -> None:
    """A key that no table has is named."""
    with pytest.raises(NotFoundError, match="there is no table 'os14-table-9'"):
        rebuild(connection, "os14-table-9")


@pytest.mark.kb
@pytest.mark.parametrize("number", range(1, 8))
def test_a_table_is_that_of_the_document(base: sqlite3.Connection, number: int) -> None:
    """Tables 1 to 7, headings and cells, are what `printed/` has, which was typed from the document."""
    sheet = rebuild(base, f"dlg14-table-{number}")
    with (PRINTED / f"table-{number}.csv").open(encoding="utf-8", newline="") as file:
        printed = list(csv.reader(file))
    doubt = {True: " (?)", False: ""}

    assert [[column.flat for column in sheet.columns]] == printed[:1]
    assert [[f"{cell.text}{doubt[cell.status == UNCERTAIN]}" for cell in row] for row in sheet.rows] == printed[1:]


@pytest.mark.kb
@pytest.mark.parametrize("number", range(1, 8))
def test_no_number_of_a_table_is_lost_or_shown_twice(base: sqlite3.Connection, number: int) -> None:
    """Every number that the record has stands in one cell of the table."""
    key = f"dlg14-table-{number}"
    sheet = rebuild(base, key)
    shown = Counter(record for row in sheet.rows for cell in row[sheet.heads :] for record in cell.records)
    (stored,) = base.execute("select count(*) from observations where table_id = ?", (key,)).fetchone()

    assert (len(shown), set(shown.values())) == (stored, {1})
    assert not [remark for remark in sheet.remarks if remark.startswith("No heading")]


@pytest.mark.kb
def test_running_text_is_a_list(base: sqlite3.Connection, texts: Texts) -> None:
    """Numbers that make no table stand one a row, with what they are about."""
    sheet = rebuild(base, "dlg14-numbers-6")

    assert [column.name for column in sheet.columns] == ["subject", "measure", "counterpart", "period", "as printed"]
    assert texts(sheet)[:3] == [
        ("Italy", "number of shocks", "", "", "two"),
        ("Valenza Po", "number of main lead firms", "", "", "two"),
        ("Valenza Po", "share of firms that perform badly", "", "", "majority"),
    ]
