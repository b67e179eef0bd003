"""Check single values beyond their pattern: dates that cannot be, pages that run backwards, check digits.

A check is a function from a text to what is wrong with it, or None. To add one, write it and list it in `CHECKS` under
the name of its LinkML type.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

#: A work may be announced for next year, and one more for the turn of the year; later is a slip of the pen.
YEARS_AHEAD = 2

#: More words than this would store a sentence of the document (DESIGN.md, promise 1).
MOST_WORDS = 7

#: A season stands in place of a month: spring, summer, autumn, winter.
SEASONS = frozenset({"-21", "-22", "-23", "-24"})

ROMAN = re.compile(r"m{0,4}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})\Z")
ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}

Fault = tuple[str, str] | None


def date_fault(text: str) -> Fault:
    """Say what is wrong with an EDTF date, as message and hint.

    >>> date_fault("2013-02-30")
    ('there is no day 2013-02-30', 'give the month alone, or the right day')
    >>> date_fault("2010/2001")
    ('the period 2010/2001 ends before it starts', 'swap the two dates')
    """
    start, slash, end = text.partition("/")
    for part in filter(None, (start, end)):
        if fault := _day_fault(part):
            return fault
    if slash and is_backwards(start, end):
        return f"the period {text} ends before it starts", "swap the two dates"
    return None


def _day_fault(text: str) -> Fault:
    date = text.rstrip("?~%")
    first = year(date)
    if first is None:
        return None
    if first > dt.datetime.now(tz=dt.UTC).year + YEARS_AHEAD:
        return f"the year {date[:4]} has not come yet", "check the digits"
    if "X" in date:
        return None
    parts = [int(part) for part in date.split("-")] + [1, 1]
    if date[4:] in SEASONS:
        return None
    try:
        dt.date(max(parts[0], 1), parts[1], parts[2])
    except ValueError:
        return f"there is no day {date}", "give the month alone, or the right day"
    return None


def is_backwards(start: str, end: str) -> bool:
    """Tell whether a date ends before another begins, as far as both are known.

    >>> is_backwards("2010-05", "2010-03"), is_backwards("2010-05", "2010"), is_backwards("193X", "1935~")
    (True, False, False)
    """
    first, last = (part.rstrip("?~%").rstrip("X") for part in (start, end))
    known = min(len(first), len(last))
    return bool(last.strip(".")) and last[:known] < first[:known]


def year(text: str) -> int | None:
    """Return the first year that an EDTF date can mean, or None for an open start.

    >>> year("193X"), year("2013-02-26"), year("../2010")
    (1930, 2013, None)
    """
    digits = text[:4].replace("X", "0")
    return int(digits) if digits.isdigit() else None


def pages_fault(text: str) -> Fault:
    """Say what is wrong with a range of pages.

    >>> pages_fault("501-473")
    ('the pages 501-473 run backwards', 'write both in full, as in 473-501')
    """
    for part in re.split(r", ?", text):
        first, _, last = part.partition("-")
        start, end = _page(first), _page(last)
        if start is not None and end is not None and start > end:
            return f"the pages {part} run backwards", "write both in full, as in 473-501"
    return None


def _page(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    if text and ROMAN.match(text.lower()):
        return _roman(text.lower())
    return None


def _roman(text: str) -> int:
    digits = [ROMAN_DIGITS[c] for c in text]
    return sum(-d if d < max(digits[i:]) else d for i, d in enumerate(digits))


def isbn_fault(text: str) -> Fault:
    """Say what is wrong with an ISBN (ISO 2108): its length or its check digit.

    >>> isbn_fault("978-0-691-12697-5") is None
    True
    """
    digits = text.replace("-", "").upper()
    if len(digits) not in (10, 13) or "X" in digits[:-1]:
        return f"{text!r} has {len(digits)} digits, and an ISBN 10 or 13", "compare it with the title page"
    values = [10 if c == "X" else int(c) for c in digits]
    if len(digits) == 10:  # noqa: PLR2004  ISBN-10
        sound = sum(v * w for v, w in zip(values, range(10, 0, -1), strict=True)) % 11 == 0
    else:
        sound = sum(v * (1 if i % 2 == 0 else 3) for i, v in enumerate(values)) % 10 == 0
    return None if sound else (f"the check digit of {text!r} is wrong", "compare it with the title page")


def issn_fault(text: str) -> Fault:
    """Say what is wrong with an ISSN (ISO 3297): its check digit."""
    values = [10 if c == "X" else int(c) for c in text.replace("-", "")]
    sound = sum(v * w for v, w in zip(values, range(8, 0, -1), strict=True)) % 11 == 0
    return None if sound else (f"the check digit of {text!r} is wrong", "compare it with the journal")


def orcid_fault(text: str) -> Fault:
    """Say what is wrong with an ORCID (ISO 7064 MOD 11-2): its check digit."""
    total = 0
    for c in text.replace("-", "")[:-1]:
        total = (total + int(c)) * 2
    expected = "0123456789X"[(12 - total % 11) % 11]
    return None if text[-1] == expected else (f"the check digit of {text!r} is wrong", "compare it with the profile")


def words_fault(text: str) -> Fault:
    """Say when a pointer holds so many words that it stores a sentence."""
    number = len(text.split())
    if number <= MOST_WORDS:
        return None
    return f"{number} words of a document are stored here", f"give the first or last {MOST_WORDS} at most"


CHECKS: dict[str, Callable[[str], Fault]] = {
    "Date": date_fault,
    "Pages": pages_fault,
    "Isbn": isbn_fault,
    "Issn": issn_fault,
    "Orcid": orcid_fault,
    "Words": words_fault,
}
