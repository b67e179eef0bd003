"""Tell Datasette what the tables, columns and questions mean, from the schema and the files of `queries/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import urlencode

from filiera.engines import with_values
from filiera.questions import Question
from filiera.schema import Schema
from filiera.sqlite import Table, family, tables

#: Tables that serve the program rather than a reader.
HIDDEN = (
    *("counts", "records_data", "renderings", "citation_names", "citation_spellings", "citation_works"),
    *("citation_strings", "citation_identifiers"),
)

#: Facets that a page of a table begins with; each reads the whole table, so that one of more rows begins with none.
FACETS, MOST_ROWS = 2, 100_000


def metadata(schema: Schema, questions: dict[str, Question], counts: Mapping[str, int]) -> dict[str, Any]:
    """Return the metadata of the one database, `filiera`, whose tables have so many rows."""
    known = dict(_tables(schema)) | {name: {"hidden": True} for name in HIDDEN}
    known["records"] = {
        "description": "Every record: its kind, its title, and the file and line where it is written.",
        "label_column": "label",
        "facets": ["kind"],
    }
    for name in known:
        if counts.get(name, 0) > MOST_ROWS:
            known[name] = known[name] | {"facets": []}
    return {
        "title": "Filiera",
        "description": "What the literature says about global value chains and industrial districts, and where.",
        "license": "CC BY 4.0",
        "license_url": "https://creativecommons.org/licenses/by/4.0/",
        "extra_css_urls": ["/site/common.css", "/site/editors.css", "/site/tables.css"],
        "about": "SPARQL endpoint",
        "about_url": "/sparql",
        "databases": {"filiera": {"tables": known, "queries": {q.name: _query(q) for q in questions.values()}}},
    }


def _tables(schema: Schema) -> Iterator[tuple[str, dict[str, Any]]]:
    for folder, table in tables(schema).items():
        kind = schema.kinds[folder]
        enumerated = [c.name for c in table.columns if c.field.range in schema.enums and len(c.path) == 1]
        label = next((name for group in kind.label for name in group if len(group) == 1), "")
        described = {"description": kind.description, "columns": _columns(table), "facets": enumerated[:FACETS]}
        if label:
            described["label_column"] = label
        yield folder, described
        yield from ((child.name, {"columns": _columns(child)}) for child in family(table) if child.parent)


def _columns(table: Table) -> dict[str, str]:
    return {column.name: column.field.description for column in table.columns}


def _query(question: Question) -> dict[str, Any]:
    """Return a question as Datasette's stored query, with its examples one click away."""
    lines = [f"<b>{escape(n)}</b>: {escape(p.meaning)}" for n, p in question.parameters.items()]
    link = urlencode(question.examples)
    example = f'<a href="?{escape(link)}">{escape(link.replace("&", ", "))}</a>' if link else ""
    query = with_values(question.texts["sparql"], question.examples)
    sparql = f'<a href="/sparql?{escape(urlencode({"query": query}))}">The same in SPARQL</a>'
    described = "<br>".join([*lines, *([f"Example: {example}"] if example else []), sparql])
    return {"sql": question.texts["sql"], "title": question.question, "description_html": described, "hide_sql": True}
