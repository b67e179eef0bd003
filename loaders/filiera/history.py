"""What git remembers of the records: the day of the last change, and which records are newest.

A record has no date of its own. Where the records are not in git, or git is not there, nothing is known, which is no
fault.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

#: Changes are shown without what a reader's own settings would add, and without any program that a repository names.
_CHANGES = (
    "log",
    "--patch",
    "--unified=0",
    "--no-renames",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--relative",
)

#: A line that says a commit's parents and day, and one that adds or takes away the key of a record.
_COMMIT = "\x1e%cs %p"
_KEY = re.compile(r"""([+-])(?:- )?id: *["']?([a-z0-9][a-z0-9-]*)""")


class Added(NamedTuple):
    """A key that was added to the records, and the day on which it was."""

    day: str
    key: str


def last_day(folder: Path) -> str:
    """Return the day of the last commit, or nothing where none is known."""
    return next(_lines(folder, "log", "-1", "--format=%cs"), "")


def newest(folder: Path, most: int) -> list[Added]:
    """Return the keys that the last commits added to a folder, the newest first, at most so many.

    What a base began with is not newest: the first commit of a history, or of a copy that is cut short, adds nothing.
    Nor does a commit that moves a record from one file to another.
    """
    return list(islice(_added(folder), most))


def _added(folder: Path) -> Iterator[Added]:
    seen: set[str] = set()
    for day, added, removed in _commits(folder):
        moved = removed.intersection(added)
        yield from (Added(day, key) for key in added if key not in moved | seen)
        seen |= removed.union(added) - moved


def _commits(folder: Path) -> Iterator[tuple[str, list[str], set[str]]]:
    """Give the day of each commit that has a parent, the keys that it adds in their order, and those it takes away."""
    day, added, removed = "", list[str](), set[str]()
    for line in _lines(folder, *_CHANGES, f"--format={_COMMIT}", "--", "."):
        if line.startswith(_COMMIT[0]):
            yield day, added, removed
            day, _, parents = line[1:].partition(" ")
            added, removed = [], set()
            if not parents:
                return
        elif found := _KEY.match(line):
            added.append(found[2]) if found[1] == "+" else removed.add(found[2])
    yield day, added, removed


def _lines(folder: Path, *arguments: str) -> Iterator[str]:
    """Give the lines that git answers about a folder; git ends when no more of them are wanted."""
    command = ("git", "-C", str(folder), "-c", "log.showSignature=false", *arguments)
    try:
        git = subprocess.Popen(  # noqa: S603  fixed but for the folder
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8", errors="replace"
        )
    except OSError:
        return
    with git:
        try:
            yield from (line.rstrip("\n") for line in git.stdout or ())
        finally:
            git.kill()
