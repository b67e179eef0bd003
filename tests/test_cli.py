"""The command line as its users run it: answers, remarks, exit codes, and never a traceback."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from filiera.cli import main
from filiera.paths import Project

Run = Callable[..., Any]

SPARQL = "SELECT ?key { ?r <http://purl.org/dc/terms/identifier> ?key ; a <https://w3id.org/filiera/schema#IndustrialDistrict> } ORDER BY ?key"  # noqa: E501


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_explains_itself(name: str) -> None:
    """Every command says what it does, ends in an example that can be pasted, and answers to --help."""
    shown = CliRunner().invoke(main, [name, "--help"])

    assert shown.exit_code == 0
    assert f"\n      filiera {name}" in shown.output


def test_the_commands_stand_in_the_order_of_the_work() -> None:
    """The list of commands begins with what a newcomer does first."""
    assert list(main.commands)[:3] == ["check", "build", "ask"]


@pytest.mark.parametrize("format_", ["table", "json", "csv", "markdown"])
def test_sql_and_sparql_answer_alike_in_every_format(format_: str, built: Project, run: Run) -> None:
    """The same question to either engine prints the same text."""
    home = built.kb.parent
    by_sql = run("sql", "select id as key from districts order by 1", "--format", format_, cwd=home)
    by_sparql = run("sparql", SPARQL, "--format", format_, cwd=home)

    assert (by_sql.code, by_sparql.code) == (0, 0)
    assert by_sql.out == by_sparql.out != ""
    assert "farholm" in by_sql.out


def test_values_are_given_by_name(built: Project, run: Run) -> None:
    """:name in SQL and ?name in SPARQL take the values of the command line, whatever is in them."""
    home = built.kb.parent
    sql = run("sql", "select :a as a", 'a=it\'s "quoted" = {}', "--format", "json", cwd=home)
    sparql = run("sparql", "SELECT ?a {}", 'a=it\'s "quoted" = {}', "--format", "json", cwd=home)

    assert json.loads(sql.out) == json.loads(sparql.out) == [{"a": 'it\'s "quoted" = {}'}]


def test_ask_lists_and_answers(built: Project, run: Run) -> None:
    """`filiera ask` lists the questions, and puts one to both engines."""
    home = built.kb.parent
    listed = run("ask", "--format", "json", cwd=home)
    answered = run("ask", "claims-about", "subject=farholm", "--engine", "both", "--format", "json", cwd=home)

    assert "claims-about" in [row["name"] for row in json.loads(listed.out)]
    assert {"os14-2-companies-decide", "os14-2-workshops-draw"} <= {row["claim"] for row in json.loads(answered.out)}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["sql", "selec 1"], 1, 'Error: SQLite says: near "selec": syntax error'),
        (["sql", "delete from works"], 1, "Error: SQLite says: attempt to write a readonly database"),
        (["sparql", "SELEC ?a {}"], 1, "Error: Oxigraph says: error at 1:1"),
        (["sparql", "ASK {}", "--endpoint", "http://127.0.0.1:9/sparql"], 1, "Error: http://127.0.0.1:9/sparql does"),
        (["ask", "claims-abuot"], 1, "Error: no question is called 'claims-abuot'; did you mean 'claims-about'?"),
        (["ask", "claims-about", "farholm"], 2, "Error: 'farholm' is no NAME=VALUE"),
        (["find", "zzzzz"], 1, "Error: no record has the words 'zzzzz'"),
        (["cite", "zzzzz"], 1, "Error: nothing here is like 'zzzzz'"),
        (["coverage", "lamps"], 1, "Error: no document has the key 'lamps'"),
        (["check", "nothing"], 1, "Error: there is nothing at 'nothing'"),
        (["check", "--sources", "nothing"], 1, "Error: there is no folder of sources at 'nothing'"),
        (["find", "--kb", "nothing", "x"], 1, "Error: there is no folder of records at 'nothing'"),
        (["find", "--build", "nothing", "x"], 1, "Error: there is no build at"),
        (["serve", "--port", "66000"], 2, "Error: Invalid value for '--port'"),
        (["export", "bibtex", "\udcff"], 1, "Error: no work has the key '?'"),
        (["brws"], 2, "Error: No such command 'brws'"),
    ],
)
def test_a_mistake_is_answered_in_a_sentence(
    arguments: list[str], code: int, said: str, built: Project, run: Run
) -> None:
    """What a user can get wrong ends in one plain message and the right exit code."""
    result = run(*arguments, cwd=built.kb.parent)

    assert (result.code, result.out) == (code, "")
    assert said in result.err
    assert "Traceback" not in result.err


def test_a_broken_build_is_said_so(built: Project, run: Run, tmp_path: Path) -> None:
    """A file that is no database is to be built anew."""
    (tmp_path / "filiera.db").write_text("no database", encoding="utf-8")
    result = run("find", "--build", tmp_path, "x", cwd=built.kb.parent)

    assert (result.code, result.out) == (1, "")
    assert result.err.endswith("is broken: file is not a database; run `filiera build` anew\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to write to")
@pytest.mark.parametrize("command", ["cite brine-1988", "export bibtex", "find lamps"])
def test_a_full_disk_and_a_closed_output_are_said(command: str, built: Project) -> None:
    """What the machine does not let be written ends in a sentence."""
    filiera = [sys.executable, "-c", "from filiera.cli import main; main()", *command.split()]
    home = built.kb.parent
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(filiera, cwd=home, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    closed = subprocess.run(
        ["/bin/sh", "-c", '"$@" >&-', "sh", *filiera], cwd=home, stderr=subprocess.PIPE, text=True, check=False
    )

    assert (ended.returncode, ended.stderr) == (1, "Error: the output cannot be used: No space left on device\n")
    assert "Traceback" not in closed.stderr


def test_check_finds_the_base_around_a_path(tiny: Project, run: Run, edit: Callable[..., None]) -> None:
    """A path is enough: the base around it is checked, and only what the path holds is shown."""
    edit(tiny.kb / "works" / "brine-1988.yaml", "recalled", "sure")
    edit(tiny.kb / "works" / "brine-1987.yaml", "recalled", "sure")
    result = run("check", tiny.kb / "works" / "brine-1988.yaml", cwd=Path("/"), sources=tiny.sources[0])

    assert result.code == 1
    assert result.out.count("\n") == 1
    assert "brine-1988.yaml:9:15: verification: there is no value 'sure'" in result.out
    assert "1 failed here, 1 elsewhere in the base" in result.err


def test_strict_makes_what_was_not_run_a_failure(built: Project, run: Run) -> None:
    """Without the documents the passages are not run: said without --strict, a failure with it."""
    lenient = run("check", cwd=built.kb.parent)
    strict = run("check", "--strict", cwd=built.kb.parent)

    assert (lenient.code, strict.code) == (0, 1)
    assert "passages: document not at hand (see --sources)" in lenient.err


def test_nothing_to_check_is_not_a_pass(tmp_path: Path, run: Run) -> None:
    """An empty base is answered with exit code 2."""
    (tmp_path / "kb" / "works").mkdir(parents=True)
    result = run("check", cwd=tmp_path)

    assert (result.code, "nothing was checked" in result.err) == (2, True)


def test_check_speaks_json(built: Project, run: Run) -> None:
    """Programs get the problems and the counts of every kind of check."""
    result = run("check", "--format", "json", cwd=built.kb.parent, sources=built.sources[0])
    report = json.loads(result.out)

    assert report["problems"] == []
    assert {line["check"] for line in report["checks"]} >= {"syntax", "shape", "keys", "references", "passages"}


def test_check_speaks_sarif(tiny: Project, run: Run, edit: Callable[..., None]) -> None:
    """Code hosts get each problem at its place, in the shape in which `filiera proofread` gives its findings."""
    edit(tiny.kb / "works" / "brine-1988.yaml", "verification: recalled", "verification: sure")
    result = run("check", "--format", "sarif", cwd=tiny.kb.parent, sources=tiny.sources[0])
    (log,) = json.loads(result.out)["runs"]
    (found,) = log["results"]
    place = found["locations"][0]["physicalLocation"]
    lines = (tiny.kb / "works" / "brine-1988.yaml").read_text(encoding="utf-8").splitlines()

    assert (result.code, found["level"], log["tool"]["driver"]["name"]) == (1, "error", "filiera check")
    assert log["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == found["ruleId"] == "shape"
    assert place["artifactLocation"]["uri"] == "kb/works/brine-1988.yaml"
    assert place["region"] == {"startLine": lines.index("verification: sure") + 1, "startColumn": 15}


def test_a_build_is_refused_in_a_sentence_while_a_record_is_broken(
    tiny: Project, run: Run, edit: Callable[..., None]
) -> None:
    """`filiera build` names the number of problems and the command that shows them."""
    edit(tiny.kb / "works" / "brine-1988.yaml", "recalled", "sure")
    result = run("build", cwd=tiny.kb.parent, sources=tiny.sources[0])

    assert result.code == 1
    assert "1 failed" in result.err
    assert "run `filiera check` to see them" in result.err


HEAVY = {"datasette", "linkml", "pyoxigraph", "rapidfuzz", "rdflib", "sqlite_utils", "uvicorn", "yaml"}

#: Runs a command and lists what was imported for it.
LISTING = """
import sys
from filiera.cli import main
try:
    main()
