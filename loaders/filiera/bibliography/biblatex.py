"""Write items as a file for BibLaTeX, in UTF-8, so that its own data model has no complaint.

The model wants some fields of each entry type; an item that lacks one gets the next best type, and `entrysubtype` says
what it is (`biber --tool --validate-datamodel` checks that). A work without a date has the EDTF date XXXX, some year:
BibLaTeX and Pandoc print it as undated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from filiera.bibliography import entries
from filiera.bibliography.csl import Item
from filiera.bibliography.dates import edtf
from filiera.bibliography.entries import Dialect, Fields
from filiera.bibliography.latex import escape

#: Some year, which is not known.
UNDATED = "XXXX"

#: The type of CSL that an entry type is without a subtype; one of misc is read from what else it has.
CANONICAL = {
    "article": "article-journal", "book": "book", "booklet": "pamphlet", "collection": "book", "dataset": "dataset",
    "inbook": "chapter", "incollection": "chapter", "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia", "manual": "book", "misc": "", "online": "webpage", "patent": "patent",
    "periodical": "periodical", "report": "report", "software": "software", "thesis": "thesis",
    "unpublished": "manuscript",
}  # fmt: skip

#: The variables that the data model wants of an entry type.
WANTED = {
    "article": ("author", "container-title"), "book": ("author",), "booklet": ("author",), "collection": ("editor",),
    "inbook": ("author", "container-title"), "incollection": ("author", "editor", "container-title"),
    "inproceedings": ("author", "container-title"), "inreference": ("author", "editor", "container-title"),
    "patent": ("author", "number"), "periodical": ("editor",), "report": ("author", "publisher"),
    "thesis": ("author", "publisher"), "unpublished": ("author",),
}  # fmt: skip

#: The entry types that an item of a type of CSL may be, best first; the last one wants nothing.
CHOICES = {
    **dict.fromkeys(
        ("article-journal", "article-magazine", "article-newspaper", "review", "review-book"),
        ("article", "online", "unpublished", "misc"),
    ),
    "article": ("report", "online", "unpublished", "misc"),
    "book": ("book", "collection", "manual"),
    "classic": ("book", "collection", "manual"),
    "chapter": ("incollection", "inbook", "unpublished", "misc"),
    "dataset": ("dataset",),
    **dict.fromkeys(("entry-encyclopedia", "entry-dictionary"), ("inreference", "inbook", "online", "misc")),
    "manuscript": ("unpublished", "misc"),
    "pamphlet": ("booklet", "misc"),
    "paper-conference": ("inproceedings", "unpublished", "misc"),
    "speech": ("unpublished", "misc"),
    "patent": ("patent", "misc"),
    "periodical": ("periodical", "misc"),
    "report": ("report", "manual"),
    "software": ("software",),
    "standard": ("manual",),
    "thesis": ("thesis", "unpublished", "misc"),
    **dict.fromkeys(("webpage", "post", "post-weblog"), ("online", "misc")),
}

#: The fields that every entry may have, and those of each type, in the data model of BibLaTeX 3.
GENERIC = frozenset(
    """
    annotation date doi entrysubtype eprint eprinttype ids keywords langid library namea nameatype nameb namebtype namec
    namectype origdate origlocation origpublisher origtitle shortjournal shorttitle title author note pubstate url
    urldate language
    """.split()  # noqa: SIM905  a column of quotation marks is no easier to read
)
BOOK = "edition isbn location maintitle number publisher series translator volume volumes chapter editor"
ALLOWED = {
    name: GENERIC | frozenset(fields.split())
    for name, fields in {
        "article": "editor eid issn journaltitle number pages series translator version volume",
        "book": f"{BOOK} pages pagetotal",
        "booklet": "chapter editor howpublished location pages pagetotal type",
        "collection": f"{BOOK} pages pagetotal",
        "dataset": "edition editor location number organization publisher series type version",
        "inbook": f"{BOOK} booktitle bookauthor pages",
        "incollection": f"{BOOK} booktitle pages",
        "inproceedings": (
            "booktitle chapter editor eventdate eventtitle isbn location maintitle number organization pages publisher "
            "series venue volume volumes"
        ),
        "inreference": f"{BOOK} booktitle pages",
        "manual": (
            "chapter edition editor isbn location number organization pages pagetotal publisher series type version"
        ),
        "misc": "editor howpublished location organization type version",
        "online": "editor organization version",
        "patent": "location number type version",
        "periodical": "editor issn number series volume",
        "report": "chapter institution location number pages pagetotal type version",
        "software": "editor howpublished location organization type version",
        "thesis": "chapter institution location pages pagetotal type",
        "unpublished": "eventdate eventtitle howpublished location type venue",
    }.items()
}

#: Fields of the generic ones that some types may not have.
REFUSED = {"collection": frozenset({"author"}), "periodical": frozenset({"author"})}

ORDER = tuple(
    """
    entrysubtype author editor translator bookauthor namea nameatype nameb namebtype namec namectype title maintitle
    booktitle journaltitle shorttitle shortjournal origtitle date origdate pubstate series number volume volumes edition
    version chapter pages eid pagetotal type howpublished publisher institution organization location origpublisher
    origlocation eventtitle eventdate venue isbn issn doi eprint eprinttype url urldate langid language library keywords
    note annotation ids
    """.split()  # noqa: SIM905  as above
)


def entry_type(item: Item) -> str:
    """Return the best entry type whose wanted fields an item has."""
    choices = CHOICES.get(item["type"], ("misc",))
    if choices[0] == "article" and "container-title" in item and not _online(item):
        return "article"
    return next(choice for choice in choices if _has(item, choice))


def _has(item: Item, choice: str) -> bool:
    if choice == "online":
        return _online(item)
    return choice in {"misc", "manual", "dataset", "software"} or all(name in item for name in WANTED[choice])


def _online(item: Item) -> bool:
    """Tell whether an item can be cited by its address; an article by an author never need be."""
    cited_otherwise = item["type"].startswith(("article-", "review")) and "author" in item and "container-title" in item
    return not cited_otherwise and ("URL" in item or "DOI" in item)


def _allowed(type_: str, field: str) -> bool:
    return field in ALLOWED[type_] and field not in REFUSED.get(type_, ())


def _issued(item: Item) -> Fields:
    return {"date": edtf(item["issued"]) or UNDATED if "issued" in item else UNDATED}


DIALECT = Dialect(
    entry_type=entry_type,
    canonical=CANONICAL,
    allowed=_allowed,
    issued=_issued,
    text=escape,
    names={},
    order=ORDER,
    long_names=True,
)


def write(items: Iterable[Item], names: re.Pattern[str] | None = None) -> Iterator[str]:
    """Yield the entries of items; `names` finds names that the base knows in titles."""
    return entries.write(items, DIALECT, names)
