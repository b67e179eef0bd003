"""Proofread files, and write what was found: as text, as JSON, or as SARIF."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from filiera.proofreading.outcomes import Proof
from filiera.proofreading.proofreader import Proofreader
from filiera.proofreading.sarif import as_sarif


def proofread(
    connection: sqlite3.Connection, files: Iterable[Path], bibliographies: Iterable[Path] = (), *, advice: bool = False
) -> Proof:
    """Proofread files against a built base, with what they include.

    Raises FilieraError when a bibliography cannot be read; a manuscript that cannot be is kept in the proof.
    """
    return Proofreader(connection, advice=advice).files(files, bibliographies)


def as_text(proof: Proof) -> str:
    """Return a line for each finding."""
    return "".join(f"{finding}\n" for finding in proof.findings)


FORMATS: dict[str, Callable[[Proof], str]] = {"text": as_text, "json": Proof.as_json, "sarif": as_sarif}
