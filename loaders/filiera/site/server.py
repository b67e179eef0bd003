"""Start the site with one command, and end all of it with one Ctrl-C."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from filiera import building, rdf, void
from filiera.descriptions.about import about
from filiera.documents import files_at_hand
from filiera.engines import with_values
from filiera.errors import FilieraError, NotBuiltError
from filiera.history import newest
from filiera.paths import Project
from filiera.questions import Question, questions
from filiera.schema import schema
from filiera.site.live import App, Front, Live, fingerprint
from filiera.site.metadata import metadata
from filiera.site.rebuilding import Trouble, attempt
from filiera.site.shelf import Shelf
from filiera.site.sizes import sizes
from filiera.site.visits import Site
from filiera.sparql.page import Editor, Example
from filiera.sparql.pool import Pool, Store
from filiera.sparql.protocol import Endpoint

if TYPE_CHECKING:
    from datasette.app import Datasette

HERE = Path(__file__).parent

HOST = "127.0.0.1"

#: Keys that were added last and are shown where they are still there.
NEWEST = 20

#: Ports that are tried after the wanted one.
TRIES = 50

#: Seconds that open connections get when the server ends.
GRACE = 1

SETTINGS = {
    "suggest_facets": False,  # a scan of every column for every page
    "default_page_size": 50,
    "max_returned_rows": 2000,
    "sql_time_limit_ms": 2000,
    "facet_time_limit_ms": 100,  # a facet of some hundred thousand rows; of more, the page says that it took too long
}

Say = Callable[[str], None]


def serve(project: Project, port: int, say: Say, *, watching: bool = False) -> None:
    """Build if needed, then serve on 127.0.0.1 until Ctrl-C; when watching, what is saved is shown at once.

    Raises NotBuiltError when the records have problems and no earlier build is there to serve.
    """
    made_from = fingerprint(project) if watching else ""
    trouble = _make_fresh(project, say)
    listening = listen(port, say)
    release = building.current(project.build)
    if release is None:
        raise NotBuiltError(f"there is no build in {str(project.build)!r}")
    pool = Pool(Store(release / "store", release.name))
    make = Maker(project, pool, own_questions(project))
    with listening, ExitStack() as held:
        held.enter_context(building.hold(release))
        live = Live(project, Front(make(release, trouble)), make, pool, say, held.pop_all())
        with suppress(KeyboardInterrupt):  # uvicorn raises the signal again once it has shut down
            asyncio.run(_run(live, listening, made_from))
    live.held.close()
    pool.kill()
    say("ended")


def _make_fresh(project: Project, say: Say) -> Trouble | None:
    if building.is_fresh(project):
        return None
    say("building, as the records are newer than the build")
    trouble = attempt(project)
    if trouble:
        release = building.current(project.build)
        if release is None or not building.is_whole(release):
            raise NotBuiltError(trouble.message)
        say(f"warning: {trouble.message}; serving the last good build")
    return trouble


def listen(port: int, say: Say) -> socket.socket:
    """Listen on a port of 127.0.0.1, or on the next free one when it is in use, which is said."""
    for candidate in range(port, min(port + TRIES, 65536)) if port else (0,):
        # Named with its protocol, or asyncio leaves Nagle's algorithm on: 46 ms more for every answer.
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, candidate))
        except OSError as error:
            listening.close()
            if isinstance(error, PermissionError):
                raise FilieraError(f"port {candidate} is not yours to use; take one from 1024 up") from error
            continue
        listening.listen(128)
        if candidate != port:
            say(f"port {port} is in use; taking {candidate}")
        return listening
    raise FilieraError(f"the ports from {port} to {port + TRIES - 1} are all in use; name another with --port")


async def _run(live: Live, listening: socket.socket, made_from: str) -> None:
    import uvicorn  # noqa: PLC0415  only paid by a server

    config = uvicorn.Config(live.front, log_level="warning", timeout_graceful_shutdown=GRACE)
    async with asyncio.TaskGroup() as group:
        watch = group.create_task(live.watch(made_from)) if made_from else None
        live.say(f"Filiera is at http://{HOST}:{listening.getsockname()[1]}/ for this machine only; Ctrl-C ends it")
        await uvicorn.Server(config).serve(sockets=[listening])
        if watch:
            watch.cancel()


def own_questions(project: Project) -> dict[str, Question]:
    """Return the questions that can be put to a base: Filiera's, and those beside its records."""
    return questions(project.kb.absolute().parent / "queries")


