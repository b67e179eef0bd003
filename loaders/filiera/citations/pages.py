"""The pages of a work, and whether a place in it lies outside of them."""

from __future__ import annotations

import re

from filiera.styles.locators import locator

RANGE = re.compile(r"([A-Za-z]{0,2})(\d+)\s*(?:[-–—]+\s*[A-Za-z]{0,2}(\d+))?")


def pages(text: str) -> tuple[int, int] | None:
    """Return the first and the last page of a range as a record writes it.

    >>> pages("549-573"), pages("S15-S30"), pages("1017-27"), pages("12"), pages("e1004")
    ((549, 573), (15, 30), (1017, 1027), (12, 12), None)
    """
    ranges = [found for match in RANGE.finditer(text) if (found := _range(match))]
    return (min(first for first, _ in ranges), max(last for _, last in ranges)) if ranges else None


def _range(match: re.Match[str]) -> tuple[int, int] | None:
    """Return a range of pages; a lone number with a letter is the number of an article."""
    if match[1] and not match[3]:
        return None
    last = match[3] or match[2]
    short = len(match[2]) - len(last)
    return int(match[2]), int(match[2][:short] + last if short > 0 else last)


def outside(place: str, of: str) -> str:
    """Say that a place is a page outside of the pages of a work; nothing where it is not, or is not known to be.

    >>> outside("p. 99", "19-58"), outside("pp. 23-5", "19-58"), outside("sec. 99", "19-58"), outside("p. 99", "")
    ('page 99 is outside of it: it has pages 19-58', '', '', '')
    """
    read = locator(place)
    cited, has = pages(read.value), pages(of)
    if read.label != "page" or not cited or not has or has[0] <= cited[0] <= cited[1] <= has[1]:
        return ""
    return f"page{'s' * read.plural} {read.value} {'are' if read.plural else 'is'} outside of it: it has pages {of}"