except SystemExit:
    print(*sys.modules)
"""

#: Which of the heavy parts each command may import.
ALLOWED = {
    ("cite", "Ødegård & Strauß-O'Neill 2014"): set[str](),
    ("find", "workshops"): set[str](),
    ("ask", "claims-about", "subject=farholm"): set[str](),
    ("ask", "claims-about", "subject=farholm", "--engine", "sparql"): {"pyoxigraph"},
    ("check",): {"yaml"},
    ("build",): {"rapidfuzz", "yaml", "sqlite_utils", "pyoxigraph"},
}


@pytest.mark.parametrize("command", ALLOWED, ids=" ".join)
def test_a_command_pays_only_for_what_it_uses(command: tuple[str, ...], built: Project, tmp_path: Path) -> None:
    """Looking something up imports no server, no graph library and no schema tools."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            LISTING,
            *command,
            "--kb",
            str(built.kb),
            "--build",
            str(tmp_path if "build" in command else built.build),
        ],
        check=True,
        capture_output=True,
        text=True,
    )

    assert set(done.stdout.splitlines()[-1].split()) & HEAVY == ALLOWED[command]


def test_the_program_runs_without_a_checkout(tiny: Project, run: Run) -> None:
    """A base anywhere can be built and asked, with nothing but the records."""
    shutil.rmtree(tiny.kb.parent / "sources")
    assert run("build", cwd=tiny.kb.parent).code == 0
    assert run("find", "workshops", cwd=tiny.kb / "works").code == 0
