"""What a check looks at: the base that is being checked, and the database under construction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from filiera.documents import Library
from filiera.errors import Problem
from filiera.records import Record
from filiera.report import Report
from filiera.schema import Schema


@dataclass(frozen=True, slots=True)
class Base:
    """The base under check.

    `connection` has the tables `records` and `records_data`, and scratch tables of the checks in its `temp` schema, so
    that no check has to hold all records in memory.
    """

    schema: Schema
    library: Library
    connection: sqlite3.Connection
    report: Report


#: Looks at one record while it is read.
RecordCheck = Callable[[Record, Base], None]

#: Looks at all records together once they are read.
BaseCheck = Callable[[Base], None]


@dataclass(frozen=True, slots=True)
class Check:
    """A kind of check: its name in the report, its scratch table, and what it does with each record and at the end."""

    name: str
    of_record: RecordCheck | None = None
    of_base: BaseCheck | None = None
    scratch: str = ""


def placed(row: tuple[str, int, int], message: str, hint: str, check: str) -> Problem:
    """Make a problem at a file, line and column that a scratch table kept."""
    file, line, column = row
    return Problem(file, line, column, message, hint, check)
