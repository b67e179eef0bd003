"""Ask whether each citation means one work, by its right key, names and year."""

from __future__ import annotations

import re

from filiera.folding import fold
from filiera.nearest import did_you_mean
from filiera.proofreading.manuscripts import Citation
from filiera.proofreading.outcomes import PASSED, Fault, Outcome
from filiera.proofreading.resolution import Resolved, Verdict
from filiera.proofreading.rules.base import Base, Rule

#: As many works as this are offered.
OFFERED = 3


def _fault(citation: Citation, message: str, hint: str, fix: str = "") -> Fault:
    return Fault(citation.start, citation.end, message, hint, fix)


def unknown_key(one: Resolved, base: Base) -> Outcome:
    """Report a key that no work has."""
    if not one.citation.key or one.citation.item is not None:
        return None
    if one.verdict is not Verdict.UNKNOWN_KEY:
        return PASSED
    key = one.citation.key
    if one.keys:
        return _fault(one.citation, f"{key!r} is the key of a claim", f"cite its work, {one.keys[0]!r}")
    near = did_you_mean(key, base.resolver.keys())
    hint = near or "look the work up with `filiera cite`, or list it in a bibliography"
    meant = near.partition("'")[2].partition("'")[0]
    fix = one.citation.written.replace(key, meant) if meant else ""
    return _fault(one.citation, f"no work has the key {key!r}", hint, fix)


def renamed_key(one: Resolved, base: Base) -> Outcome:  # noqa: ARG001  the signature of a rule
    """Report a key that a work had before."""
    if not one.citation.key or one.citation.item is not None:
        return None
    if one.verdict is not Verdict.RENAMED:
        return PASSED
    now = one.keys[0]
    fix = one.citation.written.replace(one.citation.key, now)
    return _fault(one.citation, f"{one.citation.key!r} is the old key of a work", f"write {now!r}", fix)


def no_such_work(one: Resolved, base: Base) -> Outcome:
    """Report names and a year that no work has, when they look like a citation."""
    if one.citation.authors is None or one.citation.item is not None:
        return None
    if one.verdict is not Verdict.NO_WORK:
        return PASSED
    offered = ", ".join(f"{key} ({base.works.facts(key).name})" for key in one.keys[:OFFERED])
    there = f"; the nearest {'is' if len(one.keys) == 1 else 'are'} {offered}" if offered else ""
    hint = "put it right, or list the work in a bibliography"
    return _fault(one.citation, f"no work of the base is cited as {_written(one)!r}{there}", hint)


def ambiguous(one: Resolved, base: Base) -> Outcome:  # noqa: ARG001  the signature of a rule
    """Report names and a year that several works have."""
    if one.citation.authors is None or one.citation.item is not None:
        return None
    if one.verdict is not Verdict.SEVERAL:
        return PASSED
    offered = ", ".join(f"{key}" for key in one.keys)
    return _fault(
        one.citation, f"{_written(one)!r} can mean {len(one.keys)} works: {offered}", "say which, by key or letter"
    )


def misspelt_name(one: Resolved, base: Base) -> Outcome:
    """Report the name of an author that is spelt nearly right."""
    if one.citation.authors is None or one.citation.item is not None:
        return None
    if one.verdict is not Verdict.MISSPELT:
        return PASSED
    names = [base.works.facts(key).name for key in one.keys[:OFFERED]]
    meant = " or ".join(f"{key} ({name})" for key, name in zip(one.keys, names, strict=False))
    return _fault(
        one.citation, f"no author is spelt as in {_written(one)!r}", f"did you mean {meant}?", _spelt(one, base)
    )


def wrong_year(one: Resolved, base: Base) -> Outcome:
    """Report a year in which these authors have no work, when they have one in another."""
    if one.citation.authors is None:
        return None
    if one.verdict is not Verdict.YEAR:
        return PASSED
    offered = ", ".join(f"{key} ({base.works.facts(key).name})" for key in one.keys[:OFFERED])
    year = one.citation.authors.year
    message = f"no work of {year} is by {one.citation.authors.names}; there is {offered}"
    hint = "write its year, or list the other work in a bibliography"
    return _fault(one.citation, message, hint, _with_year(one, base))


def _written(one: Resolved) -> str:
    authors = one.citation.authors
    return f"{authors.names}{' et al.' if authors.et_al else ''} {authors.year}" if authors else one.citation.written


def _spelt(one: Resolved, base: Base) -> str:
    """Return the citation with its names put right, or nothing where it is not plain how."""
    written = one.citation.written
    for wrong, right in one.corrections:
        name = base.resolver.spelling(one.keys[0], right)
        place = _place(written, wrong)
        if not name or not place:
            return ""
        written = written[: place[0]] + name + written[place[1] :]
    return written if one.corrections else ""


def _place(written: str, name: str) -> tuple[int, int] | None:
    """Return where the words of a folded name stand in a text.

    >>> _place("De Marchi & Grandineti 2012", "grandineti")
    (12, 22)
    """
    words = list(re.finditer(r"\w[\w'’-]*", written))
    for first in range(len(words)):
        for last in range(first, len(words)):
            start, end = words[first].start(), words[last].end()
            if fold(re.sub(r"['’]s\Z", "", written[start:end])) == name:
                return start, end - (2 if re.search(r"['’]s\Z", written[start:end]) else 0)
    return None


def _with_year(one: Resolved, base: Base) -> str:
    """Return the citation with the year of the only work that is offered."""
    authors = one.citation.authors
    name = base.works.facts(one.keys[0]).name
    return one.citation.written.replace(authors.year, name.rpartition(" ")[2]) if authors and len(one.keys) == 1 else ""


RULES = (
    Rule("unknown-key", "error", "A key is that of a work.", of_citation=unknown_key),
    Rule("renamed-key", "warning", "A key is the present one of its work.", of_citation=renamed_key),
    Rule("no-such-work", "warning", "Names and a year are those of a work.", of_citation=no_such_work),
    Rule("ambiguous", "warning", "Names and a year mean one work only.", of_citation=ambiguous),
    Rule("misspelt-name", "error", "Authors are spelt as their works have them.", of_citation=misspelt_name),
    Rule("wrong-year", "warning", "The year is one in which these authors have a work.", of_citation=wrong_year),
)
