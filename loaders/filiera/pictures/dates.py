"""Read the dates of records (EDTF) as whole years, for an axis of time and for a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from filiera.values import year

CENTURY = re.compile(r"(\d\d)XX")
DECADE = re.compile(r"(\d\d\d)X")

#: Signs of EDTF for "about", "perhaps" and both.
DOUBTS = "~?%"

#: The side of an interval that is not known.
OPEN = ".."

ORDINALS = {1: "st", 2: "nd", 3: "rd"}

#: Between these, numbers end in "th" whatever their last digit is.
TEENS = range(10, 20)


@dataclass(frozen=True, slots=True)
class Span:
    """The years that a date can mean, both included; `None` is an open side. `text` is the date as recorded."""

    first: int | None
    last: int | None
    text: str

    @property
    def vague(self) -> bool:
        """Tell whether the date names its years no more closely than about, or within a decade or century."""
        return any(sign in self.text for sign in f"X{DOUBTS}")

    @property
    def spoken(self) -> str:
        """The date as a reader would say it."""
        first, slash, last = self.text.partition("/")
        if first == OPEN:
            return f"until {_spoken(last)}"
        if last == OPEN:
            return f"since {_spoken(first)}"
        return f"{_spoken(first)}–{_spoken(last)}" if slash else _spoken(first)


def span(start: str | None, end: str | None = None) -> Span | None:
    """Return the years from the first that `start` can mean to the last that `end` can, or None without either.

    A start without an end is one date, as far as its own precision goes; an end without a start is open.

    >>> span("199X", "2003~")
    Span(first=1990, last=2003, text='199X/2003~')
    >>> span(None, "2007")
    Span(first=None, last=2007, text='../2007')
    """
    if not start and not end:
        return None
    text = f"{start or OPEN}/{end}" if end else str(start)
    first, slash, last = text.partition("/")
    return Span(year(first), _last_year(last if slash else first), text)


def _last_year(date: str) -> int | None:
    """Return the last year that a date can mean.

    >>> _last_year("13XX"), _last_year("199X"), _last_year("2013-02"), _last_year("..")
    (1399, 1999, 2013, None)
    """
    digits = date[:4].replace("X", "9")
    return int(digits) if digits.isdigit() else None


def _spoken(date: str) -> str:
    """Say a date.

    >>> [_spoken(date) for date in ("13XX", "199X", "2003~", "1996?", "2010")]
    ['14th century', '1990s', 'about 2003', 'perhaps 1996', '2010']
    """
    if match := CENTURY.match(date):
        return f"{ordinal(int(match[1]) + 1)} century"
    if match := DECADE.match(date):
        return f"{match[1]}0s"
    plain = date.rstrip(DOUBTS)
    if plain == date:
        return date
    return f"{'about' if date[-1] == '~' else 'perhaps'} {plain}"


def ordinal(number: int) -> str:
    """Write a place in an order.

    >>> [ordinal(number) for number in (1, 2, 3, 14, 21)]
    ['1st', '2nd', '3rd', '14th', '21st']
    """
    ending = "th" if number % 100 in TEENS else ORDINALS.get(number % 10, "th")
    return f"{number}{ending}"
