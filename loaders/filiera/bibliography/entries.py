"""Write items as entries of .bib files: what BibTeX and BibLaTeX have in common.

A dialect says which entry type an item has, which fields such an entry may have and how text and dates are written.
A variable goes into the first of its fields that the entry may have and that is free; what finds no field stands in
brackets in the annotation, so that nothing is lost. Addresses and identifiers stand as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from filiera.bibliography.annotations import preceded
from filiera.bibliography.csl import PEOPLE, Item
from filiera.bibliography.dates import edtf
from filiera.bibliography.names import Name, single, written
from filiera.bibliography.titles import protected

#: What stands where the title is not known: without one, entries cannot be printed.
NO_TITLE = "[title not known]"

#: The fields that a variable may stand in, best first.
SLOTS: dict[str, tuple[str, ...]] = {
    "title-short": ("shorttitle",),
    "original-title": ("origtitle",),
    "container-title-short": ("shortjournal",),
    "collection-title": ("series",),
    "edition": ("edition",),
    "volume": ("volume",),
    "number-of-volumes": ("volumes",),
    "chapter-number": ("chapter",),
    "page": ("pages",),
    "number-of-pages": ("pagetotal",),
    "version": ("version",),
    "genre": ("type",),
    "medium": ("howpublished",),
    "publisher-place": ("location",),
    "original-publisher": ("origpublisher",),
    "original-publisher-place": ("origlocation",),
    "event-title": ("eventtitle",),
    "event-place": ("venue",),
    "status": ("pubstate",),
    "note": ("note",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "DOI": ("doi",),
    "URL": ("url",),
}

#: The fields of titles that styles write small.
TITLES = frozenset({"title", "booktitle", "maintitle", "shorttitle", "origtitle"})

#: Fields that are not LaTeX: nothing in them is escaped.
VERBATIM = frozenset(
    """
    url doi isbn issn eprint eprinttype date origdate eventdate urldate month ids langid entrysubtype nameatype
    namebtype namectype
    """.split()  # noqa: SIM905  easier to read than quotation marks
)

#: Fields whose value is made of names, each of them escaped already.
NAMES = frozenset({"author", "editor", "translator", "bookauthor", "namea", "nameb", "namec"})

#: Hyphens that are dashes.
DASHES = {"pages": re.compile(r"(?<=[0-9A-Za-z])-(?=[0-9A-Za-z])"), "year": re.compile(r"(?<=\d)-(?=\d)")}

#: Names of languages to LaTeX, by tag.
BABEL = {
    "en": "english", "en-US": "american", "en-GB": "british", "en-AU": "australian", "en-CA": "canadian",
    "it": "italian", "fr": "french", "de": "german", "de-AT": "austrian", "es": "spanish", "ca": "catalan",
    "pt": "portuguese", "pt-BR": "brazilian", "nl": "dutch", "da": "danish", "sv": "swedish", "nb": "norsk",
    "nn": "nynorsk", "fi": "finnish", "is": "icelandic", "pl": "polish", "cs": "czech", "sk": "slovak", "sl": "slovene",
    "hr": "croatian", "sr": "serbian", "hu": "hungarian", "ro": "romanian", "bg": "bulgarian", "ru": "russian",
    "uk": "ukrainian", "el": "greek", "tr": "turkish", "la": "latin", "he": "hebrew", "ar": "arabic", "et": "estonian",
    "lv": "latvian", "lt": "lithuanian", "ga": "irish", "cy": "welsh", "eu": "basque", "gl": "galician",
    "sq": "albanian", "vi": "vietnamese",
}  # fmt: skip

#: Entry types whose issue is a number, as that of a journal.
SERIALS = frozenset({"article", "periodical"})

#: Entry types that are parts of books.
PARTS = frozenset({"incollection", "inbook", "inproceedings", "inreference"})

#: The archives whose numbers LaTeX knows.
EPRINTS = frozenset({"arxiv", "arXiv", "jstor", "hdl"})

DATES = {"original-date": "origdate", "event-date": "eventdate", "accessed": "urldate"}

Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """A kind of .bib file.

    `canonical` has the type of CSL that an entry type has when it is read back; `allowed` whether an entry type may
    have a field; `issued` the fields of the date of issue; `names` the names of fields that BibLaTeX calls otherwise.
    """

    entry_type: Callable[[Item], str]
    canonical: dict[str, str]
    allowed: Callable[[str, str], bool]
    issued: Callable[[Item], Fields]
    text: Callable[[str], str]
    names: dict[str, str]
    order: tuple[str, ...]
    long_names: bool


def write(items: Iterable[Item], dialect: Dialect, names: re.Pattern[str] | None = None) -> Iterator[str]:
    """Yield the entry of each item; `names` finds names that the base knows in titles."""
    for item in items:
        yield _Entry(item, dialect, names).written()


class _Entry:
    """Fills the fields of one entry."""

    def __init__(self, item: Item, dialect: Dialect, names: re.Pattern[str] | None) -> None:
        self.item = item
        self.dialect = dialect
        self.names = names
        self.type = dialect.entry_type(item)
        self.fields: Fields = {}
        self.extras: list[tuple[str, str]] = []

    def written(self) -> str:
        """Return the text of the entry, with its fields in the order of the dialect."""
        self._subtype()
        self._titles()
        self._people()
        self._dates()
        self._rest()
        self._custom()
        if text := preceded(self.extras, self.item.get("annote", "")):
            self.fields["annotation"] = text
        names = {name: self.dialect.names.get(name, name) for name in self.dialect.order}
        lines = [f"  {names[name]} = {self._value(name)},\n" for name in self.dialect.order if name in self.fields]
        return f"@{self.type}{{{self.item['id']},\n{''.join(lines)}}}\n\n"

    def _put(self, field: str, value: str) -> bool:
        """Give a field a value, if the entry may have it and it is free."""
        unfit = field in VERBATIM and re.search(r"[{}\\]", value)
        free = field not in self.fields and self.dialect.allowed(self.type, field) and not unfit
        if free:
            self.fields[field] = value
        return free

    def _put_or_keep(self, variable: str, slots: Iterable[str], value: str) -> None:
        if not any(self._put(slot, value) for slot in slots):
            self.extras.append((variable, value))

    def _subtype(self) -> None:
        type_ = self.item["type"]
        if type_ != self.dialect.canonical[self.type]:
            self.fields["entrysubtype"] = type_.removeprefix("article-") if self.type == "article" else type_

    def _titles(self) -> None:
        """Place the titles: the title of a volume goes before that of all volumes, which is the main one."""
        own, container, volume = (self.item.get(name) for name in ("title", "container-title", "volume-title"))
        part = self.type in PARTS
        whole = container if part else own
        if volume and not (whole and self._put("maintitle", whole)):
            self.extras.append(("volume-title", volume))
        book = volume if "maintitle" in self.fields else whole
        self.fields["title"] = (own if part else book) or NO_TITLE
        if part and book:
            self.fields["booktitle"] = book
        if container and not part:
            slots = {"article": "journaltitle", "online": "organization", "dataset": "organization"}
            self._put_or_keep("container-title", [slots[self.type]] if self.type in slots else [], container)

    def _people(self) -> None:
        known = {"author": "author", "editor": "editor", "translator": "translator", "container-author": "bookauthor"}
        spare = iter(("namea", "nameb", "namec"))
        for role in [name for name, value in self.item.items() if _holds_names(name, value)]:
            people = self.item[role]
            value = " and ".join(person(name, self.dialect.text, long=self.dialect.long_names) for name in people)
            in_braces = not self.dialect.long_names
            self.extras += (("person", one) for name in people if in_braces and " " in (one := single(name)))
            if role in known and self._put(known[role], value):
                continue
            if field := next(spare, None):
                self.fields |= {field: value, f"{field}type": role}
            else:
                self.extras += [(role, written(name)) for name in people]
                self.extras += [("person", one) for name in people if (one := single(name))]

    def _dates(self) -> None:
        self.fields |= self.dialect.issued(self.item)
        for variable, field in DATES.items():
            if variable in self.item:
                self._put_or_keep(variable, [field], edtf(self.item[variable]) or "")

    def _rest(self) -> None:
        """Place all variables that one text is the value of."""
        item = self.item
        for variable, slots in SLOTS.items():
            if variable in item:
                self._put_or_keep(variable, slots, item[variable])
        self._numbers()
        if "publisher" in item:
            slots = ("publisher", "institution", "organization") if self.type != "online" else ()
            self._put_or_keep("publisher", slots, item["publisher"])
        if self.type in {"thesis", "report", "phdthesis", "mastersthesis", "techreport"}:
            self.fields.setdefault("type", "Report" if "report" in self.type else "Thesis")
        if language := str(item.get("language", "")):
            slot = "langid" if language in BABEL else "language"
            self._put_or_keep("language", [slot], BABEL.get(language, language))
        for variable in ("section", "authority", "PMCID"):
            if variable in item:
                self.extras.append((variable, item[variable]))
        self._archive()

    def _numbers(self) -> None:
        """Give the one field `number` to what it means in this type; see `bib` for the way back."""
        if self.type in SERIALS:
            slots = {"issue": ("number",), "number": ("eid",)}
        elif "series" in self.fields:
            slots = {"collection-number": ("number",)}
        else:
            slots = {"number": ("number",)}
        for variable in ("issue", "number", "collection-number"):
            if variable in self.item:
                self._put_or_keep(variable, slots.get(variable, ()), self.item[variable])

    def _archive(self) -> None:
        archive, place = self.item.get("archive"), self.item.get("archive_location")
        if archive in EPRINTS and place and self._put("eprint", place):
            self.fields["eprinttype"] = archive
        else:
            if archive:
                self._put_or_keep("archive", ["library"], archive)
            if place:
                self.extras.append(("archive_location", place))
        if pmid := self.item.get("PMID"):
            if self._put("eprint", pmid):
                self.fields["eprinttype"] = "pubmed"
            else:
                self.extras.append(("PMID", pmid))

    def _custom(self) -> None:
        if words := self.item.get("keyword"):
            self._put_or_keep("keyword", [] if ";" in words else ["keywords"], words)
        if aliases := self.item.get("custom", {}).get("aliases"):
            self._put("ids", ", ".join(aliases))

    def _value(self, name: str) -> str:
        """Return the value of a field as it stands after the equals sign."""
        value = self.fields[name]
        if name == "month":
            return value
        if name in VERBATIM or name in NAMES:
            return f"{{{value}}}"
        if name in TITLES and value != NO_TITLE:
            return f"{{{self._title(value)}}}"
        text = self.dialect.text(value)
        return f"{{{DASHES[name].sub('--', text) if name in DASHES else text}}}"

    def _title(self, title: str) -> str:
        """Return a title with braces around the capitals that must stay."""
        text, place, parts = self.dialect.text, 0, []
        for start, end in protected(title, self.item.get("language", ""), self.names):
            parts += [text(title[place:start]), f"{{{text(title[start:end])}}}"]
            place = end
        return "".join([*parts, text(title[place:])])


def _holds_names(variable: str, value: Any) -> bool:  # noqa: ANN401
    return variable in PEOPLE.values() or (isinstance(value, list) and isinstance(value[0], dict))


def person(name: Name, text: Callable[[str], str], *, long: bool = False) -> str:
    """Return a name as BibTeX wants it: von Last, Jr, First; an organisation in braces of its own.

    With `long`, a person whose one name has several words gets the form of BibLaTeX that says so.

    >>> person({"family": "Dijk", "given": "Meine Pieter", "non-dropping-particle": "van"}, str)
    'van Dijk, Meine Pieter'
    >>> person({"literal": "Ernst and Young"}, str), person({"family": "De Marchi"}, str, long=True)
    ('{Ernst and Young}', 'family={De Marchi}')
    """
    if "literal" in name:
        return f"{{{text(name['literal'])}}}"
    if " " in (one := single(name)):
        return f"family={{{text(one)}}}" if long else f"{{{text(one)}}}"
    family = " ".join(filter(None, (name.get("non-dropping-particle"), _part(name["family"], text))))
    given = " ".join(filter(None, (_part(name.get("given", ""), text), name.get("dropping-particle"))))
    if not given and "suffix" not in name:
        return family
    return ", ".join([family, *([_part(name["suffix"], text)] if "suffix" in name else []), given])


def _part(part: str, text: Callable[[str], str]) -> str:
    """Return a part of a name, in braces where BibTeX would part it."""
    taken_apart = "," in part or re.search(r"(?:\A|\s)and(?:\Z|\s)", part, re.IGNORECASE)
    return f"{{{text(part)}}}" if taken_apart else text(part)
