"""What reference managers read in a page: `citation_…` tags, as Highwire made them, and COinS.

Zotero's connector, among others, takes a work from either: the tags when a page is of one work, COinS when a page
cites one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

Item = dict[str, Any]

#: The variable of CSL behind a tag, for every type of work.
SIMPLE = {
    "title": "citation_title",
    "volume": "citation_volume",
    "issue": "citation_issue",
    "publisher": "citation_publisher",
    "DOI": "citation_doi",
    "ISBN": "citation_isbn",
    "ISSN": "citation_issn",
    "language": "citation_language",
    "URL": "citation_public_url",
    "event-title": "citation_conference_title",
}

#: The tag that tells what holds the work, by its type.
CONTAINERS = {
    "article-journal": "citation_journal_title",
    "article-newspaper": "citation_journal_title",
    "article-magazine": "citation_journal_title",
    "chapter": "citation_inbook_title",
    "paper-conference": "citation_conference_title",
}

#: The tag that tells who gave out the work, by its type.
INSTITUTIONS = {"report": "citation_technical_report_institution", "thesis": "citation_dissertation_institution"}

#: The form of COinS and the genre, by type; all else is a document of no special kind.
GENRES = {
    "article-journal": ("journal", "article"),
    "article-newspaper": ("journal", "article"),
    "article-magazine": ("journal", "article"),
    "book": ("book", "book"),
    "chapter": ("book", "bookitem"),
    "paper-conference": ("book", "proceeding"),
    "report": ("book", "report"),
    "thesis": ("dissertation", "dissertation"),
}


def tags(item: Item) -> list[tuple[str, str]]:
    """Return the names and contents of the tags of a work, authors and editors in their order."""
    return list(_tags(item))


def _tags(item: Item) -> Iterator[tuple[str, str]]:
    yield from ((tag, str(item[name])) for name, tag in SIMPLE.items() if item.get(name))
    yield from (("citation_author", _name(person)) for person in item.get("author", ()))
    yield from (("citation_editor", _name(person)) for person in item.get("editor", ()))
    if date := _date(item, "/"):
        yield "citation_publication_date", date
    if item.get("container-title") and (tag := CONTAINERS.get(item["type"])):
        yield tag, item["container-title"]
    if item.get("publisher") and (tag := INSTITUTIONS.get(item["type"])):
        yield tag, item["publisher"]
    first, last = _pages(item)
    yield from ((name, page) for name, page in (("citation_firstpage", first), ("citation_lastpage", last)) if page)


def coins(item: Item) -> str:
    """Return a work as the title of a COinS span: an OpenURL of its parts."""
    form, genre = GENRES.get(item["type"], ("dc", "document"))
    fields = [("ctx_ver", "Z39.88-2004"), ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}")]
    fields += [("rft_id", f"info:doi/{item['DOI']}")] if item.get("DOI") else []
    return urlencode([*fields, *(_dublin(item) if form == "dc" else _openurl(item, form, genre))])


def _dublin(item: Item) -> Iterator[tuple[str, str]]:
    given = {"rft.title": item.get("title"), "rft.date": _date(item, "-"), "rft.publisher": item.get("publisher")}
    yield from ((name, value) for name, value in given.items() if value)
    yield from (("rft.creator", _name(person)) for person in item.get("author", ()))


def _openurl(item: Item, form: str, genre: str) -> Iterator[tuple[str, str]]:
    whole = genre in {"book", "report", "dissertation"}
    outer = "rft.jtitle" if form == "journal" else "rft.btitle"
    title = ("rft.title" if form == "dissertation" else "rft.btitle") if whole else "rft.atitle"
    first, last = _pages(item)
    given = {
        "rft.genre": "" if form == "dissertation" else genre,
        title: item.get("title"),
        outer: "" if whole else item.get("container-title"),
        "rft.date": _date(item, "-"),
        "rft.volume": item.get("volume"),
        "rft.issue": item.get("issue"),
        "rft.spage": first,
        "rft.epage": last,
        "rft.pub": "" if form == "journal" else item.get("publisher"),
        "rft.place": "" if form == "journal" else item.get("publisher-place"),
        "rft.isbn": item.get("ISBN"),
        "rft.issn": item.get("ISSN"),
    }
    yield from ((name, str(value)) for name, value in given.items() if value)
    people = item.get("author") or item.get("editor") or ()
    if people and "family" in people[0]:
        yield from (("rft.aulast", people[0]["family"]), ("rft.aufirst", people[0].get("given", "")))
    yield from (("rft.au", _name(person)) for person in people)


def _name(person: Item) -> str:
    """Return a name with the family's first, or that of an organisation."""
    if "literal" in person:
        return str(person["literal"])
    family = " ".join(filter(None, (person.get("non-dropping-particle"), person.get("family"))))
    return ", ".join(filter(None, (family, person.get("given"))))


def _date(item: Item, between: str) -> str:
    """Return the date of issue as far as it is known; a decade or a century is none."""
    issued = item.get("issued", {})
    parts = [[]] if "X" in issued.get("edtf", "") else issued.get("date-parts") or [[]]
    return between.join(f"{part:02}" for part in parts[0])


def _pages(item: Item) -> tuple[str, str]:
    first, _, last = str(item.get("page", "")).partition(",")[0].partition("-")
    return first, last
