"""Cite in LaTeX, in the commands of biblatex: what a writer pastes between braces and brackets.

A place with numbers alone, or with the label of pages, is given as numbers: biblatex writes "p." or "pp." itself. Any
other place keeps its label. Several citations make one command: `\\autocites[see][23]{a}[cf.][]{b}`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from filiera.citations.works import Work

PAGES = re.compile(r"(?:pp?|pages?)\b\.?\s*(?=\d|[ivxlcdm]+\b)", re.IGNORECASE)

#: A hyphen or dash between numbers is an en dash, which LaTeX writes as two hyphens.
RANGE = re.compile(r"(?<=\w)\s*[-–—]\s*(?=\w)")
LABEL = re.compile(r"(?<=\.)\s+(?=\d)")


def cited(works: Sequence[Work], command: str = "autocite") -> str:
    """Return the command that cites works.

    >>> cited([Work("gaggio-2006", "", "", prefix="see", locator="pp. 23-25")])
    '\\\\autocite[see][23--25]{gaggio-2006}'
    """
    several = "s" if len(works) > 1 else ""
    return f"\\{command}{several}{''.join(map(_one, works))}"


def _one(work: Work) -> str:
    place = postnote(work.locator)
    if work.prefix:
        return f"[{_safe(work.prefix)}][{place}]{{{work.key}}}"
    return f"[{place}]{{{work.key}}}" if place else f"{{{work.key}}}"


def postnote(locator: str) -> str:
    """Return a place as biblatex takes it.

    >>> postnote("pp. 23-25"), postnote("23"), postnote("sec. 5.1"), postnote("")
    ('23--25', '23', 'sec.~5.1', '')
    """
    place = _safe(PAGES.sub("", locator, count=1) if PAGES.match(locator) else locator)
    return LABEL.sub("~", RANGE.sub("--", place))


def _safe(text: str) -> str:
    """Return a text that ends no argument and starts no comment."""
    from filiera.styles.markup import convert  # noqa: PLC0415  only paid by LaTeX

    return convert(escape(text, quote=False), "latex")
