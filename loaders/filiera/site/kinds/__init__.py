"""What the pages of some kinds have beside what all have.

For the kind NAME, `NAME.sql` has statements (see `filiera.site.statements`), and `NAME.py` what SQL cannot give:
`context(visit, entry)`, which gives its template more names, and `FORMS`, forms that only its records have. Both may be
absent.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType


@cache
def module(kind: str) -> ModuleType | None:
    """Return the module of a kind, or None where it has none."""
    name = f"{__name__}.{kind}"
    return import_module(name) if find_spec(name) else None
