"""The formats of other programs' libraries.

A format is a module with a function `write`; to add one, write it and list it in `FORMATS`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from filiera.bibliography import biblatex, bibtex, csl, csl_json, ris, table, titles
from filiera.bibliography.csl import Item


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how its files end, its type for the web, and what writes items in it."""

    suffix: str
    media_type: str
    write: Callable[[Iterable[Item], re.Pattern[str] | None], Iterator[str]]


FORMATS = {
    "bibtex": Format(".bib", "application/x-bibtex", bibtex.write),
    "biblatex": Format(".bib", "application/x-bibtex", biblatex.write),
    "ris": Format(".ris", "application/x-research-info-systems", ris.write),
    "csl-json": Format(".json", "application/vnd.citationstyles.csl+json", csl_json.write),
    "csv": Format(".csv", "text/csv", table.write),
}

#: The names whose capitals must stay in a title; the World itself is a place, and a word of many titles.
NAMES = """
    select name from places where type != 'world' union select name from districts
    union select name from firms union select name from institutions
"""


def write(connection: sqlite3.Connection, format_: str, keys: Iterable[str] | None = None) -> Iterator[str]:
    """Yield a file of all works, or of those with certain keys, in the order of their keys.

    The same works give the same bytes. Raises NotFoundError, with the nearest key, when no work has one of the keys.
    """
    return FORMATS[format_].write(csl.items(connection, keys), names(connection))


def names(connection: sqlite3.Connection) -> re.Pattern[str] | None:
    """Return a pattern of the names that the base knows, for titles."""
    return titles.names_pattern(row[0] for row in connection.execute(NAMES))
