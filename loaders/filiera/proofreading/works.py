"""What proofreading asks of a work: how it is cited, its pages, its sections, and how certain its data are."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from functools import cache

from filiera.citations import work
from filiera.citations.pages import pages

ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
BRACKETS = re.compile(r"\s*\([^()]*\)")


SECTIONS = """
select s.number, d.version from documents d join documents_sections s on s.document = d.id where d.work = ?
"""


@dataclass(frozen=True, slots=True)
class Facts:
    """A work: its short name, its range of pages if it is known, its sections if it was read, and a warning."""

    key: str
    name: str
    first: int = 0
    last: int = 0
    roman: int = 0
    sections: frozenset[str] = frozenset()
    warning: str = ""
    document: str = ""


class Works:
    """The works of a base, each looked up once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read nothing yet."""
        self._connection = connection
        self.facts = cache(self._facts)

    def versions(self, key: str) -> frozenset[str]:
        """Return a work, and those that are versions of it or that it is a version of."""
        query = "select id from works where version_of = ?1 union select version_of from works where id = ?1"
        return frozenset({key, *(row[0] for row in self._connection.execute(query, (key,)) if row[0])})

    def _facts(self, key: str) -> Facts:
        """Return what is known of a work."""
        query = "select page, number_of_pages from works where id = ?"
        page, number = self._connection.execute(query, (key,)).fetchone()
        cited = work(self._connection, key)
        sections = self._connection.execute(SECTIONS, (key,)).fetchall()
        first, last = pages(page or "") or ((1, total) if (total := _total(number or "")) else (0, 0))
        return Facts(
            key,
            BRACKETS.sub("", cited.in_text),
            first,
            last,
            max((roman(word) for word in re.findall(r"\b[ivxlcdm]+\b", number or "")), default=0),
            frozenset(row[0] for row in sections),
            cited.warning,
            sections[0][1] if sections else "",
        )


def _total(text: str) -> int:
    """Return the number of pages, as in "xvi, 352"."""
    return max(map(int, re.findall(r"\d+", text)), default=0)


def roman(text: str) -> int:
    """Return the value of a Roman number.

    >>> roman("xvi"), roman("iv")
    (16, 4)
    """
    values = [ROMAN[letter] for letter in text.lower()]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
