"""What the tests of the site share: the site over two bases, asked in this process, or by a browser from a server.

The browser is Debian's Chromium, and axe-core comes from `package.json`. Where one of them is absent, the tests that
need it are skipped and say so; with FILIERA_STRICT=1, as `.ci/run` sets it, they fail instead.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from filiera import building
from filiera.paths import Project
from filiera.questions import questions
from filiera.site.server import application, endpoint

Serve = Callable[..., AbstractContextManager[Any]]
Absent = Callable[[str], NoReturn]

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
    """Make the site over a built base; its plugins are taken out again, as Datasette keeps them for the process.

    The site has its routes by then, so those of one site do not get into another.
    """
    from datasette.plugins import pm  # noqa: PLC0415  it must not be imported before the site does

    release = building.current(project.build)
    assert release
    known = questions(project.kb.parent / "queries")
    before, answering = set(pm.get_plugins()), endpoint(release, known)
    try:
        app = application(release, known, answering, project).app()
        for plugin in [one for one in set(pm.get_plugins()) - before if not isinstance(one, ModuleType)]:
            pm.unregister(plugin)
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


@pytest.fixture
def over() -> Callable[[Project], AbstractContextManager[Client]]:
    """Return a function that makes the site over another built base."""
    return asked


AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"

#: A browser that only does what the tests ask of it.
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

#: A screen that is narrower than this is a phone's.
PHONE = 600

#: What the console says of a page that is answered with 404, as it should be.
NOT_FOUND = "the server responded with a status of 404"


@pytest.fixture(scope="module")
def address(built: Project, serving: Serve) -> Iterator[str]:
    """Return the address of a server over the tiny base."""
    with serving(built) as served:
        assert served.address, served.said
        yield served.address


@pytest.fixture(scope="module")
def real_address(real: Project, serving: Serve) -> Iterator[str]:
    """Return the address of a server over the real records."""
    with serving(real) as served:
        assert served.address, served.said
        yield served.address


@pytest.fixture(scope="module")
def chromium(absent: Absent) -> Iterator[Browser]:
    """Return a real browser, without a window, for tests that have what they need."""
    if not AXE.exists():
        absent("axe-core is not installed (npm ci --prefix tests/site)")
    path = shutil.which("chromium")
    if path is None:
        absent("Chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


#: The page where it scrolls sideways, and each part of it that does without a name or a stop of the keyboard.
SIDEWAYS = """() => {
    const wide = (one) => one.scrollWidth > one.clientWidth && one.clientWidth > 1;
    const scrolls = (one) => wide(one) && /auto|scroll/.test(getComputedStyle(one).overflowX);
    const reached = (one) => one.matches("input, textarea, [tabindex='0']:is([aria-label], [aria-labelledby])");
    const parts = [...document.body.querySelectorAll("*")].filter((one) => scrolls(one) && !reached(one));
    return (wide(document.documentElement) ? ["the page"] : []).concat(parts.map((one) => one.outerHTML.slice(0, 120)));
}"""


@dataclass
class Tab:
    """A page in the browser, with what it asked of other hosts and what its console complained about."""

    page: Page
    address: str
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Open a page of the site."""
        self.page.goto(self.address + path)
        return self.page

    def look(self, *paths: str) -> dict[str, list[str]]:
        """Open pages of the site, with all that is folded up on them, and return their faults by their paths."""
        found = {}
        for path in paths:
            self.open(path).evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            found[path] = self.faults()
        return {path: faults for path, faults in found.items() if faults}

    def faults(self) -> list[str]:
        """Return what is wrong with the page for those who see, hear or move less than others."""
        return self._serious() + self.sideways()

    def sideways(self) -> list[str]:
        """Say whether the page scrolls sideways, and which parts do that keys do not reach or that have no name."""
        parts: list[str] = self.page.evaluate(SIDEWAYS)
        return [f"scrolls sideways: {part}" for part in parts]

    def _serious(self) -> list[str]:
        """Return the serious faults of accessibility that axe-core finds in the page, each with the first place."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        serious = [one for one in found["violations"] if one["impact"] in {"serious", "critical"}]
        return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}" for one in serious]


Open = Callable[..., Tab]


@pytest.fixture
def tab(chromium: Browser, address: str) -> Iterator[Open]:
    """Return a function that opens a tab; at the end no tab may have asked another host, or complained."""
    yield from _tabs(chromium, address)


@pytest.fixture
def real_tab(chromium: Browser, real_address: str) -> Iterator[Open]:
    """Return the same for the real records."""
    yield from _tabs(chromium, real_address)


@contextmanager
def hosting(folder: Path) -> Iterator[str]:
    """Serve a folder by Python's own server from a process, and give its address."""
    command = [sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", str(folder), "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found
        try:
            yield found[0]
        finally:
            process.terminate()


@pytest.fixture
def copied_tab(chromium: Browser, copied: Path) -> Iterator[Open]:
    """Return the same for the tiny base as files, on a host that serves them below `/base`."""
    with hosting(copied.parent) as address:
        yield from _tabs(chromium, f"{address}/{copied.name}")


@pytest.fixture
def real_copied_tab(chromium: Browser, real_copied: Path) -> Iterator[Open]:
    """Return the same for the real records as files."""
    with hosting(real_copied.parent) as address:
        yield from _tabs(chromium, f"{address}/{real_copied.name}")


def _tabs(chromium: Browser, address: str) -> Iterator[Open]:
    opened: list[Tab] = []

    def tab(*, width: int = 1280, dark: bool = False, **options: Any) -> Tab:  # noqa: ANN401  Playwright's own
        screen = {"viewport": {"width": width, "height": 860}, "has_touch": width < PHONE}
        context = chromium.new_context(color_scheme="dark" if dark else "light", **screen, **options)  # type: ignore[arg-type]
        made = Tab(context.new_page(), address)
        made.page.on("request", lambda request: _note_request(made, request.url))
        made.page.on("console", lambda message: _note_message(made, message.type, message.text))
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        opened.append(made)
        return made

    yield tab
    for one in opened:
        one.page.context.close()
    assert [(one.elsewhere, one.complaints) for one in opened] == [([], [])] * len(opened)


def _note_request(tab: Tab, url: str) -> None:
    if urlsplit(url).hostname not in {"127.0.0.1", None}:
        tab.elsewhere.append(url)


def _note_message(tab: Tab, kind: str, text: str) -> None:
    if kind in {"error", "warning"} and NOT_FOUND not in text:
        tab.complaints.append(text)
