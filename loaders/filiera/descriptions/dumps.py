"""The files of a build that can be taken whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

#: The file of a build that has the digests of its dumps, as `sha256sum` writes them.
DIGESTS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Dump:
    """A file to take: its name in the build and on the site, what it is, and its media type."""

    name: str
    title: str
    description: str
    media_type: str
    conforms_to: str = ""


#: What can be taken, the most useful first.
DUMPS = (
    Dump(
        "filiera.db",
        "The database",
        "All records in one SQLite file: a table for each kind, views, and full-text search.",
        "application/vnd.sqlite3",
        "https://www.sqlite.org/fileformat2.html",
    ),
    Dump(
        "filiera.ttl",
        "The graph as Turtle",
        "All records as RDF, with prefixes, for people and programs.",
        "text/turtle",
        "https://www.w3.org/TR/turtle/",
    ),
    Dump(
        "filiera.nq",
        "The graph as N-Quads",
        "The same statements, one a line and sorted, so that two releases can be compared.",
        "application/n-quads",
        "https://www.w3.org/TR/n-quads/",
    ),
    Dump(
        "filiera.void.ttl",
        "The description of the graph",
        "How large the graph is, and which classes and properties it uses, in VoID.",
        "text/turtle",
        "https://www.w3.org/TR/void/",
    ),
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A dump of one build: how many bytes it has, and the SHA-256 of them."""

    dump: Dump
    size: int
    sha256: str


def sign(folder: Path) -> None:
    """Write the digests of the dumps of a build, which never change: to read gigabytes takes longer than a page may."""
    lines = (f"{_digest(folder / dump.name)}  {dump.name}\n" for dump in DUMPS)
    (folder / DIGESTS).write_text("".join(lines), encoding="ascii")


def taken(folder: Path) -> list[Taken]:
    """Return the dumps of a build with their sizes and digests."""
    lines = (folder / DIGESTS).read_text(encoding="ascii").splitlines()
    digests = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    return [Taken(dump, (folder / dump.name).stat().st_size, digests.get(dump.name, "")) for dump in DUMPS]


def are_whole(folder: Path) -> bool:
    """Tell whether the dumps of a build are as they were written.

    Raises OSError when one is missing, or their digests are, and ValueError when these are no text.
    """
    return all(_digest(folder / one.dump.name) == one.sha256 for one in taken(folder))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
