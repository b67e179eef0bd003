"""The command line: each command parses, calls one function and prints.

Answers go to standard output, remarks to standard error. Exit 0: done; 1: the data or the request has a problem;
2: mistyped, or nothing was checked. What a command needs is imported in its body, so that looking up a citation does
not pay for a server.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from filiera.errors import FilieraError, NotFoundError
from filiera.formats import FORMATS, Answer
from filiera.paths import Project, find_base, find_project, shown

if TYPE_CHECKING:
    from filiera.engines import Engine

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
        if paths := rest.get("paths"):
            kb = kb or _base_of(paths)
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


def _base_of(paths: tuple[Path, ...]) -> Path:
    from filiera.schema import schema

    return find_base(paths, schema().kinds)


def as_format(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the option that says how its answer is written."""
    option = click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="table", show_default=True)
    return option(command)


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

    if paths and not any(path.suffix == ".yaml" or any(path.rglob("*.yaml")) for path in paths):
        raise click.UsageError("nothing was checked: there is no record in what you name")
    report = checks.check(project, schema())
    report.narrow([path.absolute() for path in paths])
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
    if built.remark:
        click.echo(f"not rendered: {built.remark}", err=True)
    click.echo(f"{built.records:,} records, {built.statements:,} statements in {shown(project.build)}")
    click.echo(f"digest of the content: {built.digest}")


@main.command()
@click.argument("question", required=False)
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--engine", type=click.Choice(["sql", "sparql", "both"]), default="sql", show_default=True)
@as_format
@on_project
def ask(project: Project, question: str | None, values: tuple[str, ...], engine: str, format_: str) -> None:
    """Put a stored QUESTION; without one, list them.

    A parameter that is not given has its example. With --engine both, SQL and SPARQL must give the same answer.

    \b
    Example:
        filiera ask claims-about subject=vicenza --engine both
    """
    from filiera import questions
    from filiera.engines import connect

    known = questions.questions(project.kb.absolute().parent / "queries")
    if question is None:
        rows = [(q.name, q.question, " ".join(f"{k}={v}" for k, v in q.examples.items())) for q in known.values()]
        show(Answer(("name", "question", "example"), rows), format_)
        return
    asked = questions.get(known, question)
    filled = questions.follow(connect(project.database), questions.fill(asked, pairs(values)))
    remark(f"{asked.question} {' '.join(f'{k}={v}' for k, v in filled.items())}".strip())
    show(questions.ask(asked, filled, engines(project, engine)), format_)


@main.command()
@click.argument("comparison", required=False)
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
@as_format
@on_project
def compare(project: Project, comparison: str | None, values: tuple[str, ...], format_: str) -> None:
    """Put records side by side in a table; without a COMPARISON, list them.

    A parameter narrows what is compared; several values are separated by commas.

    \b
    Example:
        filiera compare districts subjects=arezzo,vicenza periods=2001-2004,2007-2010
    """
    from filiera import comparisons
    from filiera.engines import connect

    if comparison is None:
        rows = [(c.name, c.question, " ".join(p.name for p in c.parameters)) for c in comparisons.COMPARISONS]
        show(Answer(("name", "question", "parameters"), rows), format_)
        return
    asked = comparisons.get(comparison)
    given = {name: [part.strip() for part in value.split(",")] for name, value in pairs(values).items()}
    click.echo(comparisons.write(comparisons.compare(connect(project.database), asked, given), format_))


@main.command()
@click.argument("query")
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
@as_format
@on_project
def sql(project: Project, query: str, values: tuple[str, ...], format_: str) -> None:
    """Put an SQL QUERY to the database; :name in it stands for a value.

    \b
    Example:
        filiera sql "select name from firms where district = :district" district=vicenza
    """
    show(engines(project, "sql")["sql"].ask(query, pairs(values)), format_)