@dataclass(slots=True)
class Maker:
    """Makes the site of each build of a base, over one pool; it takes the parts of the one before out of Datasette."""

    project: Project
    pool: Pool
    known: dict[str, Question]
    parts: list[object] = field(default_factory=list)

    def __call__(self, release: Path, trouble: Trouble | None) -> App:
        """Return the site of a build, with the questions as they are now; where they are broken, as they were."""
        from datasette.plugins import pm  # noqa: PLC0415  only paid by a server

        try:
            self.known = own_questions(self.project)
        except FilieraError as error:
            trouble = trouble or Trouble(str(error))
        before = set(pm.get_plugins())
        answering = endpoint(release, self.known, self.pool, trouble)
        made = application(release, self.known, answering, self.project, trouble)
        app: App = made.app()
        for old in self.parts:
            pm.unregister(old)
        self.parts = [part for part in pm.get_plugins() if part not in before]
        return app


def application(
    release: Path,
    known: dict[str, Question],
    answering: Endpoint,
    project: Project,
    trouble: Trouble | None = None,
) -> Datasette:
    """Make the site over one build, with its questions, its endpoint, and the documents at hand of its project.

    Where the records have changed since and cannot be built, every page tells of the trouble.
    """
    with _no_strangers():
        from datasette.plugins import pm  # noqa: PLC0415  only paid by a server

        from filiera.site.browser import Browser  # noqa: PLC0415

    from filiera.site import hardening, plugin, tables  # noqa: PLC0415  they import Datasette
    from filiera.sparql.plugin import Plugin  # noqa: PLC0415  the same

    for shared in (hardening, tables):
        if not pm.is_registered(shared):
            pm.register(shared)
    for part in (Plugin(answering), plugin.Plugin(_site(release, known, project, trouble))):
        pm.register(part, f"{part.__name__} {id(part)}")  # the one before stays until this one answers
    size = sizes(release / "filiera.db")
    return Browser(
        release,
        size,
        metadata=metadata(schema(), known, size.tables),
        settings=SETTINGS,
        static_mounts=[("site", str(HERE / "static"))],
        template_dir=str(HERE / "markup" / "tables"),
    )


def _site(release: Path, known: dict[str, Question], project: Project, trouble: Trouble | None) -> Site:
    from filiera.site.environment import environment, fingerprint  # noqa: PLC0415  only paid by a server

    version, at_hand, added = fingerprint(), files_at_hand(project.sources), newest(project.kb, NEWEST)
    tag = " ".join((release.name, version, repr(trouble), repr(added), *sorted(at_hand)))
    made = environment(schema(), version)
    return Site(schema(), known, made, Shelf(at_hand), tag, release, about(release), tuple(added), trouble)


def still(release: Path, known: dict[str, Question], project: Project) -> Site:
    """Make the site over one build for pages that no server answers, and that show no document."""
    return replace(_site(release, known, replace(project, sources=()), None), live=False)


def endpoint(
    release: Path, known: dict[str, Question], pool: Pool | None = None, trouble: Trouble | None = None
) -> Endpoint:
    """Make the SPARQL endpoint over one build, with the questions as its examples."""
    examples = [Example(q.name, q.question, with_values(q.texts["sparql"], q.examples)) for q in known.values()]
    described = release / "filiera.void.ttl"
    return Endpoint(
        pool or Pool(Store(release / "store", release.name)),
        examples,
        described.read_text("utf-8"),
        _editor(described),
        "\n".join((trouble.message, *trouble.problems)) if trouble else "",
    )


def _editor(described: Path) -> Editor:
    """Return what the SPARQL editor completes with, the classes and properties that the graph holds, and our bar."""
    from filiera.site.environment import environment  # noqa: PLC0415  only paid by a server

    summary = void.read(described)
    classes, properties = (sorted(c, key=lambda iri: (-c[iri], iri)) for c in (summary.classes, summary.properties))
    prefixes = {prefix: iri for prefix, iri in schema().prefixes.items() if prefix != "linkml"}
    nav = environment(schema(), "").get_template("_bar.html").render()
    return Editor("/site", rdf.BASE, prefixes, classes, properties, nav)


@contextmanager
def _no_strangers() -> Iterator[None]:
    """Import Datasette without the plugins of other programs: 0.65 loads every one that is installed otherwise."""
    sys._called_from_test = True  # type: ignore[attr-defined]  # noqa: SLF001  the only switch that 0.65 has
    try:
        yield
    finally:
        del sys._called_from_test  # type: ignore[attr-defined]  # noqa: SLF001
