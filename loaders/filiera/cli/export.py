"""The command that writes for others: works for other programs, the graph, the site as files, an archive.

Each format is a command of its own below `export`. To add one, write it and list it at the end.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click

from filiera.cli.base import FOLDER, Commands, on_project, pairs, progress, remark
from filiera.errors import FilieraError
from filiera.paths import Project, shown

#: What writes the works, each with its name for people.
WORKS = {
    "bibtex": "BibTeX",
    "biblatex": "BibLaTeX",
    "ris": "RIS",
    "csl-json": "CSL-JSON",
    "csv": "a table in CSV",
}

#: The dumps of the graph, which are copied whole.
GRAPHS = {"turtle": ("Turtle", "filiera.ttl"), "nquads": ("N-Quads", "filiera.nq")}


@click.group(cls=Commands)
def export() -> None:
    """Write works for other programs, the graph, the whole site as files, or an archive of everything.

    \b
    Example:
        filiera export biblatex --about vicenza --output vicenza.bib
    """


def _works(format_: str) -> click.Command:
    """Return the command that writes works in a format."""

    @click.argument("keys", nargs=-1, metavar="[KEY|NAME=VALUE]...")
    @click.option("--about", metavar="KEY", multiple=True, help="Works with claims about it, and those they cite.")
    @click.option("--cited-by", metavar="KEY", multiple=True, help="Works that the claims of this work cite.")
    @click.option(
        "--question", metavar="NAME", help="Works in the answer to a stored question; NAME=VALUE fills it in."
    )
    @click.option("--output", type=FOLDER, help="The file to write. [default: standard output]")
    @on_project
    def command(
        project: Project,
        keys: tuple[str, ...],
        about: tuple[str, ...],
        cited_by: tuple[str, ...],
        question: str | None,
        output: Path | None,
    ) -> None:
        from filiera.bibliography import formats, selections
        from filiera.engines import connect

        connection = connect(project.database)
        values = pairs(tuple(key for key in keys if "=" in key))
        chosen = [key for key in keys if "=" not in key]
        if values and not question:
            raise click.UsageError(f"{next(iter(values))}=… fills in a question; name one with --question")
        selected = bool(chosen or about or cited_by or question)
        for key in about:
            chosen += selections.about(connection, key)
        for key in cited_by:
            chosen += selections.cited_by(connection, key)
        if question:
            chosen += _answered(project, question, values)
        _write(formats.write(connection, format_, chosen if selected else None), output)

    text = f"""Write all works, or a selection, as {WORKS[format_]}.

    Works are chosen by KEY, by --about, --cited-by and --question; several choices add up. Keys stay as they are, and
    the same works give the same bytes.

    \b
    Example:
        filiera export {format_} --about vicenza
    """
    return click.command(format_, help=text)(command)


def _graph(format_: str) -> click.Command:
    """Return the command that writes the graph in a format."""
    name, file = GRAPHS[format_]

    @click.option("--output", type=FOLDER, help="The file to write. [default: standard output]")
    @on_project
    def command(project: Project, output: Path | None) -> None:
        from filiera.publishing.releases import release

        with (release(project) / file).open(encoding="utf-8") as opened:
            _write(opened, output)

    text = f"""Write the whole graph as {name}.

    \b
    Example:
        filiera export {format_} --output graph{Path(file).suffix}
    """
    return click.command(format_, help=text)(command)


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--url", metavar="URL", default="", help="Where it will stand, for the sitemap and the page for 404.")
@click.option("--date", metavar="DAY", default="", help="The day of publication. [default: see CITATION.cff, or git]")
@on_project
def site(project: Project, folder: Path, url: str, date: str) -> None:
    """Write the whole site into DIR as files for any web host: pages, pictures, search, dumps, descriptions.

    DIR is new, or holds an earlier copy, which is replaced when the new one is complete. No document is part of it.
    What needs a server is left out, and a page says what to do instead.

    \b
    Example:
        filiera export site public --url https://example.org/filiera/
    """
    from filiera.publishing import copying

    _warn_of_age(project)
    with progress("pages") as seen:
        pages = copying.copy(project, folder, url, date, seen)
    click.echo(f"{pages:,} pages in {shown(folder)}")


@click.command()
@click.argument("file", type=FOLDER)
@click.option("--date", metavar="DAY", default="", help="The day of publication. [default: see CITATION.cff, or git]")
@on_project
def archive(project: Project, file: Path, date: str) -> None:
    """Write records, schemas, questions, dumps and their description into FILE, a zip for Zenodo and the like.

    The documents that were read are no part of it. The same base gives the same bytes.

    \b
    Example:
        filiera export archive filiera.zip
    """
    from filiera.publishing import archiving

    with progress("files") as seen:
        files = archiving.archive(project, file, date, seen)
    click.echo(f"{files:,} files in {shown(file)}")


def _warn_of_age(project: Project) -> None:
    """Say that a build is not of what is there now."""
    from filiera import building

    if building.current(project.build) and not building.is_fresh(project, documents=False):
        click.echo("warning: the records are newer than the build; `filiera build` takes them in", err=True)


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
    if output is None and sys.stdout is None:
        raise FilieraError("standard output is closed; name a file with --output")
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
        with suppress(OSError):
            new.unlink(missing_ok=True)
    remark(f"written to {shown(output)}")


for name in WORKS:
    export.add_command(_works(name))
for name in GRAPHS:
    export.add_command(_graph(name))
export.add_command(site)
export.add_command(archive)
