"""A build appears all at once or not at all: with broken records, killed processes, rivals and readers."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sysconfig
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from filiera import building, sqlite, void
from filiera.building import PARTS, current, hold, is_fresh
from filiera.errors import NotBuiltError
from filiera.paths import Project
from filiera.schema import Schema, schema

Edit = Callable[[Path, str, str], None]
Run = Callable[..., Any]

FILIERA = Path(sysconfig.get_path("scripts")) / "filiera"
CLAIM = "claims/lamps-herring-oil.yaml"
CLAIM_CLASS = "https://w3id.org/filiera/schema#Claim"


def state(project: Project) -> tuple[str, int, int]:
    """Return the digest and the number of records and statements of the build in use, having read all parts of it."""
    connection = sqlite3.connect(f"file:{project.database}?mode=ro", uri=True)
    assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
    digest = sqlite.digest(connection, schema())
    records = connection.execute("select count(*) from records_fts").fetchone()[0]
    connection.close()
    quads = (project.build / "filiera.nq").read_text(encoding="utf-8").count(" .\n")
    turtle = ox.parse(path=str(project.build / "filiera.ttl"), format=ox.RdfFormat.TURTLE)
    assert quads == sum(1 for _ in turtle) == len(ox.Store.read_only(str(project.store)))
    return digest, records, quads


def builds(project: Project) -> list[str]:
    """Return the names of the folders of builds."""
    return sorted(path.name for path in (project.build / "builds").iterdir() if path.is_dir())


def start(project: Project) -> subprocess.Popen[bytes]:
    """Start a build in a process of its own."""
    arguments: list[str | Path] = [FILIERA, "build", "--kb", project.kb, "--sources", project.sources[0]]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_build_has_all_its_parts(copy: Project) -> None:
    """The database, both dumps and the store stand under their names, and the folder holds nothing half done."""
    _, records, statements = state(copy)

    assert (records, statements > 1000) == (46, True)
    assert sorted(path.name for path in copy.build.iterdir()) == sorted([*PARTS, "builds", "current"])
    assert builds(copy) == [(copy.build / "current").readlink().name]


def test_the_command_says_what_was_built(copy: Project, run: Run) -> None:
    """The digest that the command prints is that of the database; a second build of the same records is the same."""
    digest, records, statements = state(copy)
    result = run("build", cwd=copy.kb.parent, sources=copy.sources[0])

    assert (result.code, result.out) == (
        0, f"{records} records, {statements:,} statements in build\ndigest of the content: {digest}\n"
    )  # fmt: skip
    assert state(copy) == (digest, records, statements)


@pytest.mark.parametrize(
    ("old", "new"),
    [("kind: praise", "kind: prais"), ("work: lamps-2015", "work: lamps-2016"), ("kind: praise", "kind: [")],
)
def test_a_broken_record_leaves_the_old_build_as_it_is(copy: Project, run: Run, edit: Edit, old: str, new: str) -> None:
    """Nothing is built from records with a problem, and the message says so."""
    before, folders, link = state(copy), builds(copy), (copy.build / "current").readlink()
    edit(copy.kb / CLAIM, old, new)
    result = run("build", cwd=copy.kb.parent, sources=copy.sources[0])

    assert (result.code, result.out) == (1, "")
    assert re.fullmatch(
        r"Error: nothing was built: [\d,]+ checks made, \d+ failed, 0 not run; run `filiera check` to see them\n",
        result.err,
    )
    assert (state(copy), builds(copy), (copy.build / "current").readlink()) == (before, folders, link)


def test_no_record_is_no_build(tmp_path: Path, known: Schema) -> None:
    """A base without a record gives no empty database."""
    (tmp_path / "kb" / "works").mkdir(parents=True)
    with pytest.raises(NotBuiltError, match="nothing was checked"):
        building.build(Project(tmp_path / "kb", tmp_path / "build"), known)

    assert builds(Project(tmp_path / "kb", tmp_path / "build")) == []


def test_a_build_without_documents_says_so(copy: Project, run: Run) -> None:
    """Without documents there is a build, whose passages have the verdict that they could not be looked up."""
    result = run("build", cwd=copy.kb.parent)
    connection = sqlite3.connect(copy.database)
    verdicts = connection.execute("select distinct verdict, start_offset from claims_evidence").fetchall()
    connection.close()

    assert (result.code, verdicts) == (0, [("not-at-hand", None)])


def test_a_killed_build_leaves_the_old_one_whole(copy: Project, edit: Edit) -> None:
    """Killed at any moment, a build leaves the old one or the new one to be read; the next build clears up."""
    old = state(copy)
    edit(copy.kb / CLAIM, "Lamps of this coast", "Lights of this coast")
    began = time.monotonic()
    start(copy).communicate()
    whole = time.monotonic() - began
    new, codes, dead = state(copy), set(), set()
    edit(copy.kb / CLAIM, "Lights of this coast", "Lamps of this coast")
    for step in range(1, 9):
        process = start(copy)
        time.sleep(whole * step / 8)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        codes.add(process.returncode)
        dead |= set(builds(copy)) - {(copy.build / "current").readlink().name}

        assert state(copy) in {old, new}
    start(copy).communicate()

    assert old != new
    assert (-signal.SIGKILL in codes, dead != set()) == (True, True)
    assert (state(copy), dead & set(builds(copy))) == (old, set())


def test_a_half_turned_link_does_not_stop_the_next_build(copy: Project, known: Schema) -> None:
    """What a build leaves that is killed while it turns its links is taken away by the next."""
    for name in ("current", *PARTS):
        (copy.build / f".{name}.new").symlink_to("nowhere")
    building.build(copy, known)

    assert state(copy)[1] == 46
    assert [path.name for path in copy.build.iterdir() if path.name.startswith(".")] == []


def test_builds_at_the_same_time_all_end_well(copy: Project) -> None:
    """Builds that start together do not clear each other away, whichever is the last."""
    before = state(copy)
    for _ in range(2):
        processes = [start(copy) for _ in range(3)]
        said = [process.communicate()[1].decode() for process in processes]

        assert ([process.returncode for process in processes], said) == ([0] * 3, [""] * 3)
        assert state(copy) == before


def test_builds_take_turns_in_making_and_clearing_folders(copy: Project) -> None:
    """Between making its folder and locking it a build could be cleared away: there is a lock for that moment."""
    with hold(copy.build / "builds", exclusive=True):
        process = start(copy)
        time.sleep(1.5)

        assert process.poll() is None
    process.communicate()
    assert process.returncode == 0


def test_a_build_that_is_written_is_not_cleared(copy: Project, known: Schema) -> None:
    """A build that begins while another is being written leaves it alone, and the other is published after it."""
    before = state(copy)
    rivals: list[Project] = []

    def rival(step: str) -> None:
        if step == "writing the graph" and not rivals:
            rivals.append(copy)
            building.build(copy, known, rival)

    built = building.build(copy, known, rival)

    assert (built.digest, state(copy), len(rivals)) == (before[0], before, 1)


def test_a_build_that_is_read_is_not_cleared(copy: Project, known: Schema) -> None:
    """A server may go on reading the build that it opened, however often others build; after it, the build goes."""
    mine = current(copy.build)
    assert mine
    with hold(mine):
        for _ in range(3):
            building.build(copy, known)

        assert (mine / "filiera.db").is_file()
        assert len(builds(copy)) == 3
    building.build(copy, known)

    assert (mine.exists(), len(builds(copy))) == (False, 2)


@pytest.mark.parametrize("name", ["filiera.db", "filiera.ttl", "store", "current"])
def test_what_is_not_ours_is_not_overwritten(tiny: Project, known: Schema, name: str) -> None:
    """A file of the user's that stands in the way stays, and nothing else is changed either."""
    tiny.build.mkdir()
    mine = tiny.build / name
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(NotBuiltError) as raised:
        building.build(tiny, known)

    assert str(raised.value) == f"{str(mine)!r} was not made by Filiera and stands in the way; move it elsewhere"
    assert mine.read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in tiny.build.iterdir()) == sorted(["builds", name])
    assert builds(tiny) == []


