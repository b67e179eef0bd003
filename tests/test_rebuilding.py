"""A build after changes is the one that would be made from nothing, whatever it takes over from the last one."""

from __future__ import annotations

import hashlib
import random
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from filiera import building, changes, checks, renewal
from filiera.errors import NotBuiltError
from filiera.paths import Project, home
from filiera.records import resolve_aliases
from filiera.schema import Schema, schema

Step = Callable[[Project], None]

FILES = ("filiera.db", "filiera.nq", "filiera.ttl", "filiera.void.ttl")


def outcome(project: Project, by: Schema) -> tuple[Any, ...]:
    """Build, and return all that can be seen of it: checks, rows, statements and bytes; or the problems."""
    try:
        built = building.build(project, by)
    except NotBuiltError as error:
        return str(error), error.problems
    said = (built.digest, built.records, built.statements, built.remark, list(built.report.lines()))
    return (*said, built.report.skipped, *seen(project))


def seen(project: Project) -> tuple[Any, ...]:
    """Return what a build holds: the bytes of its files, the statements of the store, the rows of every table."""
    store = sorted(map(str, ox.Store.read_only(str(project.store))))
    with closing(sqlite3.connect(project.database)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        rows = [(name, *row) for name in tables(connection) for row in connection.execute(name)]
        return *((project.build / name).read_bytes() for name in FILES), store, rows


def tables(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield a query for each table, which gives the rows as they lie there, with their hidden numbers."""
    yield "select * from sqlite_master"
    for name, sql in connection.execute("select name, sql from sqlite_master where type = 'table' order by rowid"):
        numbered = "without rowid" not in sql.lower() and "virtual" not in sql.lower() and "_fts" not in name
        yield f"select {'rowid, ' if numbered else ''}* from '{name}'"  # noqa: S608  names of the schema


def same_as_new(project: Project, by: Schema, *, sound: bool = True) -> bool:
    """Tell whether a build over the last one and one from nothing come to the same, and to a build if it is sound."""
    new = replace(project, build=project.build.with_name("new"))
    shutil.rmtree(new.build, ignore_errors=True)
    over, whole = outcome(project, by), outcome(new, by)
    return over == whole and (len(over) > 2) == sound


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


def cut(name: str, words: str) -> Step:
    """Take away the rest of a file from some words on."""

    def cut_off(project: Project) -> None:
        head, found, _ = (project.kb / name).read_text(encoding="utf-8").partition(words)
        assert found
        (project.kb / name).write_text(head, encoding="utf-8")

    return cut_off


def several(*steps: Step) -> Step:
    """Take several steps as one."""

    def take(project: Project) -> None:
        for step in steps:
            step(project)

    return take


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
    "another key": several(
        edited("kb/works/brine-1987.yaml", "id: brine-1987\n", "id: brine-1987-talk\naliases: [brine-1987]\n"),
        moved("works/brine-1987.yaml", "works/brine-1987-talk.yaml"),
    ),
    "a document": read_again,
    "an institution": written("institutions/night-watch.yaml", "id: night-watch\nname: Night Watch\ntype: fair\n"),
    "what is about it": edited(HERRING, "about: [farholm", "about: [night-watch, farholm"),
    "its kind": several(
        removed("kb/institutions/night-watch.yaml"),
        written("firms/night-watch.yaml", "id: night-watch\nname: Night Watch\n"),
    ),
    "an old key of another": edited(HERRING, "about: [night-watch", "about: [register-2010, night-watch"),
    "the old key for another": several(
        edited("kb/works/harbour-register-2010.yaml", "aliases: [register-2010]\n", ""),
        edited("kb/works/lamps-2015.yaml", "type: webpage\n", "type: webpage\naliases: [register-2010]\n"),
    ),
    "a record less": cut("claims/torre.yaml", "- id: os14-3-leader-unknown"),
    "files less": several(
        edited(HERRING, "register-2010, night-watch, farholm, brine-2011]", "farholm]"),
        removed("kb/works/brine-2011.yaml"),
        removed("kb/firms/night-watch.yaml"),
    ),
}

TWICE = """
id: zzz
type: paper-conference
title: Four hundred lamps
authors: [brine-tom]
issued: '1987'
verification: recalled
"""

#: What breaks the base, and a part of the problem.
BROKEN: dict[str, tuple[Step, str]] = {
    "a reference": (
        edited(HERRING, "work: lamps-2015\n", "work: lamps-2016\n"),
        r"lamps-herring-oil\.yaml:4:7: work: no",
    ),
    "the target of others": (
        removed("kb/places/torre-lume-town.yaml"),
        r"districts/torre-lume\.yaml:3:8: place: no",
    ),
    "a value": (
        edited("kb/works/brine-1988.yaml", "verification: recalled", "verification: sure"),
        r"brine-1988\.yaml:9:15: verification: there is no value",
    ),
    "the syntax": (
        edited(HERRING, "kind: praise", "kind: [praise"),
        r"lamps-herring-oil\.yaml:\d+:\d+: ",
    ),
    "a passage": (
        edited(HERRING, "start: Most lamps", "start: Few lamps"),
        r"lamps-herring-oil\.yaml:\d+:\d+: passage not-found",
    ),
    "the key of another": (
        written("authors/aaa.yaml", "id: torre-lume\ntype: person\nfamily: Sea\n"),
        r"districts/torre-lume\.yaml:1:5: the key 'torre-lume' is the key of another",
    ),
    "a work twice": (written("works/zzz.yaml", TWICE), r"works/zzz\.yaml:4:8: the same title"),
    "a document": (edited("sources/lamps.txt", "herring oil", "whale oil"), r"lamps-2015-page\.yaml:6:9: sha256"),
    "the words of another": (
        edited(HERRING, "statement: ", "statement: Counted them again and found a few more. Nobody has counted. "),
        r"lamps-herring-oil\.yaml:2:12: statement: .* stands in 'lamps-2015-page'",
    ),
    "a stray file": (written("works/notes.txt", "x"), r"works/notes\.txt:1:1: "),
}


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
    draw = random.Random(seed)  # noqa: S311  edits
    steps, breaks = list(SOUND.values()), list(BROKEN.values())
    while steps:
        for _ in range(min(len(steps), draw.randint(2, 6))):
            steps.pop(0)(copy)
        with undone(copy):
            draw.choice(breaks)[0](copy)

            assert same_as_new(copy, known, sound=False)
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
        assert same_as_new(copy, known, sound=False)
    assert same_as_new(copy, known)


def test_another_schema_takes_nothing_over(copy: Project, known: Schema, tmp_path: Path) -> None:
    """Where a term or a column has another name, every record is made anew."""
    folder = Path(shutil.copytree(home() / "schemas", tmp_path / "schemas"))
    edited("schemas/districts.yaml", "slot_uri: fil:industry", "slot_uri: fil:trade")(replace(copy, kb=tmp_path / "kb"))
    changed = schema(folder)

    assert outcome(copy, known) != outcome(copy, changed)
    assert same_as_new(copy, changed)
    assert same_as_new(copy, known)


def test_a_place_is_shown_from_where_you_are(copy: Project, known: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file that has not changed has part in a problem, its path is as you would type it."""
    building.build(copy, known)
    monkeypatch.chdir(copy.kb / "places")
    written("authors/aaa.yaml", "id: nordholm\ntype: person\nfamily: Sea\n")(copy)
    problems = outcome(copy, known)[1]

    assert any(str(problem).startswith("nordholm.yaml:1:5: the key 'nordholm'") for problem in problems)
    assert same_as_new(copy, known, sound=False)


def spoilt(name: str) -> Step:
    """Write over the middle of a file of the last build."""

    def spoil(project: Project) -> None:
        with (project.build / "current" / name).open("r+b") as file:
            file.seek((project.build / "current" / name).stat().st_size // 2)
            file.write(b"x" * 200)

    return spoil


def lying(project: Project) -> None:
    """Make the memory say something else of a file than what stood in it."""
    with closing(sqlite3.connect(project.build / "current" / building.MEMORY)) as connection, connection:
        connection.execute("update remembered set content = replace(content, 'Lamps of this', 'Lights of that')")


def emptied(project: Project) -> None:
    """Leave a store without a file of its tables."""
    for table in (project.build / "current" / "store").glob("*.sst"):
        table.unlink()


def one_statement_less(project: Project) -> None:
    """Take a statement out of the store."""
    store = ox.Store(project.build / "current" / "store")
    store.remove(next(iter(store)))
    store.flush()


DAMAGED: dict[str, Step] = {
    "the memory": spoilt(building.MEMORY),
    "no memory": removed(f"build/current/{building.MEMORY}"),
    "a memory of other words": lying,
    "the dump": spoilt("filiera.nq"),
    "the database": spoilt("filiera.db"),
    "the signature": spoilt(changes.SIGNED),
    "no signature": removed(f"build/current/{changes.SIGNED}"),
    "the store": emptied,
    "a statement": one_statement_less,
}


@pytest.mark.parametrize("name", DAMAGED)
def test_nothing_is_taken_over_from_what_is_damaged(name: str, copy: Project, known: Schema) -> None:
    """Whatever has become of the last build, the next one is as it should be."""
    building.build(copy, known)
    DAMAGED[name](copy)
    SOUND["a title of a work"](copy)

    assert same_as_new(copy, known)


def test_a_file_that_has_changed_is_read_and_no_other(copy: Project, known: Schema) -> None:
    """Of all files, the memory of the next build has one that that of the last one had not."""
    building.build(copy, known)
    before = remembered(copy)
    SOUND["a text"](copy)
    building.build(copy, known)
    after = remembered(copy)

    assert (len(before - after), len(after - before), len(after)) == (1, 1, len(list(copy.kb.rglob("*.yaml"))))


def remembered(project: Project) -> set[str]:
    """Return the keys of the files that a build remembers."""
    with closing(sqlite3.connect(project.build / "current" / building.MEMORY)) as connection:
        return {row[0] for row in connection.execute("select key from remembered")}


def test_what_has_changed_and_what_names_it_is_made_anew(copy: Project, known: Schema) -> None:
    """With the title of a firm, what is written of those that name it may change, and nothing else."""
    building.build(copy, known)
    last = building.current(copy.build)
    edited("kb/firms/brightglass.yaml", "name: Brightglass", "name: Brighterglass")(copy)
    named = {
        re.search(r"^(?:- )?id: (\S+)", part)[1]  # type: ignore[index]
        for path in copy.kb.rglob("*.yaml")
        for part in re.split(r"\n(?=- id)", path.read_text(encoding="utf-8"))
        if "brightglass" in part
    }
    with closing(sqlite3.connect("", uri=True)) as connection:
        checks.into(connection, copy, known)
        resolve_aliases(connection, known)
        with changes.since(connection, known, last) as found:
            assert found
            assert set(found.stale) == named


def test_sorted_lines_are_spliced(tmp_path: Path) -> None:
    """Lines go and come at both ends and between, and what was not there cannot go."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("b\nd\nf\nff\nh\n", encoding="utf-8")
    renewal.splice(old, new, {"b\n", "f\n"}, {"a\n", "é\n", "e\n", "fé\n"})

    assert new.read_text(encoding="utf-8") == "a\nd\ne\nff\nfé\nh\né\n"
    with pytest.raises(renewal.DiffersError):
        renewal.splice(old, new, {"g\n"}, ())
    with pytest.raises(renewal.DiffersError):
        renewal.splice(old, new, (), {"h\n"})
