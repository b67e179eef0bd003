"""The commands that exchange works with other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from filiera.cli.base import FOLDER, on_project, pairs, remark
from filiera.errors import FilieraError
from filiera.paths import Project, shown

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
