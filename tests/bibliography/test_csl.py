"""Works become items of CSL-JSON, with every field that CSL has a variable for."""

from __future__ import annotations

import sqlite3

import pytest

from filiera.bibliography import csl
from filiera.bibliography.dates import csl_date, edtf
from filiera.bibliography.names import author, csl_name
from filiera.errors import NotFoundError

BOOK = {
    "id": "odegard-2003a",
    "type": "book",
    "title": "Learning by Grinding",
    "original-title": "Discere molendo",
    "author": [{"family": "Ødegård", "given": "Łukasz"}],
    "translator": [{"family": "Brine"}],
    "illustrator": [{"family": "Strauß-O'Neill", "given": "Aoife", "suffix": "Jr."}],
    "issued": {"date-parts": [[2003]]},
    "original-date": {"date-parts": [[2001]], "circa": True},
    "collection-title": "Harbour Studies",
    "collection-number": "14",
    "edition": "2",
    "volume": "1",
    "volume-title": "Stones",
    "number-of-volumes": "2",
    "number-of-pages": "xii, 240",
    "publisher": "Lume University Press",
    "publisher-place": "Torre Lume",
    "original-publisher": "Grinders' Press",
    "original-publisher-place": "Farholm",
    "ISBN": "978-0-00-000000-2",
    "language": "pl",
}


def test_an_item_has_every_field_of_its_work(database: sqlite3.Connection) -> None:
    """Fields become variables of CSL, people are written out with their names."""
    item = csl.item(database, "odegard-2003a")

    assert item == BOOK


def test_a_chapter_names_the_editors_of_its_book(database: sqlite3.Connection) -> None:
    """The editors of a work are CSL's, whether they edited it or the book that holds it."""
    item = csl.item(database, "odegard-2003b")

    assert [name["family"] for name in item["editor"]] == ["Strauß-O'Neill", "Ødegård"]


def test_items_come_in_the_order_of_their_keys(database: sqlite3.Connection) -> None:
    """All works come, or those that are asked for, and an old key is followed."""
    everything = [row[0] for row in database.execute("select id from works order by id")]
    asked = csl.items(database, ["odegard-2003b", "register-2010", "brine-1987"])

    assert [item["id"] for item in csl.items(database)] == everything
    assert [item["id"] for item in asked] == ["brine-1987", "harbour-register-2010", "odegard-2003b"]


@pytest.mark.parametrize(
    ("key", "hint"),
    [("odegard-2003c", "did you mean 'odegard-2003"), ("brine-tom", ""), ("xyz", "filiera find --kind works")],
)
def test_a_key_that_no_work_has_is_an_error(key: str, hint: str, database: sqlite3.Connection) -> None:
    """The key of nothing, or of a record of another kind, is named with the nearest."""
    with pytest.raises(NotFoundError, match=f"no work has the key '{key}'.*{hint}"):
        csl.item(database, key)


def test_a_work_that_is_not_confirmed_says_so(database: sqlite3.Connection) -> None:
    """The warning stands in the annotation for people, and in `custom` for programs."""
    item = csl.item(database, "brine-undated")

    assert item["custom"] == {"verification": "unresolved"}
    assert item["annote"].startswith("[unresolved: it is not known which work this is")
    assert item["annote"].endswith("] The citation fits two works.")


def test_organisations_are_literal_and_old_keys_custom(database: sqlite3.Connection) -> None:
    """An organisation is never parted into names, and an old key is not lost."""
    item = csl.item(database, "register-2010")

    assert (item["author"], item["custom"]) == ([{"literal": "Harbour Register"}], {"aliases": ["register-2010"]})


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2014", {"date-parts": [[2014]]}),
        ("0800-12-25", {"date-parts": [[800, 12, 25]]}),
        ("2014-21", {"date-parts": [[2014, 21]]}),
        ("1984~", {"date-parts": [[1984]], "circa": True}),
        ("1984?", {"date-parts": [[1984]], "circa": True, "edtf": "1984?"}),
        ("193X", {"date-parts": [[1930], [1939]], "circa": True, "edtf": "193X"}),
        ("13XX/142X", {"date-parts": [[1300], [1429]], "circa": True, "edtf": "13XX/142X"}),
        ("2001/2010", {"date-parts": [[2001], [2010]]}),
        ("2001-05-06/2001-07", {"date-parts": [[2001, 5, 6], [2001, 7]]}),
        ("2001/", {"date-parts": [[2001], [0]]}),
        ("2001/..", {"date-parts": [[2001], [0]], "edtf": "2001/.."}),
    ],
)
def test_a_date_goes_there_and_back(written: str, expected: dict[str, object]) -> None:
    """CSL gets the nearest that it knows, and what it does not know besides."""
    assert csl_date(written) == expected
    assert edtf(expected) == written


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ({"date-parts": [["2014", "4", "5"]]}, "2014-04-05"),
        ({"date-parts": [[2014]], "season": "2"}, "2014-22"),
        ({"date-parts": [[2014]], "season": "Winter"}, "2014-24"),
        ({"date-parts": [[2014]], "circa": "false"}, "2014"),
        ({"raw": "2014-04-05"}, "2014-04-05"),
        ({"literal": "Spring 2014"}, "2014-21"),
        ({"literal": "5 avril 2014"}, "2014-04-05"),
        ({"literal": "March 3rd, 1999"}, "1999-03-03"),
        ({"raw": "2014/04/05"}, "2014-04-05"),
        ({"raw": "2014-2016"}, "2014/2016"),
        ({"literal": "1998–2001"}, "1998/2001"),
        ({"literal": "ca. 1850"}, "1850~"),
        ("2014/2016", "2014/2016"),
        ({"literal": "n.d."}, None),
        ({"date-parts": [[-44]]}, None),
        ({"date-parts": [[]]}, None),
        ({"date-parts": "2014"}, None),
        ({"date-parts": [[2014, 1.5]]}, None),
        (2014, None),
    ],
)
def test_dates_of_other_programs_are_read(date: object, expected: str | None) -> None:
    """What can only mean one date is read; anything else is left to be said."""
    assert edtf(date) == expected


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (
            {"type": "person", "family": "van der Berg", "given": "Jo"},
            {"family": "Berg", "given": "Jo", "non-dropping-particle": "van der"},
        ),
        ({"type": "person", "family": "De Marchi", "given": "V."}, {"family": "De Marchi", "given": "V."}),
        (
            {"type": "person", "family": "Tocqueville", "given": "Alexis de"},
            {"family": "Tocqueville", "given": "Alexis", "dropping-particle": "de"},
        ),
        ({"type": "person", "family": "d'Alembert"}, {"family": "d'Alembert"}),
        ({"type": "person", "family": "bell hooks"}, {"family": "bell hooks"}),
        ({"type": "organisation", "literal": "Ada & Co"}, {"literal": "Ada & Co"}),
    ],
)
def test_a_name_goes_there_and_back(data: dict[str, str], name: dict[str, str]) -> None:
    """Particles stand apart in CSL, and come back to where they were."""
    assert csl_name(data) == name
    assert author(name) == data
