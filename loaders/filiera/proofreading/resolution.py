"""Find out which work a citation means, or what stands against it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from filiera.citations import Lookup, Match, Reason
from filiera.folding import fold
from filiera.proofreading.manuscripts import Authorship, Citation
from filiera.proofreading.outside import Outside


class Verdict(StrEnum):
    """What a citation was found to be."""

    WORK = "a work of the base"
    OUTSIDE = "a work outside the base"
    NO_CITATION = "no citation"
    UNKNOWN_KEY = "an unknown key"
    RENAMED = "an old key"
    NO_WORK = "no known work"
    SEVERAL = "several works"
    MISSPELT = "a misspelt name"
    YEAR = "another year"


#: Keys with these beginnings are figures and the like, in pandoc-crossref and Quarto.
CROSS_REFERENCE = re.compile(r"(?:fig|tbl|tab|sec|eq|lst|thm|lem|cor|def|exm|exr)[:-]")

#: A bare key is no handle of a person when it has a year between or after hyphens.
LIKE_A_KEY = re.compile(r"[a-z].*-(?:1[4-9]|20)\d\d")

#: Likeness (0 to 100) of a bare key to a key of the base below which it is the handle of a person.
NEAR = 80

#: An only author who is known for no work within so many years of the one that is cited may have written another.
FAR = 15

#: How an item of a reference manager is known for certain.
IDENTIFYING = frozenset({Reason.KEY, Reason.OLD_KEY, Reason.IDENTIFIER, Reason.TITLE})

AND = re.compile(r",\s*(?:and|&)?\s*|\s+(?:and|&|e|et|und|y)\s+")

#: What stands between two authors only where there are more, and else between two things that are said.
ENDED = re.compile(r",\s*(?:and|but)\s+")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A citation with what it was found to be; `keys` are the works that it means, or that are offered for it."""

    citation: Citation
    verdict: Verdict
    keys: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()


