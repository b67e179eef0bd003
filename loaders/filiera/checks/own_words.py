"""Check own words: no run of eight words of a document in a text that should be ours.

Fields of the type Text are compared with every document at hand; titles, names and terms inside them are set aside.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from filiera.checks.base import Base, Check, placed
from filiera.documents import runs
from filiera.folding import fold
from filiera.records import Record, leaves

SCRATCH = """
create temp table copied(run text, document text, field text, file text, line integer, column_ integer);
"""


def compare(record: Record, base: Base) -> None:
    """Compare every text of the record with the documents, and keep the runs that stand in one."""
    for path, field, text in leaves(record.kind, record.data, base.schema):
        if field.range != "Text":
            continue
        base.report.made("own words")
        ours = list(runs(text))
        for document in base.library.at_hand:
            rows = [
                (" ".join(run), document.key, field.name, record.shown, *record.place(path))
                for run in ours
                if run in document.runs
            ]
            base.connection.executemany("insert into temp.copied values (?, ?, ?, ?, ?, ?)", rows)


def quotations(base: Base) -> None:
    """Report the first run of each text that is not part of a title, a name or a term."""
    rows = base.connection.execute("select * from temp.copied order by rowid").fetchall()
    names = list(_names(base)) if rows else []
    reported = set()
    for run, document, field, *place in rows:
        where = tuple(place)
        if where in reported or any(run in name for name in names):
            continue
        reported.add(where)
        message = f"{field}: {run!r} stands in {document!r}"
        base.report.fail(placed(where, message, "say it in other words", "own words"))


def _names(base: Base) -> Iterator[str]:
    for kind, data in base.connection.execute("select kind, data from records join records_data using (id)"):
        for _, field, value in leaves(base.schema.kinds[kind], json.loads(data), base.schema):
            if field.range == "Name":
                yield fold(value)


CHECKS = (Check("own words", compare, quotations, SCRATCH),)
