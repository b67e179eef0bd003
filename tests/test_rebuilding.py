"""A build after changes is the one that would be made from nothing, whatever it takes over from the last one."""

from __future__ import annotations

import hashlib
import random
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from filiera import building, renewal, rdf
from filiera.checks import memory
from filiera.errors import NotBuiltError
from filiera.paths import Project, home
from filiera.schema import Schema, schema

Step = Callable[[Project], None]

DUMPS = ("filiera.nq", "filiera.ttl", "filiera.void.ttl")


def outcome(project: Project, by: Schema) -> tuple[Any, ...]:
    """Build, and return all that can be seen of it: what was checked, every row, statement and byte; or the problems."""
    try:
        built = building.build(project, by)
    except NotBuiltError as error:
        return str(error), error.problems
    said = (built.digest, built.records, built.statements, built.remark, list(built.report.lines()))
    return (*said, built.report.skipped, *seen(project))


def seen(project: Project) -> tuple[Any, ...]:
    """Return what a build holds: the bytes of the dumps, the statements of the store, the database as SQLite dumps it."""
    store = sorted(map(str, ox.Store.read_only(str(project.store))))
    with closing(sqlite3.connect(project.database)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        rows = [(name, *row) for name in tables(connection) for row in connection.execute(f"select * from {name}")]
        return *((project.build / name).read_bytes() for name in DUMPS), store, rows


def tables(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield every table with its hidden rowid, in the order in which they were made."""
    yield "sqlite_master"
    for name, sql in connection.execute("select name, sql from sqlite_master where type = 'table' order by rowid"):
        shadow = "_fts" in name or name.startswith("citation_claims")
        yield f"(select {'' if 'without rowid' in sql.lower() or shadow else 'rowid,'} * from '{name}')"


def same_as_new(project: Project, by: Schema) -> bool:
    """Tell whether a build over the last one and one from nothing come to the same; the problems are few, or none."""
    new = replace(project, build=project.build.with_name("new"))
    shutil.rmtree(new.build, ignore_errors=True)
    over, whole = outcome(project, by), outcome(new, by)
    assert len(over) == len(whole)
    return over == whole


def edited(name: str, old: str, new: str) -> Step:
    """Make an edit to a file beside `kb/`."""

    def edit(project: Project) -> None:
        path = project.kb.parent / name
        text = path.read_text(encoding="utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new), encoding="utf-8")

    return edit


def written(name: str, text: str) -> Step:
    """Write a file of records."""

    def write(project: Project) -> None:
        (project.kb / name).write_text(text, encoding="utf-8")

    return write


def moved(old: str, new: str) -> Step:
    """Rename a file."""

    def move(project: Project) -> None:
        (project.kb / old).rename(project.kb / new)

    return move


def removed(name: str) -> Step:
    """Take a file away."""

    def remove(project: Project) -> None:
        (project.kb.parent / name).unlink()

    return remove


def read_again(project: Project) -> None:
    """Change a document, and say so in its record; its passages stand elsewhere now."""
    path = project.sources[0] / "lamps.txt"
    old = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_text("A page.\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    record = project.kb / "documents" / "lamps-2015-page.yaml"
    text = record.read_text(encoding="utf-8").replace(old, hashlib.sha256(path.read_bytes()).hexdigest())
    record.write_text(text.replace("characters: 475", "characters: 484"), encoding="utf-8")


def joined(project: Project) -> None:
    """Put the records of two files into one list."""
    folder = project.kb / "places"
    texts = [(folder / f"{name}.yaml").read_text(encoding="utf-8") for name in ("nordholm", "seven-seas")]
    items = ["- " + text.strip().replace("\n", "\n  ") for text in texts]
    (folder / "far.yaml").write_text("\n".join(items), encoding="utf-8")
    for name in ("nordholm", "seven-seas"):
        (folder / f"{name}.yaml").unlink()


HERRING = "kb/claims/lamps-herring-oil.yaml"
FARHOLM_CLAIMS = "kb/claims/odegard-strauss-2014/2-farholm.yaml"
NEW_WORK = """
id: {0}
type: book
title: {1}
authors: [brine-tom]
issued: '2011'
verification: recalled
"""

#: Changes that leave the base sound, one after the other.
SOUND: dict[str, Step] = {
    "nothing": lambda _: None,
    "a text": edited(HERRING, "Lamps of this coast", "Lights of this coast"),
    "the title of what others name": edited("kb/districts/farholm.yaml", "name: Farholm\n", "name: Farholm Bay\n"),
    "the name of an author": edited("kb/authors/brine-tom.yaml", "family: Brine\n", "family: Brine\ngiven: Tom\n"),
    "a title of a work": edited("kb/works/odegard-2003a.yaml", "Learning by Grinding", "Learning by Polishing"),
    "a record more": written("works/brine-2011.yaml", NEW_WORK.format("brine-2011", "Lamps Again")),
    "a record more of one that others name": edited(
        "kb/claims/lamps-herring-oil.yaml", "work: lamps-2015\n", "work: lamps-2015\nabout: [farholm, brine-2011]\n"
    ),
    "a line more above": edited(FARHOLM_CLAIMS, "- id: os14-2-companies", "# first\n- id: os14-2-companies"),
    "two records in another order": joined,
    "a file with another name": moved("claims/odegard-strauss-2014/3-torre-lume.yaml", "claims/torre.yaml"),
    "an old key": edited(
        "kb/works/brine-1987.yaml", "id: brine-1987\n", "id: brine-1987-talk\naliases: [brine-1987]\n"
    ),
    "its file": moved("works/brine-1987.yaml", "works/brine-1987-talk.yaml"),
    "a document": read_again,
    "an institution": written("institutions/night-watch.yaml", "id: night-watch\nname: Night Watch\ntype: office\n"),
    "what is about it": edited(HERRING, "about: [farholm", "about: [night-watch, farholm"),
    "a record less": removed("kb/claims/torre.yaml"),
}

#: What breaks the base, and a part of the problem.
BROKEN: dict[str, tuple[Step, str]] = {
    "a reference": (edited(HERRING, "work: lamps-2015\n", "work: lamps-2016\n"), r"lamps-herring-oil.yaml:4:7: work: no"),
    "the target of others": (removed("kb/places/torre-lume-town.yaml"), r"farholm.*|torre-lume.yaml:\d+:\d+: place: no"),
    "a value": (edited("kb/works/brine-1988.yaml", "verification: recalled", "verification: sure"), r"brine-1988.yaml:9:15"),
    "the syntax": (edited(HERRING, "kind: praise", "kind: [praise"), r"lamps-herring-oil.yaml:\d+:\d+: not YAML"),
    "a passage": (edited(HERRING, "start: Most lamps", "start: Few lamps"), r"lamps-herring-oil.yaml:\d+:\d+: passage not"),
    "the key of another": (written("authors/aaa.yaml", "id: seven-seas\ntype: person\nfamily: Sea\n"), r"the key 'seven-seas'"),
    "a work twice": (written("works/zzz.yaml", NEW_WORK.format("zzz", "Learning by Grinding").replace("brine-tom", "odegard-lukasz").replace("2011", "2003")), r"the same type"),
    "a document": (edited("sources/lamps.txt", "herring oil", "whale oil"), r"lamps-2015-page.yaml:5:9: sha256"),
    "other's words": (edited(HERRING, "statement: ", "statement: Nobody has counted since a lamp needs a wick a glass and. "), r"stands in 'lamps-2015-page'"),
    "a stray file": (written("works/notes.txt", "x"), r"notes.txt:1:1"),
}  # fmt: skip


@contextmanager
def undone(project: Project) -> Iterator[None]:
    """Put records and documents back as they were."""
    saved = project.kb.parent / "saved"
    for folder in ("kb", "sources"):
        shutil.copytree(project.kb.parent / folder, saved / folder)
    yield
    for folder in ("kb", "sources"):
        shutil.rmtree(project.kb.parent / folder)
        shutil.copytree(saved / folder, project.kb.parent / folder)
    shutil.rmtree(saved)


def test_a_build_after_changes_is_the_one_from_nothing(copy: Project, known: Schema) -> None:
    """Whatever is changed, the next build has the same rows, statements and bytes as one that takes nothing over."""
    for name, step in SOUND.items():
        step(copy)

        assert same_as_new(copy, known), name


@pytest.mark.parametrize("seed", range(3))
def test_a_build_after_many_changes_is_the_one_from_nothing(seed: int, copy: Project, known: Schema) -> None:
    """Several changes at once, with what breaks the base and is mended between, come to the same as well."""
    draw = random.Random(seed)
    steps, breaks = list(SOUND.values()), list(BROKEN.values())
    while steps:
        for _ in range(min(len(steps), draw.randint(2, 6))):
            steps.pop(0)(copy)
        with undone(copy):
            draw.choice(breaks)[0](copy)

            assert same_as_new(copy, known)
        assert same_as_new(copy, known)


@pytest.mark.parametrize("name", BROKEN)
def test_a_problem_is_reported_each_time(name: str, copy: Project, known: Schema) -> None:
    """A broken base is broken again however often it is built, in the same words, and sound once it is mended."""
    step, place = BROKEN[name]
    building.build(copy, known)
    with undone(copy):
        step(copy)
        first, second = outcome(copy, known), outcome(copy, known)

        assert any(re.search(place, str(problem)) for problem in first[1])
        assert first == second
        assert same_as_new(copy, known)
    assert same_as_new(copy, known)