@main.command()
@click.argument("query")
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL 1.1 endpoint instead of the graph here.")
@click.option("--graph", metavar="IRI", default="", help="The endpoint's graph to ask, if it needs one.")
@as_format
@on_project
def sparql(
    project: Project, query: str, values: tuple[str, ...], endpoint: str | None, graph: str, format_: str
) -> None:
    """Put a SPARQL QUERY to the graph, or to another endpoint; ?name in it can be given a value.

    \b
    Example:
        filiera sparql "SELECT ?claim { ?claim a <https://w3id.org/filiera/schema#Claim> } LIMIT 3"
    """
    from filiera.engines import Endpoint

    engine = Endpoint(endpoint, graph) if endpoint else engines(project, "sparql")["sparql"]
    show(engine.ask(query, pairs(values)), format_)


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--kind", default="", help="Only records of this kind, such as claims.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1))
@as_format
@on_project
def find(project: Project, words: tuple[str, ...], kind: str, limit: int, format_: str) -> None:
    """Search all records for WORDS, best first.

    \b
    Example:
        filiera find downgrading Vicenza
    """
    from filiera import search
    from filiera.engines import connect

    found = search.find(connect(project.database), " ".join(words), kind=kind, limit=limit)
    if not found.hits:
        raise NotFoundError(f"no record has the words {' '.join(words)!r}; try fewer, or other forms of them")
    if not found.complete:
        click.echo("no record has all of these words; these have some", err=True)
    rows = [(hit.id, hit.kind, hit.label, f"{hit.file}:{hit.line}") for hit in found.hits]
    show(Answer(("key", "kind", "title", "place"), rows), format_)


@main.command()
@click.argument("wanted", nargs=-1, required=True)
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1), help="The most claims to show.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@on_project
def cite(project: Project, wanted: tuple[str, ...], limit: int, format_: str) -> None:
    """Cite the work, or the claims, that WANTED means: a key, a DOI, author and year, or words.

    Ends with exit code 1 when several works could be meant: choose one by its key.

    \b
    Example:
        filiera cite 'Gaggio 2006'
    """
    from filiera import citations
    from filiera.engines import connect

    found = citations.cite(connect(project.database), " ".join(wanted), limit)
    click.echo(citations.as_json(found) if format_ == "json" else citations.as_text(found))
    if found.remark:
        click.echo(found.remark, err=True)
    sys.exit(1 if found.works and not found.certain else 0)


@main.command()
@click.argument("document", required=False)
@click.option("--missing/--no-missing", default=True, show_default=True, help="List what no record points to.")
@as_format
@on_project
def coverage(project: Project, document: str | None, missing: bool, format_: str) -> None:
    """Say which sentences and numbers of a DOCUMENT no record points to; without one, of all that are at hand.

    \b
    Example:
        filiera coverage --no-missing --sources ~/papers
    """
    from filiera import coverage as measuring
    from filiera.documents import library
    from filiera.engines import connect
    from filiera.schema import schema

    documents = library(project.kb, schema(), project.sources)
    measured = measuring.measure(connect(project.database), documents, document)
    show(measuring.shares(measured), format_)
    if missing:
        show(measuring.missing(measured, documents), format_)


@main.command()
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free port.")
@click.option("--watch", is_flag=True, help="Build again whenever a record, a question or a document is saved.")
@on_project
def serve(project: Project, port: int, watch: bool) -> None:
    """Browse, ask and cite on this machine: build if needed, then serve until Ctrl-C.

    With --watch a record that is broken leaves the last good build up; every page says what is wrong with it.

    \b
    Example:
        filiera serve --watch
    """
    from filiera.site import server

    server.serve(project, port, say=lambda text: click.echo(text, err=True), watching=watch)


@main.command()
@on_project
def mcp(project: Project) -> None:
    """Answer assistants from records: a Model Context Protocol server on standard input and output.

    It finds, cites, asks and shows records, each answer with its passages. Needs the extra `filiera[mcp]`.

    \b
    Example:
        filiera mcp --kb ~/filiera/kb
    """
    from filiera.assistant import server

    server.server(project).run()


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
