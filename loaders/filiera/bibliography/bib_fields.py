"""What the fields of a .bib entry are in CSL-JSON, the way back from `entries`.

Each variable is read from the first of its fields that the entry has. What has no variable is left with its name and
value; fields that only serve LaTeX or a reference manager too.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from filiera.bibliography import bib_names, latex
from filiera.bibliography.csl import Item
from filiera.bibliography.dates import from_text, month_number
from filiera.bibliography.entries import DATES, NO_TITLE, PARTS, SERIALS
from filiera.bibliography.works import Left

#: The type of CSL of each entry type.
TYPES = {
    "article": "article-journal", "suppperiodical": "article-journal", "book": "book", "mvbook": "book",
    "collection": "book", "mvcollection": "book", "proceedings": "book", "mvproceedings": "book", "reference": "book",
    "mvreference": "book", "manual": "book", "booklet": "pamphlet", "inbook": "chapter", "bookinbook": "chapter",
    "suppbook": "chapter", "incollection": "chapter", "suppcollection": "chapter", "inreference": "entry-encyclopedia",
    "inproceedings": "paper-conference", "conference": "paper-conference", "phdthesis": "thesis",
    "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "unpublished": "manuscript", "dataset": "dataset", "software": "software", "online": "webpage",
    "electronic": "webpage", "www": "webpage", "patent": "patent", "periodical": "periodical", "artwork": "graphic",
    "image": "graphic", "audio": "song", "music": "song", "movie": "motion_picture", "video": "motion_picture",
    "performance": "performance", "jurisdiction": "legal_case", "legislation": "legislation", "legal": "treaty",
    "letter": "personal_communication", "review": "review", "standard": "standard", "misc": "document",
}  # fmt: skip

#: Subtypes that are not types of CSL.
SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}

#: The fields that a variable is read from, best first.
READ = {
    "title-short": ("shorttitle",), "original-title": ("origtitle",), "container-title-short": ("shortjournal",),
    "collection-title": ("series",), "edition": ("edition",), "volume": ("volume",), "number-of-volumes": ("volumes",),
    "chapter-number": ("chapter",), "page": ("pages",), "number-of-pages": ("pagetotal", "numpages"),
    "version": ("version",), "genre": ("type",), "medium": ("howpublished",),
    "publisher-place": ("location", "address"),
    "original-publisher": ("origpublisher",), "original-publisher-place": ("origlocation",),
    "event-title": ("eventtitle",), "event-place": ("venue",), "status": ("pubstate",), "note": ("note",),
    "archive": ("library",), "PMID": ("pmid",), "PMCID": ("pmcid",), "keyword": ("keywords",),
    "publisher": ("publisher", "institution", "school", "organization"), "abstract": ("abstract",),
    "annote": ("annotation", "annote"),
}  # fmt: skip

#: The same for variables that are not LaTeX.
VERBATIM = {"DOI": ("doi",), "URL": ("url",), "ISBN": ("isbn",), "ISSN": ("issn",)}

#: Words of `type` that stand there only because the entry must have one, and what LaTeX's own words mean.
GENRES = {
    "thesis": "", "report": "", "phdthesis": "PhD thesis", "mathesis": "Master's thesis",
    "mastersthesis": "Master's thesis", "bathesis": "Bachelor's thesis", "techreport": "Technical report",
    "resreport": "Research report",
}  # fmt: skip

ESCAPED = re.compile(r"\\([%#&_$~{}])")
ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-f]+);", re.IGNORECASE)


@dataclass(slots=True)
class Reading:
    """An entry that is being read: its type, the fields that are still to be read, and what is left."""

    type: str
    fields: dict[str, str]
    left: list[Left]

    def text(self, *names: str) -> str:
        """Take the first of some fields that there is, as plain text."""
        for name in names:
            if self.fields.get(name, "").strip():
                return self.plain(name, self.fields.pop(name))
        return ""

    def plain(self, name: str, value: str) -> str:
        """Return a value as plain text; commands that this loses are left."""
        if "&" in value:
            value = ENTITY.sub(lambda match: html.unescape(match[0]), value)
        decoded = latex.decode(value)
        if decoded.lost:
            self.left.append(Left(name, value, f"it is kept without {', '.join(decoded.lost)}"))
        return " ".join(decoded.text.split())

    def verbatim(self, *names: str) -> str:
        """Take the first of some fields that there is, as it stands, without the escapes that some programs write."""
        value = next((self.fields.pop(name) for name in names if self.fields.get(name)), "").strip()
        if value.startswith("\\url"):
            value = value.removeprefix("\\url").strip()
        if value.startswith("{") and value.endswith("}"):
            value = value[1:-1]
        return ESCAPED.sub(r"\1", value.replace("\\textasciitilde", "~").replace("{\\_}", "_"))


def item_of(key: str, entry: Reading) -> Item:
    """Return an entry as an item; what it cannot hold is left with the entry."""
    item: Item = {"id": key, "type": _type(entry)}
    item |= _titles(entry)
    item |= bib_names.people(entry.fields, entry.left)
    item |= _dates(entry)
    item |= _numbers(entry)
    item |= {name: value for name, fields in VERBATIM.items() if (value := entry.verbatim(*fields))}
    item |= _eprint(entry)
    item |= {name: value for name, fields in READ.items() if name not in item and (value := entry.text(*fields))}
    item |= _genre(entry, item)
    if language := entry.text("langid") or entry.text("language") or entry.text("hyphenation"):
        item["language"] = language
    if aliases := entry.verbatim("ids"):
        item["custom"] = {"aliases": [alias.strip() for alias in aliases.split(",")]}
    _settle(item)
    entry.left += [
        Left(name, entry.plain(name, value), "works have no such field here")
        for name, value in entry.fields.items()
        if value.strip()
    ]
    return item


def _type(entry: Reading) -> str:
    subtype = entry.fields.pop("entrysubtype", "")
    if entry.type not in TYPES:
        entry.left.append(Left("type", entry.type, "there is no such entry type; it is a document here"))
    type_ = TYPES.get(entry.type, "document")
    if subtype in SUBTYPES or subtype:
        return SUBTYPES.get(subtype, subtype)
    if type_ == "document" and "archiveprefix" in entry.fields:
        return "article"
    return "webpage" if entry.type == "misc" and "url" in entry.fields else type_


def _titles(entry: Reading) -> Item:
    title, main, book = (_with_subtitle(entry, name) for name in ("title", "maintitle", "booktitle"))
    journal = _with_subtitle(entry, "journaltitle") or _with_subtitle(entry, "journal")
    found = {"title": "" if title == NO_TITLE else title}
    if entry.type in PARTS or book:
        found |= {"container-title": main or book, "volume-title": book if main else ""}
    elif main:
        found |= {"title": main, "volume-title": found["title"]}
    if not found.get("container-title"):
        found["container-title"] = journal
    if not found["container-title"] and entry.type in {"online", "dataset"} and (site := entry.text("organization")):
        found["container-title"] = site
    return {name: text for name, text in found.items() if text}


def _with_subtitle(entry: Reading, name: str) -> str:
    title, sub = entry.text(name), entry.text(f"{name.removesuffix('title')}subtitle")
    if not title or not sub:
        return title or sub
    return f"{title}{' ' if title[-1] in '?!:.' else ': '}{sub}"


def _dates(entry: Reading) -> Item:
    found: Item = {}
    date = entry.verbatim("date")
    if date and date != "XXXX":
        found["issued"] = {"raw": date}
    elif not date and (year := entry.text("year")):
        found["issued"] = _issued(entry, year)
    if date:
        entry.fields.pop("year", None)
        entry.fields.pop("month", None)
    for variable, field in DATES.items():
        if value := entry.verbatim(field):
            found[variable] = {"raw": value}
    return found


def _issued(entry: Reading, year: str) -> Item:
    """Return the date that year and month give."""
    month, day = entry.text("month"), entry.text("day")
    if not month or not year.isdigit():
        return {"raw": year}
    if month.isdigit() and 1 <= int(month) <= 12:  # noqa: PLR2004  months
        return {"date-parts": [[int(year), int(month), *([int(day)] if day.isdigit() else [])]]}
    days = re.findall(r"(?<!\d)\d{1,2}(?!\d)", month)
    words = [number for word in re.findall(r"[^\W\d_]+", month) if (number := month_number(word))]
    if len(words) == 1 and len(days) < 2:  # noqa: PLR2004  a range of days has two
        return {"date-parts": [[int(year), words[0], *map(int, days)]]}
    if len(words) == 2 and not days:  # noqa: PLR2004  from one month to another
        return {"date-parts": [[int(year), words[0]], [int(year), words[1]]]}
    raw = from_text(f"{month} {year}")
    if not raw:
        entry.left.append(Left("month", month, "it is no month that is understood"))
    return {"raw": raw or year}


def _numbers(entry: Reading) -> Item:
    """Return what the field `number` means in this type of entry; see `entries` for the way there."""
    number, issue, eid = entry.text("number"), entry.text("issue"), entry.text("eid")
    if entry.type in SERIALS:
        found = {"issue": number or issue, "number": eid}
    else:
        name = (
            "collection-number" if "series" in entry.fields and entry.type not in {"report", "techreport"} else "number"
        )
        found = {name: number, "issue": issue} | ({"number": eid} if eid else {})
    if issue and number and entry.type in SERIALS:
        entry.left.append(Left("issue", issue, "the number of the issue is kept"))
    return {name: text for name, text in found.items() if text}


def _eprint(entry: Reading) -> Item:
    number, kind = entry.verbatim("eprint"), entry.verbatim("eprinttype", "archiveprefix")
    entry.fields.pop("primaryclass", None)
    entry.fields.pop("eprintclass", None)
    if not number:
        return {}
    if kind.lower() == "pubmed":
        return {"PMID": number}
    return {"archive": kind or "arXiv", "archive_location": number}


def _genre(entry: Reading, item: Item) -> Item:
    """Return what sort of its type a work is; an entry type can say that too."""
    genre: str = item.pop("genre", "")
    if entry.type in {"phdthesis", "mastersthesis"} and not genre:
        return {"genre": GENRES[entry.type]}
    genre = GENRES.get(genre.lower(), genre) if item["type"] in {"thesis", "report", "standard"} else genre
    return {"genre": genre} if genre else {}


def _settle(item: Item) -> None:
    """Put right what .bib files say in one place and mean in another."""
    medium = str(item.get("medium", ""))
    if medium.startswith(("http://", "https://")):
        del item["medium"]
        item.setdefault("URL", medium)
    if "keyword" in item:
        item["keyword"] = ", ".join(filter(None, re.split(r"\s*[,;]\s*", str(item["keyword"]))))
