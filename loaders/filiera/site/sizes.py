"""Tell Datasette how many rows the tables and views have, as the build has counted them.

It would count the rows of a table for each of its pages, and of every table for the page of the database.
"""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

QUERY = "select type, counts.name, number from counts join sqlite_master using (name) where type in ('table', 'view')"


@dataclass(frozen=True, slots=True)
class Sizes:
    """The rows of the tables and of the views of one build."""

    release: Path
    tables: dict[str, int]
    views: dict[str, int]

    def inspected(self) -> dict[str, Any]:
        """Return what `datasette inspect` would say of the database, without reading all of it.

        What stands for its digest, by which a browser knows the file again, is made of the name of the build.
        """
        rows = {name: {"count": number} for name, number in (self.tables | self.views).items()}
        digest = hashlib.sha256(self.release.name.encode()).hexdigest()
        return {"filiera": {"hash": digest, "size": (self.release / "filiera.db").stat().st_size, "tables": rows}}


def sizes(release: Path) -> Sizes:
    """Return the sizes of a build."""
    connection = sqlite3.connect(f"{(release / 'filiera.db').as_uri()}?mode=ro&immutable=1", uri=True)
    rows = connection.execute(QUERY).fetchall()
    connection.close()
    tables, views = ({name: number for type_, name, number in rows if type_ == one} for one in ("table", "view"))
    return Sizes(release, tables, views)
