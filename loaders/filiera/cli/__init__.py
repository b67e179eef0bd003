"""The command line: each command parses, calls one function and prints.

Answers go to standard output, remarks to standard error. Exit 0: done; 1: the data or the request has a problem;
2: mistyped, or nothing was checked. What a command needs is imported in its body, so that looking up a citation does
not pay for a server.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from filiera.cli.base import FOLDER, as_format, engines, main, on_project, pairs, remark, show
from filiera.cli.exchange import import_
from filiera.cli.export import export
from filiera.cli.manuscripts import lsp, proofread
from filiera.errors import NotFoundError
from filiera.formats import Answer
from filiera.paths import Project, shown

__all__ = ["main"]

#: The formats of citations, as `filiera.citations.formats` names them.
CITATIONS = ("text", "markdown", "html", "pandoc", "latex", "bibtex", "biblatex", "ris", "csl-json", "word", "json")


@main.command()
@click.argument("paths", nargs=-1, type=FOLDER)
@click.option("--strict", is_flag=True, help="Fail when a check could not be run.")
@click.option("--format", "format_", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@on_project
def check(project: Project, paths: tuple[Path, ...], strict: bool, format_: str) -> None:
    """Check records; print problems as file:line:column: message (hint).

    PATH is a base, or a part of one; without it the nearest kb/ is checked. How many checks were made, failed or
    could not be run goes to standard error.

    \b
    Example:
        filiera check kb/claims --sources ~/papers
    """
    from filiera import checks, sarif
    from filiera.schema import schema

    if paths and not any(path.suffix == ".yaml" or any(path.rglob("*.yaml")) for path in paths):
        raise click.UsageError("nothing was checked: there is no record in what you name")
    report = checks.check(project, schema())
    report.narrow([path.absolute() for path in paths])
    if format_ != "text":
        click.echo(report.as_json() if format_ == "json" else sarif.of_records(report))
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
@click.option("--format", "format_", type=click.Choice(CITATIONS), default="text", show_default=True)
@click.option("--style", default="", help="A citation style, such as apa, chicago or a .csl file.")
@click.option("--locator", default="", metavar="PLACE", help="The place in the work, such as 'p. 23'.")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1), help="The most claims to show.")
@on_project
def cite(project: Project, wanted: tuple[str, ...], format_: str, style: str, locator: str, limit: int) -> None:
    """Cite the works, or the claims, that WANTED means: a key, a DOI, authors and year, a title, or words.

    Authors may be misspelt, in any order, and with a page; several citations may stand in one text. Ends with exit
    code 1 when several works could be meant, or one is not certain: choose one by its key.

    \b
    Example:
        filiera cite 'see Gaggio 2006, pp. 23-25' --style chicago
    """
    from filiera import citations
    from filiera.citations import formats
    from filiera.engines import connect

    connection = connect(project.database)
    found = citations.cite(connection, " ".join(wanted), limit, locator)
    click.echo(formats.write(connection, found, format_, style))
    for warning in formats.warnings(found, format_):
        click.echo(f"warning: {warning}", err=True)
    if found.remark:
        click.echo(found.remark, err=True)
    sys.exit(1 if found.works and not found.certain else 0)


main.add_command(export)
main.add_command(import_)
main.add_command(proofread)
main.add_command(lsp)


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
