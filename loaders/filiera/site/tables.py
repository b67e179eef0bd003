"""Lead from Datasette's tables and rows to the pages of the records."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable
from functools import cache
from typing import Any

import datasette.app as ds
from datasette import hookimpl
from markupsafe import Markup

from filiera.schema import schema
from filiera.sqlite import family, tables


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(
    row: sqlite3.Row,
    value: Any,  # noqa: ANN401
    column: str,
    table: str | None,
    datasette: ds.Datasette,
) -> Markup | Awaitable[Markup | None] | None:
    """Make the title of a record a link to its page, and a key the title of the record that has it."""
    if not value or table is None:
        return None
    if column == _titles().get(table):
        kind = row["kind"] if table == "records" else table
        return _link(kind, _key(row["id"]), value)
    kinds = _references().get((table, column), ())
    if len(kinds) == 1 and isinstance(value, dict):
        return _reference(kinds[0], value["value"], value["label"])
    return _looked_up(datasette, _key(value)) if kinds else None


def _key(value: Any) -> str:  # noqa: ANN401
    """Return a key; one that refers to another table comes with the title that it has there."""
    return str(value["value"] if isinstance(value, dict) else value)


def _link(kind: str, key: str, title: str) -> Markup:
    return Markup('<a href="/{}/{}">{}</a>').format(kind, key, title)


def _reference(kind: str, key: str, title: str | None) -> Markup:
    """Return a link with the key beside it, as Datasette shows both: filters want keys; some tables have no title."""
    if not title:
        return _link(kind, key, key)
    return Markup("{}&nbsp;<em>{}</em>").format(_link(kind, key, title), key)


async def _looked_up(datasette: ds.Datasette, key: str) -> Markup | None:
    """Return a link to whatever record has a key; a row does not say of which kind it is."""
    query = "select kind, label from records where id = ?"
    found = (await datasette.get_database("filiera").execute(query, (key,))).first()
    return _reference(found["kind"], key, found["label"]) if found else None


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars() -> dict[str, Any]:
    """Tell the template of a row which kind of record its first key names."""
    return {"owners": _owners()}


@cache
def _titles() -> dict[str, str]:
    """Return the column that holds the title of a record, for each table that has one."""
    found = {"records": "label"}
    for folder, kind in schema().kinds.items():
        group = next((group for group in kind.label if len(group) == 1), ("",))
        found[folder] = group[0]
    return found


@cache
def _references() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the kinds to which a column leads, by table and column."""
    every = (table for root in tables(schema()).values() for table in family(root))
    found = {(table.name, column.name): column.field.targets for table in every for column in table.columns}
    return found | {(name, column): (kind,) for name, (kind, column) in _owned().items()}


@cache
def _owned() -> dict[str, tuple[str, str]]:
    """Return the kind of the owner of the rows of each table that is part of another, and the column with its key."""
    found = ((table, folder) for folder, root in tables(schema()).items() for table in family(root))
    return {table.name: (folder, table.key[0]) for table, folder in found if table.parent}


@cache
def _owners() -> dict[str, str]:
    """Return the kind of record that the rows of each table belong to."""
    return {table.name: folder for folder, root in tables(schema()).items() for table in family(root)}
