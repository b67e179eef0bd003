"""Find claims that stand against each other, with what each side says, who holds it and where it is written.

The stored question `disputes` finds them; here its rows are folded: a pair is one, whichever side names the other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from filiera.citations import work
from filiera.comparisons.sheets import Cell, Column, Row, Sheet
from filiera.engines import Sqlite
from filiera.questions import questions

#: What one claim can do to the other, gravest first, and the title of the comparison.
RELATIONS = {"disputes": "Claims that contradict each other", "qualifies": "Claims that limit each other"}

SIDE = ("statement", "held by", "work", "place")
SIDES = ("one side", "other side")
BY = "drawn by"


@dataclass(slots=True)
class Side:
    """One side of a dispute: the claim, what it says, who holds it, and the places where it is written."""

    claim: str
    statement: str
    work: str
    holders: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    def add(self, row: Mapping[str, str], prefix: str) -> None:
        """Add the holder and the place of a row."""
        place = passage(*(row[f"{prefix}{part}"] for part in ("section", "passage_start", "passage_end")))
        for found, known in ((row[f"{prefix}held_by"], self.holders), (place, self.places)):
            if found not in known:
                known.append(found)

    def cells(self, titles: Mapping[str, str]) -> Row:
        """Return the side as cells."""
        return (
            Cell(self.statement, (self.claim,)),
            Cell(
                "; ".join(titles.get(key, key) for key in self.holders), tuple(k for k in self.holders if k in titles)
            ),
            Cell(titles[self.work], (self.work,)),
            Cell("; ".join(self.places), (self.claim,)),
        )


@dataclass(slots=True)
class Dispute:
    """Two sides, and who says that they stand against each other: the source, the curator, or both."""

    one: Side
    other: Side
    drawn_by: list[str] = field(default_factory=list)


def find_disputes(connection: sqlite3.Connection, relation: str = "disputes", subject: str = "") -> Sheet:
    """Return the pairs of claims of which one disputes, or qualifies, the other.

    With a subject, only those of which a side is about it.
    """
    about = set(_about(connection, subject)) if subject else set()
    found = [one for one in pairs(connection, relation) if not subject or {one.one.claim, one.other.claim} & about]
    titles = _titles(connection, found)
    rows = [
        (*one.one.cells(titles), *one.other.cells(titles), Cell(" and ".join(sorted(one.drawn_by)))) for one in found
    ]
    columns = [Column(name, side) for side in SIDES for name in SIDE]
    return Sheet(RELATIONS[relation], (*columns, Column(BY)), tuple(rows), 0)


def pairs(connection: sqlite3.Connection, relation: str) -> list[Dispute]:
    """Return the pairs of claims in a relation, in the order of their keys."""
    answer = Sqlite(connection).ask(_question(), {"relation": relation})
    found: dict[frozenset[str], Dispute] = {}
    for row in answer.dicts():
        key = frozenset((row["claim"], row["other_claim"]))
        dispute = found.setdefault(key, Dispute(_side(row, ""), _side(row, "other_")))
        for side in (dispute.one, dispute.other):
            side.add(row, "" if side.claim == row["claim"] else "other_")
        if row["stated_by"] not in dispute.drawn_by:
            dispute.drawn_by.append(row["stated_by"])
    return list(found.values())


@cache
def _question() -> str:
    return questions()["disputes"].texts["sql"]


def subjects(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the records that a claim in some dispute is about, with their titles."""
    query = """
    select distinct records.id, records.label from claims_relations as relations
    join claims_about as about on about.claim in (relations.claim, relations.other_claim)
    join records on records.id = about.about where relations.type in ('disputes', 'qualifies') order by records.label
    """
    return dict(connection.execute(query))


def passage(section: str | None, start: str | None, end: str | None) -> str:
    """Write a place for people.

    >>> passage("5.1", "In contrast, a consolidation", "throughout the 2000s.")
    'section 5.1, “In contrast, a consolidation … throughout the 2000s.”'
    """
    words = f"“{' … '.join(part for part in (start, end) if part)}”" if start else ""
    return ", ".join(part for part in (f"section {section}" if section else "", words) if part)


def _side(row: Mapping[str, str], prefix: str) -> Side:
    return Side(row[f"{prefix}claim"], row[f"{prefix}statement"], row[f"{prefix}work"])


def _titles(connection: sqlite3.Connection, found: Iterable[Dispute]) -> dict[str, str]:
    """Return what the holders and works are called: a work by author and year."""
    sides = [side for dispute in found for side in (dispute.one, dispute.other)]
    keys = {key for side in sides for key in (side.work, *side.holders)}
    query = "select kind, label from records where id = ?"
    titles = {}
    for key in keys:
        if row := connection.execute(query, (key,)).fetchone():
            titles[key] = work(connection, key).in_text if row[0] == "works" else row[1]
    return titles


def _about(connection: sqlite3.Connection, subject: str) -> list[str]:
    return [claim for (claim,) in connection.execute("select claim from claims_about where about = ?", (subject,))]
