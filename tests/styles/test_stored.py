"""The common styles are in the database of a build: as they are live, of the same bytes, and never in the way of it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from filiera import building
from filiera.bibliography import csl
from filiera.errors import NotFoundError
from filiera.paths import Project
from filiera.schema import Schema
from filiera.styles import catalogue, stored
from filiera.styles.rendering import render

WORK = "works/odegard-2003a.yaml"


def rows(database: Path) -> list[tuple[str, ...]]:
    """Return what is in the table."""
    connection = sqlite3.connect(database)
    found = connection.execute("select * from renderings").fetchall()
    connection.close()
    return found


def without_pandoc(tmp_path: Path) -> dict[str, str]:
    """Return an environment without Pandoc: none is on the path, and the package that carries one is an empty one."""
    hidden = tmp_path / "hidden"
    (hidden / "pypandoc").mkdir(parents=True)
    (hidden / "pypandoc" / "__init__.py").touch()
    path = os.pathsep.join([str(hidden), *filter(None, [os.environ.get("PYTHONPATH", "")])])
    return {key: value for key, value in os.environ.items() if key != "FILIERA_SOURCES"} | {
        "PATH": "",
        "PYTHONPATH": path,
    }


def test_every_work_is_there_in_every_common_style_as_it_is_live(database: sqlite3.Connection) -> None:
    """A row is what rendering the work gives."""
    items = list(csl.items(database))
    found = database.execute("select work, style, in_text, narrative, reference from renderings").fetchall()
    live = [
        (one.key, name, one.in_text, one.narrative, one.reference)
        for name in catalogue.COMMON
        for one in render(items, catalogue.find(name))
    ]

    assert len(found) == len(items) * len(catalogue.COMMON) > 0
    assert sorted(found) == sorted(live)


def test_the_same_records_give_the_same_bytes_from_scratch_or_not(copy: Project, known: Schema) -> None:
    """What was taken over from the last build cannot be told from what was made anew."""
    building.build(copy, known)
    after = copy.database.read_bytes()
    shutil.rmtree(copy.build)
    building.build(copy, known)

    assert copy.database.read_bytes() == after


def test_only_what_changed_is_rendered_again(
    copy: Project, known: Schema, edit: Callable[[Path, str, str], None]
) -> None:
    """What the last build rendered, marked here, comes again for a work that is the same, and for no other."""
    connection = sqlite3.connect(copy.database)
    connection.execute("update renderings set narrative = 'marked'")
    connection.commit()
    connection.close()
    title = next(
        line for line in (copy.kb / WORK).read_text(encoding="utf-8").splitlines() if line.startswith("title:")
    )
    edit(copy.kb / WORK, title, "title: Another title of this work")
    building.build(copy, known)
    fresh = {row[0] for row in rows(copy.database) if row[3] != "marked"}

    assert fresh == {"odegard-2003a"}
    assert any("Another title" in row[4] for row in rows(copy.database))


def test_a_build_of_an_older_program_is_no_hindrance(copy: Project, known: Schema) -> None:
    """A last build without the table, or with a broken database, is a build from scratch."""
    before = rows(copy.database)
    for statement in ("drop table renderings", "pragma user_version = 1"):
        connection = sqlite3.connect(copy.database)
        connection.execute(statement)
        connection.close()
        if statement.startswith("pragma"):
            copy.database.write_bytes(b"no database")
        building.build(copy, known)

        assert rows(copy.database) == before


def test_a_build_without_pandoc_says_what_it_has_not_rendered(copy: Project, tmp_path: Path) -> None:
    """The rest is built, and the reason is on standard error with a way out."""
    program = "import sys; from filiera.cli import main; main()"
    command = [sys.executable, "-c", program, "build", "--kb", str(copy.kb), "--build", str(tmp_path / "other")]
    done = subprocess.run(command, env=without_pandoc(tmp_path), capture_output=True, encoding="utf-8", check=False)

    assert (done.returncode, done.stdout.count("digest of the content: ")) == (0, 1)
    assert done.stderr == (
        f"not rendered: citations in {', '.join(catalogue.COMMON)}: "
        "there is no pandoc 3.9 or newer; run `pip install pypandoc-binary`\n"
    )
    assert rows(tmp_path / "other" / "filiera.db") == []


def test_what_is_stored_needs_no_pandoc(built: Project, tmp_path: Path) -> None:
    """A lookup of a common style starts no citation processor; one with a page does, and says that there is none."""
    program = (
        "import sys, pathlib; from filiera.engines import connect; from filiera.styles import stored\n"
        f"connection = connect(pathlib.Path({str(built.database)!r}))\n"
        "print(stored.renderings(connection, ['lamps-2015'], 'mla')[0].in_text)\n"
        "try: stored.renderings(connection, ['lamps-2015'], 'mla', 'p. 3')\n"
        "except Exception as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=without_pandoc(tmp_path), capture_output=True, encoding="utf-8", check=True
    )
    in_text, message = done.stdout.splitlines()

    assert in_text == rows_of(built, "lamps-2015", "modern-language-association")[2]
    assert message == "there is no pandoc 3.9 or newer; run `pip install pypandoc-binary`"


def rows_of(project: Project, work: str, style: str) -> tuple[str, ...]:
    """Return the row of a work in a style."""
    return next(row for row in rows(project.database) if row[:2] == (work, style))


def test_a_large_base_renders_when_asked(copy: Project, known: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above a number of works none is stored, which is said; what is asked for is the same."""
    connection = sqlite3.connect(copy.database)
    before = stored.renderings(connection, ["lamps-2015"], "apa")
    connection.close()
    monkeypatch.setattr(stored, "MOST", 3)
    remark = building.build(copy, known).remark
    connection = sqlite3.connect(copy.database)

    works = len(list((copy.kb / "works").iterdir()))
    assert remark == f"{works} works are more than 3: their citations are rendered when they are asked for"
    assert rows(copy.database) == []
    assert stored.renderings(connection, ["lamps-2015"], "apa") == before
    connection.close()


@pytest.mark.parametrize("style", ["apa", "APA", "chicago", "vancouver", "ieee", "World Development"])
@pytest.mark.parametrize("locator", ["", "p. 3"])
def test_works_come_in_the_order_in_which_they_are_asked_for(
    database: sqlite3.Connection, style: str, locator: str
) -> None:
    """Stored or live, with a place or without, each is what rendering it alone gives; an old key is followed."""
    keys = ["odegard-strauss-2014", "harbour-register-2010", "odegard-2003a", "odegard-strauss-2014"]
    items = {item["id"]: item for item in csl.items(database)}
    expected: list[Any] = [render([items[key]], catalogue.find(style), [locator])[0] for key in keys]

    assert stored.renderings(database, [keys[0], "register-2010", *keys[2:]], style, locator) == expected


def test_a_language_is_not_taken_from_the_table(database: sqlite3.Connection) -> None:
    """A text in Italian has "e" between two names."""
    assert stored.renderings(database, ["odegard-strauss-2014"], "chicago", locale="it-IT")[0].in_text == (
        "(Ødegård e Strauß-O’Neill 2014)"
    )


def test_what_is_not_known_is_said(database: sqlite3.Connection) -> None:
    """Keys and styles have nearest names."""
    with pytest.raises(NotFoundError, match="no work has the key 'lamp-2015'; did you mean 'lamps-2015'"):
        stored.renderings(database, ["lamp-2015"], "apa")
    with pytest.raises(NotFoundError, match="no citation style is called 'apaa'"):
        stored.renderings(database, ["lamps-2015"], "apaa")
