"""What all commands share: the group, the options that recur, and how an answer is printed."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from filiera.errors import FilieraError
from filiera.folding import encodable
from filiera.formats import FORMATS, Answer
from filiera.paths import Project, find_base, find_project, shown

if TYPE_CHECKING:
    from filiera.engines import Engine

FOLDER = click.Path(path_type=Path)

#: Why a machine does not let a user write or read, which is no fault of the program.
MACHINE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.ENAMETOOLONG})


class Commands(click.Group):
    """A group that prints Filiera's errors as one line, and lists its commands in the order of the work."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what the user can cause ends in a message."""
        try:
            return super().invoke(ctx)
        except FilieraError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if error.errno not in MACHINE:
                raise
            where = f"{shown(Path(error.filename))!r}" if error.filename else "the output"
            raise click.ClickException(f"{where} cannot be used: {error.strerror}") from error

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
        if paths := rest.get("paths"):
            kb = kb or _base_of(paths)
        command(find_project(kb, build, sources), **{name: _encodable(value) for name, value in rest.items()})

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


def _encodable(value: Any) -> Any:  # noqa: ANN401  the value of an option
    """Return a value whose texts can be written; a path may be in any encoding."""
    if isinstance(value, tuple):
        return tuple(map(_encodable, value))
    return encodable(value) if isinstance(value, str) else value


def _base_of(paths: tuple[Path, ...]) -> Path:
    from filiera.schema import schema

    return find_base(paths, schema().kinds)


def as_format(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the option that says how its answer is written."""
    option = click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="table", show_default=True)
    return option(command)


def engines(project: Project, wanted: str) -> dict[str, Engine]:
    """Return the engine of each wanted language: sql, sparql or both."""
    from filiera.engines import Oxigraph, Sqlite, connect

    found: dict[str, Engine] = {}
    if wanted in {"sql", "both"}:
        found["sql"] = Sqlite(connect(project.database))
    if wanted in {"sparql", "both"}:
        found["sparql"] = Oxigraph(project.store)
    return found


def pairs(values: tuple[str, ...]) -> dict[str, str]:
    """Read name=value arguments; anything else is a mistyped command."""
    for value in values:
        if "=" not in value:
            raise click.UsageError(f"{value!r} is no NAME=VALUE; write for example subject=vicenza")
    return {name: value for name, _, value in (v.partition("=") for v in values)}


def show(answer: Answer, format_: str) -> None:
    """Print an answer."""
    click.echo(FORMATS[format_](answer))


def remark(text: str) -> None:
    """Say something beside the answer, on a terminal only."""
    if sys.stderr.isatty():
        click.echo(text, err=True)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function that shows how many things are done, of how many that are known of; on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr, show_pos=True) as bar:

        def seen(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        yield seen
