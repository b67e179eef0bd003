"""A worker by itself, on its pipes."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from filiera.sparql import pipe
from filiera.sparql.pool import PACKAGES
from filiera.sparql.questions import Limits, Question

COMMAND = (sys.executable, "-P", "-m", "filiera.sparql.worker")


@contextmanager
def worker(*arguments: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a worker."""
    with subprocess.Popen(
        (*COMMAND, *arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": str(PACKAGES)},
    ) as process:
        yield process


def ask(process: subprocess.Popen[bytes], query: str, limits: Limits | None = None) -> tuple[pipe.Header, bytes] | None:
    """Send a query and wait for the answer."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(pipe.frame(vars(Question(query)) | vars(limits or Limits())))
    process.stdin.flush()
    return pipe.receive(process.stdout)


def test_it_answers_until_its_input_ends(folder: Path) -> None:
    """A worker answers, and ends by itself when nobody can ask any more."""
    with worker(folder) as process:
        answers = [ask(process, "ASK {}"), ask(process, "ASK { ?s ?p 1 }")]
        out, err = process.communicate(timeout=5)

    header = {"status": 200, "media_type": "application/sparql-results+json"}
    assert answers == [(header, b'{"head":{},"boolean":true}'), (header, b'{"head":{},"boolean":false}')]
    assert (process.returncode, out, err) == (0, b"", b"")


def test_ctrl_c_is_left_to_the_server(folder: Path) -> None:
    """A worker that a terminal interrupts goes on, says nothing, and ends when the server lets it go."""
    with worker(folder) as process:
        ask(process, "ASK {}")
        process.send_signal(signal.SIGINT)
        answered = ask(process, "ASK {}")
        _, err = process.communicate(timeout=5)

    assert answered
    assert (answered[0]["status"], process.returncode, err) == (200, 0, b"")


def test_the_time_limit_is_the_kernels(folder: Path) -> None:
    """A worker that is over its time dies by an alarm, whatever Python does."""
    with worker(folder) as process:
        slow = (
            "SELECT (COUNT(*) AS ?n) { VALUES ?a {"
            + " 1" * 400
            + "}"
            + "".join(f" VALUES ?v{number} {{{' 1' * 400}}}" for number in range(4))
            + " }"
        )
        answer = ask(process, slow, Limits(seconds=0.3))
        process.wait(timeout=5)

    assert (answer, process.returncode) == (None, -signal.SIGALRM)


@pytest.mark.parametrize("arguments", [(), ("one", "two")])
def test_it_says_how_to_start_it(arguments: tuple[str, ...]) -> None:
    """A worker that is started by hand, and wrongly, says how."""
    with worker(*arguments) as process:
        out, err = process.communicate(timeout=5)

    assert (process.returncode, out, err) == (2, b"", b"usage: python -m filiera.sparql.worker STORE\n")


def test_it_imports_little() -> None:
    """A worker starts fast, as it imports neither the web nor the rest of the program."""
    code = "import sys, filiera.sparql.worker; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(PACKAGES)}, capture_output=True, text=True, check=True
    )
    heavy = {"asyncio", "click", "dataclasses", "datasette", "httpx", "pathlib", "sqlite3"}

    assert heavy.isdisjoint(done.stdout.split())
