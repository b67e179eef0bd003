"""Check citations: what a claim cites as printed is one of the strings under which the work is known to be cited."""

from __future__ import annotations

from filiera.checks.base import Base, Check, placed
from filiera.nearest import did_you_mean
from filiera.records import Record

SCRATCH = """
create temp table cited(work text, printed text, file text, line integer, column_ integer);
create temp table known(work text, printed text);
create index temp.known_work on known(work);
"""


def note(record: Record, base: Base) -> None:
    """Keep the citations of the record, and the strings under which it is itself cited."""
    for path, of, data in record.objects:
        if of.name == "Citation" and "printed" in data and "work" in data:
            row = (data["work"], data["printed"], record.shown, *record.place((*path, "printed")))
            base.connection.execute("insert into temp.cited values (?, ?, ?, ?, ?)", row)
            base.report.made("citations")
    strings = [(record.id, text) for text in record.data.get("cited_as", ())]
    base.connection.executemany("insert into temp.known values (?, ?)", strings)


def unknown(base: Base) -> None:
    """Report every citation whose printed form the cited work does not list."""
    query = """
        select cited.file, cited.line, cited.column_, id, printed from temp.cited join temp.keys on key = work
        where not exists (select 1 from temp.known k where k.work = id and k.printed = cited.printed)
        order by cited.rowid
    """
    for *place, work, text in base.connection.execute(query).fetchall():
        rows = base.connection.execute("select printed from temp.known where work = ?", (work,))
        listed = [row[0] for row in rows]
        hint = did_you_mean(text, listed) or "add it there, or correct it here"
        message = f"printed: {text!r} is not in the cited_as of {work!r}"
        base.report.fail(placed(tuple(place), message, hint, "citations"))


CHECKS = (Check("citations", note, unknown, SCRATCH),)
