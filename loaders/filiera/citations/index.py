"""The tables by which works are looked up, written when a base is built.

citation_names        a work by each form of its authors' names and its year; `exact` as `names` explains it
citation_spellings    every such form once, by its length, for names that are misspelt
citation_works        what an author-year text is held against: the year, its letter, and the people in order
citation_strings      a work by the strings under which documents cite it, folded
citation_identifiers  a work by its DOI, ISBN and address

An organisation's names are those of a person in all of this; editors stand in where a work has no authors.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from filiera.citations import words
from filiera.citations.identifiers import identifiers
from filiera.citations.names import forms
from filiera.citations.reading import readings
from filiera.folding import fold

if TYPE_CHECKING:
    from filiera.changes import Last
    from filiera.records import Data

TABLES = """
create table citation_names(
    name text not null, year text not null, work text not null references works(id), position integer not null,
    exact integer not null, primary key (name, year, work, position)
) without rowid;
create table citation_spellings(
    length integer not null, name text not null, primary key (length, name)
) without rowid;
create table citation_works(
    work text primary key references works(id), year text not null, letter text not null, edited integer not null,
    people text not null
) without rowid;
create table citation_strings(
    string text not null, work text not null references works(id), primary key (string, work)
) without rowid;
create table citation_identifiers(
    identifier text not null, work text not null references works(id), primary key (identifier, work)
) without rowid;
"""

#: A year with the letter that tells works of one year apart, at the end of a key or inside a citation.
LETTERED = re.compile(r"\b\d{4}([a-z])\b")

#: An author as a text is held against it: the forms of the name, each with whether it is exact, and the given names.
Person = tuple[dict[str, bool], list[str]]


#: The tables that hold rows of a work.
OF_WORKS = ("citation_names", "citation_works", "citation_strings", "citation_identifiers")


def index(connection: sqlite3.Connection, last: Last | None = None) -> None:
    """Write the tables by which works are looked up; rows of works that are not stale come from the last build."""
    from filiera.sqlite import list_records  # noqa: PLC0415  only paid by a build

    connection.executescript(TABLES)
    for table in OF_WORKS if last else ():
        connection.execute(f"insert into {table} select * from last.{table} where work not in temp.stale")  # noqa: S608  ours

    @lru_cache(maxsize=100_000)
    def person(key: str) -> Person:
        author = _data(connection, key)
        return forms(author), fold(author.get("given", "")).split()

    for _, kind, work in list_records(connection, last.stale if last else None):
        if kind != "works":
            continue
        people = [person(key) for key in people_of(work)]
        _write(connection, work, people)
    words.index(connection)
    connection.execute("insert into citation_spellings select distinct length(name), name from citation_names")


def people_of(work: Data) -> list[str]:
    """Return the keys of those a work is cited by: its authors, or who else made it."""
    others = [one["author"] for one in work.get("contributors", ())]
    return list(dict.fromkeys(work.get("authors") or work.get("editors") or others or work.get("translators") or ()))


def _write(connection: sqlite3.Connection, work: Data, people: list[Person]) -> None:
    key, year = work["id"], year_of(work)
    names = {(name, at): exact for at, (spelt, _) in enumerate(people) for name, exact in spelt.items()}
    connection.executemany(
        "insert into citation_names values (?, ?, ?, ?, ?)",
        [(name, year, key, at, exact) for (name, at), exact in names.items()],
    )
    edited = not work.get("authors") and bool(people)
    row = (key, year, _letter(work), edited, json.dumps(people, ensure_ascii=False, separators=(",", ":")))
    connection.execute("insert into citation_works values (?, ?, ?, ?, ?)", row)
    for table, values in (("strings", _strings(work)), ("identifiers", identifiers(work))):
        statement = f"insert into citation_{table} values (?, ?)"  # noqa: S608  one of the two above
        connection.executemany(statement, [(value, key) for value in dict.fromkeys(values) if value])


def year_of(work: Data) -> str:
    """Return the year in which a work was issued, or nothing."""
    year: str = work.get("issued", "")[:4]
    return year if year.isdigit() else ""


def _letter(work: Data) -> str:
    """Return the letter after the year by which the base or a document knows a work."""
    found = (LETTERED.search(text) for text in (work["id"], *work.get("cited_as", ())))
    return next((match[1] for match in found if match), "")


def _strings(work: Data) -> Iterator[str]:
    for string in work.get("cited_as", ()):
        several = readings(string)
        yield from (fold(string), several[0].label if len(several) == 1 else "")


def _data(connection: sqlite3.Connection, key: str) -> Data:
    row = connection.execute("select data from records_data where id = ?", (key,)).fetchone()
    data: Data = json.loads(row[0])
    return data
