"""Write items as a file for classic BibTeX: in ASCII as far as LaTeX has commands, with the macros of the months.

BibTeX passes over fields that it does not know, so what its styles never print stands under the names of BibLaTeX. So
does the date where year and month cannot say it; BibLaTeX and Pandoc prefer it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from filiera.bibliography import biblatex, entries
from filiera.bibliography.csl import Item
from filiera.bibliography.dates import edtf
from filiera.bibliography.entries import Dialect, Fields
from filiera.bibliography.latex import ascii_only, escape
from filiera.bibliography.works import STATUS

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

#: The type of CSL that an entry type is without a subtype; one of misc is read from what else it has.
CANONICAL = {
    "article": "article-journal", "book": "book", "booklet": "pamphlet", "incollection": "chapter",
    "inproceedings": "paper-conference", "manual": "book", "mastersthesis": "thesis", "misc": "",
    "phdthesis": "thesis", "techreport": "report", "unpublished": "manuscript",
}  # fmt: skip

TYPES = {
    **dict.fromkeys(
        ("article-journal", "article-magazine", "article-newspaper", "review", "review-book", "periodical"), "article"
    ),
    "book": "book", "classic": "book", "pamphlet": "booklet", "paper-conference": "inproceedings",
    **dict.fromkeys(("chapter", "entry-encyclopedia", "entry-dictionary"), "incollection"),
    "standard": "techreport", "report": "techreport", "thesis": "phdthesis",
    "manuscript": "unpublished",
}  # fmt: skip

#: Fields that BibTeX calls otherwise than BibLaTeX.
NAMES = {"journaltitle": "journal", "location": "address", "annotation": "annote"}

#: Fields that mean what they should only in some entry types.
TYPES_OF = {
    "institution": {"techreport", "phdthesis", "mastersthesis"},
    "howpublished": {"misc", "booklet", "unpublished"},
    "journaltitle": {"article"},
    "maintitle": set[str](),
    "organization": set[str](),
}

MASTER = re.compile(r"master|laurea|diplom|m\.? ?(?:sc|a|phil)\b", re.IGNORECASE)

ORDER = tuple(name for field in biblatex.ORDER for name in (("year", "month", "date") if field == "date" else (field,)))


def entry_type(item: Item) -> str:
    """Return the entry type of an item."""
    type_ = TYPES.get(item["type"], "misc")
    if type_ == "phdthesis" and MASTER.search(item.get("genre", "")):
        return "mastersthesis"
    if type_ in {"incollection", "inproceedings"} and "container-title" not in item:
        return "unpublished"
    return "manual" if type_ == "book" and not {"author", "editor"} & item.keys() else type_


def _allowed(type_: str, field: str) -> bool:
    """Tell whether a field means in an entry type what it should; BibTeX itself allows all."""
    if field in TYPES_OF:
        return type_ in TYPES_OF[field]
    return (type_, field) not in {("techreport", "series"), *((one, "publisher") for one in TYPES_OF["institution"])}


def _issued(item: Item) -> Fields:
    """Return year and month, and the date where that is not all of it; a work on its way has its status as year."""
    date = edtf(item["issued"]) if "issued" in item else None
    if not date:
        return {"year": item["status"]} if STATUS.fullmatch(item.get("status", "")) else {}
    year, hyphen, rest = date.partition("-")
    if year.isdigit() and not hyphen:
        return {"year": year}
    if year.isdigit() and rest.isdigit() and int(rest) <= len(MONTHS):
        return {"year": year, "month": MONTHS[int(rest) - 1]}
    start, _, end = date.partition("/")
    years = [f"{part[:3]}0s" if part[3:4] == "X" and part[2] != "X" else part[:4] for part in (start, end.strip("."))]
    return {"year": "-".join(dict.fromkeys(filter(None, years))), "date": date}


DIALECT = Dialect(
    entry_type=entry_type,
    canonical=CANONICAL,
    allowed=_allowed,
    issued=_issued,
    text=lambda text: ascii_only(escape(text)),
    names=NAMES,
    order=ORDER,
    long_names=False,
)


def write(items: Iterable[Item], names: re.Pattern[str] | None = None) -> Iterator[str]:
    """Yield the entries of items; `names` finds names that the base knows in titles."""
    return entries.write(items, DIALECT, names)
