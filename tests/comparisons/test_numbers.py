"""Numbers at odds: what counts as the same thing, in what two printings differ, and the likely reason."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from filiera.comparisons import Sheet

Compare = Callable[..., Sheet]
Texts = Callable[[Sheet], list[tuple[str, ...]]]
Edited = Callable[..., sqlite3.Connection]
Edit = tuple[str, str, str]

FILE = "tables/os14-numbers-2.yaml"
TOLD = """\
    indicator: workshops-estimate
    period: {start: '2010'}
    value: 90
    printed: ninety
    certain: true
    evidence:
      - document: odegard-strauss-2014-manuscript
        section: '2'
        passage: {start: In 2010 there were some ninety workshops}
"""


DIGITS = "some digits are printed in one place only"


def counted(printed: str, *, value: str = "", period: str = "2010", rest: str = "") -> tuple[str, str, str]:
    """Return the edit by which section 2 counts the workshops of Farholm, of which Table 1 has 87 in 2010."""
    lines = [
        "indicator: workshops-count",
        f"printed: '{printed}'",
        f"value: {value}" if value else f"text: '{printed}'",
    ]
    lines += [f"period: {{start: '{period}'}}"] if period else []
    return FILE, TOLD, "".join(f"    {line}\n" for line in [*lines, *filter(None, [rest])])


@pytest.mark.parametrize(
    ("change", "other", "difference", "reason"),
    [
        (counted("90", value="90"), "90", "different values", "none is seen; look at both places"),
        (counted("87.4", value="87.4"), "87.4", "different values", "rounding: the one is the other with fewer digits"),
        (counted("90", value="90", rest="certain: false"), "90", "different values", "a cell is uncertain"),
        (counted("90", value="90", period=""), "90", "different values", "one gives no period"),
        (counted("few"), "few", "a number and words", "told in words"),
        (counted("all", value="87"), "all", "one value, printed differently", "told in words in one place"),
        (counted("87.0", value="87.0"), "87.0", "one value, printed differently", DIGITS),
        (counted("-87", value="-87"), "-87", "different values", "none is seen; look at both places"),
    ],
)  # fmt: skip
def test_two_printings_that_differ_are_a_pair(  # noqa: PLR0913, PLR0917  fixtures, and a row
    edited: Edited, compared: Compare, texts: Texts, change: Edit, other: str, difference: str, reason: str
) -> None:
    """Each way of differing has its name and its likely reason."""
    rows = texts(compared(edited(change), "numbers"))
    expected = ("Farholm", "workshops", "", "2010", "87 (Table 1)", f"{other} (Section 2)", difference, reason)

    assert expected in rows


@pytest.mark.parametrize("change", [counted("87", value="87"), counted("90", value="90", period="1980")])
def test_what_agrees_or_is_not_the_same_thing_is_no_pair(edited: Edited, compared: Compare, change: Edit) -> None:
    """The same print, or another period, is nothing to report."""
    sheet = compared(edited(change), "numbers")

    assert not [row for row in sheet.rows if row[1].text == "workshops"]


def test_an_erratum_on_the_measure_is_named(edited: Edited, compared: Compare) -> None:
    """The erratum that names the measure and a table or the subject is the first reason, and the cell leads to it."""
    erratum = (
        "errata/os14-erratum-ninety.yaml",
        "farholm, workshops-change]",
        "farholm, workshops-count, workshops-change]",
    )
    sheet = compared(edited(counted("90", value="90"), erratum), "numbers", sort="values")
    (row,) = sheet.rows

    assert row[7].text == "an erratum is about it"
    assert row[7].records == ("os14-erratum-ninety",)


def test_a_pair_leads_to_both_places(edited: Edited, compared: Compare) -> None:
    """Each side leads to its number."""
    (row,) = compared(edited(counted("90", value="90")), "numbers", sort="values").rows

    assert (row[4].records, row[5].records) == (("os14-table-1#observations-0",), ("os14-numbers-2#observations-1",))


def test_errata_on_numbers_follow(connection: sqlite3.Connection, compared: Compare) -> None:
    """An erratum of a table that says that places disagree is a row, with its places and its correction."""
    (row,) = compared(connection, "numbers", sort="errata").rows

    assert [cell.text for cell in row] == [
        "Farholm",
        "change of workshops",
        "",
        "",
        "section 2",
        "Table 1",
        "recorded as an erratum: The text says ninety, the table 87, which is neither 12.9 percent below 110.",
        "87, as in the register.",
    ]
    assert row[6].records == ("os14-erratum-ninety",)


#: Pairs that a reader of the manuscript finds, typed from it: subject, measure, the two printings, part of the reason.
READ = (
    ("Italy", "share of Italy's jewellery exports", "72% (Section 1)", "72.5% (Section 4)", "rounding"),
    ("Vicenza", "change in the number of employees", "-43.9% (Table 2)", "almost halved (Section 5)", "words"),
    ("Vicenza", "change in the number of firms", "-38.6% (Table 2)", "38.6% (Section 5)", "the sign is printed"),
    ("Arezzo", "change in imports for production", "156.0% (Table 5)", "+156% (Section 5.2)", "an erratum"),
    (
        "Vicenza",
        "share of emerging economies among the ten largest import sources",
        "58.8% (Table 6)",
        "more than half (Section 5.2)",
        "told in words",
    ),
    (
        "recession crisis",
        "years of a shock",
        "2008-09 (Section 1, Section 5.1, Abstract)",
        "2008-2009 (Section 3, Section 7)",
        "some digits",
    ),
)


@pytest.mark.kb
@pytest.mark.parametrize("read", READ)
def test_what_the_manuscript_prints_twice_is_found(
    base: sqlite3.Connection, compared: Compare, read: tuple[str, str, str, str, str]
) -> None:
    """What a reader of the document finds at odds is found, with the reason that the reader sees."""
    subject, measure, one, other, reason = read
    rows = [row for row in compared(base, "numbers").rows if (row[0].text, row[1].text) == (subject, measure)]

    assert [(row[4].text, row[5].text) for row in rows if row[4].text == one] == [(one, other)]
    assert any(reason in row[7].text for row in rows)