def test_a_file_in_the_way_leaves_the_old_build_in_use(copy: Project, known: Schema, edit: Edit) -> None:
    """All of it or nothing also holds when one of the parts cannot be put in its place."""
    before = state(copy)
    (copy.build / "filiera.ttl").unlink()
    shutil.copy(copy.build / "current" / "filiera.ttl", copy.build / "filiera.ttl")
    edit(copy.kb / CLAIM, "Lamps of this coast", "Lights of this coast")
    with pytest.raises(NotBuiltError):
        building.build(copy, known)

    assert state(copy) == before


def test_a_stray_file_among_the_builds_disturbs_nothing(copy: Project, known: Schema) -> None:
    """File managers leave their notes everywhere."""
    (copy.build / "builds" / ".DS_Store").write_text("", encoding="utf-8")
    building.build(copy, known)

    assert state(copy)[1] == 46


def test_a_build_can_be_moved(copy: Project, known: Schema) -> None:
    """All links are relative, so that the folder can be copied to another place or machine."""
    before = state(copy)
    moved = Project(copy.kb, copy.kb.parent / "elsewhere" / "built", copy.sources)
    moved.build.parent.mkdir()
    copy.build.rename(moved.build)

    assert state(moved) == before
    building.build(moved, known)
    assert state(moved) == before


