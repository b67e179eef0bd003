"""Check duplicates: no two records share a group of fields that the schema declares unique.

Texts are compared folded, dates by their year, and of an ordered list of records (authors, editors) the first counts:
so two works of one type with the same title, year and first author are one work. The schema may name fields that tell
two apart all the same: an "Editorial" in two issues is two works.
"""

from __future__ import annotations

import json
from typing import Any

from filiera.checks.base import Base, Check, placed
from filiera.folding import fold
from filiera.records import Data, Record
from filiera.schema import Class, Field
from filiera.values import year

SCRATCH = """
create temp table uniques(
    value text, fields text, apart text, owner text, file text, line integer, column_ integer
);
create index temp.uniques_value on uniques(value);
"""


def note(record: Record, base: Base) -> None:
    """Keep the value of every unique group of the record and of the objects in it."""
    for path, of, data in record.objects:
        for name, fields in of.unique.items():
            if data.get(fields[0]) is None:
                continue
            scope = [[record.id, *path[:-1]] if path else [], of.name, name]
            value = _value(scope, [_comparable(of, data, f) for f in fields])
            place = record.place((*path, fields[0]))
            apart = json.dumps({f: _comparable(of, data, f) for f in of.apart.get(name, ()) if f in data})
            row = (value, ", ".join(f for f in fields if f in data), apart, record.id, record.shown, *place)
            base.connection.execute("insert into temp.uniques values (?, ?, ?, ?, ?, ?, ?)", row)
            base.report.made("duplicates")


def _comparable(of: Class, data: Data, name: str) -> Any:  # noqa: ANN401
    field, value = of.fields[name], data.get(name)
    if value is None:
        return None
    if field.ordered:
        return value[0]
    if field.many and field.targets:
        return sorted(value)
    return _folded(field, value)


def _folded(field: Field, value: Any) -> Any:  # noqa: ANN401
    if field.range == "Date":
        return year(value)
    if field.range in {"Name", "Text", "Printed"}:
        return fold(value)
    return value.casefold() if isinstance(value, str) else value


def follow_aliases(base: Base) -> None:
    """Put the present key wherever a value that was kept holds an old one."""
    query = """
        select distinct uniques.rowid, value from temp.keys cross join temp.refs on target = key
        cross join temp.uniques on uniques.owner = refs.owner where is_alias
    """  # from the few old keys on, as a plain join begins with the many references
    present = dict(base.connection.execute("select key, id from temp.keys where is_alias").fetchall())
    for row, value in base.connection.execute(query).fetchall():
        *scope, group = json.loads(value)
        followed = [_present(one, present) for one in group]
        base.connection.execute("update temp.uniques set value = ? where rowid = ?", (_value(scope, followed), row))


def _present(value: Any, present: dict[str, str]) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return sorted(present.get(key, key) for key in value)
    return present.get(value, value) if isinstance(value, str) else value


def _value(scope: list[Any], group: list[Any]) -> str:
    return json.dumps([*scope, group], sort_keys=True)


def same(base: Base) -> None:
    """Report every record whose group of fields another record has, if nothing tells the two apart."""
    query = """
        select later.rowid, later.apart, first.apart, later.file, later.line, later.column_, later.fields, later.owner,
               first.owner, first.file, first.line
        from temp.uniques later join temp.uniques first on first.value = later.value and first.rowid < later.rowid
        order by later.rowid, first.rowid
    """
    reported = 0
    for row, later, first, *place, fields, owner, other, other_file, other_line in base.connection.execute(query):
        if row == reported or _told_apart(later, first):
            continue
        reported = row
        whose = f"as {other!r}" if other != owner else "as another of this record"
        hint = f"see {other_file}:{other_line}; keep one of them"
        base.report.fail(placed(tuple(place), f"the same {fields} {whose}", hint, "duplicates"))


def _told_apart(later: str, first: str) -> bool:
    """Tell whether two records both have a field that tells them apart, and not the same in it."""
    one, other = json.loads(later), json.loads(first)
    return any(one[field] != other[field] for field in one.keys() & other.keys())


CHECKS = (Check("duplicates", note, follow_aliases, SCRATCH), Check("duplicates", None, same))
