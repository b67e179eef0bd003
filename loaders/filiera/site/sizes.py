"""How many rows the tables and views of a build have, as it has counted them."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

QUERY = "select type, counts.name, number from counts join sqlite_master using (name) where type in ('table', 'view')"


@dataclass(frozen=True, slots=True)
class Sizes:
    """The rows of the tables and of the views."""

    tables: dict[str, int]
    views: dict[str, int]

    def inspected(self, database: Path) -> dict[str, Any]:
        """Return what `datasette inspect` would say of the database, without reading all of it.

        What stands for its digest, by which a browser knows the file again, is made of the name of the build.
        """
        rows = {name: {"count": number} for name, number in (self.tables | self.views).items()}
        digest = hashlib.sha256(database.resolve().parent.name.encode()).hexdigest()
        return {database.stem: {"hash": digest, "size": database.stat().st_size, "tables": rows}}


def sizes(database: Path) -> Sizes:
    """Return the sizes in a database."""
    connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    rows = connection.execute(QUERY).fetchall()
    connection.close()
    tables, views = ({name: number for type_, name, number in rows if type_ == one} for one in ("table", "view"))
    return Sizes(tables, views)
