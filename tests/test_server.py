"""One command serves all of it, and one Ctrl-C ends all of it: real processes on real ports."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from filiera.engines import with_values
from filiera.paths import Project
from filiera.questions import questions

FILIERA = Path(sysconfig.get_path("scripts")) / "filiera"

#: Seconds that a start may take on a busy machine.
PATIENCE = 60

Serve = Callable[..., Any]
Edit = Callable[..., None]


def descendants(process: int) -> list[int]:
    """Return the processes below a process, as /proc tells."""
    below = [int(p) for p in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()]
    return below + [p for child in below for p in descendants(child)]


@pytest.fixture
def base(built: Project, tmp_path: Path) -> Project:
    """Return a built base of its own."""
    home = tmp_path / "base"
    shutil.copytree(built.kb.parent, home, symlinks=True)
    return Project(home / "kb", home / "build", (home / "sources",))


def test_pages_questions_and_the_graph_answer_from_one_port(base: Project, serving: Serve) -> None:
    """The districts table, a stored question and the same question in SPARQL answer on one port, and alike."""
    question = questions()["claims-about"]
    query = with_values(question.texts["sparql"], {"subject": "farholm"})
    with serving(base) as served:
        table = served.get("/filiera/districts.json", params={"_shape": "array"})
        by_sql = served.get("/filiera/claims-about.json", params={"subject": "farholm", "_shape": "array"})
        by_sparql = served.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
        pages = [served.get(path, headers={"Accept": "text/html"}) for path in ("/", "/filiera/districts", "/sparql")]

    assert [row["id"] for row in table.json()] == ["farholm", "torre-lume"]
    assert [row["claim"] for row in by_sql.json()] == [row.split(",")[0] for row in by_sparql.text.split("\r\n")[1:-1]]
    assert by_sql.json()
    assert [(page.status_code, "<html" in page.text) for page in pages] == [(200, True)] * 3


def test_ctrl_c_ends_everything(base: Project, serving: Serve) -> None:
    """One Ctrl-C ends the server and its workers at once, with exit code 0 and no traceback."""
    with serving(base) as served:
        served.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": "text/csv"})
        below = descendants(served.process.pid)
        rest = served.end()

    assert below
    assert [p for p in below if Path(f"/proc/{p}").exists()] == []
    assert (served.process.returncode, rest.strip()) == (0, "ended")


def test_the_workers_are_in_the_process_group_of_the_server(base: Project, serving: Serve) -> None:
    """A terminal that ends the group ends the workers with it."""
    with serving(base) as served:
        served.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": "text/csv"})
        groups = {os.getpgid(p) for p in descendants(served.process.pid)}

    assert groups == {served.process.pid}


def test_a_port_in_use_is_said_and_the_next_one_taken(base: Project, serving: Serve) -> None:
    """Where the wanted port is taken, the next free one serves, and both are named."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(base, "--port", str(port)) as served:
            status = served.get("/").status_code

    assert status == 200
    assert any(line.startswith(f"port {port} is in use; taking ") for line in served.said)


def test_the_server_is_for_this_machine_only(base: Project, serving: Serve) -> None:
    """A request that names another host is not answered, and nothing listens beyond 127.0.0.1."""
    with serving(base) as served:
        foreign = served.get("/", headers={"Host": "evil.example"})

    assert (foreign.status_code, "evil.example" in foreign.text) == (421, True)


@pytest.mark.parametrize("function", ["zeroblob(999999999)", "printf('%900000000d', 1)", "hex(randomblob(9999999))"])
def test_a_query_cannot_take_the_memory(function: str, base: Project, serving: Serve) -> None:
    """Functions that make values of any size are refused."""
    with serving(base) as served:
        answer = served.get("/filiera.json", params={"sql": f"select {function}"})

    assert (answer.status_code, "not authorized to use function" in answer.text) == (400, True)


def test_changed_records_are_built_before_they_are_served(base: Project, serving: Serve, edit: Edit) -> None:
    """What was changed since the last build is there when the server is."""
    edit(base.kb / "districts" / "farholm.yaml", "name: Farholm", "name: Farholm Bay")
    with serving(base) as served:
        rows = served.get("/filiera/districts.json", params={"_shape": "array"}).json()

    assert served.said[0] == "building, as the records are newer than the build"
    assert rows[0]["name"] == "Farholm Bay"


def test_a_broken_record_leaves_the_last_good_build_up(base: Project, serving: Serve, edit: Edit) -> None:
    """With a broken record the last build is served, and it is said."""
    edit(base.kb / "works" / "brine-1988.yaml", "recalled", "sure")
    with serving(base) as served:
        status = served.get("/filiera/districts").status_code

    assert status == 200
    assert any("1 failed" in line and "serving the last good build" in line for line in served.said)


@pytest.mark.parametrize("lost", ["current", "current/SHA256SUMS"], ids=["no build", "one of an older program"])
def test_nothing_is_served_where_nothing_could_be_built(base: Project, serving: Serve, edit: Edit, lost: str) -> None:
    """Without an earlier build that has all it looks for, a broken record ends the start with a plain message."""
    (base.build / lost).unlink()
    edit(base.kb / "works" / "brine-1988.yaml", "recalled", "sure")
    with serving(base) as served:
        code = served.process.wait(timeout=PATIENCE)

    assert (code, served.address) == (1, "")
    assert served.said[-1].startswith("Error: nothing was built:")


