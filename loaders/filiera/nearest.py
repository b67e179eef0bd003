"""Offer the nearest name when one is not known."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Below this likeness (0 to 100) an offer would be a riddle rather than a help.
LIKENESS = 65

#: A word of the one has to be as like as this to a word of the other; years and the like are no words.
WORDS_ALIKE = 60
WORD = re.compile(r"[^\W\d_]+")


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """Return `did you mean 'NAME'?` for the nearest of `names`, or nothing when none is near.

    >>> did_you_mean("gagio-2006", ["gaggio-2006", "gaggio-2007"])
    "did you mean 'gaggio-2006'?"
    >>> did_you_mean("nosuch-2001", ["rabellotti-carabelli-hirsch-2001"])
    ''
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415  only paid when something is wrong

    best = process.extractOne(word, list(names), score_cutoff=LIKENESS)
    if best is None:
        return ""
    ours, theirs = WORD.findall(word), WORD.findall(best[0])
    alike = not ours or any(fuzz.ratio(one, other) >= WORDS_ALIKE for one in ours for other in theirs)
    return f"did you mean {best[0]!r}?" if alike else ""
