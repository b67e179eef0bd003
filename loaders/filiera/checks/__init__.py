"""Check records: each while it is read, then all of them together.

A check is a function; a module of this package holds the checks of one kind and lists them in its `CHECKS`. To add
one, write it and list it; to add a module, list it here. What a check needs from other records it keeps in a scratch
table of the database under construction, never in memory; of a single record it sees that record and the documents
alone, so that what came of a file can be remembered (`memory`).
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path

from filiera.checks import arithmetic, citations, duplicates, evidence, keys, numbers, own_words, references, years
from filiera.checks.base import Base, Check
from filiera.checks.memory import Memory, Place, remembering
from filiera.documents import library
from filiera.paths import Project, shown
from filiera.records import Record, dump, files, parse, read_bytes
from filiera.report import Report
from filiera.schema import Class, Schema
from filiera.shape import Shaper

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


def check(project: Project, schema: Schema) -> Report:
    """Check every record of a project, each of them read now."""
    with closing(sqlite3.connect("")) as connection:
        return into(connection, project, schema)


def into(connection: sqlite3.Connection, project: Project, schema: Schema, place: Place | None = None) -> Report:
    """Check every record of a project, and leave `records` and `records_data` in an empty database.

    The report says whether they may be used. With a `place` for a memory, what came of each file is kept there for the
    next build, and is taken from the memory of the last one.
    """
    base = Base(schema, library(project.kb, schema, project.sources), connection, Report())
    connection.executescript(TABLES + "".join(c.scratch for c in CHECKS))
    with remembering(base, place) if place else nullcontext() as memory:
        for kind, path in files(project.kb, schema, base.report):
            _check_file(path, kind, project.kb, base, memory)
    for one in CHECKS:
        if one.of_base:
            one.of_base(base)
    return base.report


def _check_file(path: Path, kind: Class, kb: Path, base: Base, memory: Memory | None) -> None:
    """Check each record of a file, or recall what came of it."""
    own = replace(base, report=Report())
    content = read_bytes(path, base.report)
    if content is None:
        return
    key = memory.key(shown(path), content) if memory else ""
    if memory and memory.recall(key):
        return
    marks = memory.marks() if memory else {}
    shaper = Shaper(base.schema, own.report, shown(path))
    for record in parse(content, path, kind, kb, shaper):
        for one in CHECKS:
            if one.of_record:
                one.of_record(record, own)
        _keep(record, base.connection)
    base.report.add(own.report)
    if memory and not own.report.problems:
        memory.keep(key, marks, own.report)


def _keep(record: Record, connection: sqlite3.Connection) -> None:
    """Write the record into the database; a second record of the same key is reported by `keys` and left out."""
    row = (record.id, record.kind.folder, record.label, record.file, record.place()[0])
    kept = connection.execute("insert or ignore into records(id, kind, label, file, line) values (?, ?, ?, ?, ?)", row)
    if kept.rowcount:
        connection.execute("insert into records_data values (?, ?)", (record.id, dump(record.data)))
