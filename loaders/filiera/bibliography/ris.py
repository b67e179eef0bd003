"""Write items as RIS, the exchange format of reference managers, and read them.

A record is a line `TY  - type`, lines of tag and value, and a line `ER  - `. The tags are those that EndNote, Zotero
and Mendeley agree on; what none of them has a tag for stands in brackets in `RN`, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from filiera.bibliography.annotations import preceded
from filiera.bibliography.csl import Item
from filiera.bibliography.dates import edtf
from filiera.bibliography.names import Name, single, written

#: The type of reference of each type of CSL.
TYPES = {
    "article": "UNPB", "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS",
    "bill": "BILL", "book": "BOOK", "broadcast": "MPCT", "chapter": "CHAP", "classic": "CLSWK", "collection": "GEN",
    "dataset": "DATA", "document": "GEN", "entry": "GEN", "entry-dictionary": "DICT", "entry-encyclopedia": "ENCYC",
    "figure": "FIGURE", "graphic": "ART", "hearing": "HEAR", "interview": "GEN", "legal_case": "CASE",
    "legislation": "STAT", "manuscript": "MANSCPT", "map": "MAP", "motion_picture": "MPCT", "musical_score": "MUSIC",
    "pamphlet": "PAMP", "paper-conference": "CPAPER", "patent": "PAT", "performance": "GEN", "periodical": "SER",
    "personal_communication": "PCOMM", "post": "ELEC", "post-weblog": "BLOG", "regulation": "LEGAL", "report": "RPRT",
    "review": "JOUR", "review-book": "JOUR", "software": "COMP", "song": "SOUND", "speech": "SLIDE",
    "standard": "STAND", "thesis": "THES", "treaty": "GEN", "webpage": "ELEC",
}  # fmt: skip

#: The type of CSL that a type of reference is read as, where several share it or nothing here is written as it.
READ = {
    **{ris: type_ for type_, ris in reversed(TYPES.items())},
    "ABST": "article-journal", "AGGR": "dataset", "ADVS": "motion_picture", "CONF": "paper-conference",
    "CTLG": "book", "DBASE": "dataset", "EBOOK": "book", "ECHAP": "chapter", "EDBOOK": "book",
    "EJOUR": "article-journal", "ELEC": "webpage", "GEN": "document", "ICOMM": "personal_communication",
    "INPR": "article-journal", "JFULL": "periodical", "JOUR": "article-journal", "MPCT": "motion_picture",
    "UNBILL": "bill", "UNPB": "article", "VIDEO": "motion_picture", "GOVDOC": "report", "MULTI": "webpage",
    "PREPRINT": "article",
}  # fmt: skip

#: The tag of each variable, and the variable of each tag that is read.
TAGS = {
    "title": "TI", "title-short": "ST", "container-title": "T2", "container-title-short": "J2",
    "collection-title": "T3", "collection-number": "SV", "edition": "ET", "volume": "VL", "number-of-volumes": "NV",
    "issue": "IS", "number": "M1", "section": "SE", "genre": "M3", "publisher": "PB", "publisher-place": "CY",
    "archive": "DB", "archive_location": "AV", "DOI": "DO", "URL": "UR", "language": "LA", "note": "N1",
    "ISBN": "SN", "ISSN": "SN",
}  # fmt: skip

PEOPLE = {"author": "AU", "editor": "A2", "collection-editor": "A3", "translator": "A4"}

#: Types whose SP is a number of pages, because they are no part of anything.
WHOLE = frozenset({"book", "thesis", "report", "classic", "manuscript", "pamphlet", "dataset"})

#: A date that RIS can say: year, month or season, day.
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")
SEASONS = {"21": "Spring", "22": "Summer", "23": "Autumn", "24": "Winter"}
RANGE = re.compile(r"(\w+)-(\w+)\Z")


def write(items: Iterable[Item], names: re.Pattern[str] | None = None) -> Iterator[str]:  # noqa: ARG001  titles need none
    """Yield the record of each item; lines end as the format wants it."""
    for item in items:
        lines = [f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in _lines(item)]
        yield "".join([*lines, "ER  - \r\n\r\n"])


def _lines(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the tags and values of an item in the order of the format."""
    type_ = item["type"]
    extras = [] if READ[TYPES[type_]] == type_ else [("type", type_)]
    yield "TY", TYPES[type_]
    yield "ID", item["id"]
    for variable, value in item.items():
        if isinstance(value, list):
            yield from _people(variable, value, extras)
        elif variable in {"issued", "accessed"}:
            yield from _date(variable, edtf(value) or "", extras)
        elif variable in {"page", "number-of-pages"}:
            yield from _pages(variable, value, extras, whole=type_ in WHOLE)
        elif variable == "keyword":
            yield from (("KW", word.strip()) for word in value.split(";" if ";" in value else ","))
        elif variable in TAGS and not _means_otherwise(variable, item):
            yield TAGS[variable], value
        elif variable not in {"id", "type", "annote", "custom"}:
            extras.append((variable, edtf(value) or "" if isinstance(value, dict) else value))
    if aliases := item.get("custom", {}).get("aliases"):
        extras.append(("aliases", ", ".join(aliases)))
    if annotation := preceded(extras, item.get("annote", "")):
        yield "RN", annotation


def _means_otherwise(variable: str, item: Item) -> bool:
    """Tell whether the tag would be read as something else: T2 of a book is its series, J2 alone the journal."""
    alone = variable == "container-title-short" and "container-title" not in item
    return alone or (variable == "container-title" and item["type"] == "book")


def _people(role: str, people: list[Name], extras: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    extras += (("person", one) for name in people if (one := single(name)))
    for name in people:
        if role in PEOPLE:
            yield PEOPLE[role], written(name)
        else:
            extras.append((role, written(name)))


def _date(variable: str, date: str, extras: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    match = DATE.match(date)
    if not match:
        extras.append((variable, date))
        if variable == "issued" and date[:4].isdigit():
            yield "PY", date[:4]
        return
    year, month, day = (part or "" for part in match.groups())
    if variable == "issued":
        yield "PY", year
    if month or variable == "accessed":
        tag = "DA" if variable == "issued" else "Y2"
        yield tag, f"{year}///{SEASONS[month]}" if month in SEASONS else f"{year}/{month}/{day}/"


def _pages(variable: str, value: str, extras: list[tuple[str, str]], *, whole: bool) -> Iterator[tuple[str, str]]:
    if (variable == "page") == whole:
        extras.append((variable, value))
    elif not whole and (match := RANGE.match(value)):
        yield "SP", match[1]
        yield "EP", match[2]
    else:
        yield "SP", value
