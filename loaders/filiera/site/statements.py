"""The SQL of the pages, in files beside them: `kinds/NAME.sql` is for the pages of the kind NAME.

A file holds several statements. Each begins with a comment that names it and says what it gives:

    -- cited_by: the claims that cite the work
    select …

The names that a page has a use for: `short` gives a short title of the record `:key`, for links to it; all others are
run for the record's own page and handed to its template as lists of rows. A kind without a file has none.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

HEAD = re.compile(r"^-- ([a-z_]+): .*$", re.MULTILINE)

#: The statement that gives a short title.
SHORT = "short"


@cache
def statements(kind: str) -> dict[str, str]:
    """Return the statements of a kind by name."""
    path = files("filiera.site").joinpath("kinds", f"{kind}.sql")
    if not path.is_file():
        return {}
    _, *parts = HEAD.split(path.read_text(encoding="utf-8"))
    return {name: text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True)}


def sections(kind: str) -> dict[str, str]:
    """Return the statements that are for the record's own page."""
    return {name: text for name, text in statements(kind).items() if name != SHORT}
