"""Works as writers cite them, in plain words; styles are another matter."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filiera.bibliography.annotations import WARNINGS
from filiera.citations.index import people_of, year_of
from filiera.citations.pages import outside

if TYPE_CHECKING:
    from filiera.records import Data

#: As many authors as this are named before "et al." takes over.
NAMED_AUTHORS = 2


@dataclass(frozen=True, slots=True)
class Work:
    """A work as a writer cites it: who and when in the text, its Pandoc key, and a plain reference.

    `prefix` and `locator` are what the writer put before the citation, and the place in the work.
    """

    key: str
    in_text: str
    reference: str
    warning: str = ""
    prefix: str = ""
    locator: str = ""

    @property
    def pandoc(self) -> str:
        """The citation in Pandoc's Markdown."""
        return f"[{self.cited}]"

    @property
    def cited(self) -> str:
        """The citation in Pandoc's Markdown without its brackets, so that several can share one pair."""
        prefix, locator = f"{self.prefix} " if self.prefix else "", f", {self.locator}" if self.locator else ""
        return f"{prefix}@{self.key}{locator}"


def work(connection: sqlite3.Connection, key: str, prefix: str = "", locator: str = "") -> Work:
    """Return a work as it is cited."""
    data = record(connection, key)
    people = [record(connection, author) for author in people_of(data)]
    year = year_of(data) or "n.d."
    in_text = f"{short_names(people) or data.get('title', key)} {year}"
    doubts = (WARNINGS.get(data["verification"], ""), outside(locator, data.get("page", "")) if locator else "")
    warning = "; ".join(filter(None, doubts))
    return Work(key, in_text, _reference(data, people, year), warning, prefix, locator)


def record(connection: sqlite3.Connection, key: str) -> Data:
    """Return the data of a record."""
    row = connection.execute("select data from records_data where id = ?", (key,)).fetchone()
    data: Data = json.loads(row[0])
    return data


def short_names(people: list[Data]) -> str:
    """Return the names of authors as they stand in a text."""
    names = [str(person.get("family") or person.get("literal")) for person in people]
    return f"{names[0]} et al." if len(names) > NAMED_AUTHORS else " & ".join(names)


def _reference(data: Data, people: list[Data], year: str) -> str:
    """Return a plain reference: what is known, in order, and no empty brackets."""
    edited = "" if data.get("authors") else (" (ed.)" if len(people) == 1 else " (eds)") if people else ""
    names = "; ".join(", ".join(filter(None, (p.get("family"), p.get("given")))) or p["literal"] for p in people)
    volume = data.get("volume", "") + (f"({data['issue']})" if "issue" in data else "")
    where = ", ".join(filter(None, (data.get("container_title"), volume, data.get("page"))))
    imprint = ": ".join(filter(None, (data.get("publisher_place"), data.get("publisher"))))
    title = data.get("title", "[title not known]")
    doi = f"https://doi.org/{data['DOI']}" if "DOI" in data else ""
    parts = (f"{names}{edited}" if names else "", year, title, where, imprint, doi)
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)
