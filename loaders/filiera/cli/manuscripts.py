"""The commands for writers at a manuscript: proofreading it, and answering their editor."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from filiera.cli.base import FOLDER, on_project
from filiera.paths import Project


@click.command()
@click.argument("files", nargs=-1, required=True, type=FOLDER, metavar="FILE...")
@click.option("--bibliography", "libraries", type=FOLDER, multiple=True, help="Works outside the base: .bib, CSL-JSON.")
@click.option("--advice", is_flag=True, help="Point to evidence that is not used, too.")
@click.option("--strict", is_flag=True, help="Fail when a check could not be run.")
@click.option("--format", "format_", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@on_project
def proofread(
    project: Project, files: tuple[Path, ...], libraries: tuple[Path, ...], advice: bool, strict: bool, format_: str
) -> None:
    """Hold the citations, pages, numbers and statements of a manuscript FILE against the base.

    It reads Markdown, LaTeX and .docx, and prints faults as file:line:column. How many checks were made, failed or
    could not be run goes to standard error. Notes do not count as faults.

    \b
    Example:
        filiera proofread chapter.md --bibliography references.bib
    """
    from filiera.engines import connect
    from filiera.proofreading import report

    proof = report.proofread(connect(project.database), files, libraries, advice=advice)
    click.echo(report.FORMATS[format_](proof), nl=format_ != "text")
    click.echo("\n".join([*(f"Error: {reason}" for reason in proof.unread), proof.summary()]), err=True)
    sys.exit(proof.exit_code(strict=strict))


@click.command()
@click.option("--stdio", is_flag=True, help="Speak over standard input and output; it always does.")
@on_project
def lsp(project: Project, stdio: bool) -> None:
    """Answer an editor over the Language Server Protocol: completion, hover, faults, the record.

    It speaks over standard input and output, and is started by the editor.

    \b
    Example:
        filiera lsp --kb ~/filiera/kb
    """
    del stdio
    from filiera.editor.server import server

    server(project).start_io()
