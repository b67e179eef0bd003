"""What a base has already: its keys, and its works by what tells one from another.

A work is another one's double when it has the same DOI; or the same folded title, year and first author, and nothing
tells the two apart; or, as a whole book, the same ISBN, and title or first author too, for ISBNs are often
copied from the wrong book. A work that its library calls by a key of ours, present or old, is that one if first author
and year agree.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from filiera.bibliography.people import People
from filiera.folding import fold
from filiera.records import Data, Record
from filiera.schema import Schema
from filiera.values import year

#: Types that have an ISBN of their own, rather than that of the book which holds them.
BOOKS = frozenset({"book", "report", "thesis", "classic", "map", "musical_score", "software", "pamphlet"})

#: Types that are never each other, however alike their titles are.
PARTS = frozenset({"chapter", "entry-encyclopedia", "entry-dictionary", "figure", "review-book", "review"})

#: What does not tell works without a title apart; all else does.
NOT_APART = frozenset({"id", "note", "verification", "match"})

Same = tuple[str, ...]

#: A work is compared several times.
_fold = lru_cache(maxsize=100_000)(fold)


class Known:
    """The works, people and keys of a base, to which those of a library are added."""

    def __init__(self, records: Iterable[tuple[str, Data]], schema: Schema) -> None:
        """Take the kind and the data of the records; of those that are neither works nor authors the keys matter."""
        self.apart = schema.kinds["works"].apart.get("title", ())
        self.keys: set[str] = set()
        self.present: dict[str, str] = {}
        self.works: dict[str, Data] = {}
        self.first: dict[str, str] = {}
        self.by_identity: dict[Same, list[str]] = defaultdict(list)
        authors, works = {}, []
        for kind, data in records:
            self.keys |= {data["id"], *data.get("aliases", ())}
            if kind == "authors":
                authors[data["id"]] = data
            elif kind == "works":
                works.append(data)
        self.people = People(authors.values())
        for work in works:
            first = next((key for field in ("authors", "editors") for key in work.get(field, ())), "")
            self.add(work, _name(authors.get(first, {})))

    def add(self, work: Data, first: str) -> None:
        """Let a work be recognised from now on; `first` is the folded name of its first author or editor."""
        self.works[work["id"]] = work
        self.first[work["id"]] = first
        self.present |= dict.fromkeys([work["id"], *work.get("aliases", ())], work["id"])
        for same in identities(work, first):
            self.by_identity[same].append(work["id"])

    def double(self, work: Data, first: str, key: str = "") -> str | None:
        """Return the key of the work that this one is, or None; `key` is what its library calls it."""
        named = self.present.get(key)
        if named and self.first[named] == first and _year(self.works[named]) == _year(work):
            return named
        for same in identities(work, first):
            for other in self.by_identity.get(same, ()):
                if same[0] == "doi" or (same[0] == "isbn" and self._near(work, other, first)):
                    return other
                if same[0] == "title" and self._alike(work, self.works[other]):
                    return other
        return None

    def _near(self, work: Data, key: str, first: str) -> bool:
        """Tell whether two works of one ISBN are one volume, and have the same title or the same first author."""
        other = self.works[key]
        volumes = {work.get("volume"), other.get("volume")} - {None}
        titles = {fold(work.get("title", "")), fold(other.get("title", ""))}
        return len(volumes) < 2 and (len(titles) == 1 or self.first[key] == first)  # noqa: PLR2004  one volume, or none

    def _alike(self, one: Data, other: Data) -> bool:
        """Tell whether nothing tells two works of the same title, year and first author apart."""
        types = {one["type"], other["type"]}
        if len(types) > 1 and types & PARTS:
            return False
        return all(one[field] == other[field] for field in self.apart if field in one and field in other)


def first_name(people: Iterable[tuple[str, Data]]) -> str:
    """Return the folded name of the first author, or editor, of a work that is being taken."""
    named = list(people)
    return next((_name(person) for part in ("authors", "editors") for one, person in named if one == part), "")


def _name(author: Data) -> str:
    return _fold(author.get("family") or author.get("literal") or "")


def identities(work: Data, first: str) -> Iterator[Same]:
    """Yield what tells a work from others, surest first."""
    if "DOI" in work:
        yield "doi", work["DOI"].lower()
    if "ISBN" in work and work["type"] in BOOKS:
        yield "isbn", isbn13(work["ISBN"])
    if "title" in work:
        yield "title", _fold(work["title"]), _year(work), first
    else:
        told = sorted(f"{name}={value}" for name, value in work.items() if isinstance(value, str))
        yield "title", "", first, *(one for one in told if one.partition("=")[0] not in NOT_APART)


def _year(work: Data) -> str:
    return str(year(work["issued"])) if "issued" in work else ""


def isbn13(isbn: str) -> str:
    """Return the thirteen digits of an ISBN of ten or thirteen.

    >>> isbn13("0-691-12697-6") == isbn13("978-0-691-12697-5")
    True
    """
    digits = isbn.replace("-", "").upper()
    if len(digits) != 10:  # noqa: PLR2004  ISBN-10
        return digits
    body = f"978{digits[:9]}"
    return body + str(-sum(int(c) * (1 if i % 2 == 0 else 3) for i, c in enumerate(body)) % 10)


def from_records(records: Iterable[Record]) -> Iterator[tuple[str, Data]]:
    """Yield kind and data of records that were read."""
    return ((record.kind.folder, record.data) for record in records)


def from_database(connection: sqlite3.Connection) -> Iterator[tuple[str, Data]]:
    """Yield kind and data of the records of a built base; of those that are neither works nor authors the keys only."""
    query = "select kind, data from records join records_data using (id) where kind in ('works', 'authors') order by id"
    yield from ((kind, json.loads(data)) for kind, data in connection.execute(query))
    query = "select kind, id from records where kind not in ('works', 'authors') union select '', alias from aliases"
    yield from ((kind, {"id": key}) for kind, key in connection.execute(query))
