"""Works can be cited, and taken over by reference managers."""

from __future__ import annotations

from typing import Any

from filiera import citations
from filiera.bibliography import csl, formats
from filiera.site.citing import citing
from filiera.site.embedded import tags
from filiera.site.entries import Entry
from filiera.site.forms import Form
from filiera.site.visits import Visit


def context(visit: Visit, entry: Entry) -> dict[str, Any]:
    """Return how the work is cited, and its tags."""
    return {
        "citing": citing(visit.connection, citations.work(visit.connection, entry.key)),
        "tags": tags(csl.item(visit.connection, entry.key)),
    }


def _form(name: str, suffix: str, format_: str, also: tuple[str, ...] = ()) -> Form:
    """Return the form that is a library of one work, the same as `filiera export` writes of it."""

    def write(visit: Visit, entry: Entry) -> str:
        return "".join(formats.write(visit.connection, format_, [entry.key]))

    return Form(name, suffix, formats.FORMATS[format_].media_type, write, also, saved=True)


FORMS = (
    _form("BibTeX", ".bib", "bibtex"),
    _form("RIS", ".ris", "ris"),
    _form("CSL-JSON", ".csl.json", "csl-json", also=(".csl",)),
    _form("BibLaTeX", ".biblatex.bib", "biblatex"),
)
