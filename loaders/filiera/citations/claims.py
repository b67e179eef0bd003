"""Claims as writers cite them: where they stand, who holds them, and how they stand to other claims."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from filiera.citations.index import people_of
from filiera.citations.works import Work, record, short_names, work

if TYPE_CHECKING:
    from filiera.records import Data

#: What a claim does to another, seen from the other.
PASSIVES = {
    "supports": "supported by",
    "disputes": "disputed by",
    "qualifies": "qualified by",
    "extends": "extended by",
    "answers": "answered by",
    "repeats": "repeated by",
}

UNNAMED = "others, whom the work does not name"


@dataclass(frozen=True, slots=True)
class Relation:
    """How a claim stands to another: `says` is `supports` or, seen from the other side, `supported by`.

    `by` tells who draws the relation, the source or the curator. `pandoc` cites the other claim.
    """

    says: str
    key: str
    statement: str
    in_text: str
    pandoc: str
    by: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with the place where it is said, who holds it, the works that it rests on, and its relations."""

    key: str
    statement: str
    kind: str
    work: Work
    held_by: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    rests_on: list[Work] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    @property
    def pandoc(self) -> str:
        """The citation in Pandoc's Markdown, with the section as locator."""
        return self.work.pandoc


def claim(connection: sqlite3.Connection, key: str, locator: str = "") -> Claim:
    """Return a claim as it is cited, at its section where no place is given."""
    data = record(connection, key)
    evidence = data["evidence"]
    return Claim(
        key,
        data["statement"],
        data["kind"],
        work(connection, data["work"], locator=locator or _locator(evidence)),
        held_by=_holders(connection, data),
        places=[_place(item) for item in evidence],
        rests_on=[work(connection, cited["work"]) for cited in data.get("cites", ())],
        relations=list(_relations(connection, key)),
    )


def _locator(evidence: list[Data]) -> str:
    """Return the section that says so; pages are those of the version that was read, sections those of all."""
    section = next((item["section"] for item in evidence if "section" in item), "")
    return f"sec. {section}" if section else ""


def _holders(connection: sqlite3.Connection, data: Data) -> list[str]:
    """Return who says so: others whom the work reports, or its own authors."""
    if holders := data.get("held_by"):
        rows = (connection.execute("select label from records where id = ?", (holder,)) for holder in holders)
        return [row.fetchone()[0] for row in rows]
    if data.get("reported"):
        return [UNNAMED]
    source = record(connection, data["work"])
    return [short_names([record(connection, person)]) for person in people_of(source)]


def _place(item: Data) -> str:
    """Say where a passage stands, with its first and last words."""
    parts = [f"{name} {item[name]}" for name in ("section", "table", "page") if name in item]
    passage = item.get("passage", {})
    words = " … ".join(passage[k] for k in ("start", "end") if k in passage)
    return ", ".join(parts) + (f": “{words}”" if words else "")


def _relations(connection: sqlite3.Connection, key: str) -> Iterator[Relation]:
    """Yield how the claim stands to others, then how others stand to it."""
    query = """
        select type, other_claim, by, 1, position, '' from claims_relations where claim = ?1
        union all
        select type, claim, by, 2, position, claim from claims_relations where other_claim = ?1
        order by 4, 6, 5
    """
    for type_, other, by, side, *_ in connection.execute(query, (key,)).fetchall():
        data = record(connection, other)
        cited = work(connection, data["work"], locator=_locator(data["evidence"]))
        says = type_ if side == 1 else PASSIVES[type_]
        yield Relation(says, other, data["statement"], cited.in_text, cited.pandoc, by)
