"""The command line: each command parses, calls one function and prints.

Answers go to standard output, remarks to standard error. Exit 0: done; 1: the data or the request has a problem;
2: mistyped, or nothing was checked. What a command needs is imported in its body, so that looking up a citation does
not pay for a server.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from filiera.errors import FilieraError
from filiera.paths import Project, find_base, find_project, shown

FOLDER = click.Path(path_type=Path)


class Commands(click.Group):
    """A group that prints Filiera's errors as one line, and lists its commands in the order of the work."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what the user can cause ends in a message."""
        try:
            return super().invoke(ctx)
        except FilieraError as error:
            raise click.ClickException(str(error)) from error

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  the signature is click's
        """Return the commands in the order in which they are defined."""
        return list(self.commands)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="filiera")
def main() -> None:
    """Check, build, browse, ask and cite a plain-text knowledge base.

    \b
    Example:
        filiera find downgrading Vicenza
    """


def on_project(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say which base it works on, and hand it the project."""

    def with_project(kb: Path | None, build: Path | None, sources: tuple[Path, ...], **rest: Any) -> None:  # noqa: ANN401
        command(find_project(kb, build, sources), **rest)

    with_project.__name__ = command.__name__
    with_project.__doc__ = command.__doc__
    with_project.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    for option in (
        click.option("--sources", type=FOLDER, multiple=True, help="A folder of documents; FILIERA_SOURCES adds more."),
        click.option("--build", type=FOLDER, help="Where the build lies. [default: build/ beside the records]"),
        click.option("--kb", type=FOLDER, help="The folder of records. [default: the nearest kb/]"),
    ):
        with_project = option(with_project)
    return with_project


@main.command()
@click.argument("paths", nargs=-1, type=FOLDER)
@click.option("--strict", is_flag=True, help="Fail when a check could not be run.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@on_project
def check(project: Project, paths: tuple[Path, ...], strict: bool, format_: str) -> None:
    """Check records; print problems as file:line:column: message (hint).

    PATH is a base, or a part of one; without it the nearest kb/ is checked. How many checks were made, failed or
    could not be run goes to standard error.

    \b
    Example:
        filiera check kb/claims --sources ~/papers
    """
    from filiera import checks
    from filiera.schema import schema

    known = schema()
    bases = {find_base(path, known.kinds) for path in paths} or {(project.kb, None)}
    if len({base for base, _ in bases}) > 1:
        raise FilieraError("the paths lie in several bases; check one base at a time")
    report = checks.check(replace(project, kb=next(iter(bases))[0]), known)
    report.narrow([part for _, part in bases if part])
    if format_ == "json":
        click.echo(report.as_json())
    for problem in report.problems if format_ == "text" else ():
        click.echo(problem)
    click.echo(report.summary(), err=True)
    sys.exit(report.exit_code(strict=strict))


@main.command()
@on_project
def build(project: Project) -> None:
    """Check the records and write build/, all of it or nothing.

    \b
    Example:
        filiera build --sources ~/papers
    """
    from filiera import building
    from filiera.schema import schema

    built = building.build(project, schema(), progress=remark)
    for what, number in built.report.skipped.items():
        remark(f"not run: {number} {what[0]}: {what[1]}")
    click.echo(f"{built.records:,} records, {built.statements:,} statements in {shown(project.build)}")
    click.echo(f"digest of the content: {built.digest}")


def remark(text: str) -> None:
    """Say something beside the answer, on a terminal only."""
    if sys.stderr.isatty():
        click.echo(text, err=True)
