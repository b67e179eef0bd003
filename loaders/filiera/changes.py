"""Tell which records are not as they were in the last build, so that of the others everything can be taken over.

What a build makes of a record depends on the record and on those that it names: on their titles, names and kinds. So a
record is stale when it has changed, and when one has that it names. Nothing is taken over from a build that another
program or schema made, or of which a part is not as it was written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filiera.descriptions import dumps
from filiera.recipe import recipe
from filiera.schema import Schema

#: The file of a build that says by what it was made.
SIGNED = ".signed"

#: Where more than one record in so many is stale, it is no slower to make everything anew.
SHARE = 4

#: `temp.refs` and `temp.keys` are those of the checks.
STALE = """
create temp table stale(id text primary key) without rowid;
with now as (select id, kind, data from main.records join main.records_data using (id)),
    before as (select id, kind, data from last.records join last.records_data using (id))
insert into temp.stale
select id from (select * from now except select * from before)
union select id from (select * from before except select * from now);
insert or ignore into temp.stale
select owner from temp.refs join temp.keys on key = target where temp.keys.id in temp.stale;
"""


@dataclass(frozen=True, slots=True)
class Last:
    """The last build, which is sound; the records in `stale` are not as they were in it."""

    folder: Path
    stale: tuple[str, ...]

    @property
    def database(self) -> str:
        """The address of its database, to be read only."""
        return _address(self.folder)


def sign(build: Path, schema: Schema) -> None:
    """Write down by what a build was made."""
    (build / SIGNED).write_text(recipe(schema), encoding="ascii")


def _is_sound(build: Path, schema: Schema) -> bool:
    try:
        return (build / SIGNED).read_text(encoding="ascii") == recipe(schema) and dumps.are_whole(build)
    except (OSError, ValueError):
        return False


@contextmanager
def since(connection: sqlite3.Connection, schema: Schema, last: Path | None) -> Iterator[Last | None]:
    """Give the last build while its database is attached as `last`, and its stale records are in `temp.stale`.

    There is none where nothing can be taken over from it, or little. The records of this build have been checked.
    """
    if last is None or not _is_sound(last, schema):
        yield None
        return
    connection.commit()
    connection.execute("attach ? as last", (_address(last),))
    connection.executescript(STALE)
    stale = tuple(row[0] for row in connection.execute("select id from temp.stale"))
    total = connection.execute("select count(*) from records").fetchone()[0]
    yield Last(last, stale) if len(stale) * SHARE <= total else None
    connection.commit()
    connection.execute("detach last")


def _address(build: Path) -> str:
    return f"{(build / 'filiera.db').resolve().as_uri()}?mode=ro&immutable=1"
