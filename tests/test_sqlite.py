"""The database: its tables and columns are a public interface, its keys are enforced, its bytes are repeatable."""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from filiera import building
from filiera.paths import Project
from filiera.schema import Schema
from filiera.search import find

Edit = Callable[[Path, str, str], None]
Run = Callable[..., Any]
Row = tuple[Any, ...]

EVIDENCE = [
    "document",
    "section",
    "table",
    "page",
    "passage_start",
    "passage_end",
    "passage_prefix",
    "passage_suffix",
    "start_offset",
    "end_offset",
    "verdict",
]
OBSERVATION = [
    "subject",
    "indicator",
    "period_start",
    "period_end",
    "value",
    "unit",
    "printed",
    "text",
    "certain",
    "note",
]

#: Tables that others build on, and their columns.
PROMISED = {
    "records": ["id", "kind", "label", "text", "file", "line"],
    "aliases": ["alias", "id"],
    "works_authors": ["work", "position", "author"],
    "works_editors": ["work", "position", "editor"],
    "works_cited_as": ["work", "position", "cited_as"],
    "works_alternatives": ["work", "position", "alternative"],
    "works_recalled_fields": ["work", "position", "recalled_field"],
    "authors_affiliations": ["author", "position", "organisation", "period_start", "period_end", "verification"],
    "authors_affiliations_confirmed_by": ["author", "affiliation", "position", "confirmed_by"],
    "documents_sections": [
        "document",
        "position",
        "number",
        "title",
        *(column for column in EVIDENCE if column not in {"document", "section", "table", "page"}),
    ],
    "claims": ["id", "statement", "kind", "work", "reported", "period_start", "period_end", "basis", "note"],
    "claims_about": ["claim", "position", "about"],
    "claims_held_by": ["claim", "position", "held_by"],
    "claims_cites": ["claim", "position", "work", "printed", "relation"],
    "claims_relations": ["claim", "position", "other_claim", "type", "by"],
    "claims_evidence": ["claim", "position", *EVIDENCE],
    "concepts_senses": ["concept", "position", "work", "definition"],
    "concepts_senses_evidence": ["concept", "sense", "position", *EVIDENCE],
    "observations": ["table_id", "position", *OBSERVATION],
    "observations_counterpart": ["table_id", "observation", "position", "counterpart"],
    "observations_evidence": ["table_id", "observation", "position", *EVIDENCE],
    "cases_governance_types": ["case_id", "position", "concept"],
    "cases_upgrading": ["case_id", "position", "type", "direction", "actor", "outcome"],
    "cases_upgrading_claims": ["case_id", "upgrading", "position", "claim"],
    "errata_concerns": ["erratum", "position", "concerns"],
}