class Resolver:
    """Resolves citations; it asks the base for each citation text once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read nothing yet."""
        self._connection = connection
        self._lookup = Lookup(connection)
        self._author_year = cache(self._held)
        self._nobodies: frozenset[str] | None = None
        self._keys: list[str] | None = None

    def resolve(self, citation: Citation, outside: Outside) -> Resolved:
        """Return what a citation means."""
        if citation.item is not None:
            return self._by_item(citation, outside)
        return self._by_key(citation, outside) if citation.key else self._by_authors(citation, outside)

    def keys(self) -> list[str]:
        """Return the keys of all works, to offer the nearest."""
        if self._keys is None:
            self._keys = [row[0] for row in self._connection.execute("select id from works order by id")]
        return self._keys

    def spelling(self, key: str, folded: str) -> str:
        """Return how the name of an author of a work is written whose folded form this is."""
        query = """
            select coalesce(family, literal) from authors where id in (
                select author from works_authors where work = ?1
                union select editor from works_editors where work = ?1
            )
        """
        return next((row[0] for row in self._connection.execute(query, (key,)) if fold(row[0]) == folded), "")

    def _by_key(self, citation: Citation, outside: Outside) -> Resolved:
        key = citation.key
        if self._connection.execute("select 1 from works where id = ?", (key,)).fetchone():
            return Resolved(citation, Verdict.WORK, (key,))
        if row := self._connection.execute(
            "select id from aliases join works using (id) where alias = ?", (key,)
        ).fetchone():
            return Resolved(citation, Verdict.RENAMED, (row[0],))
        if key in outside.keys:
            return Resolved(citation, Verdict.OUTSIDE)
        if CROSS_REFERENCE.match(key) or (citation.bare and not self._like_a_key(key)):
            return Resolved(citation, Verdict.NO_CITATION)
        return Resolved(citation, Verdict.UNKNOWN_KEY, tuple(self._near(key)))

    def _like_a_key(self, key: str) -> bool:
        from rapidfuzz import process  # noqa: PLC0415  only paid for a bare key that is not known

        return bool(LIKE_A_KEY.match(key)) or bool(process.extractOne(key, self.keys(), score_cutoff=NEAR))

    def _near(self, key: str) -> Iterator[str]:
        """Yield the work that a key means: that of a claim, or the one with the nearest key."""
        query = "select work from claims where id = coalesce((select id from aliases where alias = ?1), ?1)"
        if row := self._connection.execute(query, (key,)).fetchone():
            yield row[0]

    def _by_item(self, citation: Citation, outside: Outside) -> Resolved:
        """Resolve what a reference manager stored: by its key, DOI or title, or by who and when."""
        item = citation.item or {}
        for wanted in filter(None, (str(item.get(name) or "") for name in ("id", "DOI", "title"))):
            match = self._lookup.find(wanted)
            if match.certain and match.reason in IDENTIFYING:
                year = self._year(match.keys[0])
                other = citation.authors and year and citation.authors.year not in {year, "n.d."}
                return Resolved(citation, Verdict.YEAR if other else Verdict.WORK, match.keys)
        found = self._by_authors(citation, outside)
        return found if found.verdict is Verdict.WORK else Resolved(citation, Verdict.OUTSIDE)

    def _year(self, key: str) -> str:
        row = self._connection.execute("select year from citation_works where work = ?", (key,)).fetchone()
        return row[0] if row else ""

    def _by_authors(self, citation: Citation, outside: Outside) -> Resolved:
        authors = citation.authors
        if authors is None:
            return Resolved(citation, Verdict.NO_CITATION)
        verdict, match = self._author_year(authors)
        families = _families(authors.names)
        if verdict is Verdict.SEVERAL and outside.count(families, authors.year) == 1:
            return Resolved(citation, Verdict.WORK, match.keys)
        if verdict in {Verdict.WORK, Verdict.SEVERAL}:
            return Resolved(citation, verdict, match.keys)
        if outside.has(families, authors.year) or outside.has(families[-1:], authors.year):
            return Resolved(citation, Verdict.OUTSIDE)
        if authors.bare or self._is_nobody(authors.names) or (verdict is Verdict.NO_WORK and not authors.sure):
            return Resolved(citation, Verdict.NO_CITATION)
        return Resolved(citation, verdict, match.keys, match.corrections)

    def _held(self, authors: Authorship) -> tuple[Verdict, Match]:
        """Return what names and a year come to: of the names and their last words, what fits best."""
        best = (Verdict.NO_WORK, Match(""))
        rank = [Verdict.WORK, Verdict.SEVERAL, Verdict.MISSPELT, Verdict.YEAR, Verdict.NO_WORK]
        for names in _variants(authors.names):
            match = self._lookup.find(f"{names}{' et al.' if authors.et_al else ''} {authors.year}")
            verdict, keys = self._verdict(match, names, authors)
            if rank.index(verdict) < rank.index(best[0]) or not best[1].text:
                best = verdict, Match(names, keys, reason=match.reason, corrections=match.corrections)
            if verdict in {Verdict.WORK, Verdict.SEVERAL}:
                break
        return best

    def _verdict(self, match: Match, names: str, authors: Authorship) -> tuple[Verdict, tuple[str, ...]]:
        if match.certain:
            return Verdict.WORK, match.keys
        if match.reason is Reason.SEVERAL:
            keys = tuple(key for key in match.keys if self._is_by(key, names)) or match.keys
            return (Verdict.SEVERAL if len(keys) > 1 else Verdict.WORK), keys
        if match.reason is Reason.LETTER or (match.reason is Reason.PART_OF_NAME and _is_part(match)):
            return Verdict.WORK, match.keys
        if match.reason in {Reason.MISSPELT, Reason.PART_OF_NAME}:
            return Verdict.MISSPELT, match.keys
        if match.reason in {Reason.YEAR, Reason.AUTHORS} and (keys := tuple(self._same_authors(names, authors))):
            return Verdict.YEAR, keys
        return Verdict.NO_WORK, match.keys

    def _people(self, key: str) -> list[list[str]]:
        row = self._connection.execute("select people from citation_works where work = ?", (key,)).fetchone()
        return [list(person[0]) for person in json.loads(row[0])] if row else []

    def _is_by(self, key: str, names: str) -> bool:
        """Tell whether a work is by the first of the names."""
        first = _families(names)[:1]
        return any(form in first for forms in self._people(key) for form in forms)

    def _same_authors(self, names: str, authors: Authorship) -> Iterator[str]:
        """Yield the works of other years that have just these authors, the nearest year first."""
        families = _families(names)
        query = (
            "select distinct work, year from citation_names where name = ? and exact and year <> '' and position = 0"
        )
        rows = self._connection.execute(query, families[:1]).fetchall() if authors.year[:4].isdigit() else []
        for key, year in sorted(rows, key=lambda row: (abs(int(row[1]) - int(authors.year[:4])), row[0])):
            people = self._people(key)
            whole = len(people) > 2 if authors.et_al else len(people) == len(families)  # noqa: PLR2004  et al.: three
            fits = all(any(family in forms for forms in people) for family in families)
            if whole and fits and (len(people) > 1 or _is_slip(authors.year[:4], year)):
                yield key

    def _is_nobody(self, names: str) -> bool:
        """Tell whether the names are those of a place, a firm or anything else of the base that is no author."""
        if self._nobodies is None:
            self._nobodies = frozenset(_labels(self._connection))
        return any(fold(part) in self._nobodies for part in (names, *_variants(names)))


