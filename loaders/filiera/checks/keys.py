"""Check keys: each is used once over all kinds, and an old key is not the key of another record."""

from __future__ import annotations

from filiera.checks.base import Base, Check, placed
from filiera.records import Record

SCRATCH = """
create temp table keys(key text, id text, is_alias integer, file text, line integer, column_ integer);
create index temp.keys_key on keys(key);
"""


def note(record: Record, base: Base) -> None:
    """Keep the record's key and old keys with their places."""
    rows = [(record.id, record.id, 0, record.shown, *record.place(("id",)))]
    for position, alias in enumerate(record.data.get("aliases", ())):
        rows.append((alias, record.id, 1, record.shown, *record.place(("aliases", position))))
    base.connection.executemany("insert into temp.keys values (?, ?, ?, ?, ?, ?)", rows)
    base.report.made("keys")
    base.report.made("aliases", len(rows) - 1)


def clashes(base: Base) -> None:
    """Report every key after the first that is the same as another."""
    query = """
        select later.file, later.line, later.column_, later.key, later.is_alias, first.id, first.is_alias,
               first.file, first.line
        from temp.keys later join temp.keys first on first.key = later.key and first.rowid < later.rowid
        where not exists (select 1 from temp.keys k where k.key = first.key and k.rowid < first.rowid)
        order by later.rowid
    """
    for file, line, column, key, is_alias, other, other_is_alias, other_file, other_line in base.connection.execute(
        query
    ):
        used = f"is an old key of {other!r}" if other_is_alias else "is the key of another record"
        hint = f"see {other_file}:{other_line}; keys are unique over all kinds"
        check = "aliases" if is_alias else "keys"
        base.report.fail(placed((file, line, column), f"the key {key!r} {used}", hint, check))


CHECKS = (Check("keys", note, clashes, SCRATCH),)
