"""The works outside the base that a manuscript may cite: its bibliographies, and its own list of references."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from filiera.bibliography.libraries import BIB, text_of
from filiera.errors import FilieraError, NotFoundError
from filiera.folding import fold
from filiera.paths import shown

#: The beginning of an entry of BibTeX, and the fields that say who and when.
ENTRY = re.compile(r"@(\w+)\s*[{(]\s*([^\s,{}()=]+)\s*,")
FIELD = re.compile(r"\b(author|editor|year|date|title)\s*=\s*", re.IGNORECASE)
NO_ENTRIES = frozenset({"string", "comment", "preamble"})
YEAR = re.compile(r"\b(1[4-9]\d\d|20\d\d)")
BRACED = re.compile(r"[{}\"]|\\.")
ACCENT = re.compile(r"\\[`'^\"~=.]|\\[a-zA-Z]\b|[{}]")


@dataclass(frozen=True, slots=True)
class Outside:
    """Works that are known from elsewhere: their keys, and by their year the folded names of their people."""

    keys: frozenset[str] = frozenset()
    names: dict[str, list[str]] = field(default_factory=dict)

    def has(self, families: Iterable[str], year: str) -> bool:
        """Tell whether one of the works has all these names, and is of that year."""
        wanted = [f" {family} " for family in families]
        return bool(wanted) and any(all(one in names for one in wanted) for names in self.names.get(year[:4], ()))

    def count(self, families: Iterable[str], year: str) -> int:
        """Return how many of the works have all these names and that year."""
        wanted = [f" {family} " for family in families]
        return sum(all(one in names for one in wanted) for names in self.names.get(year[:4], ()))


def outside(files: Iterable[Path], listed: Iterable[str] = (), defined: Iterable[str] = ()) -> Outside:
    """Return the works of bibliographies, of a list of references (folded entries) and of keys that are defined."""
    keys = set(defined)
    names: dict[str, list[str]] = {}
    for file in files:
        for key, people, year in _works(file):
            keys.add(key)
            names.setdefault(year, []).append(f" {fold(people)} ")
    for entry in listed:
        people, _, year = entry.rpartition(" ")
        names.setdefault(year, []).append(f" {people} ")
    return Outside(frozenset(keys), names)


def named(manuscript: Path, names: Iterable[str]) -> Iterator[Path]:
    """Yield the files that a manuscript names, where they are; a .bib may be named without its suffix."""
    for name in names:
        for candidate in (manuscript.parent / name, manuscript.parent / f"{name}.bib"):
            if candidate.is_file():
                yield candidate
                break


def _works(file: Path) -> Iterator[tuple[str, str, str]]:
    """Yield key, people and year of each work in a .bib or CSL-JSON file."""
    if not file.is_file():
        raise NotFoundError(f"there is no bibliography at {shown(file)!r}")
    text, _ = text_of(file)
    if file.suffix.lower() == ".json":
        yield from _csl(file, text)
    elif text.strip() and not BIB.search(text):
        raise FilieraError(f"{shown(file)!r} has no entry of BibTeX; name a .bib file, or a .json file of CSL-JSON")
    else:
        yield from _bib(text)


def _csl(file: Path, text: str) -> Iterator[tuple[str, str, str]]:
    try:
        items = json.loads(text)
        items = items if isinstance(items, list) else items["items"]
        for item in items:
            people = [*item.get("author", ()), *item.get("editor", ())]
            parts = item.get("issued", {}).get("date-parts") or [[""]]
            names = " ".join(str(person.get("family") or person.get("literal") or "") for person in people)
            yield str(item["id"]), names, str(parts[0][0])
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise FilieraError(
            f"{shown(file)!r} is no list of works in CSL-JSON; write it anew from its program"
        ) from error


def _bib(text: str) -> Iterator[tuple[str, str, str]]:
    """Read what is needed of BibTeX, and no more: a fault in one entry does not hide the next."""
    entries = [match for match in ENTRY.finditer(text) if match[1].lower() not in NO_ENTRIES]
    for match, after in zip_longest(entries, entries[1:]):
        body = text[match.end() : after.start() if after else len(text)]
        fields = {one[1].lower(): _value(body, one.end()) for one in FIELD.finditer(body)}
        people = ACCENT.sub("", f"{fields.get('author', '')} and {fields.get('editor', '')}")
        year = YEAR.search(fields.get("year", "") or fields.get("date", ""))
        yield match[2], people, year[1] if year else ""


def _value(body: str, start: int) -> str:
    """Return the value of a field, up to the brace or the quotation mark that closes it."""
    if start >= len(body) or body[start] not in '{"':
        return body[start : start + 40].partition(",")[0].strip()
    depth = 0
    for match in BRACED.finditer(body, start + 1):
        if depth == 0 and match[0] == ("}" if body[start] == "{" else '"'):
            return body[start + 1 : match.start()]
        depth += (match[0] == "{") - (match[0] == "}")
    return body[start + 1 :]
