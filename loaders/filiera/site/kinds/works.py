"""Works can be cited, and taken over by reference managers."""

from __future__ import annotations

import json
from typing import Any

from filiera import citations
from filiera.bibliography import csl
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


def as_csl(visit: Visit, entry: Entry) -> str:
    """Return the work as a library of one item in CSL-JSON."""
    return json.dumps([csl.item(visit.connection, entry.key)], ensure_ascii=False, indent=2) + "\n"


FORMS = (Form("CSL-JSON", ".csl.json", "application/vnd.citationstyles.csl+json", as_csl, also=(".csl",), saved=True),)
