"""Write records into SQLite.

The tables follow from the schema (`docs/database.md` lists them all):

    KIND                 one row a record; each scalar field a column; a nested object's fields are FIELD_SUBFIELD
    KIND_FIELD           one row an item of a list field: the owner's key, `position` from 0, and the item's columns;
                         a list of keys has one column, named for the field's singular
    KIND_FIELD_FIELD     a list inside such an item: the owner's key, the item's position, `position`, the columns
    records              every record: its kind, title, text for searching, file and line
    aliases              old keys
    counts               how many rows each table and view has

A list whose schema names a `table` has that name (observations). Records of a kind stand in the order of their keys.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from filiera.changes import Last
from filiera.errors import NotBuiltError
from filiera.folding import plain_spellings
from filiera.records import Data, leaves, walk
from filiera.schema import Class, Field, Schema

TYPES = {"integer": "INTEGER", "decimal": "NUMERIC", "boolean": "INTEGER"}

#: Stemming, so that "upgrading" finds "upgraded"; marks are dropped, as readers type names without them.
TOKENIZER = "porter unicode61 remove_diacritics 2"


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and the way to its value from the object that the table is made of."""

    name: str
    path: tuple[str, ...]
    field: Field


@dataclass(frozen=True, slots=True)
class Table:
    """A table made from a class or from a list field; `path` leads to the list from the object of its parent.

    `key` has the columns that name the owner, and `position` last when the table is made of a list.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    path: tuple[str, ...] = ()
    parent: Table | None = None
    children: list[Table] = field(default_factory=list)

    @property
    def insert(self) -> str:
        """The statement that writes a row."""
        names = [*self.key, *(column.name for column in self.columns)]
        return f"insert into {_quoted(self.name)} values ({', '.join('?' * len(names))})"  # noqa: S608  schema's names


def tables(schema: Schema) -> dict[str, Table]:
    """Return the table of each kind, with its children."""
    found = {}
    for folder, kind in schema.kinds.items():
        columns = tuple(c for c in _columns(kind, schema) if c.name != "id")
        table = Table(folder, ("id",), columns)
        _add_children(table, kind, schema, (), kind.owner)
        found[folder] = table
    return found


def _columns(of: Class, schema: Schema, path: tuple[str, ...] = ()) -> Iterator[Column]:
    """Yield the columns of a class; the fields of a nested object join in under its name."""
    for name, one in of.fields.items():
        if one.many:
            continue
        nested = schema.nested(one)
        if nested:
            yield from _columns(nested, schema, (*path, name))
        else:
            yield Column("_".join((*path, one.column)), (*path, name), one)


def _add_children(table: Table, of: Class, schema: Schema, path: tuple[str, ...], owner: str) -> None:
    for name, one in of.fields.items():
        nested = schema.nested(one)
        here = (*path, name)
        if one.many:
            table.children.append(_child(table, one, here, schema, owner))
        elif nested:
            _add_children(table, nested, schema, here, owner)


def _child(parent: Table, of: Field, path: tuple[str, ...], schema: Schema, owner: str) -> Table:
    name = of.table or "_".join((parent.name, *path))
    key = (*parent.key[:-1], owner, "position")
    nested = schema.nested(of)
    columns = tuple(_columns(nested, schema)) if nested else (Column(singular(of), (), of),)
    table = Table(name, key, columns, path, parent)
    if nested:
        _add_children(table, nested, schema, (), singular(of))
    return table


def singular(of: Field) -> str:
    """Return the name of one item of a list field.

    >>> singular(Field("authors", "Author", "")), singular(Field("held_by", "Key", ""))
    ('author', 'held_by')
    """
    if of.singular:
        return of.singular
    return of.name.removesuffix("ies") + "y" if of.name.endswith("ies") else of.name.removesuffix("s")


def family(table: Table) -> Iterator[Table]:
    """Yield a table and all below it."""
    yield table
    for child in table.children:
        yield from family(child)


def definition(table: Table, schema: Schema) -> str:
    """Return the statement that creates a table, with its keys and what its columns may hold."""
    lines = [f"{_quoted(k)} {'INTEGER' if _is_position(table, k) else 'TEXT'} NOT NULL" for k in table.key]
    lines += [_column(column, schema) for column in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(map(_quoted, table.key))})")
    if table.parent:
        own, theirs = (", ".join(map(_quoted, key)) for key in (table.key[:-1], table.parent.key))
        lines.append(f"FOREIGN KEY ({own}) REFERENCES {_quoted(table.parent.name)} ({theirs})")
    else:
        lines.append("FOREIGN KEY (id) REFERENCES records (id)")
    lines += [_foreign_key(column) for column in table.columns if column.field.targets]
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {_quoted(table.name)} (\n  {body}\n)"


def _is_position(table: Table, column: str) -> bool:
    return table.parent is not None and column != table.key[0]


def _column(column: Column, schema: Schema) -> str:
    name, of = _quoted(column.name), column.field
    type_ = schema.types.get(of.range)
    parts = [name, TYPES.get(type_.base, "TEXT") if type_ else "TEXT"]
    if of.required and len(column.path) <= 1:
        parts.append("NOT NULL")
    if of.range in schema.enums:
        values = ", ".join(f"'{value}'" for value in schema.enums[of.range].values)
        parts.append(f"CHECK ({name} IN ({values}))")
    return " ".join(parts)


def _foreign_key(column: Column) -> str:
    targets = column.field.targets
    other = targets[0] if len(targets) == 1 else "records"
    return f"FOREIGN KEY ({_quoted(column.name)}) REFERENCES {_quoted(other)} (id)"


def rows(table: Table, key: tuple[Any, ...], item: Any) -> Iterator[tuple[Table, tuple[Any, ...]]]:  # noqa: ANN401
    """Yield the row of an object, and the rows of the lists in it, each with its table."""
    yield table, (*key, *(_at(item, column.path) for column in table.columns))
    for child in table.children:
        for position, inner in enumerate(_at(item, child.path) or ()):
            yield from rows(child, (*key, position), inner)


def _at(item: Any, path: tuple[str, ...]) -> Any:  # noqa: ANN401
    for step in path:
        item = item.get(step) if isinstance(item, dict) else None
    return item


ALIASES = """
create table aliases (alias text primary key not null, id text not null references records(id));
insert into aliases select old.value, records.id
from records join records_data using (id), json_each(data, '$.aliases') old order by kind, records.id, old.key;
"""


def fill(connection: sqlite3.Connection, schema: Schema, last: Last | None = None) -> None:
    """Make every table from `records_data`, which holds sound records with old keys already followed.

    What is said of records that are not stale is taken over from the last build.
    Raises NotBuiltError when a foreign key leads nowhere, which the checks should have seen.
    """
    known = tables(schema)
    every = [table for kind in known.values() for table in family(kind)]
    for table in every:
        connection.execute(definition(table, schema))
    connection.executescript(ALIASES)
    with _taking_over(connection, every) if last else nullcontext():
        _write_rows(connection, known, schema, last.stale if last else None)
    _check_foreign_keys(connection)


def _write_rows(
    connection: sqlite3.Connection, known: dict[str, Table], schema: Schema, keys: Sequence[str] | None
) -> None:
    """Write the rows of all records, or of those with the given keys."""
    for id_, kind, data in list_records(connection, keys):
        for table, row in rows(known[kind], (id_,), data):
            connection.execute(table.insert, row)
        text = _search_text(connection, schema.kinds[kind], data, schema)
        connection.execute("update records set text = ? where id = ?", (text, id_))


@contextmanager
def _taking_over(connection: sqlite3.Connection, every: list[Table]) -> Iterator[None]:
    """Take over the rows of records that are not stale; what is written meanwhile comes between them, in its place.

    It goes to temporary tables, which SQLite prefers to others of the same name, as rows stand in the order of keys.
    """
    connection.execute("""
        update main.records set text = was.text from last.records was
        where was.id = main.records.id and was.id not in temp.stale
    """)
    for table in every:
        name = _quoted(table.name)
        connection.execute(f"create temp table {name} as select * from main.{name}")  # noqa: S608  schema's names
    yield
    for table in every:
        name, owner = map(_quoted, (table.name, table.key[0]))
        connection.execute(f"""
            insert into main.{name} select * from (
                select * from last.{name} where {owner} not in temp.stale union all select * from temp.{name}
            ) order by {", ".join(map(_quoted, table.key))}
        """)  # noqa: S608  schema's names
        connection.execute(f"drop table temp.{name}")


def list_records(connection: sqlite3.Connection, keys: Sequence[str] | None = None) -> Iterator[tuple[str, str, Data]]:
    """Yield key, kind and data of every record, or of those with the given keys, in the order of kinds and keys."""
    query = """
        select id, kind, data from records join records_data using (id)
        where :keys is null or id in (select value from json_each(:keys)) order by kind, id
    """
    given = {"keys": None if keys is None else json.dumps(keys)}
    for id_, kind, data in connection.execute(query, given):
        yield id_, kind, json.loads(data)


def _search_text(connection: sqlite3.Connection, kind: Class, data: Data, schema: Schema) -> str:
    """Return all that a record says, the titles of the records it names, and plain spellings of unusual letters."""
    parts = [data["id"].replace("-", " ")]
    named = []
    for _, one, value in leaves(walk(kind, data, schema)):
        if one.targets:
            named.append(value)
        elif isinstance(value, str) and one.name != "id" and one.range in {"Text", "Name", "Printed"}:
            parts.append(value)
    for key in dict.fromkeys(named):
        kind_and_label = connection.execute("select kind, label from records where id = ?", (key,)).fetchone()
        if kind_and_label and kind_and_label[0] != "claims":
            parts.append(kind_and_label[1])
    text = " · ".join(dict.fromkeys(parts))
    return f"{text} · {extra}" if (extra := plain_spellings(text)) else text


def _check_foreign_keys(connection: sqlite3.Connection) -> None:
    if wrong := connection.execute("pragma foreign_key_check").fetchone():
        raise NotBuiltError(f"table {wrong[0]!r}, row {wrong[1]}: a key leads to no row of {wrong[2]!r}")


def finish(connection: sqlite3.Connection) -> None:
    """Add what makes the database quick and pleasant to ask: search, indexes on references, views."""
    import sqlite_utils  # noqa: PLC0415  only paid by a build

    database = sqlite_utils.Database(connection)
    database.table("records").enable_fts(["label", "text"], tokenize=TOKENIZER)
    connection.executescript(files("filiera").joinpath("indexes.sql").read_text(encoding="utf-8"))
    database.index_foreign_keys()
    for view in views():
        name = view.name.removesuffix(".sql")
        database.create_view(name, view.read_text(encoding="utf-8"))


def count(connection: sqlite3.Connection) -> None:
    """Write how many rows each table and view has: a build never changes, and to count takes longer than to read."""
    query = "select name from pragma_table_list where schema = 'main' and type in ('table', 'view') and name not glob ?"
    names = [row[0] for row in connection.execute(query, ("sqlite_*",))]
    connection.execute("create table counts(name text primary key not null, number integer not null) without rowid")
    for name in sorted(names):
        statement = f"insert into counts select ?, count(*) from {_quoted(name)}"  # noqa: S608  a table's own name
        connection.execute(statement, (name,))


def views() -> list[Path]:
    """Return the files of the views, sorted; each holds one SELECT and is named after its view."""
    folder = Path(str(files("filiera").joinpath("views")))
    return sorted(folder.glob("*.sql"))


def digest(connection: sqlite3.Connection, schema: Schema) -> str:
    """Return a SHA-256 of all that the records say, the same on every machine and for every version of SQLite.

    What the lookup of passages found is left out: it depends on which documents are at hand.
    """
    total = hashlib.sha256()
    for id_, kind, data in list_records(connection):
        for _, of, inner in walk(schema.kinds[kind], data, schema):
            for name in [name for name in inner if of.fields[name].readonly]:
                del inner[name]
        line = json.dumps([kind, id_, data], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        total.update(line.encode() + b"\n")
    return total.hexdigest()


def _quoted(name: str) -> str:
    return f'"{name}"'
