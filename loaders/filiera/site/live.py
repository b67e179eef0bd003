"""Keep the site as new as the records: what is saved is built and swapped in, while requests go on.

A build is made in a process of its own. Each has a site of its own too, as Datasette keeps connections by the name of
a database; `Front` hands a request to the site of the newest build, and one that is under way ends where it began. A
record that is broken leaves the last good build up, and every page says what is wrong, and where.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filiera import building
from filiera.paths import Project
from filiera.site.rebuilding import Trouble, rebuild
from filiera.sparql.pool import Pool, Store

#: Milliseconds of quiet after which what was saved is built: editors save in several steps.
QUIET = 200

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

#: Makes the site of a build, with the trouble that it is to tell of.
Make = Callable[[Path, Trouble | None], App]


def watched(project: Project) -> list[Path]:
    """Return the folders with what a site is made from: records, questions beside them, documents."""
    wanted = (project.kb, project.kb.absolute().parent / "queries", *project.sources)
    return [folder for folder in wanted if folder.is_dir()]


def fingerprint(project: Project) -> str:
    """Return a SHA-256 of all that is watched, which changes when something is saved."""
    return building.digest(watched(project))


class Front:
    """One address for whatever site is the newest; the first one hears when the server starts and ends."""

    def __init__(self, first: App) -> None:
        """Begin with a site."""
        self._first = first
        self.newest = first

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request."""
        site = self.newest if scope["type"] == "http" else self._first
        await site(scope, receive, send)


@dataclass(eq=False, slots=True)
class Live:
    """Watches a base and renews the site before which `front` stands; queries go through the one pool."""

    project: Project
    front: Front
    make: Make
    pool: Pool
    say: Callable[[str], None]
    held: ExitStack

    async def watch(self, made_from: str) -> None:
        """Renew the site whenever something that it is made from is saved, until this is cancelled.

        `made_from` is the fingerprint of what the first site was made from: something may have been saved since.
        """
        from watchfiles import awatch  # noqa: PLC0415  only paid when watching

        saved = awatch(*watched(self.project), debounce=QUIET, recursive=True)
        first = asyncio.ensure_future(anext(saved))
        await asyncio.sleep(0)  # the folders are watched now: `saved` has what is saved from here on
        if await asyncio.to_thread(fingerprint, self.project) != made_from:
            await self.renew()
        await first
        await self.renew()
        async for _ in saved:
            await self.renew()

    async def renew(self) -> None:
        """Build, and show the new build; or go on with the last one, and say why."""
        trouble = await rebuild(self.project)
        release = building.current(self.project.build)
        if release is None:
            return
        if trouble:
            for line in (trouble.message, *trouble.problems):
                self.say(line)
        await self._show(release, trouble)

    async def _show(self, release: Path, trouble: Trouble | None) -> None:
        before = self.held
        with ExitStack() as held:
            held.enter_context(building.hold(release))
            self.front.newest = await asyncio.to_thread(self.make, release, trouble)
            self.held = held.pop_all()
        if self.pool.store.build != release.name:
            await self.pool.use(Store(release / "store", release.name))
            self.say("the site shows the records as they are now")
        before.close()
