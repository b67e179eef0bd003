"""Write the site as files: every page that needs no server, and everything that pages lead to.

Pages are asked for one after the other, beginning with the first page and all records, and on with whatever those lead
to, so that nothing is linked that is not there. No document is at hand while they are made: a copy shows where a
passage stands, never its words.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from filiera import building, rdf
from filiera.descriptions import crate
from filiera.descriptions.about import about
from filiera.descriptions.dumps import DUMPS, taken
from filiera.engines import connect, with_values
from filiera.errors import FilieraError
from filiera.paths import Project
from filiera.publishing import indexes, releases, searching, staging
from filiera.publishing.addresses import file_of
from filiera.publishing.asking import Asker
from filiera.publishing.rewriting import COPY, SEARCH, STATIC, Rewriter
from filiera.site.environment import HERE
from filiera.site.server import own_questions, still
from filiera.site.visits import HTML, Site

#: Static files that only pages with a server need.
LEFT_OUT = ("editors.css", "sparql*", "tables.*", "vendor/yasgui-*")

#: Where a copy begins, besides its records.
BEGINNING = ("/", "/dcat.ttl", "/llms.txt", "/schema", "/schema/context.jsonld", *(f"/{dump.name}" for dump in DUMPS))

#: What language models should know.
LLMS = "llms.txt"

#: How many pages are done, and how many are known of.
Progress = Callable[[int, int], None]


def copy(project: Project, wanted: Path, url: str, date: str, progress: Progress) -> int:
    """Write the site as files into a folder, to stand at an address or anywhere; return how many pages it has.

    Raises RefusedError when something that Filiera did not write is in the folder, and NotBuiltError without a build.
    """
    release = releases.release(project)
    with building.hold(release):
        day = releases.released(project, about(release), date)
        connection = connect(release / "filiera.db")
        connection.row_factory = sqlite3.Row
        with staging.folder(wanted) as folder:
            made = Copy(folder, Asker(still(release, own_questions(project), project), connection), address(url))
            made.write(day, progress)
    return len(made.pages)


def address(url: str) -> str:
    """Return the address of a site with a slash at its end, so that others can be said below it.

    Raises FilieraError when it is none.
    """
    parts = urlsplit(url)
    if url and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment):
        raise FilieraError(f"{url!r} is no address of a site; write it as in https://example.org/filiera/")
    return f"{url.rstrip('/')}/" if url else ""


@dataclass(slots=True)
class Copy:
    """A copy that is being written: into which folder, of which site, and at which address it will stand."""

    folder: Path
    asker: Asker
    url: str = ""
    pages: list[str] = field(default_factory=list)
    rewriter: Rewriter = field(init=False)

    def __post_init__(self) -> None:
        """Let links lead to whatever the site answers."""
        self.rewriter = Rewriter(self.asker.has, self.url)

    @property
    def site(self) -> Site:
        """The site that is copied."""
        return self.asker.site

    def write(self, day: str, progress: Progress) -> None:
        """Write all of it, as published on a day."""
        self._write_pages(progress)
        self._write_own_pages()
        self._copy_static()
        searching.write(self.asker.connection, self.folder / searching.FILE)
        indexes.write(self.folder, self.url or rdf.BASE, self.pages)
        self._put(crate.FILE, crate.metadata(self.site.about, day, map(crate.part, taken(self.site.release))))
        self._put(".nojekyll", "")  # or GitHub's pages would leave out what begins with an underscore

    def _write_pages(self, progress: Progress) -> None:
        for address in (*BEGINNING, *_records(self.asker.connection), *_aliases(self.asker.connection)):
            self.rewriter.want(address)
        done = 0
        while self.rewriter.waiting:
            self._write_page(self.rewriter.waiting.popleft())
            done += 1
            progress(done, done + len(self.rewriter.waiting))

    def _write_page(self, address: str) -> None:
        reply, file = self.asker.ask(address), file_of(address)
        if location := reply.headers.get("Location"):
            self._put(file, self._moved(location, file))
        elif reply.status != HTTPStatus.OK:
            raise FilieraError(f"the page {address!r} cannot be copied: it is answered with {reply.status}")
        elif isinstance(reply.body, Path):
            shutil.copyfile(reply.body, self.folder / file)
        else:
            self._put(file, self._changed(reply.body, file))
            if reply.media_type == HTML:
                self.pages.append(file)

    def _changed(self, body: str | bytes, file: str) -> str | bytes:
        if isinstance(body, bytes):
            return body
        if file.endswith(".html"):
            return self.rewriter.page(body, file)
        if file.endswith(".jsonld"):
            return self.rewriter.json_ld(body, file)
        return self.rewriter.markdown(body, file) if file == LLMS else body

    def _moved(self, location: str, file: str) -> str:
        refresh = self.rewriter.link(location, file)
        return self._page("copy/moved.html", file, location=location, refresh=refresh)

    def _page(self, template: str, file: str, **context: Any) -> str:  # noqa: ANN401  whatever the template takes
        body = self.asker.page(template, **context)
        return self.rewriter.page(body, file)

    def _write_own_pages(self) -> None:
        """Write the pages that only a copy has."""
        questions = list(self.site.questions.values())
        filled = {q.name: with_values(q.texts["sparql"], q.examples) for q in questions}
        file = file_of(COPY)
        self._put(file, self._page("copy/copy.html", file, questions=questions, filled=filled))
        search = file_of(SEARCH)
        self._put(search, self._page("copy/search.html", search))
        self.pages += [file, search]
        if self.url:  # a host shows it at any depth, so that its links must be whole
            self._put("404.html", self._page("copy/missing.html", ""))

    def _copy_static(self) -> None:
        shutil.copytree(HERE / "static", self.folder / STATIC.strip("/"), ignore=shutil.ignore_patterns(*LEFT_OUT))

    def _put(self, file: str, body: str | bytes) -> None:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body if isinstance(body, bytes) else body.encode())


def _records(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the page of every record."""
    for kind, key in connection.execute("select kind, id from records order by kind, id"):
        yield f"/{kind}/{key}"


def _aliases(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the address that every old key had."""
    for kind, alias in connection.execute("select kind, alias from aliases join records using (id) order by 1, 2"):
        yield f"/{kind}/{alias}"
