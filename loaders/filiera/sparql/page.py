"""Show the endpoint to people: a form for the query, its result as a table, and examples.

The page works without scripts; with an `Editor` given, YASGUI takes the place of the form in browsers that run it.
Every word of the query and of the result is somebody else's, so all of it is escaped, and the page may load nothing
but its own style and, for the editor, what lies on the same host.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from string import Template
from typing import Any
from urllib.parse import urlencode

from filiera.sparql.questions import Answer

TEMPLATE = Template(files(__package__).joinpath("page.html").read_text(encoding="utf-8"))
STYLE = files(__package__).joinpath("page.css").read_text(encoding="utf-8")

#: What any page may do: send the form to where it came from.
FORM = ("default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'")

#: What the page may do without an editor: show itself with this very style.
POLICY = "; ".join(
    (
        *FORM,
        f"style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'",
        "img-src 'self'",
    )
)

#: What the editor needs besides: scripts of this host, styles that it makes itself, and the endpoint.
EDITOR_POLICY = "; ".join(
    (
        *FORM,
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
    )
)

EDITOR = Template(files(__package__).joinpath("editor.html").read_text(encoding="utf-8"))

#: The way from the page where it is not part of a site.
HOME = '<p><a href="./">Home</a></p>'

#: Rows that are shown; the links below the table have them all.
ROWS = 1000

#: Names of the formats that a result is offered in, for each kind of result.
TABLE_LINKS = {"json": "JSON", "csv": "CSV", "xml": "XML", "tsv": "TSV"}
GRAPH_LINKS = {"ttl": "Turtle", "nt": "N-Triples", "jsonld": "JSON-LD", "rdf": "RDF/XML"}


@dataclass(frozen=True, slots=True)
class Example:
    """A query that shows what can be asked."""

    name: str
    question: str
    query: str


@dataclass(frozen=True, slots=True)
class Editor:
    """What the editor completes with, where its files lie, and the ways from its page to the rest of a site, as HTML.

    `classes` and `properties` are IRIs, those that are used most first; IRIs that begin with `base` are pages of the
    same host.
    """

    folder: str
    base: str
    prefixes: Mapping[str, str]
    classes: Sequence[str]
    properties: Sequence[str]
    nav: str = HOME


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the query on the page, and after how many seconds."""

    answer: Answer
    seconds: float


def render(
    query: str, outcome: Outcome | None, examples: Sequence[Example], editor: Editor | None = None, notice: str = ""
) -> str:
    """Return the page as HTML; without an outcome, nothing was asked yet. A notice is shown above all else."""
    return TEMPLATE.substitute(
        title="Ask in SPARQL" if outcome is None else f"SPARQL: {escape(' '.join(query.split())[:60])}",
        style=STYLE,
        nav=editor.nav if editor else HOME,
        notice=f'<p class="problem" role="alert">{escape(notice)}</p>' if notice else "",
        editor=_editor(editor) if editor else "",
        query=escape(query or (examples[0].query if examples else "")),
        outcome=_outcome(query, outcome) if outcome else "",
        examples=_examples(examples),
    )


def policy(editor: Editor | None) -> str:
    """Return the Content-Security-Policy of the page."""
    return EDITOR_POLICY if editor else POLICY


def _editor(editor: Editor) -> str:
    terms = [{"role": "class", "iri": iri} for iri in editor.classes]
    terms += [{"role": "property", "iri": iri} for iri in editor.properties]
    data = json.dumps({"base": editor.base, "prefixes": dict(editor.prefixes), "terms": terms})
    # In a block of data the only danger is its own end.
    return EDITOR.substitute(folder=escape(editor.folder), data=data.replace("<", "\\u003c"))


def _outcome(query: str, outcome: Outcome) -> str:
    answer, text = outcome.answer, outcome.answer.body.decode()
    if answer.status != 200:  # noqa: PLR2004  the number is the name
        return f'<p class="problem" role="alert">{escape(text)}</p>'
    took = f"in {outcome.seconds:.3f} s"
    if not answer.media_type.endswith("json"):
        return f"<p>The graph, {took}.</p>\n<pre>{escape(text)}</pre>\n{_links(query, GRAPH_LINKS)}"
    result = json.loads(text)
    if "boolean" in result:
        shown = f"<p><strong>{'Yes' if result['boolean'] else 'No'}</strong>, {took}.</p>"
    else:
        shown = _table(result["head"]["vars"], result["results"]["bindings"], took)
    return f"{shown}\n{_links(query, TABLE_LINKS)}"


def _table(variables: Sequence[str], bindings: Sequence[Mapping[str, Any]], took: str) -> str:
    caption = f"{len(bindings):,} {'row' if len(bindings) == 1 else 'rows'} {took}"
    if len(bindings) > ROWS:
        caption += f"; the first {ROWS:,} are shown"
    head = "".join(f'<th scope="col">{escape(variable)}</th>' for variable in variables)
    rows = "\n".join(_row(variables, binding) for binding in bindings[:ROWS])
    return (
        f'<div class="rows" role="region" aria-label="Result" tabindex="0">\n<table>\n<caption>{caption}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


def _row(variables: Sequence[str], binding: Mapping[str, Any]) -> str:
    cells = (_cell(binding[variable]) if variable in binding else "" for variable in variables)
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _cell(term: Mapping[str, Any]) -> str:
    """Write a term; an address of the web becomes a link, and no other IRI, as `javascript:` is one too."""
    if term["type"] == "triple":
        return " ".join(_cell(term["value"][part]) for part in ("subject", "predicate", "object"))
    value = escape(term["value"])
    if term["type"] == "uri" and term["value"].startswith(("http://", "https://")):
        return f'<a href="{value}" rel="nofollow">{value}</a>'
    if language := term.get("xml:lang"):
        return f'<span lang="{escape(language)}">{value}</span>'
    return value


def _links(query: str, formats: Mapping[str, str]) -> str:
    links = (f'<a href="{_address(query=query, format=short)}">{name}</a>' for short, name in formats.items())
    return f"<p>The whole result as {' · '.join(links)}</p>"


def _address(**fields: str) -> str:
    return escape(f"?{urlencode(fields)}")


def _examples(examples: Sequence[Example]) -> str:
    if not examples:
        return ""
    items = (
        f'<li><a href="{_address(query=example.query)}">{escape(example.question)}</a> '
        f"<code>{escape(example.name)}</code></li>"
        for example in examples
    )
    return "\n".join(("<h2>Examples</h2>", "<ul>", *items, "</ul>"))
