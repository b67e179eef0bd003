"""Renew the graph of the last build: what stale records said is taken out, and what they say is put in.

The subject of a statement belongs to one record, so the statements of the others stay as they are. The dump is sorted,
so that a statement is found in it by halving; the store is a copy of the last one.
"""

from __future__ import annotations

import mmap
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from filiera import rdf, void
from filiera.changes import Last
from filiera.schema import Schema


class DiffersError(Exception):
    """The last build does not hold what it should; it never leaves this module."""


@dataclass(frozen=True, slots=True)
class Change:
    """The statements of stale records, sorted lines each: all that they were, and all that they are now."""

    before: tuple[str, ...]
    now: tuple[str, ...]

    @property
    def gone(self) -> set[str]:
        """The statements that are no more."""
        return set(self.before) - set(self.now)

    @property
    def new(self) -> set[str]:
        """The statements that were not there before."""
        return set(self.now) - set(self.before)


def renew(connection: sqlite3.Connection, schema: Schema, last: Last, stage: Path) -> void.Summary | None:
    """Write dump and store from those of the last build; None, and nothing is written, where these are damaged."""
    change = _change(connection, schema, last)
    was = void.read(last.folder / "filiera.void.ttl")
    summary = was.less(void.summarise(change.before)).plus(void.summarise(change.now))
    with suppress(DiffersError, OSError, ValueError, RuntimeError):  # Oxigraph says with any of them what is damaged
        splice(last.folder / "filiera.nq", stage / "filiera.nq", change.gone, change.new)
        _renew_store(last.folder / "store", stage / "store", change, summary.statements)
        return summary
    (stage / "filiera.nq").unlink(missing_ok=True)
    shutil.rmtree(stage / "store", ignore_errors=True)  # only now that it has been closed
    return None


def _change(connection: sqlite3.Connection, schema: Schema, last: Last) -> Change:
    with closing(sqlite3.connect(last.database, uri=True)) as before:
        return Change(*(_lines(one, schema, last) for one in (before, connection)))


def _lines(connection: sqlite3.Connection, schema: Schema, last: Last) -> tuple[str, ...]:
    return tuple(sorted(set(rdf.record_lines(connection, schema, last.stale))))


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