def test_a_build_beside_a_server_leaves_it_answering(base: Project, serving: Serve) -> None:
    """A build that is being served is not cleared away by later builds."""
    with serving(base) as served:
        for name in ("Farholm Bay", "Farholm Sound", "Farholm Point"):
            text = (base.kb / "districts" / "farholm.yaml").read_text(encoding="utf-8")
            changed = re.sub(r"^name: .*$", f"name: {name}", text, flags=re.MULTILINE)
            (base.kb / "districts" / "farholm.yaml").write_text(changed, encoding="utf-8")
            subprocess.run([FILIERA, "build", "--sources", base.sources[0]], cwd=base.kb.parent, check=True)
        ask = {"params": {"query": "SELECT * {?s ?p ?o} LIMIT 5"}, "headers": {"Accept": "text/csv"}}
        answers = [served.get("/sparql", **ask).status_code, served.get("/filiera/districts").status_code]

    assert answers == [200, 200]


def until(seen: Callable[[], bool]) -> bool:
    """Wait until something is seen."""
    end = time.monotonic() + PATIENCE
    while not seen():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_a_saved_record_is_shown_while_requests_go_on(base: Project, serving: Serve, edit: Edit) -> None:
    """With --watch an edit is seen in page, table and graph, and no request fails while it is swapped in."""
    query = "SELECT ?s { <https://w3id.org/filiera/districts/farholm> ?p ?s }"
    statuses: set[int] = set()
    with serving(base, "--watch") as served:

        def renamed(path: str, **parameters: str) -> bool:
            answer = served.get(path, params=parameters)
            statuses.add(answer.status_code)
            return "Farholm Bay" in answer.text

        before = [renamed("/districts/farholm"), renamed("/sparql", query=query)]
        edit(base.kb / "districts" / "farholm.yaml", "name: Farholm\n", "name: Farholm Bay\n")
        after = [
            until(lambda: renamed("/districts/farholm")),
            until(lambda: renamed("/filiera/districts.json")),
            until(lambda: renamed("/sparql", query=query)),
        ]
        served.end()

    assert (before, after, statuses) == ([False, False], [True, True, True], {200})
    assert served.process.returncode == 0


def test_every_page_tells_of_a_broken_record(base: Project, serving: Serve, edit: Edit) -> None:
    """The last good build stays up, each page names file, line and column, and no word is left once it is mended."""
    place = "kb/works/brine-1988.yaml:9:15: verification: there is no value"
    work = base.kb / "works" / "brine-1988.yaml"
    pages = ("/", "/works/brine-1988", "/no-such-page", "/filiera", "/filiera/works", "/sparql")
    with serving(base, "--watch") as served:

        def told(page: str) -> bool:
            return place in served.get(page, headers={"Accept": "text/html"}).text

        edit(work, "verification: recalled", "verification: sure")
        broken = {page: until(lambda page=page: told(page)) for page in pages}  # type: ignore[misc]
        status = served.get("/works/brine-1988").status_code
        edit(work, "verification: sure", "verification: recalled")
        mended = {page: until(lambda page=page: not told(page)) for page in pages}  # type: ignore[misc]

    assert broken == mended == dict.fromkeys(pages, True)
    assert status == 200


def test_a_saved_question_can_be_put_and_a_broken_one_is_told_of(base: Project, serving: Serve) -> None:
    """A question beside the records is there once both twins are; until then the pages say what is missing."""
    folder = base.kb.parent / "queries"
    for language in ("sql", "sparql"):
        (folder / language).mkdir(parents=True, exist_ok=True)
    with serving(base, "--watch") as served:
        (folder / "sql" / "our-districts.sql").write_text("-- Which districts are there?\nselect id from districts")
        missing = until(lambda: "has no twin in sparql" in served.get("/").text)
        (folder / "sparql" / "our-districts.rq").write_text("# Which districts are there?\nSELECT ?id { ?id a ?x }")
        there = until(lambda: served.get("/filiera/our-districts.json").status_code == 200)
        rows = served.get("/filiera/our-districts.json", params={"_shape": "array"}).json()

    assert (missing, there, rows) == (True, True, [{"id": "farholm"}, {"id": "torre-lume"}])


def test_what_is_saved_before_watching_starts_is_shown(base: Project, edit: Edit, starting: Serve) -> None:
    """Between the first build and the start of watching a save is seen by no one, and shown all the same."""
    district = base.kb / "districts" / "farholm.yaml"
    edit(district, "name: Farholm\n", "name: Farholm Bay\n")
    old = (base.build / "current").readlink()
    with starting(base, "--watch") as served:
        published = until(lambda: (base.build / "current").readlink() != old)
        edit(district, "name: Farholm Bay\n", "name: Farholm Sound\n")
        served.listen()
        shown = until(lambda: "Farholm Sound" in served.get("/districts/farholm").text)

    assert (published, shown) == (True, True)


def test_what_is_saved_during_a_build_is_built_after_it(base: Project, edit: Edit, serving: Serve) -> None:
    """A save that comes when the records have been read already is not lost."""
    district = base.kb / "districts" / "farholm.yaml"
    old = (base.build / "current").resolve()
    with serving(base, "--watch") as served:
        edit(district, "name: Farholm\n", "name: Farholm Bay\n")
        read = until(lambda: any(nq.parent != old for nq in base.build.glob("builds/*/filiera.nq")))
        edit(district, "name: Farholm Bay\n", "name: Farholm Sound\n")
        shown = until(lambda: "Farholm Sound" in served.get("/districts/farholm").text)

    assert (read, shown) == (True, True)
