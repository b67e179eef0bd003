"""What a base says of itself, in the CITATION.cff beside its records, which a build takes along.

https://citation-file-format.github.io says what such a file may hold. Its `license` is that of the program, so it is
not read: records are under the licence that every page names.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from filiera import reader
from filiera.errors import FilieraError

FILE = "CITATION.cff"

TITLE = "Filiera"
SUMMARY = "What the literature says about global value chains and industrial districts, and where."

#: The licence of the records: its name for people, its name in the list of SPDX, and its address.
LICENCE = ("CC BY 4.0", "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")


@dataclass(frozen=True, slots=True)
class Creator:
    """A person or an organisation that the base is the work of; an organisation has no family name."""

    name: str
    family: str = ""
    given: str = ""
    orcid: str = ""
    affiliation: str = ""
    website: str = ""

    @property
    def is_person(self) -> bool:
        """Tell whether this is a person."""
        return bool(self.family)


@dataclass(frozen=True, slots=True)
class About:
    """A base as a whole; what is not said is empty. `released` is a day, as in 2026-11-25."""

    title: str = TITLE
    summary: str = SUMMARY
    creators: tuple[Creator, ...] = ()
    keywords: tuple[str, ...] = ()
    version: str = ""
    released: str = ""
    doi: str = ""
    message: str = ""
    repository: str = ""


def about(folder: Path) -> About:
    """Read what is said in the CITATION.cff of a folder; without one, nothing is known but what all bases are.

    Raises FilieraError, with the place, when the file cannot be read.
    """
    path = folder / FILE
    if not path.is_file():
        return About()
    tree, flaws = reader.read(path.read_text(encoding="utf-8"))
    if flaws or not isinstance(tree, reader.Mapping):
        place = f"{flaws[0].line}:{flaws[0].column}: {flaws[0].message}" if flaws else "1:1: it is no mapping"
        raise FilieraError(f"{FILE}:{place}")
    said = _Said(reader.plain(tree))
    return About(
        title=said.text("title") or TITLE,
        summary=" ".join((said.text("abstract") or SUMMARY).split()),
        creators=tuple(_creator(said.inner("authors", one)) for one in said.several("authors")),
        keywords=tuple(map(str, said.several("keywords"))),
        version=said.text("version"),
        released=day(said.text("date-released")) if said.text("date-released") else "",
        doi=said.text("doi"),
        message=said.text("message"),
        repository=said.text("repository-code"),
    )


def carry(folder: Path, build: Path) -> None:
    """Copy what is said of a base into a build of it, once it can be read."""
    if (folder / FILE).is_file():
        about(folder)
        shutil.copyfile(folder / FILE, build / FILE)


def day(text: str) -> str:
    """Return a text that is a day.

    Raises FilieraError when it is none.
    """
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise FilieraError(f"the day of release {text!r} is no day; write it as in 2026-11-25") from error


@dataclass(frozen=True, slots=True)
class _Said:
    """The fields of a mapping; one that is not of the kind that is asked for is refused by name."""

    fields: Mapping[str, Any]

    def text(self, name: str) -> str:
        value = self.fields.get(name, "")
        if not isinstance(value, str):
            raise FilieraError(f"{FILE}: {name} must be a text")
        return value.strip()

    def several(self, name: str) -> list[Any]:
        value = self.fields.get(name, [])
        if not isinstance(value, list):
            raise FilieraError(f"{FILE}: {name} must be a list")
        return value

    def inner(self, name: str, value: Any) -> _Said:  # noqa: ANN401  whatever the file holds
        if not isinstance(value, dict):
            raise FilieraError(f"{FILE}: each of {name} must have fields such as 'name' or 'family-names'")
        return _Said(value)


def _creator(said: _Said) -> Creator:
    family = _joined(said.text("name-particle"), said.text("family-names"))
    given = said.text("given-names")
    name = said.text("name") or _joined(given, family, said.text("name-suffix")) or said.text("alias")
    orcid = said.text("orcid").removeprefix("https://orcid.org/")
    return Creator(name, family, given, orcid, said.text("affiliation"), said.text("website"))


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))
