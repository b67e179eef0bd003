"""The site as files is whole: every page is there, every link leads somewhere, and nothing of a document is in it."""

from __future__ import annotations

import functools
import hashlib
import http.client
import http.server
import json
import posixpath
import re
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
from rdflib import Graph

from filiera import rdf
from filiera.documents import fold_words
from filiera.paths import Project
from filiera.schema import Schema

Run = Callable[..., Any]

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

LINK = re.compile(r"\]\(([^)]*)\)")


class Reader(HTMLParser):
    """Reads the links of a page, and the names of its places."""

    def __init__(self) -> None:
        """Begin with no links and no places."""
        super().__init__()
        self.links: set[str] = set()
        self.places: set[str] = set()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read the beginning of an element."""
        given = dict(attrs)
        self.links |= {given[name] or "" for name in ("href", "src", "action") if name in given}
        self.places |= {given["id"] or ""} if "id" in given else set()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """The server of `python -m http.server`, without its log."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder as `python -m http.server` does, and give its address."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@dataclass
class Crawl:
    """What a crawl saw: the status of each address, the places of each page, and the links with a place."""

    status: dict[str, int] = field(default_factory=dict)
    places: dict[str, set[str]] = field(default_factory=dict)
    links: set[str] = field(default_factory=set)
    elsewhere: set[str] = field(default_factory=set)


def crawl(address: str, first: str) -> Crawl:
    """Follow every link from a page on, also where it leads out of the copy."""
    seen, waiting = Crawl(), deque([first])
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    while waiting:
        url = waiting.popleft()
        if url in seen.status:
            continue
        connection.request("GET", url.removeprefix(address))
        answer = connection.getresponse()
        body = answer.read()
        seen.status[url] = answer.status
        if answer.headers.get_content_type() != "text/html":
            continue
        reader = Reader()
        reader.feed(body.decode())
        seen.places[url] = reader.places
        links = {urljoin(url, link) for link in reader.links}
        seen.elsewhere |= {link for link in links if not link.startswith(address)}
        seen.links |= {link for link in links if link.startswith(address)}
        waiting.extend(urldefrag(link)[0] for link in links if link.startswith(address))
    return seen


def faults(seen: Crawl, address: str) -> dict[str, object]:
    """Return addresses that are not there or not below `/base/`, and places that are not in their page."""
    return {
        "missing": {url for url, status in seen.status.items() if status != 200},
        "outside": {url for url in seen.status if not url.startswith(f"{address}/base/")},
        "dangling": {
            link
            for link in seen.links
            if "#" in link and urldefrag(link)[0] in seen.places
            if urldefrag(link)[1] not in seen.places[urldefrag(link)[0]]
        },
    }


def pages(copied: Path) -> dict[str, str]:
    """Return the pages of a copy by their files."""
    return {path.relative_to(copied).as_posix(): path.read_text("utf-8") for path in sorted(copied.rglob("*.html"))}


def places(copied: Path, project: Project) -> set[str]:
    """Return the IRIs of ours in the graph that lead to no place in the copy."""
    dump = (project.build / "filiera.nq").read_text(encoding="utf-8")
    iris = {iri.removeprefix(rdf.BASE) for iri in re.findall(rf"<({re.escape(rdf.BASE)}[^>]*)>", dump)}
    found: dict[str, set[str]] = {}
    for path in {urldefrag(iri)[0] for iri in iris}:
        reader = Reader()
        reader.feed((copied / path / "index.html").read_text("utf-8"))
        found[path] = reader.places | {""}
    return {iri for iri in iris if urldefrag(iri)[1] not in found[urldefrag(iri)[0]]}


def test_no_link_of_a_copy_is_dead(copied: Path) -> None:
    """On a plain host, below a path, a crawl from the first page finds every page, and nothing that is not there."""
    with served(copied.parent) as address:
        seen = crawl(address, f"{address}/base/index.html")
    reached = {url.removeprefix(f"{address}/base/") for url in seen.places}
    never = (
        set(pages(copied)) - reached - {file for file, text in pages(copied).items() if 'http-equiv="refresh"' in text}
    )

    assert faults(seen, address) == {"missing": set(), "outside": set(), "dangling": set()}
    assert never == set()


