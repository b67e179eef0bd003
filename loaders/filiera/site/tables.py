"""Lead from Datasette's tables and rows to the pages of the records."""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import Any

from datasette import hookimpl
from markupsafe import Markup

from filiera.schema import schema
from filiera.sqlite import family, tables


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(row: sqlite3.Row, value: Any, column: str, table: str | None) -> Markup | None:  # noqa: ANN401
    """Make the title of a record a link to its page."""
    if column != _titles().get(table or "") or not value:
        return None
    kind = row["kind"] if table == "records" else table
    # A key that refers to another table comes with the title that it has there.
    key = row["id"]["value"] if isinstance(row["id"], dict) else row["id"]
    return Markup('<a href="/{}/{}">{}</a>').format(kind, key, value)


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
def _owners() -> dict[str, str]:
    """Return the kind of record that the rows of each table belong to."""
    return {table.name: folder for folder, root in tables(schema()).items() for table in family(root)}
