"""Renew the graph of the last build: what changed records said is taken out, and what they say is put in.

The subjects of a statement belong to one record, so the statements of the others stay as they are. The dump is sorted,
so that a statement is found in it by halving; the store is a copy of the last one. Nothing is taken over from a build
that another program or schema made, or whose parts are not as they were written: then the graph is written anew.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from filiera import rdf, void
from filiera.recipe import recipe
from filiera.schema import Schema

#: The file of a build that says by what it was made, and what its parts are.
SIGNED = ".signed"

#: The parts that the next build is made from; the store is compared by the number of its statements.
PARTS = ("filiera.db", "filiera.nq", "filiera.void.ttl")

#: A change of more than one record in so many is written anew.
SHARE = 4

#: Records whose statements are others than those of the last build: they are new, gone or changed, or one that they
#: name is now of another kind, which is part of its IRI.
CHANGED = """
with now as (select id, kind, data from main.records join main.records_data using (id)),
    before as (select id, kind, data from last.records join last.records_data using (id))
select id from (select * from now except select * from before)
union select id from (select * from before except select * from now)
union select owner from temp.refs join temp.keys on key = target
    join main.records on records.id = keys.id join last.records was on was.id = keys.id where was.kind <> records.kind
"""


class DiffersError(Exception):
    """The last build does not hold what it should; it never leaves this module."""


@dataclass(frozen=True, slots=True)
class Change:
    """The statements of the changed records, sorted lines each: all that they made, and all that they make now."""

    before: tuple[str, ...]
    now: tuple[str, ...]

    @property
    def gone(self) -> set[str]:
        """The statements that are made no more."""
        return set(self.before) - set(self.now)

    @property
    def new(self) -> set[str]:
        """The statements that were not made before."""
        return set(self.now) - set(self.before)


def sign(build: Path, schema: Schema) -> None:
    """Write down by what a build was made, and what its parts are."""
    said = {"recipe": recipe(schema), "parts": _parts(build)}
    (build / SIGNED).write_text(json.dumps(said), encoding="ascii")


def _parts(build: Path) -> dict[str, str]:
    found = {}
    for name in PARTS:
        with (build / name).open("rb") as file:
            found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def is_sound(build: Path, schema: Schema) -> bool:
    """Tell whether a build is as this program made it, by this schema."""
    try:
        said = json.loads((build / SIGNED).read_text(encoding="ascii"))
        return bool(said == {"recipe": recipe(schema), "parts": _parts(build)})
    except (OSError, ValueError):
        return False


def renew(connection: sqlite3.Connection, schema: Schema, last: Path, stage: Path) -> void.Summary | None:
    """Write dump and store from those of a sound build; None, and nothing is written, where that is no gain."""
    change = _change(connection, schema, last / "filiera.db")
    if change is None:
        return None
    was = void.read(last / "filiera.void.ttl")
    summary = was.less(void.summarise(change.before)).plus(void.summarise(change.now))
    try:
        splice(last / "filiera.nq", stage / "filiera.nq", change.gone, change.new)
        _renew_store(last / "store", stage / "store", change, summary.statements)
    except (DiffersError, OSError, ValueError, RuntimeError):  # Oxigraph says what is damaged with any of them
        (stage / "filiera.nq").unlink(missing_ok=True)
        shutil.rmtree(stage / "store", ignore_errors=True)
        return None
    return summary


def _change(connection: sqlite3.Connection, schema: Schema, last: Path) -> Change | None:
    with _attached(connection, last):
        keys = [row[0] for row in connection.execute(CHANGED)]
    total = connection.execute("select count(*) from records").fetchone()[0]
    if len(keys) * SHARE > total:
        return None
    with closing(sqlite3.connect(_address(last), uri=True)) as before:
        lines = [sorted(set(rdf.record_lines(one, schema, keys))) for one in (before, connection)]
    return Change(*map(tuple, lines))


@contextmanager
def _attached(connection: sqlite3.Connection, last: Path) -> Iterator[None]:
    connection.execute("attach ? as last", (_address(last),))
    try:
        yield
    finally:
        connection.execute("detach last")


def _address(database: Path) -> str:
    return f"{database.resolve().as_uri()}?mode=ro&immutable=1"


def splice(old: Path, out: Path, gone: Iterable[str], new: Iterable[str]) -> None:
    """Write sorted lines again, without those that are gone and with those that are new.

    Raises DiffersError when a line that is gone was not there.
    """
    coming = {line.encode() for line in new}
    with old.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lines, out.open("wb") as made:
        position = 0
        for line in sorted(coming.union(line.encode() for line in gone)):
            place = _place(lines, line, position)
            made.write(lines[position:place])
            is_there = lines[place : place + len(line)] == line
            if is_there == (line in coming):
                raise DiffersError
            if not is_there:
                made.write(line)
            position = place + len(line) * is_there
        made.write(lines[position:])


def _place(lines: mmap.mmap, line: bytes, low: int) -> int:
    """Return where the first line begins that is not before a line, found by halving."""
    high = len(lines)
    while low < high:
        middle = (low + high) // 2
        start = lines.rfind(b"\n", low, middle) + 1 or low
        end = lines.find(b"\n", middle) + 1
        if lines[start:end] < line:
            low = end
        else:
            high = start
    return low


def _renew_store(last: Path, out: Path, change: Change, statements: int) -> None:
    """Copy a store, without what RocksDB notes for people, and change it.

    Raises DiffersError when it does not hold so many statements then.
    """
    import pyoxigraph as ox  # noqa: PLC0415  only paid by a build

    shutil.copytree(last, out, ignore=shutil.ignore_patterns("LOG*", "LOCK"))
    store = ox.Store(out)
    for quad in ox.parse("".join(change.gone), format=ox.RdfFormat.N_QUADS):
        store.remove(quad)
    store.extend(ox.parse("".join(change.new), format=ox.RdfFormat.N_QUADS))
    store.flush()
    if len(store) != statements:
        raise DiffersError
