"""Hand questions to worker processes, and start a new one whenever a query has ended its own.

A pool belongs to the event loop in which it is asked.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from filiera.sparql import pipe
from filiera.sparql.questions import Answer, Limits, Question, refused

#: Seconds over its time limit before a worker is killed from here. It ends itself; this is for one that cannot,
#: because it has not begun.
GRACE = 10.0

#: Where the package `filiera` lies, so that a worker finds it however this process did.
PACKAGES = Path(__file__).parents[2]

#: Starts a command that no Ctrl-C reaches, from its first moment: a worker is in our process group, and a terminal
#: tells the whole group, but it is for us to end it.
DEAF = ("/bin/sh", "-c", 'trap "" INT; exec "$@"', "sh")

#: Ends that no query brings about: the worker was killed by hand or, for want of memory, by the kernel.
KILLED = (-signal.SIGKILL, -signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Store:
    """A built store, and the name of its build."""

    path: Path
    build: str = ""


class EndedError(Exception):
    """A worker has ended instead of answering, with this exit code or, below zero, by this signal."""

    def __init__(self, end: int) -> None:
        """Keep how it ended."""
        super().__init__(end)
        self.end = end


@dataclass(frozen=True, eq=False, slots=True)
class Worker:
    """A worker process, seen from this side of its pipes."""

    process: asyncio.subprocess.Process
    store: Store

    @classmethod
    async def start(cls, store: Store) -> Worker:
        """Start a process that opens the store while its first question is on the way."""
        path = os.pathsep.join(filter(None, (str(PACKAGES), os.environ.get("PYTHONPATH"))))
        process = await asyncio.create_subprocess_exec(
            *(*DEAF, sys.executable, "-P", "-m", "filiera.sparql.worker", store.path),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )
        return cls(process, store)

    @property
    def is_running(self) -> bool:
        """Whether the process has not ended, as far as is known here."""
        return self.process.returncode is None

    async def ask(self, question: Question, limits: Limits) -> Answer:
        """Send a question and wait for its answer.

        Raises EndedError when the process ends instead, and TimeoutError when it should have ended but has not.
        """
        async with asyncio.timeout(limits.seconds + GRACE):
            try:
                return await self._exchange(pipe.frame(vars(question) | vars(limits)))
            except (EOFError, ConnectionError):
                raise EndedError(await self.process.wait()) from None

    async def _exchange(self, frame: bytes) -> Answer:
        stdin = cast("asyncio.StreamWriter", self.process.stdin)
        stdout = cast("asyncio.StreamReader", self.process.stdout)
        stdin.write(frame)
        await stdin.drain()
        head, body = pipe.LENGTHS.unpack(await stdout.readexactly(pipe.LENGTHS.size))
        header = json.loads(await stdout.readexactly(head))
        return Answer(**header, body=await stdout.readexactly(body), build=self.store.build)

    def kill(self) -> None:
        """End the process, unless it has ended itself."""
        if self.is_running:
            self.process.kill()


class Pool:
    """A few workers that answer from one store."""

    def __init__(self, store: Store, size: int = 2, limits: Limits | None = None) -> None:
        """Start nothing yet: a worker starts when a question needs it."""
        self.store = store
        self.limits = limits or Limits()
        self._size = size
        self._slots = asyncio.Semaphore(size)
        self._workers: set[Worker] = set()
        self._idle: list[Worker] = []
        self._closed = False

    @property
    def pids(self) -> frozenset[int]:
        """The process ids of the workers that are running."""
        return frozenset(worker.process.pid for worker in self._workers if worker.is_running)

    async def ask(self, question: Question, limits: Limits | None = None) -> Answer:
        """Answer a question, or say within its limits why there is no answer.

        When this is cancelled, because the asker went away, the worker is ended too.
        """
        limits = limits or self.limits
        try:
            async with asyncio.timeout(limits.patience):
                await self._slots.acquire()
        except TimeoutError:
            return refused(503, f"all {self._size} workers are busy with other queries; try again later")
        try:
            return await self._ask(question, limits)
        finally:
            self._slots.release()

    async def use(self, store: Store) -> None:
        """Answer from another store from now on; return when no worker reads the one before.

        Queries that are under way finish on the store on which they began.
        """
        self.store = store
        for worker in self._idle:
            worker.kill()
        self._idle.clear()
        await asyncio.gather(*(worker.process.wait() for worker in self._workers if worker.store is not store))

    def kill(self) -> None:
        """End all workers at once, and answer no more; for where nothing can be awaited."""
        self._closed = True
        for worker in self._workers:
            worker.kill()

    async def close(self) -> None:
        """End all workers, and return when they have."""
        self.kill()
        await asyncio.gather(*(worker.process.wait() for worker in self._workers))

    async def _ask(self, question: Question, limits: Limits) -> Answer:
        """Ask a worker, and one more if that was killed, which is not the question's fault."""
        for _ in range(2):
            if self._closed:
                return refused(503, "the server is closing")
            try:
                async with self._lent() as worker:
                    return await worker.ask(question, limits)
            except TimeoutError:
                return _why(-signal.SIGALRM, limits)
            except EndedError as error:
                if error.end not in KILLED:
                    return _why(error.end, limits)
        return refused(507, "the worker was killed twice; most likely this machine is short of memory")

    @asynccontextmanager
    async def _lent(self) -> AsyncIterator[Worker]:
        """Lend a worker, and keep it only if it has answered: otherwise its pipe may hold half of an answer."""
        worker = self._rested() or await self._start()
        kept = False
        try:
            yield worker
            kept = worker.store is self.store and not self._closed
        finally:
            if kept:
                self._idle.append(worker)
            else:
                worker.kill()

    def _rested(self) -> Worker | None:
        while self._idle:
            if (worker := self._idle.pop()).is_running:
                return worker
        return None

    async def _start(self) -> Worker:
        while True:
            worker = await Worker.start(self.store)
            self._workers = {known for known in self._workers if known.is_running} | {worker}
            if self._closed or worker.store is not self.store:  # closed or swapped while it was starting
                worker.kill()
            if worker.store is self.store:
                return worker


def _why(end: int, limits: Limits) -> Answer:
    """Say why a worker ended instead of answering."""
    if end == -signal.SIGALRM:
        return refused(
            504, f"stopped after {limits.seconds:g} s; begin with the pattern that fits fewest, or add a LIMIT"
        )
    if end == pipe.TOO_MUCH_MEMORY:
        return refused(507, f"stopped at {limits.memory_mb} MB of memory; sort and group less, or add a LIMIT")
    if end == pipe.NO_STORE:
        return refused(503, "there is no store to ask; the server's log says why")
    if end < 0:
        return refused(400, "the query is nested too deep or too long for the query engine, and ended its process")
    return refused(500, "the query engine failed; the server's log says why")