def test_the_addresses_of_the_live_site_lead_to_the_copy(copied: Path, database: sqlite3.Connection) -> None:
    """A record's page is found at its path without `index.html`, and an old key leads to the present one."""
    alias, kind, key = database.execute(
        "select alias, kind, records.id from aliases join records using (id) limit 1"
    ).fetchone()
    old = (copied / kind / alias / "index.html").read_text("utf-8")
    with served(copied.parent) as address:
        seen = crawl(address, f"{address}/base/{kind}/{key}/")

    assert seen.status[f"{address}/base/{kind}/{key}/"] == 200
    assert f'content="0; url=../{key}/index.html"' in old
    assert f'<a href="../{key}/index.html">' in old


def test_every_name_of_ours_has_its_place_in_the_copy(copied: Path, built: Project) -> None:
    """Every IRI of the graph below our base is a page of the copy, or a place in one."""
    assert places(copied, built) == set()


def test_every_record_has_its_forms_beside_its_page(copied: Path, known: Schema, built: Project) -> None:
    """JSON, JSON-LD, Turtle and N-Triples of each record are there; a work has BibTeX, RIS and CSL-JSON as well."""
    connection = sqlite3.connect(built.database)
    rows = connection.execute("select kind, id from records").fetchall()
    wanted = {f"{kind}/{key}{end}" for kind, key in rows for end in ("/index.html", ".json", ".jsonld", ".ttl", ".nt")}
    wanted |= {f"works/{key}{end}" for kind, key in rows if kind == "works" for end in (".bib", ".ris", ".csl.json")}

    assert {file for file in wanted if not (copied / file).is_file()} == set()
    assert {kind for kind, _ in rows} == set(known.kinds)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD uses it
def test_the_forms_of_a_record_say_the_same(copied: Path) -> None:
    """JSON-LD, read with the context that lies in the copy, Turtle and N-Triples hold the statements of one record."""
    here = copied / "districts" / "farholm"
    linked, turtle, lines = (
        Graph().parse(here.with_suffix(end), format=form)
        for end, form in ((".jsonld", "json-ld"), (".ttl", "turtle"), (".nt", "nt"))
    )

    assert json.loads(here.with_suffix(".jsonld").read_text("utf-8"))["@context"] == "../schema/context.jsonld"
    assert set(turtle) == set(lines) != set()
    assert set(linked) - set(lines) == set()
    assert len(linked) > 10


def test_no_words_of_a_document_are_in_a_copy(copied: Path, built: Project) -> None:
    """Although the documents are at hand, no twelve words of them in a row stand on a page, but for titles in print."""
    connection = sqlite3.connect(built.database)
    titles = " ".join(fold_words(row[0]) for row in connection.execute("select label from records"))
    copied_words = {run for text in pages(copied).values() for run in _runs(re.sub(r"<[^>]+>", " ", text))}
    taken = [
        " ".join(run)
        for path in built.sources[0].iterdir()
        for run in _runs(path.read_text("utf-8"))
        if run in copied_words and " ".join(run) not in titles
    ]

    assert taken == []
    assert not any("<blockquote" in text for text in pages(copied).values())


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    taken = zip(*(words[n:] for n in range(12)), strict=False)
    return {run for run in taken if all(word.isalpha() for word in run)}  # tables in print are numbers, not sentences


def test_what_needs_a_server_is_named_and_not_offered(copied: Path) -> None:
    """The one form that is left searches; the page on what is missing has every question in both languages."""
    about = (copied / "copy" / "index.html").read_text("utf-8")
    forms = {
        posixpath.normpath(posixpath.join(posixpath.dirname(file), action))
        for file, text in pages(copied).items()
        for action in re.findall(r'<form[^>]*action="([^"]*)"', text)
    }

    assert forms == {"search/index.html"}
    assert 'href="../filiera.db"' in about
    assert 'id="question-who-cites"' in about
    assert "select" in about
    assert "SELECT" in about


def test_no_link_is_to_a_folder_or_from_the_root(copied: Path) -> None:
    """Pages also work where nobody answers for them: each link names a file, relative to its page."""
    links = {link for text in pages(copied).values() for link in re.findall(r'\s(?:href|src|action)="([^"]*)"', text)}
    ours = {link for link in links if not urlsplit(link).scheme and not link.startswith("#")}

    assert {link for link in ours if link.startswith("/") or urlsplit(link).path.endswith("/")} == set()
    assert len(ours) > 100


