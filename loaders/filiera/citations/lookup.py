"""Find the works that a citation means: by key, identifier, printed string, author and year, or title.

A `Lookup` is made once and asked many times; it reads what it needs, when it needs it, from the tables of `index`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from filiera.citations.fit import LONGEST, Candidate, Fit, around, fit
from filiera.citations.identifiers import RECORD, identifier
from filiera.citations.names import Names
from filiera.citations.reading import KEY, YEAR, Reading, plainly, readings, split, unwrapped
from filiera.citations.titles import LONG_TITLE, Titled, Titles, agree
from filiera.folding import encodable, fold

#: Longer texts are no citation.
LONGEST_TEXT = 2_000

#: Fits that cost no more than this above the best are offered with it, and no more than so many.
MARGIN = 0.5
OFFERED = 5

#: A fit that costs more than this is not offered.
DEAREST = 3.6

#: A fit in the year itself that costs no more than this makes other years needless.
DEAREST_THERE = 1.5

#: A text without a year that has more words than this is not looked through for misspelt names.
FEW_WORDS = 3

#: What a slip in one name costs: where nothing fits better, a name that is known may be a slip of another.
COST_OF_A_SLIP = 0.8

#: Works with a name in a year that are looked at; a name with more is too common to be told by it alone.
MOST_CANDIDATES = 400

#: A run of more than two words is looked up as one misspelt name when it has as many letters as this: the name of an
#: organisation. Of a text no more than so many runs are looked up.
LONG_NAME = 16
MOST_PARTS = 60


#: White space is folded before anything is looked for in it; lines keep citations apart.
SPACE = re.compile(r"[^\S\n]+")

#: What stands between two citations that no semicolon keeps apart.
BETWEEN = re.compile(r"([)\]]*)\s*(?:,|&|\band\b|\be\b|\bund\b|\bet\b)\s*(?=[^\W\d])", re.IGNORECASE)


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
    OTHER_TITLE = "another title"
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
        self._titles = Titles(connection)

    def find(self, text: str) -> Match:
        """Return what the text means when it is one citation.

        Of a text that holds several, such as `Gaggio 2006, 2007`, the first is taken; `find_all` gives each.
        """
        return next(iter(self.find_all(text)), Match(text))

    def find_all(self, text: str) -> list[Match]:
        """Return what each citation in a text means."""
        text = plainly(SPACE.sub(" ", encodable(text)))
        if len(text) > LONGEST_TEXT:
            return [Match(text[:LONGEST_TEXT])]
        return [match for part in split(text) for piece in self._pieces(part) for match in self._part(piece)]

    def _pieces(self, text: str) -> list[str]:
        """Take a text apart where a year is followed by other authors and their year: `Gaggio 2006 and Bair 2009`."""
        ends = [match.end() for match in YEAR.finditer(text)][:-1]
        for end in ends:
            after = BETWEEN.match(text, end)
            if after and self._begins_with_names(text[after.end() :]):
                return [text[: after.start() + len(after[1])], *self._pieces(text[after.end() :])]
        return [text]

    def _begins_with_names(self, text: str) -> bool:
        """Tell whether all that stands before the first year are names that are known here, or initials."""
        words = [word for word in readings(text)[0].words if not word.initials]
        return bool(words) and len(words) <= LONGEST and not self._segments([word.text for word in words])[1]

    def _part(self, text: str) -> Iterator[Match]:
        if found := self._by_key(text) or self._by_identifier(text):
            yield found
            return
        several = readings(re.sub(r"(?<=[a-z])-(?=\d{4})", " ", text) if KEY.match(text) else text)
        for reading in several:
            found = self._printed(text, reading) if len(several) == 1 else None
            found = found or self._by_author_and_year(reading)
            yield found if found.keys and found.reason is not Reason.NO_YEAR else self._by_title(reading) or found

    def _printed(self, text: str, reading: Reading) -> Match | None:
        """Return the works that a document cites by just this text, with all others that it could mean."""
        if not (keys := self._by_string(fold(text))):
            return None
        sure = [one.key for one in self._fits(reading) if not one.doubts]
        keys = list(dict.fromkeys([*keys, *sure]))
        certain = len(keys) == 1
        return Match(text, tuple(keys), certain, Reason.PRINTED if certain else Reason.SEVERAL, reading=reading)

    def _by_title(self, reading: Reading) -> Match | None:
        titled = self._titles.find(reading.text)
        if not titled.whole and (named := self._by_name_and_title(reading)).keys:
            titled = named if named.whole or not titled.keys else titled
        if not titled.keys:
            return None
        keys, certain = titled.keys[:OFFERED], titled.whole and len(titled.keys) == 1
        reason = Reason.TITLE if certain else Reason.SEVERAL if titled.whole else Reason.PART_OF_TITLE
        return Match(reading.text, keys, certain, reason, reading=reading)

    def _by_name_and_title(self, reading: Reading) -> Titled:
        """Return the works of the authors that a text names whose title is the rest of it: `Marx, Das Kapital`."""
        names, rest = self._segments([word.text for word in reading.words])
        if not names or not rest:
            return Titled()
        words = [word for run in rest for word in run]
        titled = self._titles.find(" ".join(words))
        if not titled.keys:
            titled = self._titles.find(" ".join(word for word in words if len(word) > 1))
        theirs = {candidate.key for candidate in self._candidates(names, ())} if titled.keys else set()
        return replace(titled, keys=tuple(key for key in titled.keys if key in theirs))

    def _by_key(self, text: str) -> Match | None:
        reading = readings(text)[0]
        words = re.sub(r"\s+", " ", reading.text).removeprefix(reading.prefix).lstrip()
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

    def _by_author_and_year(self, reading: Reading) -> Match:
        fits = self._fits(reading)
        sure = [one for one in fits if not one.doubts]
        sure = [one for one in sure if one.cost <= sure[0].cost]
        printed = self._by_string(reading.label) if reading.label else []
        if printed or sure:
            return self._settled(reading, [*printed, *(one.key for one in sure)], printed=bool(printed))
        offered = [one for one in fits if one.cost <= min(fits[0].cost + MARGIN, DEAREST)][:OFFERED]
        if not offered:
            return Match(reading.text, reading=reading)
        reason = next((why for doubt, why in REASONS.items() if doubt in offered[0].doubts), Reason.AUTHORS)
        keys = tuple(one.key for one in offered)
        return Match(reading.text, keys, reason=reason, corrections=offered[0].corrections, reading=reading)

    def _settled(self, reading: Reading, found: list[str], *, printed: bool) -> Match:
        """Return works that nothing speaks against, unless a title that was written behind the year does."""
        keys, written = tuple(dict.fromkeys(found)), fold(reading.rest)
        if written:
            titled = tuple(key for key in keys if agree(written, self._titles.of(key)))
            if not titled and len(written.split()) >= LONG_TITLE:
                return Match(reading.text, keys, reason=Reason.OTHER_TITLE, reading=reading)
            keys = titled or keys
        certain = len(keys) == 1
        reason = Reason.PRINTED if printed else Reason.AUTHOR_YEAR
        return Match(reading.text, keys, certain, reason if certain else Reason.SEVERAL, reading=reading)

    def _fits(self, reading: Reading) -> list[Fit]:
        """Return how the reading fits the works that it could mean, the best first."""
        words = [word.text for word in reading.words]
        names, unknown = self._segments(words)
        years = reading.years or (("",) if reading.undated else ())
        fits = self._held(reading, self._candidates(names, years), loosely=False)
        if fits and not fits[0].doubts:
            return fits
        if not (years or len(words) <= FEW_WORDS):
            return fits
        fits += self._held(reading, self._candidates([*names, *self._misspelt(unknown)], years), loosely=True)
        if names and all(one.cost > COST_OF_A_SLIP for one in fits):
            fits += self._held(reading, self._candidates([*self._misspelt([words])], years), loosely=True)
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

    def _segments(self, words: list[str]) -> tuple[list[str], list[list[str]]]:
        """Return the known names in running words, the longest first, and the runs of words between them."""
        known: list[str] = []
        runs: list[list[str]] = [[]]
        at = 0
        while at < len(words):
            ends = range(min(len(words), at + LONGEST), at, -1)
            name = next((run for end in ends if self._names.known(run := " ".join(words[at:end]))), "")
            if name:
                known.append(name)
                runs.append([])
            else:
                runs[-1].append(words[at])
            at += len(name.split()) or 1
        return known, [run for run in runs if run]

    def _misspelt(self, runs: list[list[str]]) -> Iterator[str]:
        """Yield the known names that are near to a run of words, or to a part of it that could be a name."""
        parts = (" ".join(run[at:end]) for run in runs for at, end in combinations(range(len(run) + 1), 2))
        likely = (part for part in parts if part.count(" ") <= 1 or len(part) >= LONG_NAME)
        for part in list(dict.fromkeys(likely))[:MOST_PARTS]:
            for name, _ in self._names.near(part):
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
