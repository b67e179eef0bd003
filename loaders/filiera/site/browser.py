"""Datasette over one build, which never changes and keeps nothing from anyone.

For each page Datasette would count the rows of its tables, and for the page of the database copy the descriptions of
all tables once for every table, to look for rules of who may see it. The build has counted, and there are no rules.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from datasette.app import Datasette

from filiera.site.sizes import Sizes


class Browser(Datasette):  # type: ignore[misc]  # it has no types
    """Datasette over one build."""

    def __init__(self, release: Path, sizes: Sizes, **rest: Any) -> None:  # noqa: ANN401  Datasette's own
        """Show the database of a build that has these sizes."""
        database = release / "filiera.db"
        super().__init__(immutables=[str(database)], inspect_data=sizes.inspected(database), **rest)
        # What was inspected has views too, which the page of the database would take for tables.
        self.databases["filiera"]._cached_table_counts = sizes.tables  # noqa: SLF001  there is no other way

    def _table_permission_allows(self, _database: str, _table: str) -> list[object]:
        """Return the rules of a table: there are none."""
        return []
