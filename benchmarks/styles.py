"""Time the rendering of works in citation styles, by Filiera (Pandoc) and by citeproc-js, side by side in one run.

    npm ci --prefix tests/styles/citeproc-js
    python benchmarks/styles.py

Each figure is the median of several runs, in seconds, of a whole process from its start to its end: Python with Pandoc,
or Node with citeproc-js. Both give each work in the text, in a sentence and as a reference, as if it were the only one.
The works are those of `kb/`, again and again under other keys.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from filiera import building
from filiera.bibliography import csl
from filiera.engines import connect
from filiera.paths import Project
from filiera.schema import schema
from filiera.styles import catalogue, pandoc

ROOT = Path(__file__).parents[1]
DRIVER = ROOT / "tests" / "styles" / "citeproc-js"
RUNS = 3
SIZES = (1, 100, 1_000)

#: What Filiera runs: works from standard input, in the style that is named.
PROGRAM = """
import json, sys
from filiera.styles import catalogue, rendering
print(len(rendering.render(json.load(sys.stdin), catalogue.find(sys.argv[1]))))
"""


def works(count: int) -> list[dict[str, Any]]:
    """Return works of the base as CSL-JSON, each under a key of its own."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(ROOT / "kb", Path(folder))
        building.build(project, schema())
        connection = connect(project.database)
        items = list(csl.items(connection))
        connection.close()
    return [{**item, "id": f"work{number}"} for number, item in enumerate(islice(cycle(items), count))]


def seconds(command: list[str], given: str, folder: Path) -> float:
    """Return the median time of a process.

    Raises CalledProcessError when it does not do its work.
    """
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, cwd=folder, input=given, capture_output=True, encoding="utf-8", check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print a line for each style and number of works."""
    node = shutil.which("node")
    there = node is not None and (DRIVER / "node_modules").is_dir()
    print(f"pandoc {pandoc.find().version}; {os.cpu_count()} cores, {RUNS} runs")
    if not there:
        print("citeproc-js was not run: it needs Node, and `npm ci --prefix tests/styles/citeproc-js`")
    print(f"{'style':<30}{'works':>7}{'Filiera':>10}{'citeproc-js':>13}")
    every = works(max(SIZES))
    for name in catalogue.COMMON:
        style = catalogue.find(name)
        for size in SIZES:
            items = every[:size]
            mine = seconds([sys.executable, "-c", PROGRAM, name], json.dumps(items), ROOT)
            request = {"styles": {name: style.source.decode()}, "locales": {name: style.locale}, "items": items}
            other = f"{seconds([node, 'render.js'], json.dumps(request), DRIVER):.2f}" if node and there else "-"
            print(f"{name:<30}{size:>7}{mine:>10.2f}{other:>13}", flush=True)


if __name__ == "__main__":
    main()
