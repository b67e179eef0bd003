"""`filiera export` and `filiera import`, as people run them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from filiera.paths import Project

Run = Callable[..., Any]


def keys(bib: str) -> list[str]:
    """Return the keys of a .bib file."""
    return re.findall(r"^@\w+\{(.+),$", bib, re.MULTILINE)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["brine-1987"], ["brine-1987"]),
        (["register-2010", "brine-1987"], ["brine-1987", "harbour-register-2010"]),
        (["--about", "torre-lume"], ["odegard-strauss-2014"]),
        (["--about", "great-fog"],
         ["odegard-2003a", "odegard-2003b", "odegard-strauss-2014", "strauss-oneill-2003"]),
        (["--cited-by", "odegard-strauss-2014"], ["odegard-2003a", "odegard-2003b", "strauss-oneill-2003"]),
        (["--question", "works-by-author", "author=brine-tom"], ["brine-1987", "brine-1988", "brine-undated"]),
        (["--question", "works-by-author", "author=brine-tom", "lamps-2015"],
         ["brine-1987", "brine-1988", "brine-undated", "lamps-2015"]),
    ],
)  # fmt: skip
def test_a_selection_is_exported(arguments: list[str], expected: list[str], built: Project, run: Run) -> None:
    """Keys, old keys, --about, --cited-by and --question choose works; several choices add up."""
    result = run("export", "bibtex", *arguments, cwd=built.kb.parent)

    assert (result.code, result.err) == (0, "")
    assert keys(result.out) == expected


@pytest.mark.parametrize("format_", ["bibtex", "biblatex", "ris", "csl-json", "csv", "turtle", "nquads"])
def test_two_processes_write_the_same_bytes(format_: str, built: Project, run: Run, tmp_path: Path) -> None:
    """No clock and no order of hashes is in a file, and standard output is the same as --output."""
    files = [tmp_path / "one", tmp_path / "two"]
    for file in files:
        assert run("export", format_, "--output", file, cwd=built.kb.parent).code == 0
    result = run("export", format_, cwd=built.kb.parent)

    assert files[0].read_bytes() == files[1].read_bytes()
    assert result.out == files[0].read_text(encoding="utf-8")  # universal line ends
    assert sorted(file.name for file in tmp_path.iterdir()) == ["one", "two"]


def test_the_graph_is_the_dump_of_the_build(built: Project, run: Run) -> None:
    """Turtle and N-Quads are copies of what the build holds."""
    assert run("export", "nquads", cwd=built.kb.parent).out == (built.build / "filiera.nq").read_text(encoding="utf-8")
    assert run("export", "turtle", cwd=built.kb.parent).out == (built.build / "filiera.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["bibtx"], 2, "No such command 'bibtx'. (Did you mean one of: 'biblatex', 'bibtex'?)"),
        (["bibtex", "brine-1978"], 1, "no work has the key 'brine-1978'; did you mean 'brine-1987'?"),
        (["bibtex", "farholm"], 1, "no work has the key 'farholm'"),
        (["bibtex", "--about", "farhom"], 1, "no record has the key 'farhom'; did you mean 'farholm'?"),
        (["bibtex", "--about", "seven-seas"], 1, "no claim is about 'seven-seas'"),
        (["bibtex", "--cited-by", "brine-1988"], 1, "no claim of 'brine-1988' cites a work"),
        (["bibtex", "--question", "work-by-author"], 1, "no question is called 'work-by-author'; did you mean"),
        (["bibtex", "--question", "places-within"], 1, "the answer to 'places-within' has no column of works"),
        (["bibtex", "author=x"], 2, "author=… fills in a question; name one with --question"),
        (["turtle", "brine-1987"], 2, "Got unexpected extra argument (brine-1987)"),
        (["bibtex", "--output", "nowhere/x.bib"], 1, "'nowhere/x.bib' cannot be written: No such file or directory"),
    ],
)
def test_a_mistaken_export_is_explained(
    arguments: list[str], code: int, message: str, built: Project, run: Run
) -> None:
    """What was asked, what there is, what to do; no traceback, and nothing on standard output."""
    result = run("export", *arguments, cwd=built.kb.parent)

    assert (result.code, result.out) == (code, "")
    assert message in " ".join(result.err.split())
    assert "Traceback" not in result.err


def test_without_a_build_there_is_nothing_to_export(tiny: Project, run: Run) -> None:
    """The build comes first, and that is said."""
    assert "run `filiera build` first" in run("export", "ris", cwd=tiny.kb.parent).err


BIB = """\
@article{ada1999, author = {Ada, Ben and Brine, Tom}, title = {Gold}, year = 1999, abstract = {We show.}}
@book{bad, title = {Unclosed, author = {X}
@article{lens, title = {Lenses}, doi = {10.5555/lens.2014}}
"""


def test_an_import_is_told_and_checks(tiny: Project, run: Run) -> None:
    """New records are written into the base, what is there or broken is said, and the base stays sound."""
    Path("library.bib").write_text(BIB, encoding="utf-8")
    result = run("import", "library.bib", cwd=tiny.kb.parent)

    assert result.code == 1  # an entry is broken
    assert result.out == ("1 work and 2 people new, written to kb; 1 work here already; 1 entry broken\n")
    assert [line.split(": ")[0] for line in result.err.splitlines()] == [f"library.bib:{n}" for n in (2, 3, 1, 1)]
    assert run("check", cwd=tiny.kb.parent, sources=tiny.sources[0]).code == 0
    assert Path("kb/works/ada-brine-1999.yaml").is_file()


def test_a_dry_run_writes_nothing(tiny: Project, run: Run) -> None:
    """What would be new is told, and no file is made or changed."""
    Path("library.bib").write_text(BIB, encoding="utf-8")
    before = {path: path.read_bytes() for path in tiny.kb.rglob("*.yaml")}
    result = run("import", "library.bib", "--dry-run", cwd=tiny.kb.parent)

    assert result.out.startswith("1 work and 2 people new; 1 work here already")
    assert {path: path.read_bytes() for path in tiny.kb.rglob("*.yaml")} == before


def test_another_folder_can_take_the_records(tiny: Project, run: Run) -> None:
    """With --output the base is only looked at, and keys are free in it all the same."""
    Path("library.bib").write_text(BIB.replace("ada1999", "brine-1987").replace("Ada, Ben", "Ada, B"), encoding="utf-8")
    result = run("import", "library.bib", "--output", "new", cwd=tiny.kb.parent)

    assert "written to new" in result.out
    assert sorted(path.name for path in Path("new").rglob("*.yaml")) == [
        "ada-b.yaml",
        "ada-brine-1999.yaml",
        "brine-tom-2.yaml",
    ]


def test_json_has_every_entry_and_every_remark(tiny: Project, run: Run) -> None:
    """Programs get the key, line and newness of each entry, and all remarks."""
    Path("library.bib").write_text(BIB, encoding="utf-8")
    result = run("import", "library.bib", "--dry-run", "--format", "json", cwd=tiny.kb.parent)
    said = json.loads(result.out)

    assert said["format"] == "BibTeX"
    assert said["entries"] == [
        {"line": 3, "key": "odegard-strauss-2014", "new": False},
        {"line": 1, "key": "ada-brine-1999", "new": True},
    ]
    assert {one["kind"] for one in said["remarks"]} >= {"broken", "known"}
    assert result.err == ""


def test_a_build_is_used_where_it_is_fresh(copy: Project, run: Run) -> None:
    """Works are recognised from the database just as from the records."""
    (copy.kb.parent / "library.bib").write_text(BIB, encoding="utf-8")
    fresh = run("import", "library.bib", "--dry-run", "--format", "json", cwd=copy.kb.parent, sources=copy.sources[0])
    (copy.kb / "works/brine-1987.yaml").touch()
    (copy.build / "current/.inputs").write_text("stale", encoding="utf-8")
    stale = run("import", "library.bib", "--dry-run", "--format", "json", cwd=copy.kb.parent, sources=copy.sources[0])

    assert fresh == stale


def test_many_remarks_of_one_kind_are_counted(tiny: Project, run: Run) -> None:
    """Five of a kind are shown, and how many more there are."""
    text = "".join(f"@book{{k{n}, title = {{T {n}}}, file = {{f{n}}}}}\n" for n in range(20))
    Path("library.bib").write_text(text, encoding="utf-8")
    lines = run("import", "library.bib", "--dry-run", cwd=tiny.kb.parent).err.splitlines()

    assert [line.split(": ")[0] for line in lines[:5]] == [f"library.bib:{n}" for n in range(1, 6)]
    assert lines[5] == "15 more remarks of this kind (file: works have no such field here); --format json has all"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.bib", "", "'a.bib' is empty"),
        ("a.bib", "nothing", "'a.bib' is no library"),
        ("a.json", "[]", "'a.json' has no entry that can be read"),
        ("a.bib", "@book{a, title = {", "'a.bib' has no entry that can be read"),
    ],
)
def test_a_library_without_entries_is_refused(name: str, content: str, message: str, tiny: Project, run: Run) -> None:
    """An empty file, no library and a library without one sound entry end with a plain message and code 1."""
    Path(name).write_text(content, encoding="utf-8")
    result = run("import", name, cwd=tiny.kb.parent)

    assert result.code == 1
    assert message in result.err
    assert "Traceback" not in result.err


def test_what_is_exported_and_imported_again_is_all_there(built: Project, run: Run, tmp_path: Path) -> None:
    """Into its own base nothing comes; into an empty one all works come, under their own keys, and it is sound."""
    (tmp_path / "kb/works").mkdir(parents=True)
    works = {path.name for path in (built.kb / "works").iterdir()}
    for format_ in ("bibtex", "biblatex", "ris", "csl-json"):
        file = tmp_path / f"all.{format_}"
        run("export", format_, "--output", file, cwd=built.kb.parent)
        home = run("import", file, "--dry-run", cwd=built.kb.parent)
        away = run("import", file, "--kb", tmp_path / "kb", "--output", tmp_path / format_, cwd=tmp_path)

        assert home.out == "0 works and 0 people new; 9 works here already; 0 entries broken\n"
        assert away.out.startswith("9 works and 4 people new")
        assert run("check", "--kb", tmp_path / format_, cwd=tmp_path).code == 0
        assert {path.name for path in (tmp_path / format_ / "works").iterdir()} == works
