"""Ask whether the place that a citation names is in the work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from filiera.proofreading.outcomes import PASSED, Fault, NotRun, Outcome
from filiera.proofreading.resolution import Resolved, Verdict
from filiera.proofreading.rules.base import Base, Rule
from filiera.proofreading.works import Facts, roman

PAGE = re.compile(r"([A-Za-z]{0,2})(\d+)(?:\s*[-–—]{1,2}\s*[A-Za-z]{0,2}(\d+))?|\b([ivxlcdm]+)\b")
SECTION = re.compile(r"\d+(?:\.\d+)*")


def page_outside(one: Resolved, base: Base) -> Outcome:
    """Report a page or a section that the work does not have."""
    place = one.citation.locator
    if place is None or one.verdict is not Verdict.WORK or place.label not in {"page", "section"}:
        return None
    check = _page if place.label == "page" else _section
    outcomes = [check(place.value, base.works.facts(key)) for key in one.keys]
    if PASSED in outcomes:
        return PASSED
    message = next((outcome for outcome in outcomes if isinstance(outcome, str)), "")
    if not message:
        return NotRun(f"it is not known which {place.label}s the work has")
    text, _, hint = message.partition(" | ")
    return Fault(place.start, place.end, text, hint)


def _page(value: str, work: Facts) -> Outcome | str:
    """Hold the pages of a locator against those of a work."""
    for first, last, is_roman in _pages(value):
        if is_roman:
            if not work.roman:
                return None
            if last > work.roman:
                return f"{work.name} has no page {value!r} | its Roman numbers go up to {work.roman}"
        elif not work.last:
            return None
        elif first < work.first or last > work.last or last < first:
            return f"page {value!r} is outside {work.name} | {work.key} has pages {work.first}-{work.last}"
    return PASSED


def _pages(value: str) -> Iterator[tuple[int, int, bool]]:
    """Yield first page, last page and whether they are in Roman numbers; "1019-27" ends at 1027."""
    for match in PAGE.finditer(value):
        if match[4]:
            yield roman(match[4]), roman(match[4]), True
            continue
        first, last = match[2], match[3] or match[2]
        short = len(first) - len(last)
        yield int(first), int(first[:short] + last if short > 0 else last), False


def _section(value: str, work: Facts) -> Outcome | str:
    """Hold the sections of a locator against those of the document that was read."""
    if not work.sections:
        return None
    for number in SECTION.findall(value):
        if number not in work.sections and not any(one.startswith(f"{number}.") for one in work.sections):
            there = ", ".join(sorted(one for one in work.sections if SECTION.fullmatch(one)))
            return f"{work.name} has no section {number!r} | the {work.document} that was read has {there}"
    return PASSED


RULES = (Rule("page-outside", "error", "A page or section is one that the work has.", of_citation=page_outside),)
