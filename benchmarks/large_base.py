"""Make a build of a million invented works straight into the database, as a million files of YAML would take hours.

The tables, indexes, search and views are made by the program's own functions from rows of `records` and `records_data`,
as a build makes them. What is not made is what no page of a record reads: the graph holds the vocabulary only.

Beside the works of `library` there are a claim for every five of them and fifty concepts. All claims rest on one
document. Who writes, what is cited and what is spoken of follow Zipf's law, so that a few records have thousands of
others pointing to them.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import library

from filiera import building, records, sqlite
from filiera.descriptions import dumps
from filiera.paths import Project
from filiera.schema import Schema, schema
from filiera.styles import stored

RECORDS = """
create table records(
    id text primary key not null, kind text not null, label text not null,
    text text not null default '', file text not null, line integer not null
);
create table records_data(id text primary key not null references records(id), data text not null);
"""

#: The one document of all claims, and its sections.
DOCUMENT, SECTIONS = "invented-document", 40

CONCEPTS = 50

#: Persons who have a share in one work of thirty.
FAMOUS, SHARE = 50, 30

Record = dict[str, object]


def make(folder: Path, size: int) -> Project:
    """Return the base of so many works in a folder, made unless it is there already."""
    project = Project(folder / "kb", folder / "build", ())
    release = project.build / "builds" / f"{size}-works"
    project.kb.mkdir(parents=True, exist_ok=True)
    if not (release / dumps.DIGESTS).exists():
        release.mkdir(parents=True, exist_ok=True)
        _database(release / "filiera.db", size)
        building._write_graph(_connect(None), schema(), release, None)  # noqa: SLF001
        dumps.sign(release)
    # A build that is taken for one of the folder `kb`, in which nothing is.
    (release / building.INPUTS).write_text(building.inputs(project), encoding="ascii")
    building._publish(release, project.build)  # noqa: SLF001
    return project


def _connect(path: Path | None) -> sqlite3.Connection:
    if path:
        path.unlink(missing_ok=True)
    connection = sqlite3.connect(path or ":memory:")
    connection.executescript("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -2000000;")
    connection.executescript(RECORDS)
    return connection


def _database(path: Path, size: int) -> None:
    connection, known = _connect(path), schema()
    for kind, made in _records(size):
        _put(connection, known, kind, made)
    sqlite.fill(connection, known)
    for index in building.INDEXES:
        index(connection, None)
    sqlite.finish(connection)
    stored.write(connection)
    sqlite.count(connection)
    connection.commit()
    connection.close()


def _put(connection: sqlite3.Connection, known: Schema, kind: str, made: Iterable[Record]) -> None:
    for record in sorted(made, key=lambda one: str(one["id"])):
        row = (record["id"], kind, records.label(known.kinds[kind], record), f"kb/{kind}/invented.yaml", 1)
        connection.execute("insert into records(id, kind, label, file, line) values (?, ?, ?, ?, ?)", row)
        connection.execute("insert into records_data values (?, ?)", (record["id"], records.dump(record)))


def _records(size: int) -> Iterator[tuple[str, Iterable[Record]]]:
    draw = random.Random(library.SEED)  # noqa: S311  invented
    works = list(_with_famous(library.works(size), draw))
    keys = [work.key for work in works]
    persons = {person.key: person for work in works for person in work.people}
    yield "authors", [library.author(person) for person in persons.values()]
    yield "claims", _claims(keys, draw)
    yield "concepts", ({"id": f"invented-{at}", "label": f"invented {at}", "scheme": "chain"} for at in range(CONCEPTS))
    yield "documents", [_document(keys[0])]
    yield "works", map(library.record, works)


def _document(work: str) -> Record:
    sections = [{"number": str(at), "title": f"Section {at}"} for at in range(SECTIONS)]
    file = {"file": "invented.txt", "sha256": "0" * 64}
    return {"id": DOCUMENT, "title": "All that is said", "work": work, "version": "draft", **file, "sections": sections}


def _with_famous(works: list[library.Work], draw: random.Random) -> Iterator[library.Work]:
    """Give some works an author more, one of few."""
    first = dict.fromkeys(person for work in works[:FAMOUS] for person in work.people)
    famous = library.zipf(draw, list(first))
    for work in works:
        person = next(famous)
        joins = draw.randrange(SHARE) == 0 and person not in work.people
        yield replace(work, people=(*work.people, person)) if joins else work


def _claims(keys: list[str], draw: random.Random) -> Iterator[Record]:
    """Yield a claim for every five works, each of which cites two others and speaks of one concept."""
    weights = list(accumulate(1 / (place + 2) for place in range(len(keys))))
    concepts = library.zipf(draw, [f"invented-{at}" for at in range(CONCEPTS)])
    fields = library.zipf(draw, library.FIELD)
    for at in range(len(keys) // 5):
        cited = dict.fromkeys([*draw.choices(keys, cum_weights=weights), draw.choice(keys)])
        place = {"section": str(at % SECTIONS), "start_offset": at * 100, "end_offset": at * 100 + 90}
        yield {
            "id": f"invented-claim-{at}",
            "statement": f"Statement {at} says that {next(fields)} and {next(fields)} differ in {next(fields)}.",
            "kind": draw.choice(("finding", "theory", "interpretation")),
            "work": draw.choice(keys),
            "about": [next(concepts)],
            "cites": [{"work": key, "relation": "cites-as-evidence"} for key in cited],
            "relations": [{"claim": f"invented-claim-{at // 2}", "type": "extends", "by": "curator"}],
            "evidence": [{"document": DOCUMENT, **place, "verdict": "found"}],
        }
