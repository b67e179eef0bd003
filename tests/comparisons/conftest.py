"""What the tests of comparisons share: the tiny base built, a copy of it that is edited first, and the real records."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from filiera import building
from filiera.comparisons import Sheet, compare, get
from filiera.comparisons.sheets import Row
from filiera.engines import Oxigraph, Sqlite, connect
from filiera.paths import Project
from filiera.schema import Schema

Compare = Callable[..., Sheet]
Edited = Callable[..., sqlite3.Connection]
Texts = Callable[[Sheet], list[tuple[str, ...]]]


@pytest.fixture
def connection(built: Project) -> Iterator[sqlite3.Connection]:
    """Connect to the database of the built tiny base, as the program does."""
    found = connect(built.database)
    yield found
    found.close()


@pytest.fixture
def base(real_engines: dict[str, Sqlite | Oxigraph]) -> sqlite3.Connection:
    """Connect to the database of the real records."""
    engine = real_engines["sql"]
    assert isinstance(engine, Sqlite)
    return engine.connection


@pytest.fixture
def compared() -> Compare:
    """Return a function that makes a comparison by name, from texts as a user gives them."""

    def compared(connection: sqlite3.Connection, name: str, **given: str) -> Sheet:
        return compare(connection, get(name), {key: value.split(",") for key, value in given.items()})

    return compared


@pytest.fixture
def edited(tiny: Project, known: Schema, edit: Callable[[Path, str, str], None]) -> Iterator[Edited]:
    """Return a function that replaces texts in records of the tiny base, builds it and connects to it."""
    with ExitStack() as stack:

        def edited(*edits: tuple[str, str, str]) -> sqlite3.Connection:
            for file, old, new in edits:
                edit(tiny.kb / file, old, new)
            building.build(tiny, known)
            found = connect(tiny.database)
            stack.callback(found.close)
            return found

        yield edited


@pytest.fixture
def texts() -> Texts:
    """Return a function that gives the texts of a sheet's cells, row by row."""

    def texts(sheet: Sheet) -> list[tuple[str, ...]]:
        return [_texts(row) for row in sheet.rows]

    return texts


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row)
