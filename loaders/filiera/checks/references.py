"""Check references: every key that a record points to exists, and is of a kind that the field allows.

An old key of a renamed record is followed.
"""

from __future__ import annotations

from filiera.checks.base import Base, Check, placed
from filiera.nearest import did_you_mean
from filiera.records import Record, leaves

SCRATCH = """
create temp table refs(target text, kinds text, owner text, path text, file text, line integer, column_ integer);
create index temp.refs_target on refs(target);
"""


def note(record: Record, base: Base) -> None:
    """Keep every reference of the record with its place."""
    rows = [
        (key, " ".join(field.targets), record.id, ".".join(map(str, path)), record.shown, *record.place(path))
        for path, field, key in leaves(record.objects)
        if field.targets
    ]
    base.connection.executemany("insert into temp.refs values (?, ?, ?, ?, ?, ?, ?)", rows)
    base.report.made("references", len(rows))


def dangling(base: Base) -> None:
    """Report every reference to a key that no record has."""
    query = """
        select file, line, column_, target, path, kinds from temp.refs
        where not exists (select 1 from temp.keys where key = target) order by rowid
    """
    for *place, target, path, kinds in base.connection.execute(query).fetchall():
        known = _keys(base, kinds.split())
        hint = did_you_mean(target, known) or f"write it first: kb/{kinds.split()[0]}/{target}.yaml"
        message = f"{_field(path)}: no record has the key {target!r}"
        base.report.fail(placed(tuple(place), message, hint, "references"))


def of_another_kind(base: Base) -> None:
    """Report every reference to a record of a kind that the field does not allow."""
    query = """
        select refs.file, refs.line, refs.column_, target, path, kinds, records.kind
        from temp.refs join temp.keys on key = target join records on records.id = keys.id
        where instr(' ' || kinds || ' ', ' ' || records.kind || ' ') = 0 order by refs.rowid
    """
    for *place, target, path, kinds, kind in base.connection.execute(query).fetchall():
        known = _keys(base, kinds.split())
        hint = did_you_mean(target, known) or f"it wants a key of {' or '.join(kinds.split())}"
        message = f"{_field(path)}: {target!r} is a record of {kind}"
        base.report.fail(placed(tuple(place), message, hint, "references"))


def _keys(base: Base, kinds: list[str]) -> list[str]:
    marks = ", ".join("?" * len(kinds))
    return [row[0] for row in base.connection.execute(f"select id from records where kind in ({marks})", kinds)]  # noqa: S608  only question marks


def _field(path: str) -> str:
    return next(step for step in reversed(path.split(".")) if not step.isdigit())


CHECKS = (Check("references", note, dangling, SCRATCH), Check("references", None, of_another_kind))
