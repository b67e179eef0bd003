"""What the tests share: the tiny base of invented records, the program as its users run it, and small helpers."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import httpx
import pytest

from filiera import building
from filiera.engines import Oxigraph, Sqlite, connect
from filiera.paths import SOURCES_VARIABLE, Project
from filiera.proofreading.proofreader import Proofreader
from filiera.records import read_file
from filiera.report import Report
from filiera.schema import Schema, schema

ROOT = Path(__file__).parents[1]
TINY = Path(__file__).parent / "tiny"
SOURCES = tuple(Path(part).resolve() for part in os.environ.get(SOURCES_VARIABLE, "").split(os.pathsep) if part)
FILIERA = Path(sysconfig.get_path("scripts")) / "filiera"

#: Seconds that a start may take on a busy machine.
PATIENCE = 60


@dataclass(frozen=True)
class Result:
    """What a run of the program came to."""

    code: int
    out: str
    err: str


@dataclass
class Served:
    """A server: its process, its address, and what it has said so far."""

    process: subprocess.Popen[str]
    address: str = ""
    said: list[str] = field(default_factory=list)

    def get(self, path: str, **options: object) -> httpx.Response:
        """Get a page."""
        return httpx.get(self.address + path, timeout=PATIENCE, **options)  # type: ignore[arg-type]

    def end(self) -> str:
        """Press Ctrl-C, wait, and return the rest of what was said."""
        self.process.send_signal(signal.SIGINT)
        _, rest = self.process.communicate(timeout=PATIENCE)
        return rest

    def listen(self) -> None:
        """Read what the server says until it says where it is, or ends."""
        assert self.process.stderr
        for line in self.process.stderr:
            self.said.append(line.strip())
            if found := re.search(r"Filiera is at (http://127\.0\.0\.1:\d+)/", line):
                self.address = found[1]
                return


Run = Callable[..., Result]
Serve = Callable[..., AbstractContextManager[Served]]
Edit = Callable[[Path, str, str], None]
Complaints = Callable[[str, str], list[str]]
Commit = Callable[[Path, str], None]
Engines = dict[str, Sqlite | Oxigraph]


@pytest.fixture(scope="session")
def commit() -> Commit:
    """Return a function that commits all that is in a folder, on a day; the folder becomes a repository with that."""
    return _commit


def _commit(folder: Path, day: str) -> None:
    settings = ("user.name=Ada", "user.email=ada@example.org", "commit.gpgsign=false", "init.defaultBranch=main")
    git = ["git", "-C", str(folder), *(part for setting in settings for part in ("-c", setting))]
    clock = os.environ | {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
    for step in (["init", "-q"], ["add", "--all"], ["commit", "-q", "--allow-empty", "-m", "lamps"]):
        subprocess.run([*git, *step], check=True, env=clock)


@pytest.fixture(scope="session")
def known() -> Schema:
    """Return the schema of the program."""
    return schema()


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a copy of the tiny base; the working folder is the one above its `kb/`, so that places are short."""
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path / "kb", tmp_path / "build", (tmp_path / "sources",))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, known: Schema) -> Project:
    """Return a copy of the tiny base, built once for all tests: look at it, and change nothing in it."""
    home = tmp_path_factory.mktemp("built") / "tiny"
    shutil.copytree(TINY, home)
    project = Project(home / "kb", home / "build", (home / "sources",))
    building.build(project, known)
    return project


@pytest.fixture(scope="session")
def copied(built: Project) -> Path:
    """Return the site over the tiny base as files, below a folder that a host could serve: look, and change nothing."""
    return _copied(built, built.kb.parents[1] / "www" / "base")


def _copied(project: Project, folder: Path) -> Path:
    where = ["--kb", str(project.kb), "--build", str(project.build)]
    where += [f"--sources={one}" for one in project.sources]  # they are at hand, and must not get into the copy
    subprocess.run([FILIERA, "export", "site", str(folder), *where], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory, known: Schema) -> Project:
    """Build the real records, once for all tests."""
    project = Project(ROOT / "kb", tmp_path_factory.mktemp("real"), SOURCES)
    building.build(project, known)
    return project


