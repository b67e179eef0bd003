"""Find the works that a citation means: by key, identifier, printed string, author and year, or title.

A `Lookup` is made once and asked many times; it reads what it needs, when it needs it, from the tables of `index`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from filiera.citations.fit import Candidate, Fit, around, fit
from filiera.citations.identifiers import RECORD, identifier
from filiera.citations.names import Names
from filiera.citations.reading import KEY, Reading, readings, split, unwrapped
from filiera.folding import fold

#: Longer texts are no citation.
LONGEST_TEXT = 2_000

#: Fits that cost no more than this above the best are offered with it, and no more than so many.
MARGIN = 0.5
OFFERED = 5

#: A fit that costs more than this is not offered.
DEAREST = 3.6

#: A fit in the year itself that costs no more than this makes other years needless.
DEAREST_THERE = 1.5

#: Works with a name in a year that are looked at; a name with more is too common to be told by it alone.
MOST_CANDIDATES = 400

#: Longest run of words that is looked up as one name.
RUN = 6


class Reason(StrEnum):
    """By what the works were found, or what makes them doubtful."""

    KEY = "key"
    OLD_KEY = "old key"
    IDENTIFIER = "identifier"
    PRINTED = "printed so"
    AUTHOR_YEAR = "author and year"
    TITLE = "title"
    SEVERAL = "several works"
    MISSPELT = "misspelt name"
    PART_OF_NAME = "part of a name"
    AUTHORS = "other authors"
    YEAR = "another year"
    LETTER = "letter after the year"
    NO_YEAR = "no year"
    PART_OF_TITLE = "part of a title"
    NOTHING = "nothing"


#: The reason that a doubt of a fit gives, the weightiest first.
REASONS = {
    "year": Reason.YEAR,
    "far year": Reason.YEAR,
    "misspelt": Reason.MISSPELT,
    "unexplained": Reason.AUTHORS,
    "initials": Reason.AUTHORS,
    "number": Reason.AUTHORS,
    "order": Reason.AUTHORS,
    "editors": Reason.AUTHORS,
    "part": Reason.PART_OF_NAME,
    "no year": Reason.NO_YEAR,
    "letter": Reason.LETTER,
}


NO_READING = Reading("")


@dataclass(frozen=True, slots=True)
class Match:
    """What a citation means: the keys of works, the likeliest first.

    `certain` promises that there is one work and nothing that speaks against it; several keys are a choice, and one
    that is not certain is an offer. `reason` says by what the works were found or what makes them doubtful.
    `corrections` are pairs of a name as it was written and as the base has it, folded.
    """

    text: str
    keys: tuple[str, ...] = ()
    certain: bool = False
    reason: Reason = Reason.NOTHING
    corrections: tuple[tuple[str, str], ...] = ()
    reading: Reading = NO_READING

    @property
    def locator(self) -> str:
        """The place in the work that the citation gives."""
        return self.reading.locator


class Lookup:
    """Finds works by citations; make one and keep it, for it keeps what it has read."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read nothing yet."""
        self._connection = connection
        self._names = Names(connection)

    def find(self, text: str) -> Match:
        """Return what the text means when it is one citation.

        Of a text that holds several, such as `Gaggio 2006, 2007`, the first is taken; `find_all` gives each.
        """
        return next(iter(self.find_all(text)), Match(text))

    def find_all(self, text: str) -> list[Match]:
        """Return what each citation in a text means."""
        if len(text) > LONGEST_TEXT:
            return [Match(text[:LONGEST_TEXT])]
        return [match for part in split(text) for match in self._part(part)]

    def _part(self, text: str) -> Iterator[Match]:
        if found := self._by_key(text) or self._by_identifier(text):
            yield found
            return
        one = fold(text)
        several = readings(re.sub(r"(?<=[a-z])-(?=\d{4})", " ", text) if KEY.fullmatch(text) else text)
        strings = self._by_string(one)
        for reading in several:
            yield self._by_author_and_year(reading, strings if len(several) == 1 else [])

    def _by_key(self, text: str) -> Match | None:
        reading = readings(text)[0]
        words = re.sub(r"\s+", " ", reading.text)
        found = RECORD.fullmatch(words) or KEY.match(words) or re.fullmatch(r"-?@?([a-z0-9-]+)", words)
        if not found or (found.re is KEY and words[found.end() :].strip(" ,:;") not in {"", reading.locator}):
            return None
        for reason, query in (
            (Reason.KEY, "select id from works where id = ?"),
            (Reason.OLD_KEY, "select id from aliases join works using (id) where alias = ?"),
        ):
            if row := self._connection.execute(query, (found[1],)).fetchone():
                return Match(text, (row[0],), certain=True, reason=reason, reading=reading)
        return None

    def _by_identifier(self, text: str) -> Match | None:
        """Find works by DOI, ISBN or address; one that is none of ours is said to be nothing."""
        if not (wanted := identifier(unwrapped(text))):
            return None
        query = "select work from citation_identifiers where identifier = ? order by work"
        keys = tuple(row[0] for row in self._connection.execute(query, (wanted,)))
        reason = Reason.NOTHING if not keys else Reason.SEVERAL if len(keys) > 1 else Reason.IDENTIFIER
        return Match(text, keys, certain=len(keys) == 1, reason=reason, reading=Reading(text))

    def _by_string(self, folded: str) -> list[str]:
        """Find works by a citation just as a document prints it, with those that it could mean as well."""
        query = """
            select work, 0, 0 from citation_strings where string = ?1
            union all
            select alternative, 1, position from citation_strings join works_alternatives using (work) where string = ?1
            order by 2, 3, 1
        """
        return list(dict.fromkeys(row[0] for row in self._connection.execute(query, (folded,))))

    def _by_author_and_year(self, reading: Reading, printed: list[str]) -> Match:
        fits = self._fits(reading)
        sure = [one for one in fits if not one.doubts]
        sure = [one for one in sure if one.cost <= sure[0].cost]
        if printed or sure:
            keys = tuple(dict.fromkeys([*printed, *(one.key for one in sure)]))
            reason = Reason.PRINTED if printed else Reason.AUTHOR_YEAR
            certain = len(keys) == 1
            return Match(reading.text, keys, certain, reason if certain else Reason.SEVERAL, reading=reading)
        offered = [one for one in fits if one.cost <= min(fits[0].cost + MARGIN, DEAREST)][:OFFERED]
        if not offered:
            return Match(reading.text, reading=reading)
        reason = next((why for doubt, why in REASONS.items() if doubt in offered[0].doubts), Reason.AUTHORS)
        keys = tuple(one.key for one in offered)
        return Match(reading.text, keys, reason=reason, corrections=offered[0].corrections, reading=reading)

    def _fits(self, reading: Reading) -> list[Fit]:
        """Return how the reading fits the works that it could mean, the best first."""
        names = list(self._segments(reading))
        years = reading.years or (("",) if reading.undated else ())
        fits = self._held(reading, self._candidates(names, years), loosely=False)
        if fits and not fits[0].doubts:
            return fits
        near = [*names, *self._misspelt(reading)]
        fits += self._held(reading, self._candidates(near, years), loosely=True)
        for wider in (around(reading.years), ()):
            if reading.years and all(one.cost > DEAREST_THERE for one in fits):
                fits += self._held(reading, self._candidates(names, wider), loosely=False)
        best: dict[str, Fit] = {}
        for one in sorted(fits, key=lambda one: (one.cost, one.key)):
            best.setdefault(one.key, one)
        return list(best.values())

    def _held(self, reading: Reading, candidates: Iterable[Candidate], *, loosely: bool) -> list[Fit]:
        found = (fit(reading, candidate, loosely=loosely) for candidate in candidates)
        return sorted((one for one in found if one), key=lambda one: (one.cost, one.key))

    def _segments(self, reading: Reading) -> Iterator[str]:
        """Yield the known names in the reading, the longest runs of words first."""
        for chunk in reading.names:
            words = [word.text for word in chunk]
            at = 0
            while at < len(words):
                runs = (" ".join(words[at:end]) for end in range(min(len(words), at + RUN), at, -1))
                known = next((run for run in runs if self._names.known(run)), "")
                if known:
                    yield known
                at += len(known.split()) or 1

    def _misspelt(self, reading: Reading) -> Iterator[str]:
        """Yield the known names that are near to a chunk of the reading, or to one or two words of it."""
        for chunk in reading.names:
            words = [word.text for word in chunk if not word.initials]
            runs = [words, *([word] for word in words), *map(list, pairwise(words))]
            for run in {" ".join(run): None for run in runs if run}:
                for name, _ in self._names.near(run):
                    yield name

    def _candidates(self, names: list[str], years: tuple[str, ...]) -> Iterator[Candidate]:
        """Yield the works of the years that have any of the names, those with most of them first."""
        names = list(dict.fromkeys(names))
        if not names:
            return
        here = f"name in ({', '.join('?' * len(names))})"
        then = f" and year in ({', '.join('?' * len(years))})" if years else ""
        query = f"""
            select work, citation_works.year, letter, edited, people from citation_works join (
                select work, count(distinct name) as names from citation_names where {here}{then}
                group by work order by names desc, work limit {MOST_CANDIDATES}
            ) using (work) order by names desc, work
        """  # noqa: S608  only question marks
        rows = self._connection.execute(query, (*names, *years)).fetchall()
        yield from map(Candidate.of, rows)