def _labels(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the folded names of all records that are neither works nor authors nor statements."""
    query = (
        "select label from records where kind not in ('works', 'authors', 'claims', 'errata', 'tables', 'documents')"
    )
    yield from (fold(row[0]) for row in connection.execute(query))
    tables = connection.execute(
        "select name from sqlite_master where type = 'table' and name like '%\\_also\\_called' escape '\\'"
    )
    for (table,) in tables.fetchall():
        yield from (fold(row[0]) for row in connection.execute(f'select also_called from "{table}"'))  # noqa: S608  a table of ours


def _variants(names: str) -> Iterator[str]:
    """Yield the names, and what is left of them without their first words: "Vicenza Gaggio" may be "Gaggio".

    A name before ", and" of two may end what was said before.

    >>> list(_variants("In Vicenza Gaggio and Bair"))
    ['In Vicenza Gaggio and Bair', 'Vicenza Gaggio and Bair', 'Gaggio and Bair']
    >>> list(_variants("Spain, and Gaggio"))
    ['Spain, and Gaggio', 'Gaggio']
    """
    first = AND.search(names)
    words = names[: first.start()].split() if first else names.split()
    rest = names[first.start() :] if first else ""
    yield from (" ".join(words[at:]) + rest for at in range(len(words)))
    if (joint := ENDED.match(rest)) and not AND.search(rest, joint.end()):
        yield rest[joint.end() :]


def _families(names: str) -> list[str]:
    """Return the folded family names, without initials."""
    parts = (re.sub(r"\b[^\W\d_]\.\s?", "", part) for part in AND.split(names))
    return [folded for part in parts if (folded := fold(part))]


def _is_part(match: Match) -> bool:
    """Tell whether the names that were put right only miss a part, such as a particle."""
    return all(set(wrong.split()) <= set(right.split()) for wrong, right in match.corrections)


def _is_slip(written: str, year: str) -> bool:
    """Tell whether a year can be a slip for another: not far from it, or with its digits mixed or one of them wrong."""
    digits = sum(a != b for a, b in zip(written, year, strict=True))
    return abs(int(written) - int(year)) <= FAR or digits == 1 or sorted(written) == sorted(year)
