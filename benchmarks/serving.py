"""Serve a build from a process of its own, and time requests to it over one connection."""

from __future__ import annotations

import os
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ADDRESS = re.compile(r"Filiera is at (http://\S+)/")
PROGRAM = Path(sys.executable).with_name("filiera")


@contextmanager
def serving(*options: str) -> Iterator[str]:
    """Run `filiera serve` with some options, and give the address."""
    command = [str(PROGRAM), "serve", "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield next(found[1] for line in process.stderr or () if (found := ADDRESS.search(line)))
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate()


def milliseconds(client: httpx.Client, path: str) -> float:
    """Return the time of one request, from its start to the last byte."""
    start = time.perf_counter()
    client.get(path, headers={"Accept": "text/html"})
    return (time.perf_counter() - start) * 1000


def head() -> None:
    """Print the names of the columns; the least time is what a machine takes that does nothing else."""
    columns = f"{'number':>8}{'least':>9}{'median':>9}{'p95':>9}{'most':>9}"
    print(f"{'pages':<64}{columns}   ms ({os.cpu_count()} cores)")


def show(name: str, times: list[float]) -> None:
    """Print a line."""
    ordered = sorted(times)
    told = (ordered[0], statistics.median(times), ordered[min(len(times) - 1, len(times) * 95 // 100)], ordered[-1])
    print(f"{name:<64}{len(times):>8}{''.join(f'{one:>9.1f}' for one in told)}", flush=True)
