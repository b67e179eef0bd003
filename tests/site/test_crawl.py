"""Every link leads somewhere, and so does every IRI of ours in the graph."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from filiera import rdf
from filiera.paths import Project

Ask = Any

#: Pages that are not ours, of which we follow the links of those without a query alone: Datasette links each of its
#: tables to itself in countless orders.
NOT_OURS = re.compile(r"/(filiera(?!\.)|-/|sparql)")

#: Of these we follow the page of the database, with every table and question, and the examples in SPARQL.
DATABASE = re.compile(r"/(filiera|sparql)")

#: Tables, rows and questions too, of which the real records have many thousands.
ROWS = re.compile(r"/(filiera(/[^?]+)?|sparql)")


class Reader(HTMLParser):
    """Reads the links of a page, and the names of its places."""

    def __init__(self) -> None:
        """Begin with no links and no places."""
        super().__init__()
        self.links: set[str] = set()
        self.places: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read the beginning of an element."""
        given = dict(attrs)
        self.links |= {given[name] or "" for name in ("href", "src", "action") if name in given}
        self.places += [given["id"] or ""] if "id" in given else []


@dataclass
class Crawl:
    """What a crawl saw: the status of each page by its path, the places in it, and who links to what."""

    status: dict[str, int] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, set[str]] = field(default_factory=dict)


def crawl(site: Ask, follow: re.Pattern[str]) -> Crawl:
    """Ask for every link from the first page on; of pages that are not ours, go on from those that are to follow."""
    seen, waiting = Crawl(), deque(["/"])
    while waiting:
        path = waiting.popleft()
        if path in seen.status:
            continue
        answer = site.get(path)
        seen.status[path] = answer.status_code
        left = NOT_OURS.match(path) and not follow.fullmatch(path)
        if left or "text/html" not in answer.headers["content-type"]:
            continue
        reader = Reader()
        reader.feed(answer.text)
        seen.places[path] = reader.places
        here = {urljoin(f"http://localhost{path}", link) for link in reader.links}
        seen.links[path] = {
            link.removeprefix("http://localhost") for link in here if urlsplit(link).hostname == "localhost"
        }
        waiting.extend(urldefrag(link)[0] for link in seen.links[path])
    return seen


def faults(seen: Crawl) -> dict[str, object]:
    """Return pages that are not there, places that are not in the page, and names that two places have."""
    missing = {path: status for path, status in seen.status.items() if status != 200}
    links = {link for links in seen.links.values() for link in links if "#" in link}
    known = {path: set(places) for path, places in seen.places.items()}
    dangling = {
        link for link in links if urldefrag(link)[0] in known and urldefrag(link)[1] not in known[urldefrag(link)[0]]
    }
    twice = {path for path, places in seen.places.items() if len(places) != len(set(places))}
    return {"missing": missing, "dangling": dangling, "twice": twice}


def iris(project: Project) -> set[str]:
    """Return every IRI of ours in the graph."""
    dump = (project.build / "filiera.nq").read_text(encoding="utf-8")
    return set(re.findall(rf"<({re.escape(rdf.BASE)}[^>]*)>", dump))


def test_every_link_of_the_tiny_base_leads_somewhere(site: Ask, built: Project) -> None:
    """All pages answer, all places in them exist once, and all IRIs of the graph are among them."""
    seen = crawl(site, ROWS)
    named = {f"{path}#{place}" for path, places in seen.places.items() for place in places} | set(seen.places)

    assert faults(seen) == {"missing": {}, "dangling": set(), "twice": set()}
    assert len(seen.places) > 50
    assert {iri for iri in iris(built) if f"/{iri.removeprefix(rdf.BASE)}" not in named} == set()


@pytest.mark.kb
def test_every_link_of_the_real_base_leads_somewhere(real_site: Ask, real: Project) -> None:
    """All pages of the real records answer, and every IRI of ours in their graph is a place on one of them."""
    seen = crawl(real_site, DATABASE)
    named = {f"{path}#{place}" for path, places in seen.places.items() for place in places} | set(seen.places)

    assert faults(seen) == {"missing": {}, "dangling": set(), "twice": set()}
    assert len(seen.places) > 2000
    assert {iri for iri in iris(real) if f"/{iri.removeprefix(rdf.BASE)}" not in named} == set()
