"""What a timeline shows: shocks, cases, firms and the periods that claims speak of, by district."""

from __future__ import annotations

import sqlite3

import pytest

from filiera.errors import NotFoundError
from filiera.pictures import timelines
from filiera.pictures.dates import span
from filiera.pictures.times import timeline


def test_everything_with_a_period_is_in_its_lane(database: sqlite3.Connection) -> None:
    """The fog, the case, the founding and the role of the firm, and the claim with a period; nothing without one."""
    rows = timeline(database).table().answer().rows

    assert rows == [
        ("Shocks", "shock", "1999", "great fog", "great-fog"),
        ("Farholm", "case", "1990–2010", "Farholm through the fog, 1990-2010", "case-farholm-1990-2010"),
        ("Farholm", "firm", "1870s", "Brightglass: founded", "brightglass"),
        ("Farholm", "firm", "1996", "Brightglass: model workshop", "brightglass"),
        ("Farholm", "claims", "1999–2010", "1 claim", "os14-2-workshops-draw"),
    ]


def test_the_years_begin_ten_before_the_first_shock_or_case(database: sqlite3.Connection) -> None:
    """The years are those of cases and shocks, so that one old date does not squeeze them; the sentence counts it."""
    found = timeline(database)

    assert (found.first, found.last) == (1980, 2010)
    assert found.sentence == (
        "A timeline from 1980 to 2010 with the great fog (1999): 1 case and 1 claim with a period, in 1 lane: Farholm. "
        "1 of the 5 bars lie outside."
    )


def test_the_years_can_be_given(database: sqlite3.Connection) -> None:
    """From 1850 on the founding is in the picture too."""
    found = timeline(database, first=1850)

    assert all(found.shows(stretch.when) for _, stretch in found.stretches)
    assert "Brightglass: founded, 1870s" in timelines.draw(found).inline()
    assert "Brightglass: founded" not in timelines.draw(timeline(database)).inline()


def test_a_district_without_periods_has_an_empty_lane(database: sqlite3.Connection) -> None:
    """Who asks for a district gets it, though nothing in it has a period."""
    assert [(lane.label, lane.stretches) for lane in timeline(database, "torre-lume").lanes] == [("Torre Lume", ())]


@pytest.mark.parametrize(("key", "hint"), [("farhom", "did you mean 'farholm'"), ("x", "there are farholm and torre")])
def test_a_wrong_district_is_named(database: sqlite3.Connection, key: str, hint: str) -> None:
    """A key of no district is answered with the nearest, or all."""
    with pytest.raises(NotFoundError, match=f"no district has the key '{key}'; {hint}"):
        timeline(database, key)


@pytest.mark.parametrize(
    ("start", "end", "years", "spoken"),
    [
        ("199X", None, (1990, 1999), "1990s"),
        ("2001", "2010", (2001, 2010), "2001–2010"),
        (None, "2007", (None, 2007), "until 2007"),
        ("1993~", "2003~", (1993, 2003), "about 1993–about 2003"),
        ("2001/..", None, (2001, None), "since 2001"),
        ("13XX", None, (1300, 1399), "14th century"),
        ("2013-02-26", None, (2013, 2013), "2013-02-26"),
    ],
)
def test_a_period_is_read_as_years(start: str, end: str | None, years: tuple[int, int], spoken: str) -> None:
    """A date of EDTF covers the years that it can mean, and is said as people say it."""
    found = span(start, end)

    assert found
    assert ((found.first, found.last), found.spoken) == (years, spoken)