def tables(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the tables, but for those that SQLite and its search keep for themselves."""
    query = (
        "select name from sqlite_master where type = 'table' and name not glob 'sqlite_*' and name not glob '*_fts*'"
    )
    return [row[0] for row in connection.execute(query)]


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """Return the names of the columns of a table."""
    return [row[0] for row in connection.execute("select name from pragma_table_info(?)", (table,))]


def foreign_keys(connection: sqlite3.Connection, table: str) -> list[tuple[str, list[str]]]:
    """Return each foreign key of a table: the other table, and the columns that point to it."""
    keys: dict[int, tuple[str, list[str]]] = {}
    query = 'select id, "table", "from" from pragma_foreign_key_list(?) order by id, seq'
    for number, other, column in connection.execute(query, (table,)):
        keys.setdefault(number, (other, []))[1].append(column)
    return list(keys.values())


@pytest.mark.parametrize("table", PROMISED)
def test_a_promised_table_has_its_columns(database: sqlite3.Connection, table: str) -> None:
    """The columns of the public tables are those that the design names, in its order."""
    assert columns(database, table) == PROMISED[table]


def test_every_kind_is_a_table_with_a_row_for_each_record(database: sqlite3.Connection, known: Schema) -> None:
    """`records` lists exactly what stands in the tables of the kinds."""
    listed = database.execute("select kind, id from records").fetchall()
    rows = {kind: database.execute(f'select id from "{kind}"') for kind in known.kinds}  # noqa: S608  a table's name

    assert sorted(listed) == sorted((kind, row[0]) for kind in rows for row in rows[kind])
    assert {kind for kind, _ in listed} == set(known.kinds)


def test_the_records_of_a_kind_stand_together(database: sqlite3.Connection) -> None:
    """Their rows follow each other, which the search relies on to look at one kind."""
    query = "select kind, max(rowid) - min(rowid) + 1, count(*) from records group by kind"

    assert [kind for kind, rows, count in database.execute(query) if rows != count] == []


def test_every_table_and_view_is_counted(database: sqlite3.Connection) -> None:
    """`counts` has the rows of each, and leaves out only what SQLite's search keeps for itself."""
    counts = dict(database.execute("select name, number from counts"))
    views = [row[0] for row in database.execute("select name from sqlite_master where type = 'view'")]
    names = [*views, *(name for name in tables(database) if name not in {"counts", "citation_claims"})]
    names = [name for name in names if not name.startswith("citation_claims_")]

    assert counts == {n: database.execute(f'select count(*) from "{n}"').fetchone()[0] for n in names}  # noqa: S608


def test_claims_stand_with_their_places(database: sqlite3.Connection) -> None:
    """A passage has its words, its offsets and its verdict beside the claim."""
    rows = database.execute("select * from claims_evidence where claim = 'os14-2-workshops-draw'").fetchall()
    text = (Path(__file__).parent / "tiny/sources/lighthouses.txt").read_text(encoding="utf-8")

    assert [row[:9] for row in rows] == [
        ("os14-2-workshops-draw", 0, "odegard-strauss-2014-manuscript", "2", None, "104",
         "They drew lenses of their own", "paid more for them", None),
        ("os14-2-workshops-draw", 1, "odegard-strauss-2014-manuscript", "2", None, None,
         "the workshops of the harbour", "quality lenses", "By 1990"),
    ]  # fmt: skip
    assert [(text[row[10] : row[11]], row[12]) for row in rows] == [
        ("They drew lenses of their own, and buyers abroad paid more for\nthem", "found"),
        ("the workshops of the harbour\nsold high-\nquality lenses", "found"),
    ]


def test_observations_stand_with_their_table(database: sqlite3.Connection) -> None:
    """A cell keeps its number, its unit, its printed form, its doubt and its counterparts."""
    cells = database.execute(
        "select position, subject, value, unit, printed, text, certain from observations"
        " where table_id = 'os14-table-1' and position in (2, 6, 7, 8)"
    ).fetchall()

    assert cells == [
        (2, "farholm", -12.9, None, "−12.9%", None, None),
        (6, "torre-lume", 9.5, None, "9.5", None, None),
        (7, "torre-lume", None, None, "lamps", "lamps", None),
        (8, "torre-lume", 4, "ratio", "about 4", None, 0),
    ]
    assert database.execute("select * from observations_counterpart").fetchall() == [
        ("os14-table-1", 5, 0, "seven-seas"),
        ("os14-table-1", 6, 0, "seven-seas"),
        ("os14-table-1", 6, 1, "nordholm"),
    ]


def test_lists_keep_their_order(database: sqlite3.Connection) -> None:
    """Editors stand in the order of the title page, not of the alphabet."""
    editors = database.execute("select * from works_editors order by work, position").fetchall()

    assert editors == [("odegard-2003b", 0, "strauss-oneill-aoife"), ("odegard-2003b", 1, "odegard-lukasz")]


def test_old_keys_are_followed_in_the_database(database: sqlite3.Connection) -> None:
    """A reference to an old key arrives as the present one, and the old one can be looked up."""
    assert database.execute("select * from aliases order by alias").fetchall() == [
        ("odegaard-lucas", "odegard-lukasz"),
        ("register-2010", "harbour-register-2010"),
    ]
    assert database.execute("select * from tables_data_from").fetchall() == [
        ("os14-table-1", 0, "harbour-register-2010")
    ]


def test_a_record_knows_its_file_and_line(database: sqlite3.Connection) -> None:
    """The place of a record is the same on every machine: from the folder of records on, in a list by its line."""
    places = dict(database.execute("select id, file || ':' || line from records").fetchall())

    assert (places["lamps-herring-oil"], places["os14-2-workshops-draw"]) == (
        "kb/claims/lamps-herring-oil.yaml:1",
        "kb/claims/odegard-strauss-2014/2-farholm.yaml:12",
    )


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("lukasz odegard", "odegard-lukasz"),
        ("ŁUKASZ ØDEGÅRD", "odegard-lukasz"),
        ("strauss-oneill", "strauss-oneill-aoife"),
        ("Strauß-O’Neill", "strauss-oneill-aoife"),
        ("o'neill aoife", "strauss-oneill-aoife"),
        ("nauka malych warsztatach", "odegard-2003b"),
        ("foire lumieres", "lens-fair"),
        ("nordholm", "nordholm"),
        ("NORDHØLM", "nordholm"),
        ("grinders guild lend machine", "grinders-guild"),
    ],
)
def test_words_are_found_however_they_are_spelt(database: sqlite3.Connection, words: str, key: str) -> None:
    """Search folds case, marks, apostrophes, inflections and the letters that Unicode does not take apart."""
    found = find(database, words)

    assert (found.hits[0].id, found.complete) == (key, True)


def test_search_is_declared_so_that_others_see_it(database: sqlite3.Connection) -> None:
    """The index of words names the table that it is for, as Datasette and sqlite-utils want it."""
    sql = database.execute("select sql from sqlite_master where name = 'records_fts'").fetchone()[0]

    assert re.search(r"content=.records.", sql)


