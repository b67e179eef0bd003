"""Count what was checked, so that nothing passes because it was not looked at."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from filiera.errors import Problem


@dataclass(frozen=True, slots=True)
class Line:
    """The count of one kind of check: made, failed, and not run because something was not at hand."""

    check: str
    made: int
    failed: int
    not_run: int


@dataclass(slots=True)
class Report:
    """The checks of one run: how many were made, which failed, how many could not be run and why."""

    problems: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    skipped: Counter[tuple[str, str]] = field(default_factory=Counter)
    elsewhere: int = 0

    def made(self, check: str, number: int = 1) -> None:
        """Count checks that were made, whatever came of them."""
        self.counts[check] += number

    def fail(self, problem: Problem) -> None:
        """Keep a problem; the check behind it is counted by `made`."""
        self.problems.append(problem)

    def skip(self, check: str, reason: str) -> None:
        """Count a check that could not be run."""
        self.skipped[check, reason] += 1

    def add(self, part: Report) -> None:
        """Add the checks of a part of the run."""
        self.problems += part.problems
        self.counts.update(part.counts)
        self.skipped.update(part.skipped)

    def narrow(self, parts: list[Path]) -> None:
        """Keep only the problems of files that are, or lie in, one of `parts`; nothing changes when there are none."""
        if parts:
            near = [p for p in self.problems if any(Path(p.file).absolute().is_relative_to(x) for x in parts)]
            self.elsewhere = len(self.problems) - len(near)
            self.problems = near

    @property
    def total(self) -> int:
        """The number of checks made."""
        return self.counts.total()

    @property
    def not_run(self) -> int:
        """The number of checks that could not be run."""
        return self.skipped.total()

    def lines(self) -> Iterator[Line]:
        """Yield the counts by kind of check, in the order in which they were first met."""
        failed = Counter(problem.check for problem in self.problems)
        skipped: Counter[str] = Counter()
        for (check, _), number in self.skipped.items():
            skipped[check] += number
        for check in dict.fromkeys([*self.counts, *skipped, *failed]):
            yield Line(check, self.counts[check], failed[check], skipped[check])

    def exit_code(self, *, strict: bool = False) -> int:
        """Return 0 when all checks passed, 1 when one failed, 2 when none was made.

        A check that could not be run is never a pass: with `strict` it counts as a failure.
        """
        if not self.total:
            return 2
        return 1 if self.problems or (strict and self.not_run) else 0

    def summary(self) -> str:
        """Return the counts by kind of check as a table, and a sentence."""
        width = max([12, *(len(line.check) + 1 for line in self.lines())])
        rows = [f"{line.check:<{width}}{line.made:>9}{line.failed:>9}{line.not_run:>9}" for line in self.lines()]
        head = f"{'check':<{width}}{'made':>9}{'failed':>9}{'not run':>9}"
        reasons = [f"not run: {number} {check}: {reason}" for (check, reason), number in self.skipped.items()]
        return "\n".join([head, *rows, *reasons, self.sentence()])

    def sentence(self) -> str:
        """Say in one line what came of the checks."""
        if not self.total:
            return "nothing was checked: there is no record here"
        failed = f"{len(self.problems)} failed" if self.problems else "none failed"
        elsewhere = f" here, {self.elsewhere} elsewhere in the base" if self.elsewhere else ""
        return f"{self.total:,} checks made, {failed}{elsewhere}, {self.not_run:,} not run"

    def as_json(self) -> str:
        """Return the problems and the counts for programs."""
        problems = [asdict(problem) for problem in self.problems]
        return json.dumps(
            {"problems": problems, "checks": [asdict(line) for line in self.lines()]}, ensure_ascii=False, indent=2
        )
