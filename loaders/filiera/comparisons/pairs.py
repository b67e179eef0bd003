"""Two printings of the same number: how they differ, and what may explain it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from filiera.comparisons.observations import Observation

#: The ways in which two printings can differ, gravest first.
DIFFERENCES = {
    "values": "different values",
    "words": "a number and words",
    "texts": "different words",
    "printing": "one value, printed differently",
}

NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?")
DATES = re.compile(r"[\d-]+")
SIGNS = str.maketrans("−–", "--")


@dataclass(frozen=True, slots=True)
class Printing:
    """What is printed of a number, in one place or the same in several."""

    places: tuple[Observation, ...]

    @property
    def first(self) -> Observation:
        """The number in the first of the places; tables come before running text."""
        return self.places[0]

    @property
    def certain(self) -> bool:
        """Whether some place leaves no doubt."""
        return any(one.certain for one in self.places)

    @property
    def numerals(self) -> str:
        """The first number that is printed in digits, or nothing."""
        return "".join(NUMBER.findall(self.first.shown.translate(SIGNS))[:1])

    @property
    def decimals(self) -> int:
        """How many digits after the point are printed."""
        return len(self.numerals.partition(".")[2])


@dataclass(frozen=True, slots=True)
class Pair:
    """Two printings of a number, and the errata that are about it."""

    one: Printing
    two: Printing
    errata: tuple[str, ...] = ()

    def is_comparable(self, *, split: bool) -> bool:
        """Tell whether both are of the same thing; `split` says that the measure has totals and single counterparts."""
        one, two = self.one.first, self.two.first
        words = one.value is None or two.value is None
        same_side = set(one.counterparts) == set(two.counterparts)
        silent = not (one.counterparts and two.counterparts) and words and not split
        return (same_side or silent) and (one.period == two.period or not (one.period and two.period))

    @property
    def difference(self) -> str:
        """The key of the way in which they differ, or nothing when they agree."""
        one, two = self.one.first, self.two.first
        if one.value is not None and two.value is not None and one.value != two.value:
            return "values"
        if one.period != two.period:
            return ""
        if (one.value is None) != (two.value is None):
            return "words"
        if one.value is None:
            return "printing" if DATES.fullmatch(one.shown) and DATES.fullmatch(two.shown) else "texts"
        return "printing" if self.one.numerals or self.two.numerals else ""

    def reasons(self) -> Iterator[str]:
        """Say what may explain the difference, the most likely first."""
        difference = self.difference
        if self.errata:
            yield "an erratum is about it"
        if difference == "values" and self._is_rounded():
            yield "rounding: the one is the other with fewer digits"
        if difference == "printing":
            yield self._printed()
        if difference in {"words", "texts"}:
            yield "told in words"
        if not (self.one.certain and self.two.certain):
            yield "a cell is uncertain"
        if self.one.first.period != self.two.first.period:
            yield "one gives no period"
        if set(self.one.first.counterparts) != set(self.two.first.counterparts):
            yield "one names no counterpart"

    def _is_rounded(self) -> bool:
        """Tell whether the values are as near as the printing with fewer digits can tell."""
        one, two = self.one.first.value, self.two.first.value
        half = 0.5 / 10 ** min(self.one.decimals, self.two.decimals)
        return one is not None and two is not None and abs(one - two) <= half + 1e-9

    def _printed(self) -> str:
        one, two = self.one.numerals, self.two.numerals
        if not (one and two):
            return "told in words in one place"
        if self.one.first.value is not None and one.lstrip("+-") == two.lstrip("+-"):
            return "the sign is printed in one place only"
        return "some digits are printed in one place only"


def plain(printed: str) -> str:
    """Return what is printed without the signs that do not change a number.

    >>> plain("+1,220 %"), plain("−12.9%"), plain("First")
    ('1220', '-12.9', 'first')
    """
    return re.sub(r"[\s,+%]", "", printed.translate(SIGNS)).casefold()