@pytest.fixture(scope="session")
def reader(real: Project) -> Iterator[Proofreader]:
    """Return a proofreader with the real base, that gives advice too."""
    connection = connect(real.database)
    yield Proofreader(connection, advice=True)
    connection.close()


@pytest.fixture(scope="session")
def real_copied(real: Project) -> Path:
    """Return the site over the real records as files."""
    return _copied(real, real.build / "www" / "base")


@pytest.fixture(scope="session")
def real_engines(real: Project) -> Iterator[Engines]:
    """Open both engines on the real records."""
    connection = connect(real.database)
    yield {"sql": Sqlite(connection), "sparql": Oxigraph(real.store)}
    connection.close()


@pytest.fixture
def database(built: Project) -> Iterator[sqlite3.Connection]:
    """Connect to the database of the built base, for reading only."""
    connection = sqlite3.connect(f"file:{built.database}?mode=ro", uri=True)
    yield connection
    connection.close()


@pytest.fixture
def copy(built: Project, tmp_path: Path) -> Project:
    """Return a copy of the built base, that may be changed."""
    home = tmp_path / "copy"
    shutil.copytree(built.kb.parent, home, symlinks=True)
    return Project(home / "kb", home / "build", (home / "sources",))


@pytest.fixture
def run() -> Run:
    """Return a function that runs the real `filiera` in a folder, without FILIERA_SOURCES unless sources are given."""

    def run(*arguments: str | Path, cwd: Path, sources: Path | None = None) -> Result:
        environment = {k: v for k, v in os.environ.items() if k != SOURCES_VARIABLE}
        if sources:
            environment[SOURCES_VARIABLE] = str(sources)
        done = subprocess.run(
            [FILIERA, *arguments], cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def starting() -> Serve:
    """Return a function that starts a server in a session of its own, on any free port, and ends it in any case."""

    @contextmanager
    def starting(project: Project, *options: str) -> Iterator[Served]:
        command = [str(FILIERA), "serve", "--port", "0", *options]
        command += ["--kb", str(project.kb), "--build", str(project.build)]
        command += [f"--sources={folder}" for folder in project.sources]
        # More documents than those of the base would have the server build it again, under the feet of other tests.
        rest = {name: value for name, value in os.environ.items() if name != SOURCES_VARIABLE}
        with subprocess.Popen(
            command,
            cwd=project.kb.parent,
            env=rest,
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as process:
            try:
                yield Served(process)
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)

    return starting


@pytest.fixture(scope="session")
def serving(starting: Serve) -> Serve:
    """Return a function that serves a base, and waits until the server says where it is."""

    @contextmanager
    def serving(project: Project, *options: str) -> Iterator[Served]:
        with starting(project, *options) as served:
            served.listen()
            yield served

    return serving


@pytest.fixture(scope="session")
def absent() -> Callable[[str], NoReturn]:
    """Return a function that says why a test is not run: it is skipped, or fails where that is asked for."""

    def absent(what: str) -> NoReturn:
        reason = f"not run: {what}"
        if os.environ.get("FILIERA_STRICT"):
            pytest.fail(reason)
        pytest.skip(reason)

    return absent


@pytest.fixture
def edit() -> Edit:
    """Return a function that replaces a text in a file, and insists that it stood there once."""

    def edit(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return edit


@pytest.fixture
def complaints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: Schema) -> Complaints:
    """Return a function that reads a text as a file of a base, and tells what is said against it, without the path."""
    monkeypatch.chdir(tmp_path)

    def complaints(file: str, text: str) -> list[str]:
        path = Path("kb", file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        report = Report()
        list(read_file(path, known.kinds[path.parent.name], Path("kb"), known, report))
        return [str(problem).removeprefix(f"kb/{file}:") for problem in report.problems]

    return complaints
