"""The commands that exchange works with other programs."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from filiera.cli.base import FOLDER, on_project, pairs, remark
from filiera.errors import FilieraError
from filiera.paths import Project, shown

if TYPE_CHECKING:
    from filiera.bibliography.intake import Intake
    from filiera.bibliography.known import Known
    from filiera.schema import Schema

#: Remarks of one kind that are printed, and broken entries; how many more there are is said.
MOST_REMARKS = 5
MOST_BROKEN = 1_000

#: What writes the works, and the dumps of the graph, which are copied whole.
WORKS = ("bibtex", "biblatex", "ris", "csl-json", "csv")
GRAPHS = {"turtle": "filiera.ttl", "nquads": "filiera.nq"}


@click.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice([*WORKS, *GRAPHS]))
@click.argument("keys", nargs=-1, metavar="[KEY|NAME=VALUE]...")
@click.option("--about", metavar="KEY", multiple=True, help="Works with claims about this record, and those they cite.")
@click.option("--cited-by", metavar="KEY", multiple=True, help="Works that the claims of this work cite.")
@click.option("--question", metavar="NAME", help="Works in the answer to a stored question; NAME=VALUE fills it in.")
@click.option("--output", type=FOLDER, help="The file to write. [default: standard output]")
@on_project
def export(
    project: Project,
    format_: str,
    keys: tuple[str, ...],
    about: tuple[str, ...],
    cited_by: tuple[str, ...],
    question: str | None,
    output: Path | None,
) -> None:
    """Write all works, or a selection, as bibtex, biblatex, ris, csl-json or csv; or the graph as turtle or nquads.

    Works are chosen by KEY, by --about, --cited-by and --question; several choices add up. Keys stay as they are, and
    the same works give the same bytes.

    \b
    Example:
        filiera export biblatex --about vicenza --output vicenza.bib
    """
    from filiera.engines import connect

    connection = connect(project.database)
    values = pairs(tuple(key for key in keys if "=" in key))
    chosen = [key for key in keys if "=" not in key]
    if values and not question:
        raise click.UsageError(f"{next(iter(values))}=… fills in a question; name one with --question")
    selected = bool(chosen or about or cited_by or question)
    if format_ in GRAPHS:
        if selected:
            raise click.UsageError(f"{format_} is the whole graph; choose works in {', '.join(WORKS)}")
        _write((project.build / GRAPHS[format_]).open(encoding="utf-8"), output)
        return
    from filiera.bibliography import formats, selections

    for key in about:
        chosen += selections.about(connection, key)
    for key in cited_by:
        chosen += selections.cited_by(connection, key)
    if question:
        chosen += _answered(project, question, values)
    _write(formats.write(connection, format_, chosen if selected else None), output)


def _answered(project: Project, name: str, values: dict[str, str]) -> list[str]:
    """Return the works in the answer to a question."""
    from filiera import questions
    from filiera.bibliography import selections
    from filiera.engines import Sqlite, connect

    connection = connect(project.database)
    asked = questions.get(questions.questions(project.kb.absolute().parent / "queries"), name)
    filled = questions.follow(connection, questions.fill(asked, values))
    remark(f"{asked.question} {' '.join(f'{k}={v}' for k, v in filled.items())}".strip())
    return selections.answered(connection, questions.ask(asked, filled, {"sql": Sqlite(connection)}), name)


def _write(parts: Iterator[str], output: Path | None) -> None:
    """Write to a file, all of it or nothing, or to standard output."""
    if output is None:
        for part in parts:
            sys.stdout.buffer.write(part.encode())
        sys.stdout.flush()
        return
    new = output.with_name(f".{output.name}.new")
    try:
        with new.open("w", encoding="utf-8", newline="") as file:
            file.writelines(parts)
        new.replace(output)
    except OSError as error:
        raise FilieraError(f"{shown(output)!r} cannot be written: {error.strerror}") from error
    finally:
        new.unlink(missing_ok=True)
    remark(f"written to {shown(output)}")


@click.command("import")
@click.argument("file", type=FOLDER)
@click.option("--output", type=FOLDER, help="The folder for the new records. [default: the base]")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be new.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@on_project
def import_(project: Project, file: Path, output: Path | None, dry_run: bool, format_: str) -> None:
    """Take works and people from a FILE of BibTeX, BibLaTeX, RIS or CSL-JSON, as records of a file each.

    Works and people that are here already are recognised, and no record is changed. What could not be read or has no
    place is said with its line, and stands in comments below the record. Ends with exit code 1 when an entry is broken.

    \b
    Example:
        filiera import library.bib --dry-run
    """
    from filiera.bibliography import intake, libraries
    from filiera.schema import schema

    library = libraries.open_library(file)
    came = intake.take(library, file.name, _known(project, schema()), schema())
    if not dry_run:
        intake.write(came, output or project.kb)
    _remarks(came, file, format_)
    where = "" if dry_run else f", written to {shown(output or project.kb)}"
    known = sum(not one.new for one in came.outcomes)
    new = f"{came.count('works'):,} works and {came.count('authors'):,} people are new{where}"
    if format_ == "json":
        entries = [asdict(one) for one in came.outcomes]
        remarks = [asdict(one) for one in came.remarks]
        click.echo(json.dumps({"format": library.format, "entries": entries, "remarks": remarks}, indent=2))
    else:
        click.echo(f"{new}; {known:,} works are here already, {came.broken:,} entries are broken")
    if not came.outcomes:
        raise FilieraError(f"{shown(file)!r} has no entry that can be read")
    sys.exit(1 if came.broken else 0)


def _known(project: Project, schema: Schema) -> Known:
    """Return what the base has: from a fresh build, or else from its records."""
    from filiera import building, records
    from filiera.bibliography import known
    from filiera.engines import connect
    from filiera.report import Report

    if building.is_fresh(project):
        return known.Known(known.from_database(connect(project.database)), schema)
    return known.Known(known.from_records(records.read(project.kb, schema, Report())), schema)


def _remarks(came: Intake, file: Path, format_: str) -> None:
    """Print what there is to say, with its lines; of many remarks of one kind, some and how many more."""
    said: Counter[str] = Counter()
    for one in came.remarks if format_ == "text" else ():
        said[one.kind] += 1
        if said[one.kind] <= _most(one.kind):
            click.echo(f"{shown(file)}:{one.line or 1}: {one.text}", err=True)
    for kind, number in said.items():
        if number > _most(kind):
            click.echo(f"{number - _most(kind):,} more remarks of this kind ({kind}); --format json has all", err=True)


def _most(kind: str) -> int:
    return MOST_BROKEN if kind == "broken" else MOST_REMARKS
