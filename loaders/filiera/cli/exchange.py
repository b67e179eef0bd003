"""The command that takes works from other programs."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from filiera.cli.base import FOLDER, on_project, remark
from filiera.errors import FilieraError
from filiera.paths import Project, shown

if TYPE_CHECKING:
    from filiera.bibliography.intake import Intake
    from filiera.bibliography.known import Known
    from filiera.schema import Schema

#: Remarks of one kind that are printed, and broken entries; how many more there are is said.
MOST_REMARKS = 5
MOST_BROKEN = 1_000

#: Bytes of a file of which it is said that reading it takes a while.
LARGE = 1_000_000


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
    from filiera.site.words import counted

    if file.is_file() and file.stat().st_size > LARGE:
        remark(f"reading {shown(file)}, which takes a while")
    library = libraries.open_library(file)
    came = intake.take(library, file.name, _known(project, schema()), schema())
    if not dry_run:
        remark(f"writing {counted(len(came.files), 'record')}")
        intake.write(came, output or project.kb)
    _remarks(came, file, format_)
    where = "" if dry_run else f", written to {shown(output or project.kb)}"
    known = sum(not one.new for one in came.outcomes)
    new = f"{counted(came.count('works'), 'work')} and {counted(came.count('authors'), 'person', 'people')} new{where}"
    if format_ == "json":
        entries = [asdict(one) for one in came.outcomes]
        remarks = [asdict(one) for one in came.remarks]
        click.echo(json.dumps({"format": library.format, "entries": entries, "remarks": remarks}, indent=2))
    else:
        broken = counted(came.broken, "entry", "entries")
        click.echo(f"{new}; {counted(known, 'work')} here already; {broken} broken")
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
