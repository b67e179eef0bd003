"""Printed tables are set again, on their pages and as files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from filiera.comparisons import rebuild
from filiera.site.downloads import DOWNLOADS, Download
from filiera.site.entries import Entry
from filiera.site.forms import Form
from filiera.site.visits import Visit


def context(visit: Visit, entry: Entry) -> dict[str, Any]:
    """Return the table as in print."""
    return {"sheet": rebuild(visit.connection, entry.key)}


def as_sheet(download: Download) -> Callable[[Visit, Entry], str]:
    """Return a function that gives the table, set again, in a form of sheets."""
    return lambda visit, entry: download.body(rebuild(visit.connection, entry.key))


FORMS = tuple(Form(one.name, one.suffix, one.media_type, as_sheet(one), saved=True) for one in DOWNLOADS)
