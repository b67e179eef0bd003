"""What comes of a check, and how a run counts it.

A check passes, finds a fault, or could not be run because something is not known; where it does not apply it gives
nothing and is not counted.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import Enum

from filiera.errors import Problem
from filiera.report import Report

#: Levels of a rule, as SARIF and editors know them; a note is no reason to stop.
LEVELS = ("error", "warning", "note")


class Passed(Enum):
    """A check that was made and found nothing."""

    PASSED = "passed"


PASSED = Passed.PASSED


@dataclass(frozen=True, slots=True)
class NotRun:
    """A check that could not be made, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check found: where in the text, what is wrong, what to do, and what could be written instead."""

    start: int
    end: int
    message: str
    hint: str = ""
    fix: str = ""


Outcome = Passed | NotRun | Fault | None


@dataclass(frozen=True, order=True, slots=True)
class Finding(Problem):
    """A fault in a manuscript, with its level, where it ends, and what could stand there instead.

    `start` and `length` count characters of the text, for programs that hold it.
    """

    end_line: int = 0
    end_column: int = 0
    level: str = "error"
    fix: str = ""
    start: int = 0
    length: int = 0

    def __str__(self) -> str:
        """Write the finding as `file:line:column: level: message (hint) [rule]`."""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.file}:{self.line}:{self.column}: {self.level}: {self.message}{hint} [{self.check}]"


@dataclass(slots=True)
class Proof(Report):
    """The checks of a run over manuscripts, how much was read, and what could not be read and why."""

    manuscripts: int = 0
    citations: int = 0
    sentences: int = 0
    unread: list[str] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        """The problems that were found, in the order of their places."""
        return sorted(problem for problem in self.problems if isinstance(problem, Finding))

    def exit_code(self, *, strict: bool = False) -> int:
        """Return 0 when nothing is wrong, 1 when something is, 2 when a file was not read or nothing was checked.

        Notes do not count.
        """
        if self.unread or not self.total:
            return 2
        wrong = any(finding.level != "note" for finding in self.findings)
        return 1 if wrong or (strict and self.not_run) else 0

    def sentence(self) -> str:
        """Say in one line what was read and what came of it."""
        citations, sentences = _number(self.citations, "citation"), _number(self.sentences, "sentence")
        read = f"{citations} and {sentences} in {_number(self.manuscripts, 'file')}"
        if not self.total:
            return f"nothing was checked: {read}"
        notes = sum(finding.level == "note" for finding in self.findings)
        wrong = len(self.problems) - notes
        found = f"{_number(wrong, 'fault')}, {_number(notes, 'note')}"
        none = "no citation was found; " if not self.citations else ""
        return f"{none}{read}; {self.total:,} checks made: {found}; {self.not_run:,} not run"

    def as_json(self) -> str:
        """Return the findings and the counts for programs, in the shape of `filiera check`."""
        answer = {
            "problems": [asdict(finding) for finding in self.findings],
            "checks": [asdict(line) for line in self.lines()],
            "unread": self.unread,
            "read": {"files": self.manuscripts, "citations": self.citations, "sentences": self.sentences},
        }
        return json.dumps(answer, ensure_ascii=False, indent=2)


def _number(count: int, noun: str) -> str:
    """Return a count with its noun.

    >>> _number(1, "fault"), _number(2, "fault")
    ('1 fault', '2 faults')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
