"""Write items as CSV: a row each, for spreadsheets; names as RIS writes them, dates as EDTF."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from filiera.bibliography.csl import Item
from filiera.bibliography.dates import edtf
from filiera.bibliography.names import written

#: The columns: what most tables of literature have; the other formats hold more.
COLUMNS = (
    "id", "type", "title", "author", "editor", "translator", "issued", "status", "container-title", "volume", "issue",
    "page", "collection-title", "collection-number", "edition", "publisher", "publisher-place", "genre", "number",
    "event-title", "DOI", "ISBN", "ISSN", "URL", "accessed", "language", "keyword", "annote",
)  # fmt: skip


def write(items: Iterable[Item], names: re.Pattern[str] | None = None) -> Iterator[str]:  # noqa: ARG001  titles need none
    """Yield a line of column names, and one for each item (RFC 4180, but with plain line feeds)."""
    yield _row(COLUMNS)
    for item in items:
        yield _row(_cell(item.get(name, "")) for name in COLUMNS)


def _row(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _cell(value: Any) -> str:  # noqa: ANN401  any value of an item
    if isinstance(value, list):
        return "; ".join(name.get("literal") or written(name).rstrip(",") for name in value)
    return edtf(value) or "" if isinstance(value, dict) else value
