"""Time whole processes of the commands on the real records: the median of several runs, in seconds.

Run it with `make bench`. The aims are those of the design: build under 2 s, check under 1.5 s, cite and find under
0.3 s, on two cores.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 7

#: What is timed, and the aim in seconds.
COMMANDS: tuple[tuple[tuple[str, ...], float], ...] = (
    (("check",), 1.5),
    (("build",), 2.0),
    (("cite", "Gaggio 2006"), 0.3),
    (("find", "downgrading", "Vicenza"), 0.3),
    (("ask", "claims-about"), 0.3),
    (("ask", "claims-about", "--engine", "sparql"), 0.3),
)


def seconds(command: list[str]) -> float:
    """Return the time of one process, from its start to its end.

    Raises CalledProcessError when it does not do its work.
    """
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Build once, then print a line for each command."""
    program = Path(sys.executable).with_name("filiera")
    os.environ.setdefault("FILIERA_SOURCES", str(Path(__file__).parents[2] / "shared" / "sources"))
    with tempfile.TemporaryDirectory() as folder:
        build = ["--build", folder]
        subprocess.run([program, "build", *build], check=True, capture_output=True)
        print(f"{'command':<44}{'median':>8}{'least':>8}{'aim':>8}   ({os.cpu_count()} cores, {RUNS} runs)")
        for words, aim in COMMANDS:
            times = [seconds([str(program), *words, *build]) for _ in range(RUNS)]
            print(f"{' '.join(words):<44}{statistics.median(times):>8.3f}{min(times):>8.3f}{aim:>8.1f}")


if __name__ == "__main__":
    main()
