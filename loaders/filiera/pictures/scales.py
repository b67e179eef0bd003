"""Place values along an axis, with round numbers as its marks."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

#: Steps that readers count in, in parts of a power of ten.
ROUND = (1, 2, 2.5, 5, 10)

#: Up to so many places of an order are all named.
FEW = 8


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight way from values to lengths; `start` may lie beyond `stop`, which turns the axis round."""

    low: float
    high: float
    start: float
    stop: float

    def __call__(self, value: float) -> float:
        """Return the place of a value.

        >>> Scale(0, 10, 200, 0)(2.5)
        150.0
        """
        part = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return self.start + part * (self.stop - self.start)


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Return round numbers that enclose a range, about so many of them.

    >>> ticks(-34.9, 6.4), ticks(0, 3), ticks(4, 4)
    ([-40.0, -30.0, -20.0, -10.0, 0.0, 10.0], [0.0, 1.0, 2.0, 3.0], [4.0, 4.2, 4.4, 4.6, 4.8, 5.0])
    """
    if high <= low:
        high = low + 1
    step = _step((high - low) / about, whole=high - low > 2)  # noqa: PLR2004  a small range needs parts
    first = math.floor(low / step)
    return [round(n * step, 10) for n in range(first, math.ceil(high / step) + 1)]


def ranks(last: float) -> list[float]:
    """Return the places of an order that an axis names.

    >>> ranks(3), ranks(21)
    ([1, 2, 3], [1, 5, 10, 15, 20, 25])
    """
    if last <= FEW:
        return list(range(1, math.ceil(last) + 1))
    return [1, *(round(t) for t in ticks(0, last) if t > 1)]


def _step(least: float, *, whole: bool) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    step = next(part * power for part in ROUND if part * power >= least * 0.999)
    return max(step, 1.0) if whole else step


def years(given: Iterable[int], most: int = 8) -> list[int]:
    """Return the years that an axis names: those that are given, or round ones where there are many.

    >>> years([2010, 2001, 2010]), years(range(1990, 2011), 5)
    ([2001, 2010], [1990, 1995, 2000, 2005, 2010])
    """
    known = sorted(set(given))
    if len(known) <= most and all(b - a > (known[-1] - known[0]) / 12 for a, b in pairwise(known)):
        return known
    return [int(t) for t in ticks(known[0], known[-1], most) if known[0] <= t <= known[-1]]
