"""Offer the nearest name when one is not known."""

from __future__ import annotations

from collections.abc import Iterable

#: Below this likeness (0 to 100) an offer would be a riddle rather than a help.
LIKENESS = 65


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """Return `did you mean 'NAME'?` for the nearest of `names`, or nothing when none is near.

    >>> did_you_mean("gagio-2006", ["gaggio-2006", "gaggio-2007"])
    "did you mean 'gaggio-2006'?"
    """
    from rapidfuzz import process  # noqa: PLC0415  only paid when something is wrong

    best = process.extractOne(word, list(names), score_cutoff=LIKENESS)
    return f"did you mean {best[0]!r}?" if best else ""