def test_no_key_leads_nowhere(database: sqlite3.Connection) -> None:
    """The database is whole, as SQLite itself sees it."""
    found = [database.execute(f"pragma {check}").fetchall() for check in ("foreign_key_check", "integrity_check")]

    assert found == [[], [("ok",)]]


def test_every_reference_of_the_schema_is_a_foreign_key(database: sqlite3.Connection, known: Schema) -> None:
    """A field that holds keys cannot be forgotten: its column points to the table of its kind, or to all records."""
    pointing = {
        (column, other)
        for table in tables(database)
        for other, (column, *more) in foreign_keys(database, table)
        if not more
    }
    wanted = {
        (field.targets[0] if len(field.targets) == 1 else "records")
        for of in known.classes.values()
        for field in of.fields.values()
        if field.targets
    }

    assert {other for _, other in pointing} >= wanted
    assert {("about", "records"), ("held_by", "records"), ("other_claim", "claims"), ("author", "authors")} <= pointing


def test_every_foreign_key_is_enforced(built: Project, tmp_path: Path) -> None:
    """With foreign keys on, SQLite refuses a key that no record has, in every column that holds keys."""
    connection = sqlite3.connect(shutil.copy(built.database, tmp_path))
    connection.execute("pragma foreign_keys = on")
    tried = 0
    for statement, values in dangling(connection):
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY constraint failed"):
            connection.execute(statement, values)
        tried += 1
    connection.close()

    assert tried > 100


def dangling(connection: sqlite3.Connection) -> Iterator[tuple[str, Row]]:
    """Yield for each foreign key a statement that points it nowhere: a change of a row, or a new row where none is."""
    for table in tables(connection):
        names = columns(connection, table)
        if row := connection.execute(f'select * from "{table}"').fetchone():  # noqa: S608  a table's name
            same = " and ".join(f'"{name}" is ?' for name in names)
            for _, pointing in foreign_keys(connection, table):
                yield f'update "{table}" set "{pointing[-1]}" = -1 where {same}', row  # noqa: S608  the same
        else:
            nowhere = ["null" if name == "verdict" else "-1" for name in names]
            yield f'insert into "{table}" values ({", ".join(nowhere)})', ()  # noqa: S608  the same


def test_every_foreign_key_has_an_index(database: sqlite3.Connection) -> None:
    """Joins and deletions do not read whole tables."""
    missing = []
    for table in tables(database):
        indexed = [
            [row[0] for row in database.execute("select name from pragma_index_info(?)", (name,))]
            for (name,) in database.execute("select name from pragma_index_list(?)", (table,))
        ]
        missing += [
            (table, pointing)
            for _, pointing in foreign_keys(database, table)
            if not any(index[: len(pointing)] == pointing for index in indexed)
        ]

    assert missing == []


def test_every_view_can_be_asked_and_answers(database: sqlite3.Connection) -> None:
    """Each file of a view is a view of the same name, with rows for the tiny base."""
    names = [row[0] for row in database.execute("select name from sqlite_master where type = 'view'")]
    files = Path(building.__file__).parent.joinpath("views").iterdir()

    assert sorted(names) == sorted(path.stem for path in files)
    assert [n for n in names if not database.execute(f'select * from "{n}"').fetchone()] == []  # noqa: S608  a name


def digests(project: Project) -> dict[str, str]:
    """Return a SHA-256 of each file of a build."""
    files = ("filiera.db", "filiera.nq", "filiera.ttl")
    return {file: hashlib.sha256((project.build / file).read_bytes()).hexdigest() for file in files}


def test_the_same_records_give_the_same_bytes(
    built: Project, tiny: Project, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two builds in two places, in two processes with other hash seeds, do not differ in a byte."""
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    result = run("build", cwd=tiny.kb.parent, sources=tiny.sources[0])

    assert (result.code, digests(tiny)) == (0, digests(built))


def test_the_digest_is_that_of_the_content(tiny: Project, known: Schema, edit: Edit) -> None:
    """Records may be sorted into other files, in another order: the digest stays. What they say changes it."""
    before = building.build(tiny, known).digest
    folder = Path("kb/claims/odegard-strauss-2014")
    first, second = re.split(r"\n(?=- id)", (folder / "2-farholm.yaml").read_text(encoding="utf-8"))
    (folder / "farholm.yaml").write_text(f"# One harbour\n{second}\n{first}\n", encoding="utf-8")
    (folder / "2-farholm.yaml").unlink()
    shutil.move(folder, "kb/claims/lenses")
    moved = building.build(tiny, known).digest
    edit(Path("kb/claims/lenses/3-torre-lume.yaml"), "It is not known", "Nobody knows")
    changed = building.build(tiny, known).digest

    assert before == moved
    assert before != changed
