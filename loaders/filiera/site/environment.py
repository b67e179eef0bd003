"""The templates of the pages, and what they may call.

They lie in `markup/`: a folder of a plugin that is called `templates` is searched by Datasette for its own pages.
Everything is escaped. A field that a record does not have is nothing, and so is not shown.
"""

from __future__ import annotations

import hashlib
import shlex
import sqlite3
from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from filiera.pictures.numbers import written
from filiera.schema import Schema
from filiera.search import MARKS
from filiera.site import words
from filiera.site.downloads import DOWNLOADS
from filiera.site.links import address

HERE = Path(str(files("filiera.site")))

#: What the pages may do: show themselves with our own style, scripts and pictures, and send forms to this site.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def environment(schema: Schema, version: str) -> jinja2.Environment:
    """Return the environment of the templates; `version` is added to the addresses of static files."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "markup"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {
        "schema": schema,
        "version": version,
        "address": address,
        "counted": words.counted,
        "one": words.one,
        "DOWNLOADS": DOWNLOADS,
    }
    made.filters |= {"heading": words.heading, "plain": words.plain, "shortened": words.shortened, "found": found}
    made.filters |= {"first_sentence": words.first_sentence, "groupby_order": groupby_order, "shellword": shlex.quote}
    made.filters |= {"number": written, "capital": words.capital, "day": words.day}
    return made


def fingerprint() -> str:
    """Return what changes with the templates, statements, styles and scripts of the pages."""
    total = hashlib.sha256()
    for folder in ("markup", "kinds", "static"):
        for path in sorted(p for p in (HERE / folder).rglob("*") if p.is_file()):
            total.update(path.relative_to(HERE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]


def found(text: str) -> Markup:
    """Mark the words that a search found."""
    marked = str(escape(text)).replace(MARKS[0], "<mark>").replace(MARKS[1], "</mark>")
    return Markup(marked)  # noqa: S704  escaped above


def groupby_order(rows: Iterable[sqlite3.Row], *columns: str) -> Iterator[tuple[tuple[Any, ...], list[sqlite3.Row]]]:
    """Group rows that stand beside each other by some of their columns, in the order in which they come."""
    for key, group in groupby(rows, key=lambda row: tuple(row[column] for column in columns)):
        yield key, list(group)
