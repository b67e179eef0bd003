"""Build the database and the graph, all of it or nothing.

A build is a folder of its own below `build/builds/`. Only when it is complete does the link `build/current` turn to it,
in one step of the file system; `build/filiera.db` and the others are links through `current`. So readers see the old
build or the new one, never half of one, also when the process is killed.

A build that is being written, or read by a server, holds a lock on its folder; folders without one are cleared away by
the next build, but for the last. Folders are made, cleared and published under a lock on `build/builds/`, so that
builds at the same time do not clear each other away.

What has not changed since the last build is taken over from it, and the build is the same as one from nothing: what
came of reading a file (`checks.memory`), the rows of a record (`sqlite`, `citations`), its statements (`renewal`) and
its citations (`styles.stored`). The Turtle dump, the index of words and the digest are made from all records each time.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from filiera import changes, checks, citations, rdf, renewal, sqlite, void
from filiera.changes import Last
from filiera.checks.memory import Place
from filiera.descriptions import about, dumps
from filiera.errors import NotBuiltError
from filiera.paths import Project, home
from filiera.records import resolve_aliases
from filiera.report import Report
from filiera.schema import Schema
from filiera.styles import stored

#: What a build holds, and what stands under these names in `build/`.
PARTS = ("filiera.db", "filiera.nq", "filiera.ttl", "filiera.void.ttl", "store", dumps.DIGESTS)

#: Goes up when a build holds more than it did, so that one of an older program is made again.
CONTENT = 2

LOCK = ".lock"

#: The file of a build that says what it was made from.
INPUTS = ".inputs"

#: The file of a build that says what came of reading its records, for the next build.
MEMORY = ".memory"

#: The database while it is being made.
DRAFT = ".draft"

#: Tables for looking things up, made from the tables of the records.
INDEXES: tuple[Callable[[sqlite3.Connection, Last | None], None], ...] = (citations.index,)

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """A build that was made: how many records and statements it has, and the digest of its content.

    `remark` says which citations it does not have rendered, and why.
    """

    records: int
    statements: int
    digest: str
    report: Report
    remark: str = ""


def build(project: Project, schema: Schema, progress: Progress = lambda _: None) -> Built:
    """Check the records and write the build; the old one stays until the new one is complete.

    Raises NotBuiltError when a record has a problem, or when there is none to build from.
    """
    with _staging(project.build) as (stage, last):
        (stage / INPUTS).write_text(inputs(project), encoding="ascii")
        about.carry(project.kb.absolute().parent, stage)
        progress("checking the records")
        connection = _connect(stage / DRAFT)
        report = checks.into(connection, project, schema, Place(stage / MEMORY, last / MEMORY if last else None))
        if report.exit_code():
            sentence = f"nothing was built: {report.sentence()}; run `filiera check` to see them"
            raise NotBuiltError(sentence, report.problems)
        progress("writing the database")
        resolve_aliases(connection, schema)
        with changes.since(connection, schema, last) as taken:
            _write_database(connection, schema, taken)
        progress("rendering citations")
        remark = stored.write(connection, last / "filiera.db" if last else None)
        sqlite.count(connection)
        connection.commit()
        # Written anew, table by table, so that the bytes do not tell what was taken over and what was made.
        connection.execute("vacuum into ?", (str(stage / "filiera.db"),))
        progress("writing the graph")
        statements = _write_graph(connection, schema, stage, taken)
        count = connection.execute("select count(*) from records").fetchone()[0]
        built = Built(count, statements, sqlite.digest(connection, schema), report, remark)
        connection.close()
        (stage / DRAFT).unlink()
        dumps.sign(stage)
        changes.sign(stage, schema)
        _publish(stage, project.build)
    return built


def _connect(path: Path) -> sqlite3.Connection:
    """Open a database that is thrown away if anything goes wrong, so that it needs no journal."""
    connection = sqlite3.connect(path, uri=True)
    connection.executescript("pragma journal_mode = off; pragma synchronous = off;")
    return connection


def _write_database(connection: sqlite3.Connection, schema: Schema, last: Last | None) -> None:
    sqlite.fill(connection, schema, last)
    for index in INDEXES:
        index(connection, last)
    sqlite.finish(connection)
    connection.commit()


def _write_graph(connection: sqlite3.Connection, schema: Schema, stage: Path, last: Last | None) -> int:
    """Write the graph, from that of the last build if it may be, and return the number of its statements."""
    summary = renewal.renew(connection, schema, last, stage) if last else None
    summary = summary or _write_anew(connection, schema, stage)
    rdf.write_turtle(stage / "filiera.nq", stage / "filiera.ttl", schema.prefixes)
    described = void.turtle(summary, rdf.BASE, schema.prefixes.values())
    (stage / "filiera.void.ttl").write_text(described, encoding="utf-8")
    return summary.statements


def _write_anew(connection: sqlite3.Connection, schema: Schema, stage: Path) -> void.Summary:
    quads = stage / "filiera.nq"
    rdf.write_sorted(rdf.lines(connection, schema), quads)
    rdf.write_store(quads, stage / "store")
    with quads.open(encoding="utf-8", newline="\n") as file:
        return void.summarise(file)


def inputs(project: Project) -> str:
    """Return two SHA-256 of what a build is made from: one of the base and the program, one of the documents."""
    citation = project.kb.absolute().parent / about.FILE
    said = citation.read_bytes() if citation.is_file() else b""
    program = f"{version('filiera')} {CONTENT}".encode()
    return f"{digest((project.kb, home() / 'schemas'), program, said)} {digest(project.sources)}"


def digest(folders: Iterable[Path], *more: bytes) -> str:
    """Return a SHA-256 of all files in some folders, by name and content; one that cannot be read is as if empty."""
    total = hashlib.sha256(b"\0".join(more))
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            total.update(path.relative_to(folder).as_posix().encode() + b"\0")
            with suppress(OSError):  # an editor's own file, gone by now; records that cannot be read are reported later
                total.update(path.read_bytes() + b"\0")
    return total.hexdigest()


def is_fresh(project: Project, *, documents: bool = True) -> bool:
    """Tell whether there is a build, made from what is there now; without `documents`, from records as they are now."""
    known = project.build / "current" / INPUTS
    if not known.exists():
        return False
    was, now = known.read_text(encoding="ascii"), inputs(project)
    return was == now if documents else was.split()[0] == now.split()[0]


@contextmanager
def _staging(build: Path) -> Iterator[tuple[Path, Path | None]]:
    """Give a new, locked folder for a build, deleted unless it is published, and that of the last one, held too."""
    folder = build / "builds"
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        with hold(folder, exclusive=True):
            _clear(build)
            stage = Path(tempfile.mkdtemp(dir=folder))
            stage.chmod(0o755)
            held.enter_context(hold(stage, exclusive=True))
            last = _last(build, held)
        try:
            yield stage, last
        except BaseException:
            with hold(folder, exclusive=True):
                if current(build) != stage.resolve():
                    shutil.rmtree(stage)
            raise


def _last(build: Path, held: ExitStack) -> Path | None:
    """Hold the last build and return its folder; it is none when it is being published, or is something of yours."""
    last = current(build)
    if last and last.parent == (build / "builds").resolve():
        with suppress(BlockingIOError):
            held.enter_context(hold(last, wait=False))
            return last
    return None


@contextmanager
def hold(folder: Path, *, exclusive: bool = False, wait: bool = True) -> Iterator[None]:
    """Hold a build, so that no other process clears it away; the lock ends with the process at the latest.

    Raises BlockingIOError when another process holds it and you do not `wait`.
    """
    descriptor = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR, 0o644)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(descriptor)


def current(build: Path) -> Path | None:
    """Return the folder of the build that is in use, or None where there is none."""
    link = build / "current"
    return link.resolve() if link.exists() else None


def is_whole(release: Path) -> bool:
    """Tell whether a build has all that this program looks for; one that an older program made may not."""
    return all((release / part).exists() for part in PARTS)


def _publish(stage: Path, build: Path) -> None:
    """Turn the links to a complete build, unless something that is not ours stands in the way of one."""
    links = {build / "current": Path("builds") / stage.name} | {build / p: Path("current") / p for p in PARTS}
    with hold(build / "builds", exclusive=True):
        for link in links:
            if link.exists() and not link.is_symlink():
                raise NotBuiltError(f"{str(link)!r} was not made by Filiera and stands in the way; move it elsewhere")
        for link, target in links.items():
            _link(target, link)


def _link(target: Path, link: Path) -> None:
    """Make a link, or turn it, in one step; what a killed process left of such a step is taken away."""
    new = link.with_name(f".{link.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(link)


def _clear(build: Path) -> None:
    """Delete builds that nobody writes, reads or is about to read."""
    keep = current(build)
    for folder in sorted((build / "builds").iterdir()):
        if folder.is_dir() and folder.resolve() != keep and _unheld(folder):
            shutil.rmtree(folder)


def _unheld(folder: Path) -> bool:
    try:
        with hold(folder, exclusive=True, wait=False):
            return True
    except BlockingIOError:
        return False
