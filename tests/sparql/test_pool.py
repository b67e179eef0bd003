"""Workers end at their limits in fact, and the next question finds a new one."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from filiera.sparql.pool import Pool, Store
from filiera.sparql.questions import Answer, Limits, Question

Wait = Callable[..., Any]
Gone = Callable[[int], bool]
Busy = Callable[[Pool], Coroutine[Any, Any, int]]
Asked = Callable[[Question, Limits], tuple[int, Answer, Answer]]

COUNT = Question("SELECT (COUNT(*) AS ?n) { ?s <https://example.org/title> ?o }", table="text/csv", union=True)
NEXT = "<https://example.org/next>"

#: Queries of which no end is seen, each stopped by nothing in the engine itself.
RUNAWAYS = {
    "cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "cross product with ORDER BY": "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } ORDER BY ?d ?a LIMIT 1",
    "property path": f"SELECT (COUNT(*) AS ?n) {{ ?a ({NEXT}|^{NEXT})* ?b . ?b ({NEXT}|^{NEXT})* ?c }}",
    "GROUP_CONCAT": "SELECT (GROUP_CONCAT(?a) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}
RUNAWAY = Question(RUNAWAYS["cross product"], union=True)

#: Grows by gigabytes a second.
HOG = Question("SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a", union=True)

#: A program with a pool: it says the process id of its worker while that is busy, and closes the pool at its end.
PARENT = """
import asyncio, signal, sys
from pathlib import Path
from filiera.sparql.pool import Pool, Store
from filiera.sparql.questions import Limits, Question

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that runs tests in the background has it ignored

async def main():
    pool = Pool(Store(Path(sys.argv[1])), limits=Limits(seconds=60, memory_mb=4096))
    asking = asyncio.create_task(pool.ask(Question(sys.argv[2], union=True)))
    while not pool.pids:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
    print(*pool.pids, flush=True)
    try:
        await asking
    finally:
        await pool.close()

try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@pytest.fixture
def own(folder: Path, wait: Wait) -> Iterator[Pool]:
    """Return a pool that no other test uses, of one worker."""
    pool = Pool(Store(folder, "build-1"), size=1)
    yield pool
    wait(pool.close())


