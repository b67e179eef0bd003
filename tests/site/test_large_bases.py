"""What a page does must not grow with the base: it looks things up, shows so many at most, and counts nothing."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from typing import Any

import pytest

from filiera import building, citations
from filiera.paths import Project
from filiera.pictures.walks import WALKS
from filiera.questions import questions
from filiera.schema import Schema
from filiera.site.metadata import MOST_ROWS, metadata
from filiera.site.pages import home, llms, record
from filiera.site.server import still
from filiera.site.statements import sections
from filiera.site.visits import Visit

Over = Callable[[Project], AbstractContextManager[Any]]

AUTHOR = "odegard-lukasz"

#: Tables of which there are as many rows as a base has districts, places or kinds, which are read whole.
SMALL = {"districts", "places", "located"}


def change(project: Project, statement: str, rows: list[tuple[object, ...]]) -> None:
    """Run a statement for some rows on the database of a build."""
    with closing(sqlite3.connect(project.database)) as connection, connection:
        connection.executemany(statement, rows)


@pytest.fixture
def asked(built: Project) -> Iterator[tuple[Callable[..., Visit], set[str]]]:
    """Return a function that makes visits to the tiny base, and all statements that they put to the database."""
    release = building.current(built.build)
    assert release
    site, said = still(release, questions(), built), set[str]()
    with closing(sqlite3.connect(built.database)) as connection:
        connection.row_factory = sqlite3.Row
        connection.set_trace_callback(said.add)
        yield lambda **names: Visit(site, connection, "/", names, {}, "text/html"), said


def scanned(database: sqlite3.Connection, statement: str) -> set[str]:
    """Return the tables that a statement reads from beginning to end, by the names that it has for them."""
    plan = [row[3] for row in database.execute(f"explain query plan {statement}")]
    made_here = set(re.findall(r"(\w+)(?:\(\w+\))? as (?:materialized )?\(", statement)) | {"CONSTANT"}
    names = {match[1] for step in plan if (match := re.match(r"SCAN (\w+)\b(?! VIRTUAL)", step))}
    return names - made_here - SMALL


def test_a_page_reads_no_table_from_beginning_to_end(
    asked: tuple[Callable[..., Visit], set[str]], database: sqlite3.Connection
) -> None:
    """Whatever the page of any record, the first page and that for assistants ask is found by an index."""
    visit, said = asked
    for kind, key in database.execute("select kind, id from records").fetchall():
        record.answer(visit(kind=kind, name=key))
    home.answer(visit())
    llms.answer(visit())

    found = {statement: scanned(database, statement) for statement in said if not statement.startswith("--")}
    assert len(found) > 100
    assert {statement: names for statement, names in found.items() if names - {"counts"}} == {}


@pytest.mark.parametrize(
    ("statement", "never"),
    [
        (sections("claims")["beside"], "USE TEMP B-TREE"),
        (sections("documents")["sections"], "USE TEMP B-TREE FOR GROUP BY"),
        (WALKS["works"].between, "SEARCH cites USING INDEX idx_claims_cites_work"),
    ],
    ids=["the claims beside one", "the sections of a document", "the citations between works"],
)
def test_what_is_read_is_not_sorted_or_read_for_nothing(
    database: sqlite3.Connection, statement: str, never: str
) -> None:
    """What all claims of a document have, or all that cite a work, is neither sorted nor read to find a few."""
    plan = [row[3] for row in database.execute(f"explain query plan {statement}", {"key": "", "keys": "[]"})]

    assert [step for step in plan if step.startswith(never)] == []


def test_a_page_has_a_limit_for_everything_it_lists(known: Schema) -> None:
    """Each statement of a page counts, or says how many rows it gives at most."""
    without = [
        (kind, name)
        for kind in known.kinds
        for name, text in sections(kind).items()
        if not name.endswith("_count") and not re.search(r"limit \d+\s*\)?$", text)
    ]

    assert without == []


def test_an_author_of_very_many_works_has_a_page_of_some_and_a_link_to_all(copy: Project, over: Over) -> None:
    """Of four hundred works the page shows three hundred; the table that it leads to has them all."""
    keys = [f"zz-made-{number:03}" for number in range(400)]
    change(copy, "insert into records values (?, 'works', 'Made', '', 'kb/works/made.yaml', 1)", [(k,) for k in keys])
    change(
        copy,
        "insert into works(id, type, title, verification) values (?, 'book', 'Made', 'recalled')",
        [(k,) for k in keys],
    )
    change(copy, "insert into works_authors values (?, 0, ?)", [(key, AUTHOR) for key in keys])

    with over(copy) as site:
        page = site.get(f"/authors/{AUTHOR}").text
        (path,) = re.findall(r'<a href="([^"]*)">All of them in the table</a>', page)
        rows = site.get(f"{path.replace('?', '.json?')}&_size=max&_shape=array").json()

    assert len(re.findall(r'<li><a href="/works/', page)) == 300
    assert {row["work"] for row in rows} >= set(keys)


def test_nothing_is_counted_that_the_build_has_counted(copy: Project, over: Over) -> None:
    """The first page, the page of a kind, and Datasette's pages of the database, tables and views tell its numbers."""
    change(copy, "update counts set number = ? where name = ?", [(7_654_321, "works"), (8_765_432, "citations")])

    with over(copy) as site:
        pages = [site.get(path).text for path in ("/", "/works", "/filiera", "/filiera/works")]
        view = site.get("/filiera/citations.json").json()
        listed = site.get("/filiera.json").json()

    assert ["7,654,321" in page for page in pages] == [True] * 4
    assert view["filtered_table_rows_count"] == 8_765_432
    assert "citations" not in {table["name"] for table in listed["tables"]}


def test_a_large_table_begins_without_facets(known: Schema) -> None:
    """Each facet reads the table whole, so the page of a large one makes none unasked; a small one does."""
    small, large = (
        metadata(known, {}, dict.fromkeys(("works", "records"), rows))["databases"]["filiera"]["tables"]
        for rows in (MOST_ROWS, MOST_ROWS + 1)
    )

    assert all(small[table]["facets"] for table in ("works", "records"))
    assert not any(large[table]["facets"] for table in ("works", "records"))
    assert large["works"] == small["works"] | {"facets": []}


def test_a_word_of_very_many_titles_leads_to_no_mistyped_one(
    database: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistyped title is looked for by its words, but not by those that stand in too many to read them all."""
    mistyped = "Do Small Workshops Leern"
    assert citations.cite(database, mistyped).works

    monkeypatch.setattr("filiera.citations.titles.COMMON", 1)

    assert citations.cite(database, mistyped).works == []
