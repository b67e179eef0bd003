"""What the tests of the site share: the site over the tiny base and over the real one, asked in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from filiera import building
from filiera.documents import files_at_hand
from filiera.paths import Project
from filiera.questions import questions
from filiera.site.server import application, endpoint

#: A browser says so.
BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"


@dataclass(frozen=True)
class Client:
    """Asks a site in this process, as a browser unless told otherwise."""

    run: Callable[..., Any]
    app: Any

    def get(self, path: str, accept: str = BROWSER, method: str = "GET", **headers: str) -> httpx.Response:
        """Return what the site answers; redirects are not followed."""

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
                named = {name.replace("_", "-"): value for name, value in headers.items()}
                return await client.request(method, path, headers={"accept": accept, **named})

        answer: httpx.Response = self.run(ask())
        return answer


@contextmanager
def asked(project: Project) -> Iterator[Client]:
    """Make the site over a built base; its plugins are taken out again, as Datasette keeps them for the process."""
    from datasette.plugins import pm  # noqa: PLC0415  it must not be imported before the site does

    release = building.current(project.build)
    assert release
    known = questions(project.kb.parent / "queries")
    before, answering = set(pm.get_plugins()), endpoint(release, known)
    try:
        app = application(release, known, answering, files_at_hand(project.sources)).app()
        with asyncio.Runner() as runner:
            yield Client(runner.run, app)
            runner.run(answering.pool.close())
    finally:
        for plugin in set(pm.get_plugins()) - before:
            pm.unregister(plugin)


@pytest.fixture(scope="module")
def site(built: Project) -> Iterator[Client]:
    """Return the site over the tiny base."""
    with asked(built) as client:
        yield client


@pytest.fixture(scope="module")
def real_site(real: Project) -> Iterator[Client]:
    """Return the site over the real records."""
    with asked(real) as client:
        yield client