@contextmanager
def parent(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Start a program with a busy worker, and give both; as in a terminal, it is at the head of its own group."""
    arguments = [sys.executable, "-c", PARENT, str(folder), RUNAWAYS["property path"]]
    path = os.pathsep.join(sys.path)
    with subprocess.Popen(
        arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,
    ) as process:
        assert process.stdout
        try:
            yield process, int(process.stdout.readline())
        finally:
            process.kill()


@pytest.fixture
def asked(own: Pool, busy: Busy, wait: Wait) -> Callable[[Question, Limits], tuple[int, Answer, Answer]]:
    """Ask a question that ends its worker, then another; return the first worker and both answers."""

    async def asked(question: Question, limits: Limits) -> tuple[int, Answer, Answer]:
        asking = asyncio.create_task(own.ask(question, limits))
        pid = await busy(own)
        return pid, await asking, await own.ask(COUNT)

    return lambda question, limits: wait(asked(question, limits))


def test_one_worker_answers_one_question_after_the_other(own: Pool, wait: Wait) -> None:
    """A worker that has answered is kept."""
    pids = set()
    for _ in range(3):
        answer = wait(own.ask(COUNT))
        pids.add(own.pids)

    assert answer == Answer(200, "text/csv", b"n\r\n2\r\n", "build-1")
    assert len(pids) == len(own.pids) == 1


@pytest.mark.parametrize("name", RUNAWAYS)
def test_a_runaway_is_ended(name: str, asked: Asked, gone: Gone) -> None:
    """A query over its time is ended with its process, at that time, and the next query is answered."""
    limits = Limits(seconds=0.5, memory_mb=2048)
    began = time.monotonic()
    pid, first, second = asked(Question(RUNAWAYS[name], union=True), limits)

    assert (first.status, second.status) == (504, 200)
    assert first.body.startswith(b"stopped after 0.5 s")
    assert gone(pid)
    assert time.monotonic() - began < 4


def test_a_memory_hog_is_ended(asked: Asked, gone: Gone) -> None:
    """A query over its memory is ended with its process, long before its time is over, and the next is answered."""
    pid, first, second = asked(HOG, Limits(seconds=30, memory_mb=100))

    assert (first.status, second.status) == (507, 200)
    assert first.body.startswith(b"stopped at 100 MB of memory")
    assert gone(pid)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { " + "{" * 20_000 + "}" * 20_000 + " }",
        "ASK { FILTER(" + "!" * 45_000 + "true) }",
        "SELECT (1" + "+1" * 20_000 + " AS ?x) {}",
    ],
)
def test_a_query_that_breaks_the_engine_breaks_no_more(query: str, own: Pool, wait: Wait) -> None:
    """A text that overflows the parser's stack ends a worker, and no other query knows of it."""
    assert wait(own.ask(Question(query))).status == 400
    assert wait(own.ask(COUNT)).status == 200


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_an_idle_worker_that_was_killed_is_replaced(own: Pool, wait: Wait, number: signal.Signals) -> None:
    """Who kills an idle worker is not noticed by who asks next, however soon."""
    wait(own.ask(COUNT))
    (pid,) = own.pids
    os.kill(pid, number)

    assert wait(own.ask(COUNT)).status == 200
    assert pid not in own.pids


def test_a_busy_worker_that_was_killed_is_replaced(own: Pool, wait: Wait, gone: Gone, busy: Busy) -> None:
    """A query whose worker was killed is asked once more, as it is not to blame."""

    async def kill() -> tuple[int, Answer]:
        asking = asyncio.create_task(own.ask(RUNAWAY, Limits(seconds=1)))
        pid = await busy(own)
        os.kill(pid, signal.SIGKILL)
        return pid, await asking

    pid, answer = wait(kill())

    assert (gone(pid), answer.status) == (True, 504)


def test_a_query_whose_workers_are_killed_gives_up(own: Pool, wait: Wait) -> None:
    """A query whose second worker is killed too is not asked for ever."""

    async def kill() -> Answer:
        asking = asyncio.create_task(own.ask(RUNAWAY))
        while not asking.done():
            for pid in own.pids:
                with suppress(ProcessLookupError):  # it has ended, and the pool does not know yet
                    os.kill(pid, signal.SIGKILL)
            await asyncio.sleep(0.01)
        return await asking

    assert wait(kill()).status == 507


def test_nobody_waits_for_ever(own: Pool, wait: Wait, busy: Busy) -> None:
    """When all workers stay busy, a question is refused, and it may come again."""

    async def crowd() -> tuple[Answer, Answer, Answer]:
        first = asyncio.create_task(own.ask(RUNAWAY, Limits(seconds=1)))
        await busy(own)
        return await own.ask(COUNT, Limits(patience=0.1)), await first, await own.ask(COUNT)

    refused, first, later = wait(crowd())

    assert (refused.status, first.status, later.status) == (503, 504, 200)
    assert refused.body == b"all 1 workers are busy with other queries; try again later"


def test_a_crowd_is_served_in_turn(pool: Pool, wait: Wait) -> None:
    """Many questions at once are answered by a few workers."""

    async def crowd() -> list[Answer]:
        return await asyncio.gather(*(pool.ask(COUNT) for _ in range(50)))

    assert {answer.status for answer in wait(crowd())} == {200}
    assert len(pool.pids) <= 2


def test_who_goes_away_takes_the_query_along(own: Pool, wait: Wait, gone: Gone, busy: Busy) -> None:
    """A question that nobody waits for any more is ended in fact."""

    async def leave() -> int:
        asking = asyncio.create_task(own.ask(RUNAWAY))
        pid = await busy(own)
        asking.cancel()
        await asyncio.wait([asking])
        return pid

    assert gone(wait(leave()))
    assert wait(own.ask(COUNT)).status == 200


def test_another_store_is_used_while_old_questions_finish(
    folder: Path, own: Pool, wait: Wait, tmp_path: Path, busy: Busy
) -> None:
    """After a build, new questions go to the new store at once, and the old one can then be deleted."""
    old, new = Path(shutil.copytree(folder, tmp_path / "old")), Store(folder, "build-2")

    async def swap() -> tuple[Answer, Answer]:
        await own.use(Store(old, "build-1"))
        slow = Question("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(?a != ?d) }", union=True)
        asking = asyncio.create_task(own.ask(slow, Limits(seconds=20)))
        await busy(own)
        await own.use(new)
        shutil.rmtree(old)
        return await asking, await own.ask(COUNT)

    first, second = wait(swap())

    assert ((first.status, first.build), (second.status, second.build)) == ((200, "build-1"), (200, "build-2"))


def test_a_missing_store_is_said(tmp_path: Path, wait: Wait, capfd: pytest.CaptureFixture[str]) -> None:
    """Without a store there is no answer; where it should be stands in the log, and not in the answer."""
    pool = Pool(Store(tmp_path / "none"))
    answer = wait(pool.ask(COUNT))

    assert (answer.status, answer.body) == (503, b"there is no store to ask; the server's log says why")
    assert f"filiera: the store '{tmp_path / 'none'}' cannot be opened" in capfd.readouterr().err


def test_a_closed_pool_has_no_workers(folder: Path, wait: Wait, gone: Gone, busy: Busy) -> None:
    """Closing ends every worker, the busy ones too, and then nothing starts again."""
    pool = Pool(Store(folder))

    async def close() -> tuple[int, Answer]:
        asking = asyncio.create_task(pool.ask(RUNAWAY))
        pid = await busy(pool)
        await pool.close()
        return pid, await asking

    pid, answer = wait(close())

    assert (gone(pid), pool.pids, answer.status) == (True, frozenset(), 503)
    assert wait(pool.ask(COUNT)).status == 503


def test_a_killed_parent_leaves_no_worker(folder: Path, gone: Gone) -> None:
    """However the server ends, and though a query is under way, its workers end."""
    with parent(folder) as (process, pid):
        process.send_signal(signal.SIGKILL)

        assert gone(pid)


def test_ctrl_c_ends_all_without_a_word(folder: Path, gone: Gone) -> None:
    """Ctrl-C in the terminal ends the server, and of its workers nothing is left, and nothing seen."""
    with parent(folder) as (process, pid):
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=10)

        assert (out, err) == ("interrupted\n", "")
        assert gone(pid)
