"""Say by what a build is made, so that nothing is taken over from one that another program or schema made."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import sys
from dataclasses import fields
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from filiera.schema import Schema

#: The parts of other people that records, tables or the graph pass through.
PARTS = ("pyyaml", "pyoxigraph", "rapidfuzz", "sqlite-utils")


def recipe(schema: Schema) -> str:
    """Return a SHA-256 of the program, the parts that it is made of, and the schema."""
    said = json.dumps(schema, sort_keys=True, default=_said)
    return hashlib.sha256(program().encode() + said.encode()).hexdigest()


def _said(part: Any) -> Any:  # noqa: ANN401  a class, a field, a type of the schema, or the pattern of one
    return part.pattern if isinstance(part, re.Pattern) else {one.name: getattr(part, one.name) for one in fields(part)}


@lru_cache(maxsize=1)
def program() -> str:
    """Return a SHA-256 of the program's own text, as its version stays while it is worked on, and of its parts."""
    total = hashlib.sha256(f"{sys.version} {sqlite3.sqlite_version} {[version(part) for part in PARTS]}".encode())
    package = Path(__file__).parent
    for path in sorted(path for kind in ("py", "sql") for path in package.rglob(f"*.{kind}")):
        total.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
