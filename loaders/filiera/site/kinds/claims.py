"""Claims are cited by their work, with the place in it."""

from __future__ import annotations

from typing import Any

from filiera import citations
from filiera.bibliography import csl
from filiera.site.citing import citing
from filiera.site.embedded import coins
from filiera.site.entries import Entry
from filiera.site.forms import forms
from filiera.site.visits import Visit


def context(visit: Visit, entry: Entry) -> dict[str, Any]:
    """Return how the claim is cited, and its work for reference managers."""
    cited = citations.claim(visit.connection, entry.key).work
    return {
        "citing": citing(visit.connection, cited),
        "citable": forms("works"),
        "coins": coins(csl.item(visit.connection, cited.key)),
    }
