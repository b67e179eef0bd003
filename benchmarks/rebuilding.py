"""Time a build from nothing beside one after a single record has changed: whole processes, in seconds.

    python benchmarks/rebuilding.py [WORKS]

builds copies of the real records and of an invented library of so many works (50,000 unless you say otherwise), and
checks that both builds of the changed records have the same digest.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from library import works, write_kb

ROOT = Path(__file__).parents[1]
WORKS = 50_000
RUNS = 3


@dataclass(frozen=True)
class Subject:
    """A base, a file of it, and what stands before the title of its first record."""

    name: str
    kb: Path
    file: str
    before: str

    def change(self) -> None:
        """Put a word more in front of the title."""
        path = self.kb / self.file
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(self.before, f"{self.before}New ", 1), encoding="utf-8")


def subjects(folder: Path, size: int) -> list[Subject]:
    """Make the two bases."""
    real, large = folder / "real" / "kb", folder / "large" / "kb"
    shutil.copytree(ROOT / "kb", real)
    write_kb(works(size), large)
    return [
        Subject("the real records", real, "districts/vicenza.yaml", "name: "),
        Subject(f"{size:,} invented works", large, "works/invented-0.yaml", '"title": "'),
    ]


def build(subject: Subject, folder: Path) -> tuple[float, str]:
    """Build in a process; return its time and the digest that it prints."""
    command: list[str | Path] = [
        Path(sys.executable).with_name("filiera"),
        "build",
        "--kb",
        subject.kb,
        "--build",
        folder,
    ]
    start = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.perf_counter() - start, done.stdout.split()[-1]


def measure(subject: Subject) -> tuple[list[float], list[float]]:
    """Return the times of builds from nothing, and of those that follow a change.

    Raises ValueError when the two do not come to the same.
    """
    kept, new = subject.kb.with_name("kept"), subject.kb.with_name("new")
    build(subject, kept)
    whole, after = [], []
    for _ in range(RUNS):
        subject.change()
        took, digest = build(subject, kept)
        after.append(took)
        shutil.rmtree(new, ignore_errors=True)
        took, expected = build(subject, new)
        whole.append(took)
        if digest != expected:
            raise ValueError(f"{subject.name}: the build after a change is not the one from nothing")
    return whole, after


def main() -> None:
    """Print a line for each base."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else WORKS
    os.environ.setdefault("FILIERA_SOURCES", str(ROOT.parent / "shared" / "sources"))
    print(f"{'base':<28}{'from nothing':>14}{'one changed':>14}   (median of {RUNS}, {os.cpu_count()} cores)")
    with tempfile.TemporaryDirectory() as folder:
        for subject in subjects(Path(folder), size):
            whole, after = map(statistics.median, measure(subject))
            print(f"{subject.name:<28}{whole:>14.2f}{after:>14.2f}")


if __name__ == "__main__":
    main()
