"""What can go wrong, as values and as exceptions.

A flaw in a record is a `Problem`: it is collected, so that one run reports them all. A misuse of the program is a
`FilieraError`: it is raised, and the command line prints it without a traceback.

    FilieraError
    ├── NotFoundError      nothing has the key, name or path that was asked for
    ├── NotBuiltError      there is no build yet, or the records have problems
    ├── RefusedError       a query was refused or stopped, with the engine's reason
    ├── BusyError          others ask the same of one program at the same time
    └── StyleError         a citation style is none, or cannot be followed
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One flaw, placed where an editor can jump to it.

    `file` is the path as it is shown; lines and columns count from 1; `check` names the kind of check that found it.

    >>> print(Problem("kb/works/ben-1902.yaml", 5, 6, "DOI: not a DOI: 'doi:10.1/x'", "drop the 'doi:'", "shape"))
    kb/works/ben-1902.yaml:5:6: DOI: not a DOI: 'doi:10.1/x' (drop the 'doi:')
    """

    file: str
    line: int
    column: int
    message: str
    hint: str = ""
    check: str = ""

    def __str__(self) -> str:
        """Write the problem as `file:line:column: message (hint)`."""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.file}:{self.line}:{self.column}: {self.message}{hint}"


class FilieraError(Exception):
    """Something that the user asked for cannot be done; the message says what to do instead."""


class NotFoundError(FilieraError):
    """Nothing has the key, name or path that was asked for."""


class NotBuiltError(FilieraError):
    """There is no build to answer from, or none could be made; then `problems` says why."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        """Keep the problems of the records beside the message."""
        super().__init__(message)
        self.problems = tuple(problems)


class RefusedError(FilieraError):
    """A query was refused or stopped."""


class BusyError(FilieraError):
    """What would answer is busy with others; asking again after some `seconds` helps."""

    def __init__(self, message: str, seconds: int) -> None:
        """Keep the seconds after which to ask again beside the message."""
        super().__init__(message)
        self.seconds = seconds


class StyleError(FilieraError):
    """A citation style is none, or the citation processor cannot follow it."""
