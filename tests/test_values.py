"""Single values beyond their pattern: dates that cannot be, pages that run backwards, check digits, long pointers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from filiera.values import MOST_WORDS, YEARS_AHEAD, Fault, date_fault, isbn_fault, issn_fault, orcid_fault, year

Complaints = Callable[[str, str], list[str]]

THIS_YEAR = dt.datetime.now(tz=dt.UTC).year

DATE = (
    "A date as precise as it is known, in EDTF (ISO 8601-2): 2014, 2014-04, 2014-21 (spring), 2013-02-26, 1984~ "
    "(about), 193X (the 1930s), 13XX (the 14th century), 2001/2010 (an interval)."
)
PAGES = "A page or a range of pages written out in full, such as 473-501 or xii-xv."
FULL = "write both in full, as in 473-501"
TITLE_PAGE = "compare it with the title page"
SWAP = "swap the two dates"
NO_DAY = "give the month alone, or the right day"


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("issued: 2014-02-30", "there is no day 2014-02-30 (give the month alone, or the right day)"),
        ("issued: 1900-02-29", f"there is no day 1900-02-29 ({NO_DAY})"),
        ("issued: 2014-13", f"there is no day 2014-13 ({NO_DAY})"),
        ("issued: 2014-00", f"there is no day 2014-00 ({NO_DAY})"),
        ("issued: 2010/2014-02-30", f"there is no day 2014-02-30 ({NO_DAY})"),
        (f"issued: {THIS_YEAR + YEARS_AHEAD + 1}", (f"the year {THIS_YEAR + YEARS_AHEAD + 1} has not come yet"
         " (check the digits)")),
        ("issued: 2014/4014", "the year 4014 has not come yet (check the digits)"),
        ("issued: 99XX", "the year 99XX has not come yet (check the digits)"),
        ("issued: 2014/2013", f"the period 2014/2013 ends before it starts ({SWAP})"),
        ("issued: 2014-04/2014-02", f"the period 2014-04/2014-02 ends before it starts ({SWAP})"),
        ("issued: 2014-04-02/2014-04-01", f"the period 2014-04-02/2014-04-01 ends before it starts ({SWAP})"),
        ("issued: 2014-4", f"'2014-4' does not fit ({DATE})"),
        ("issued: April 2014", f"'April 2014' does not fit ({DATE})"),
        ("issued: '14'", f"'14' does not fit ({DATE})"),
        ("issued: ٢٠١٤", f"'٢٠١٤' does not fit ({DATE})"),
        ("issued: '2014 '", f"'2014 ' does not fit ({DATE})"),
        ("page: 501-473", f"the pages 501-473 run backwards ({FULL})"),
        ("page: 473-81", f"the pages 473-81 run backwards ({FULL})"),
        ("page: xv-xii", f"the pages xv-xii run backwards ({FULL})"),
        ("page: '12-14, 30-20'", f"the pages 30-20 run backwards ({FULL})"),
        ("page: 473–501", f"'473–501' does not fit ({PAGES})"),
        ("page: p. 12", f"'p. 12' does not fit ({PAGES})"),
        ("ISBN: 978-0-00-000000-3", f"the check digit of '978-0-00-000000-3' is wrong ({TITLE_PAGE})"),
        ("ISBN: 987-0-00-000000-2", f"the check digit of '987-0-00-000000-2' is wrong ({TITLE_PAGE})"),
        ("ISBN: 0-8044-2957-0", f"the check digit of '0-8044-2957-0' is wrong ({TITLE_PAGE})"),
        ("ISBN: 978-0-00-00000", f"'978-0-00-00000' has 11 digits, and an ISBN 10 or 13 ({TITLE_PAGE})"),
        ("ISSN: 0000-0018", "the check digit of '0000-0018' is wrong (compare it with the journal)"),
        ("ISSN: 2434-561x", "'2434-561x' does not fit (An ISSN; its check digit is checked.)"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused(complaints: Complaints, value: str, fault: str) -> None:
    """A slip of the pen in a date, a page or a number of the book trade is caught by what it says itself."""
    name = value.split(":", maxsplit=1)[0]
    text = f"id: lens\ntype: book\nverification: recalled\n{value}\n"

    assert complaints("works/lens.yaml", text) == [f"4:{len(name) + 3}: {name}: {fault}"]


@pytest.mark.parametrize(
    "value",
    [
        "issued: 2014",
        "issued: 2012-02-29",
        "issued: 1984~",
        "issued: 1984-06?",
        "issued: 193X",
        "issued: 13XX/1450",
        "issued: 2001/2010",
        "issued: 2001/..",
        "issued: 2014/2014-06",
        f"issued: '{THIS_YEAR + YEARS_AHEAD}'",
        "page: '7'",
        "page: 473-501",
        "page: xii-xv",
        "page: 12-14, 20",
        "page: S12-S20",
        "ISBN: 978-0-00-000000-2",
        "ISBN: '9780000000002'",
        "ISBN: 0-8044-2957-X",
        "ISBN: 080442957x",
        "ISSN: 0000-0019",
        "ISSN: 2434-561X",
    ],
)
def test_a_sound_value_is_welcome(complaints: Complaints, value: str) -> None:
    """Every form that the schema's descriptions promise can be written."""
    assert complaints("works/lens.yaml", f"id: lens\ntype: book\nverification: recalled\n{value}\n") == []


