"""Time `filiera proofread` on a manuscript of 20,000 words: the whole process, and the reading and checking alone.

The manuscript is `tests/proofreading/manuscript.md`, over and over; it cites a work every 20 words, some three times as
often as a book does. Run it by hand; the aim is under one second after start-up.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from filiera.engines import connect
from filiera.proofreading.proofreader import Proofreader

ROOT = Path(__file__).parents[1]
WORDS = (2_000, 20_000, 200_000)
RUNS = 5


def main() -> None:
    """Build once, then print a line for each length of manuscript."""
    program = Path(sys.executable).with_name("filiera")
    text = (ROOT / "tests" / "proofreading" / "manuscript.md").read_text(encoding="utf-8")
    body = text.split("---\n", 2)[-1] if text.startswith("---") else text
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "build", "--kb", ROOT / "kb", "--build", folder], check=True, capture_output=True)
        print(f"{'words':>8}{'process':>10}{'start-up':>10}{'alone':>8}   (median seconds, {os.cpu_count()} cores)")
        for words in WORDS:
            manuscript = Path(folder, f"{words}.md")
            manuscript.write_text((body + "\n\n") * (words // len(body.split()) + 1), encoding="utf-8")
            command = [program, "proofread", manuscript, "--kb", ROOT / "kb", "--build", folder]
            process = _median(partial(subprocess.run, command, check=False, capture_output=True))
            start, alone = zip(*(_alone(Path(folder), manuscript) for _ in range(RUNS)), strict=True)
            print(f"{words:>8,}{process:>10.2f}{statistics.median(start):>10.2f}{statistics.median(alone):>8.2f}")


def _median(run: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _alone(build: Path, manuscript: Path) -> tuple[float, float]:
    """Return the seconds that a proofreader takes to be ready, and then for a manuscript."""
    start = time.perf_counter()
    reader = Proofreader(connect(build / "filiera.db"))
    ready = time.perf_counter()
    reader.files([manuscript])
    return ready - start, time.perf_counter() - ready


if __name__ == "__main__":
    main()
