"""What language models should know, at the address where they look for it, as https://llmstxt.org has it.

It says what is here, how to cite it, and where each thing is. Everything is made from what there is: the kinds of the
schema, the stored questions, the dumps of the build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from filiera.descriptions.about import LICENCE
from filiera.descriptions.dumps import DUMPS
from filiera.questions import Question
from filiera.site.forms import FORMS, Form, forms
from filiera.site.visits import TEXT, Reply, Visit

CITING = """\
Every record has a key, a page at `/KIND/KEY`, and an IRI that never changes.
It says in its own words what a work says; the words of the work are not here.

- Answer from the records, not from memory, and give the page of each record that you use.
- Cite the work that a statement's record names, with the place in its `evidence`: section, table or page. In Pandoc's Markdown that is `[@KEY-OF-WORK, sec. 6]`. Do not cite Filiera in place of the work.
- Say who holds a statement where the record names someone else than the work's authors, and keep its strength: a question or conjecture is no finding.
- Look at the relations of a record before you rely on it: they name what disputes and qualifies it.
- A work whose `verification` is not `confirmed` has data that nobody has compared with the work; pass the warning on.\
"""  # noqa: E501  a paragraph of Markdown is one line

ASSISTANT = """\
`filiera mcp`, on a machine that has Filiera and a build, answers over the Model Context Protocol with the passage of every answer: it finds, cites, asks and shows records.\
"""  # noqa: E501  the same


KINDS = "select name, number, (select min(id) from records where kind = name) from counts where number > 0"


def answer(visit: Visit) -> Reply:
    """Say what is here, how to cite it, and where each thing is."""
    site = visit.site
    sections = [
        f"# {site.about.title}",
        f"> {site.about.summary}",
        f"Records are under {LICENCE[0]}.",
        CITING,
        f"The page of every record has other forms beside it: put one of {_suffixes(FORMS)} after its path.",
        _section("Kinds of record", _kinds(visit)),
        _section("Questions", (_question(q, live=site.live) for q in site.questions.values())),
        _section("Everything at once", _dumps()),
        _section("Asking", _asking(live=site.live)),
        ASSISTANT,
    ]
    return Reply("\n\n".join(sections) + "\n", TEXT)


def _section(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"## {title}", "", *lines])


def _link(name: str, path: str, note: str) -> str:
    return f"- [{name}]({path}): {' '.join(note.split())}"


def _kinds(visit: Visit) -> Iterator[str]:
    found = {row[0]: row for row in visit.rows(KINDS)}
    for folder, kind in visit.site.schema.kinds.items():
        if folder in found:
            _, count, first = found[folder]
            own = _suffixes(form for form in forms(folder) if form not in FORMS)
            also = f" Also {own}." if own else ""
            note = f"{count:,} of them. {kind.description} The first as [JSON](/{folder}/{first}.json).{also}"
            yield _link(folder, f"/{folder}", note)


def _suffixes(known: Iterable[Form]) -> str:
    return ", ".join(f"`{form.suffix}`" for form in known)


def _question(question: Question, *, live: bool) -> str:
    asked = ", ".join(f"{name} is the {p.meaning}" for name, p in question.parameters.items())
    path = f"/ask/{question.name}.json"
    if live and question.examples:
        path += f"?{urlencode(question.examples)}"
    return _link(question.name, path, f"{question.question} {asked}")


def _dumps() -> Iterator[str]:
    for dump in DUMPS:
        yield _link(dump.name, f"/{dump.name}", f"{dump.title}. {dump.description}")
    yield _link("dcat.ttl", "/dcat.ttl", "What these files are, their sizes and digests, and whose they are, in DCAT.")


def _asking(*, live: bool) -> Iterator[str]:
    yield _link("Schema", "/schema", "Every kind of record, every field, and every value of a closed list.")
    yield _link("JSON-LD context", "/schema/context.jsonld", "How the JSON of records is read as RDF.")
    if live:
        yield _link("Tables", "/filiera", "Every table and view, with filters, as HTML, JSON and CSV.")
        yield _link("SPARQL", "/sparql", "A SPARQL 1.1 endpoint; without a query it describes itself.")
        yield _link("Search", "/search?q=upgrading", "All records that have some words, best first.")
