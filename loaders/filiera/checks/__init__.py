"""Check records: each while it is read, then all of them together.

A check is a function; a module of this package holds the checks of one kind and lists them in its `CHECKS`. To add
one, write it and list it; to add a module, list it here. What a check needs from other records it keeps in a scratch
table of the database under construction, never in memory.
"""

from __future__ import annotations

import sqlite3

from filiera.checks import arithmetic, citations, duplicates, evidence, keys, numbers, own_words, references, years
from filiera.checks.base import Base, Check
from filiera.documents import library
from filiera.paths import Project
from filiera.records import Record, dump, read
from filiera.report import Report
from filiera.schema import Schema

CHECKS: tuple[Check, ...] = (
    *keys.CHECKS,
    *references.CHECKS,
    *evidence.CHECKS,
    *numbers.CHECKS,
    *arithmetic.CHECKS,
    *own_words.CHECKS,
    *duplicates.CHECKS,
    *years.CHECKS,
    *citations.CHECKS,
)

#: The two tables that reading fills; everything else in the database is made from them.
TABLES = """
create table records(
    id text primary key not null, kind text not null, label text not null, text text not null default '',
    file text not null, line integer not null
);
create table records_data(id text primary key not null references records(id), data text not null);
"""


def check(project: Project, schema: Schema, connection: sqlite3.Connection | None = None) -> Report:
    """Check every record of a project.

    `connection` is an empty database; afterwards it holds `records` and `records_data`, and the report says whether
    they may be used. Without one, a private database is made and thrown away.
    """
    opened = connection or sqlite3.connect("")
    base = Base(schema, library(project.kb, schema, project.sources), opened, Report())
    opened.executescript(TABLES + "".join(c.scratch for c in CHECKS))
    for record in read(project.kb, schema, base.report):
        for one in CHECKS:
            if one.of_record:
                one.of_record(record, base)
        _keep(record, opened)
    for one in CHECKS:
        if one.of_base:
            one.of_base(base)
    if connection is None:
        opened.close()
    return base.report


def _keep(record: Record, connection: sqlite3.Connection) -> None:
    """Write the record into the database; a second record of the same key is reported by `keys` and left out."""
    row = (record.id, record.kind.folder, record.label, record.file, record.place()[0])
    kept = connection.execute("insert or ignore into records(id, kind, label, file, line) values (?, ?, ?, ?, ?)", row)
    if kept.rowcount:
        connection.execute("insert into records_data values (?, ?)", (record.id, dump(record.data)))