@pytest.mark.parametrize(
    ("orcid", "fault"),
    [
        ("0000-0002-1825-0098", "the check digit of '0000-0002-1825-0098' is wrong (compare it with the profile)"),
        (
            "https://orcid.org/0000-0002-1825-0097",
            (
                "'https://orcid.org/0000-0002-1825-0097' does not fit"
                " (An ORCID without an address before it; its check digit is checked.)"
            ),
        ),
    ],
)
def test_an_orcid_is_checked(complaints: Complaints, orcid: str, fault: str) -> None:
    """An ORCID with a wrong digit would name another person."""
    assert complaints("authors/o.yaml", f"id: o\ntype: person\norcid: {orcid}\n") == [f"3:8: orcid: {fault}"]


@pytest.mark.parametrize(
    ("sound", "fault_of"),
    [
        ("9780000000002", isbn_fault),
        ("080442957X", isbn_fault),
        ("0000-0019", issn_fault),
        ("2434-561X", issn_fault),
        ("0000-0002-1825-0097", orcid_fault),
        ("0000-0002-1694-233X", orcid_fault),
    ],
)
def test_no_single_wrong_digit_gets_past_a_check_digit(sound: str, fault_of: Callable[[str], Fault]) -> None:
    """Each number with one digit changed is refused: the promise of the check digit."""
    wrong = [
        sound[:place] + digit + sound[place + 1 :]
        for place, old in enumerate(sound)
        for digit in "0123456789"
        if old not in {"-", digit}
    ]

    assert fault_of(sound) is None
    assert [one for one in wrong if fault_of(one) is None] == []


def test_every_day_of_a_leap_year_and_no_other_is_a_day() -> None:
    """The calendar is the calendar."""
    written = {f"2012-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 32)}

    assert {d for d in written if date_fault(d) is None} == {
        str(dt.date(2012, 1, 1) + dt.timedelta(days=n)) for n in range(366)
    }


def test_the_first_year_of_a_date_is_its_first_four_digits() -> None:
    """Years are compared by the first one that a date can mean; an open start has none."""
    dates = ["2014", "2013-02-26", "193X", "13XX", "1984~", "2001/2010", "../2010", ""]

    assert [year(date) for date in dates] == [2014, 2013, 1930, 1300, 1984, 2001, None, None]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (MOST_WORDS, []),
        (MOST_WORDS + 1, ["6:30: start: 8 words of a document are stored here (give the first or last 7 at most)"]),
    ],
)
def test_a_pointer_does_not_store_a_sentence(complaints: Complaints, number: int, expected: list[str]) -> None:
    """Seven words point to a place; more would be the source's sentence."""
    words = " ".join(["lens"] * number)
    text = (
        "id: e\ndocument: d\ntype: spelling\nseverity: minor\ndescription: A misprint.\n"
        f"evidence: [{{passage: {{start: {words}}}, document: d}}]\n"
    )

    assert complaints("errata/e.yaml", text) == expected
