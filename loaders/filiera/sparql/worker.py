"""The process that answers queries: `python -m filiera.sparql.worker STORE`, started by `pool`.

It reads questions from its standard input and writes answers to its standard output, one after the other, and ends
itself: at the time limit by the kernel's alarm, at the memory limit and when its parent is gone by a watchdog thread,
and when its input ends. Oxigraph cannot be interrupted, so each of these ends the process, and not the query alone.
"""

from __future__ import annotations

import io
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO, NoReturn

import pyoxigraph as ox

from filiera.sparql import confinement, pipe
from filiera.sparql.complaints import legible

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

#: Seconds between two looks of the watchdog; at 20 MB in each, a query passes its limit by little.
PERIOD = 0.05

#: Where Linux says how many pages of memory a process has: the second number.
MEMORY = "/proc/self/statm"

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class ResultTooLargeError(Exception):
    """The result has passed the limit of bytes; what was written of it is dropped."""


def main(arguments: list[str]) -> int:
    """Answer questions from the store until the input ends."""
    if len(arguments) != 1:
        print("usage: python -m filiera.sparql.worker STORE", file=sys.stderr)  # noqa: T201  a program's own usage
        return 2
    _settle()
    try:
        store = ox.Store.read_only(arguments[0])
    except OSError as error:
        print(f"filiera: the store {arguments[0]!r} cannot be opened: {error}", file=sys.stderr)  # noqa: T201
        return pipe.NO_STORE
    with suppress(BrokenPipeError):  # the parent went away while an answer was under way
        _serve(store, sys.stdin.buffer, _own_output())
    return 0


def _settle() -> None:
    """Take leave of the terminal, the network and a life without a parent, before any thread starts."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends its workers
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # die of it at once, and without a traceback
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
    confinement.forbid_core_dumps()
    confinement.die_with_parent()
    confinement.forbid_sockets()


def _own_output() -> BinaryIO:
    """Keep standard output for answers: what a library prints goes to standard error."""
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return output


def _serve(store: ox.Store, questions: BinaryIO, answers: BinaryIO) -> None:
    watchdog = Watchdog()
    while frame := pipe.receive(questions):
        question, _ = frame
        with watchdog.watching(question["seconds"], question["memory_mb"]):
            status, media_type, body = answer(store, question)
        answers.write(pipe.frame({"status": status, "media_type": media_type}, body))
        answers.flush()


def answer(store: ox.Store, question: pipe.Header) -> tuple[int, str, bytes]:
    """Return status, media type and result; a flaw in the query is a 400 with the engine's reason."""
    try:
        return _result(_evaluate(store, question), question)
    except ResultTooLargeError as error:
        return 413, "text/plain", str(error).encode()
    except (SyntaxError, ValueError, RuntimeError) as error:
        return 400, "text/plain", legible(str(error), question["query"]).encode()
    except OSError as error:  # the disk; or a SERVICE that passed the guard, and was kept from its socket
        print(f"filiera: {error}", file=sys.stderr)  # noqa: T201  for the log; the asker need not know our paths
        return 500, "text/plain", b"the query engine could not read what it needs; the server's log says why"


def _evaluate(store: ox.Store, question: pipe.Header) -> Results:
    query = question["query"]
    if question["union"]:
        return store.query(query, use_default_graph_as_union=True)
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [*map(ox.NamedNode, question["default_graphs"])]
    named: list[ox.NamedNode | ox.BlankNode] = [*map(ox.NamedNode, question["named_graphs"])]
    if default or named:  # a question that names graphs asks those and no others, so an empty list is said too
        return store.query(query, default_graph=default, named_graphs=named)
    return store.query(query)


def _result(results: Results, question: pipe.Header) -> tuple[int, str, bytes]:
    is_graph = isinstance(results, ox.QueryTriples)
    media_type = question["graph" if is_graph else "table"]
    if media_type is None:
        return 406, "text/plain", b"no accepted format fits the result"
    result = Capped(question["result_bytes"])
    if isinstance(results, ox.QueryTriples):
        results.serialize(result, ox.RdfFormat.from_media_type(media_type))
    else:
        results.serialize(result, ox.QueryResultsFormat.from_media_type(media_type))
    return 200, media_type, result.getvalue()


class Capped(io.BytesIO):
    """A file for a result, which takes no more than its limit of bytes."""

    def __init__(self, limit: int) -> None:
        """Begin with nothing written."""
        super().__init__()
        self._limit = limit

    def write(self, part: ReadableBuffer, /) -> int:
        """Write a part, or raise ResultTooLargeError."""
        if self.tell() + len(memoryview(part)) > self._limit:
            raise ResultTooLargeError(f"the result is larger than {self._limit:,} bytes; add a LIMIT")
        return super().write(part)


class Watchdog:
    """Ends this process when the query under way takes too much, or nobody waits for it any more.

    It can look while a query runs, as Oxigraph lets go of Python's lock.
    """

    def __init__(self) -> None:
        """Start the thread, which sleeps until there is a query."""
        self._parent = os.getppid()
        self._memory_mb = 0
        self._busy = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    @contextmanager
    def watching(self, seconds: float, memory_mb: int) -> Iterator[None]:
        """End the process when the block takes longer than this, or more memory."""
        self._memory_mb = memory_mb
        self._busy.set()
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self._busy.clear()

    def _watch(self) -> NoReturn:
        while True:
            self._busy.wait()
            if os.getppid() != self._parent:
                os._exit(pipe.ORPHANED)
            if _memory() > self._memory_mb << 20:
                os._exit(pipe.TOO_MUCH_MEMORY)
            time.sleep(PERIOD)


def _memory() -> int:
    """Return the bytes of memory that this process has; elsewhere than on Linux, the most that it has had."""
    if sys.platform != "linux":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # macOS counts it in bytes
    with open(MEMORY) as pages:  # noqa: PTH123  to import pathlib is a tenth of the start
        return int(pages.read().split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