def test_a_build_is_fresh_until_something_changes(copy: Project, known: Schema, edit: Edit) -> None:
    """Records, documents and schemas are what a build is made from; touching a file changes nothing."""
    os.utime(copy.kb / CLAIM)
    untouched = is_fresh(copy)
    edit(copy.kb / CLAIM, "Lamps of this coast", "Lights of this coast")
    changed = is_fresh(copy)
    building.build(copy, known)

    assert (untouched, changed, is_fresh(copy)) == (True, False, True)


def test_a_record_that_changes_during_a_build_makes_it_stale(copy: Project, known: Schema, edit: Edit) -> None:
    """A build remembers what it read, not what stood there when it was done."""

    def change(step: str) -> None:
        if step == "writing the database":
            edit(copy.kb / CLAIM, "Lamps of this coast", "Lights of this coast")

    building.build(copy, known, change)

    assert not is_fresh(copy)


def test_the_build_lies_where_it_is_asked_for(tiny: Project, run: Run) -> None:
    """--build names another folder, which is made if it is not there."""
    result = run("build", "--build", "deep/down", cwd=tiny.kb.parent, sources=tiny.sources[0])

    assert (result.code, result.out.splitlines()[0].rpartition(" in ")[2]) == (0, "deep/down")
    assert state(Project(tiny.kb, tiny.kb.parent / "deep/down"))[1] == 46
    assert not tiny.build.exists()


def test_the_digest_does_not_depend_on_the_documents_at_hand(copy: Project, known: Schema) -> None:
    """The same records have the same digest on a machine without the documents, where no passage can be looked up."""
    before = state(copy)[0]

    building.build(replace(copy, sources=()), known)

    assert state(copy)[0] == before


def test_the_graph_is_described_as_it_is(built: Project) -> None:
    """The description counts what stands in the dump, and reads back as it was written."""
    store = ox.Store.read_only(str(built.store))
    described = void.read(built.build / "filiera.void.ttl")
    typed = [quad.object for quad in store.quads_for_pattern(None, ox.NamedNode(void.TYPE), None)]

    assert described.statements == len(store)
    assert described.classes[CLAIM_CLASS] == typed.count(ox.NamedNode(CLAIM_CLASS)) > 0
    assert described.properties[void.TYPE] == len(typed)