def test_the_same_base_gives_the_same_copy(copied: Path, built: Project, tmp_path: Path, run: Run) -> None:
    """A second copy has the same files with the same bytes, and the list of them says what they are."""
    done = run("export", "site", tmp_path / "again", cwd=built.kb.parent)
    first, again = (
        {
            p.relative_to(www).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in www.rglob("*")
            if p.is_file()
        }
        for www in (copied, tmp_path / "again")
    )
    lines = (copied / "SHA256SUMS").read_text("utf-8").splitlines()

    assert done.code == 0, done.err
    assert first == again
    assert lines == [f"{digest}  {file}" for file, digest in sorted(first.items()) if file != "SHA256SUMS"]


def test_a_copy_that_knows_its_address_tells_it(built: Project, tmp_path: Path, run: Run) -> None:
    """Sitemap, robots.txt, llms.txt and the page for 404 name whole addresses, each of a file that is there."""
    done = run("export", "site", "www", "--url", "https://example.org/base", "--kb", built.kb, cwd=tmp_path)
    www = tmp_path / "www"
    listed = [str(loc.text) for loc in ET.parse(www / "sitemap.xml").iter(f"{SITEMAP}loc")]  # noqa: S314  our own
    told = LINK.findall((www / "llms.txt").read_text("utf-8"))
    lost = re.findall(r'(?:href|src|action)="([^"]*)"', (www / "404.html").read_text("utf-8"))
    files = {_file(www, url) for url in (*listed, *told, *(url for url in lost if "creativecommons" not in url))}

    assert done.code == 0, done.err
    assert {file for file in files if not file.is_file()} - {www / "#main"} == set()
    assert {_file(www, url) for url in listed} == {www / file for file in pages(www)} - _unlisted(www)
    assert (www / "robots.txt").read_text("utf-8").endswith("\nSitemap: https://example.org/base/sitemap.xml\n")


def _file(www: Path, url: str) -> Path:
    path = urldefrag(url)[0].partition("?")[0].removeprefix("https://example.org/base/")
    return www / (f"{path}index.html" if not path or path.endswith("/") else path)


def _unlisted(www: Path) -> set[Path]:
    """Return the pages that lead on to others, and the one for what is missing."""
    return {www / file for file, text in pages(www).items() if 'http-equiv="refresh"' in text} | {www / "404.html"}


@pytest.mark.kb
def test_the_real_base_is_copied_whole(real_copied: Path, real: Project) -> None:
    """Every link of the copy of the real records leads somewhere, every IRI of theirs is in it, and no excerpt is."""
    with served(real_copied.parent) as address:
        seen = crawl(address, f"{address}/base/index.html")

    assert faults(seen, address) == {"missing": set(), "outside": set(), "dangling": set()}
    assert places(real_copied, real) == set()
    assert len(seen.places) > 2000
    assert not any("<blockquote" in text for text in pages(real_copied).values())


def test_what_graphs_add_is_there(copied: Path) -> None:
    """A graph that moves asks for those of the records in it, and finds each beside its own."""
    graphs = {path.stem: json.loads(path.read_text("utf-8")) for path in (copied / "graph").glob("*.json")}
    wanted = {node["key"] for graph in graphs.values() for node in graph["nodes"]}

    assert wanted - set(graphs) == set()
    assert len(graphs) > 5


def test_a_place_that_is_not_ours_is_left_alone(built: Project, tmp_path: Path, run: Run) -> None:
    """A folder with files of others is refused and stays as it was."""
    (tmp_path / "www").mkdir()
    (tmp_path / "www" / "thesis.txt").write_text("three years", encoding="utf-8")
    done = run("export", "site", "www", "--kb", built.kb, cwd=tmp_path)

    assert (done.code, done.err) == (
        1,
        "Error: 'www' was not written by Filiera; name another folder, or move it away\n",
    )
    assert [p.name for p in tmp_path.rglob("*")] == ["www", "thesis.txt"]


def test_a_base_without_a_build_is_told_so(tiny: Project, run: Run) -> None:
    """Nothing is published that was not checked and built."""
    done = run("export", "site", "www", cwd=tiny.kb.parent)

    assert (done.code, done.out) == (1, "")
    assert "run `filiera build` first" in done.err
    assert not (tiny.kb.parent / "www").exists()


def test_a_build_of_an_older_program_is_not_published(copy: Project, run: Callable[..., Any]) -> None:
    """Where a build lacks what this program makes, that is said instead of a traceback."""
    (copy.build / "current" / "SHA256SUMS").unlink()
    made = run("export", "site", "out", cwd=copy.kb.parent)

    assert (made.code, "an older program made the build" in made.err) == (1, True)
    assert "Traceback" not in made.err
