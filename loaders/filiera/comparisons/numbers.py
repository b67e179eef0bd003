"""Find numbers that are printed in several places and do not agree, each pair with the likely reason.

Two numbers are of the same thing when subject, measure, counterparts and period are the same. A number that gives no
period is compared with those that do, and one told in words that names no counterparts with one that does, unless the
measure is known both in total and for single counterparts. What people saw beyond that stands in errata, which follow.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations

from filiera.comparisons.headings import totalled
from filiera.comparisons.observations import Observation, of_all, titles
from filiera.comparisons.pairs import DIFFERENCES, Pair, Printing, plain
from filiera.comparisons.sheets import UNCERTAIN, Cell, Column, Row, Sheet

TITLE = "Numbers that do not agree"
ERRATUM = "errata"

#: The ways in which numbers can be at odds, gravest first.
SORTS = {**DIFFERENCES, ERRATUM: "recorded as an erratum"}

#: The types of erratum that say that numbers do not agree.
TYPES = ("inconsistency", "arithmetic")

COLUMNS = ("subject", "measure", "counterpart", "period", "in one place", "in the other", "difference", "likely reason")

Concerns = Mapping[str, frozenset[str]]


def find_conflicts(connection: sqlite3.Connection, sort: str = "") -> Sheet:
    """Return the pairs of numbers that do not agree, then the errata on numbers; of one sort only when it is given."""
    names, tables = titles(connection), _tables(connection)
    found = [pair for pair in pairs(connection) if sort in {"", pair.difference}]
    rows = [_row(pair, names, tables) for pair in sorted(found, key=lambda pair: list(SORTS).index(pair.difference))]
    if sort in {"", ERRATUM}:
        rows += _errata(connection)
    return Sheet(TITLE, tuple(map(Column, COLUMNS)), tuple(rows), 2)


def pairs(connection: sqlite3.Connection) -> Iterator[Pair]:
    """Yield the pairs of printings of one number that differ in value or in print."""
    numbers = of_all(connection)
    split = totalled(numbers)
    concerns = _concerns(connection)
    same: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for number in numbers:
        same[number.subject, number.indicator].append(number)
    for (_, indicator), ones in same.items():
        for one, two in combinations(_printings(ones), 2):
            pair = Pair(one, two)
            if pair.is_comparable(split=indicator in split) and pair.difference:
                errata = tuple(key for key, about in concerns.items() if _is_about(about, one, two))
                yield replace(pair, errata=errata)


def _printings(ones: list[Observation]) -> list[Printing]:
    """Put the places together that print the same for the same period."""
    found: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for one in ones:
        found[one.period, frozenset(one.counterparts), one.value, plain(one.shown)].append(one)
    return [Printing(tuple(places)) for places in found.values()]


def _concerns(connection: sqlite3.Connection) -> Concerns:
    """Return the records that each erratum on a table concerns."""
    query = """
    select erratum, concerns from errata_concerns where erratum in (
      select erratum from errata_concerns join tables on tables.id = concerns
    ) order by erratum
    """
    found: dict[str, set[str]] = defaultdict(set)
    for erratum, key in connection.execute(query):
        found[erratum].add(key)
    return {erratum: frozenset(keys) for erratum, keys in found.items()}


def _is_about(concerns: frozenset[str], one: Printing, two: Printing) -> bool:
    """Tell whether an erratum is about two printings: it names their measure, and the subject or one of the tables."""
    tables = {place.table for place in (*one.places, *two.places)}
    return one.first.indicator in concerns and bool(concerns & {one.first.subject, *tables})


def _tables(connection: sqlite3.Connection) -> Mapping[str, tuple[str, str]]:
    """Return the label of every table, and the work that prints it."""
    query = "select tables.id, tables.label, records.label from tables join records on records.id = work"
    return {key: (label, work) for key, label, work in connection.execute(query)}


def _row(pair: Pair, names: Mapping[str, str], tables: Mapping[str, tuple[str, str]]) -> Row:
    one = pair.one.first
    counterparts = one.counterparts or pair.two.first.counterparts
    works = {tables[place.table][1] for place in (*pair.one.places, *pair.two.places)}
    return (
        Cell(names[one.subject], (one.subject,)),
        Cell(names[one.indicator], (one.indicator,)),
        Cell(", ".join(names[key] for key in counterparts), counterparts),
        Cell(one.period or pair.two.first.period),
        *(_printed(printing, tables, several=len(works) > 1) for printing in (pair.one, pair.two)),
        Cell(SORTS[pair.difference]),
        Cell("; ".join(pair.reasons()) or "none is seen; look at both places", pair.errata),
    )


def _printed(printing: Printing, tables: Mapping[str, tuple[str, str]], *, several: bool) -> Cell:
    """Return what is printed and where; the work is named when it is not the same in both places."""
    where = ", ".join(" of ".join(tables[place.table][: 2 if several else 1]) for place in printing.places)
    cells = [place.cell("") for place in printing.places]
    return Cell(
        f"{printing.first.printed} ({where})",
        tuple(place.place for place in printing.places),
        "" if printing.certain else UNCERTAIN,
        tuple(dict.fromkeys(note for cell in cells for note in cell.notes)),
    )


def _errata(connection: sqlite3.Connection) -> Iterator[Row]:
    """Yield a row for each erratum on numbers, with its places in the middle and its correction at the end."""
    query = f"""
    select id, description, correction from errata where type in ({", ".join("?" * len(TYPES))})
    and id in (select erratum from errata_concerns join tables on tables.id = concerns) order by id
    """  # noqa: S608  question marks
    for key, description, correction in connection.execute(query, TYPES):
        measures, others = _concerned(connection, key)
        first, *rest = _places(connection, key)
        yield (
            Cell(", ".join(title for _, title in others), tuple(other for other, _ in others)),
            Cell(", ".join(title for _, title in measures), tuple(measure for measure, _ in measures)),
            Cell(),
            Cell(),
            Cell(first, (key,)),
            Cell("; ".join(rest), (key,)),
            Cell(f"{SORTS[ERRATUM]}: {description}", (key,)),
            Cell(correction or "no correction is known", (key,)),
        )


def _concerned(connection: sqlite3.Connection, erratum: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the indicators that an erratum concerns, and the other records, tables apart, which its places name."""
    query = """
    select id, label, kind = 'indicators' from errata_concerns join records on records.id = concerns
    where erratum = ? and kind != 'tables' order by position
    """
    rows = connection.execute(query, (erratum,)).fetchall()
    return [row[:2] for row in rows if row[2]], [row[:2] for row in rows if not row[2]]


def _places(connection: sqlite3.Connection, erratum: str) -> list[str]:
    query = """
    select coalesce('Table ' || "table", 'section ' || section, document) from errata_evidence where erratum = ?
    order by position
    """
    return list(dict.fromkeys(place for (place,) in connection.execute(query, (erratum,))))
