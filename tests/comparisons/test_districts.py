"""Districts side by side: measures and periods in rows, and every source of a number behind it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from filiera.comparisons import Sheet

Compare = Callable[..., Sheet]
Edited = Callable[..., sqlite3.Connection]
Texts = Callable[[Sheet], list[tuple[str, ...]]]


def test_measures_that_two_districts_share_are_compared(
    connection: sqlite3.Connection, compared: Compare, texts: Texts
) -> None:
    """Without a choice, all districts and all measures that two of them have; totals and flows are apart."""
    sheet = compared(connection, "districts")

    assert [column.name for column in sheet.columns] == ["", "", "Farholm", "Torre Lume"]
    assert texts(sheet) == [
        ("change of workshops", "1990-2010", "−12.9%", "+6.4%"),
        ("share of exports", "2010", "41.5", ""),
        ("share of exports, by counterpart", "2010", "30.0 [Seven Seas]", "9.5 [Seven Seas, Nordholm]"),
        ("workshops", "1874", "one", ""),
        ("workshops", "1990", "110", "1,137"),
        ("workshops", "2010", "87", "1,210"),
    ]


def test_subjects_measures_and_periods_can_be_chosen(
    connection: sqlite3.Connection, compared: Compare, texts: Texts
) -> None:
    """What is asked for comes in the order in which subjects are named, and nothing else."""
    sheet = compared(
        connection, "districts", subjects="torre-lume,farholm", indicators="workshops-count", periods="1990,2010"
    )

    assert [column.name for column in sheet.columns] == ["", "", "Torre Lume", "Farholm"]
    assert texts(sheet) == [("workshops", "1990", "1,137", "110"), ("workshops", "2010", "1,210", "87")]


def test_a_measure_that_one_subject_has_is_shown_when_asked_for(
    connection: sqlite3.Connection, compared: Compare, texts: Texts
) -> None:
    """A named measure needs no second subject; a subject without it has a column only when it is named."""
    asked = {"indicators": "main-product"}

    assert texts(compared(connection, "districts", **asked)) == [("main product", "no period given", "lamps")]
    assert texts(compared(connection, "districts", subjects="farholm,torre-lume", **asked)) == [
        ("main product", "no period given", "", "lamps")
    ]


def test_old_keys_are_followed(edited: Edited, compared: Compare) -> None:
    """A district is found by the key that it had before."""
    found = edited(("districts/farholm.yaml", "id: farholm\n", "id: farholm\naliases: [farholm-harbour]\n"))

    assert compared(found, "districts", subjects="farholm-harbour").columns[-1].name == "Farholm"


@pytest.mark.kb
def test_a_number_that_table_and_text_print_is_shown_once(base: sqlite3.Connection, compared: Compare) -> None:
    """The export change of Arezzo, 6.4% in Table 3 and in section 5.1, is one number with two places."""
    sheet = compared(base, "districts", subjects="arezzo", indicators="jewellery-exports-change", periods="2007-2010")
    total = sheet.rows[0][2]

    assert total.text == "6.4%"
    assert {record.partition("#")[0] for record in total.records} == {"dlg14-table-3", "dlg14-numbers-51"}


@pytest.mark.kb
def test_a_number_and_words_for_it_are_both_shown(base: sqlite3.Connection, compared: Compare) -> None:
    """Employment in Vicenza is -43.9% in Table 2 and almost halved in section 5."""
    sheet = compared(base, "districts", subjects="vicenza", indicators="employees-change")

    assert sheet.rows[0][2].text == "-43.9%; almost halved"
