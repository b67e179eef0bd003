"""The tools that Filiera is timed beside: papis and cobib, each with the same library, set up as it does best.

`setup` makes a private environment with pinned versions. Each tool keeps its settings, caches and data in a folder of
the measurement, so that nothing of the user's is read or written. Their libraries are written in the form in which
their own importers write them: papis needs two minutes to import a thousand works, and half a day for fifty thousand.
"""

from __future__ import annotations

import json
import os
import subprocess
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from library import TYPES, Work

#: With what makes them fast: another database for papis, libyaml for cobib.
PINNED = ("papis[optional]==0.16.1", "cobib[cyaml]==6.0.3")


class Tool(Protocol):
    """A program that keeps a library."""

    @property
    def name(self) -> str:
        """What it is called."""

    def prepare(self, works: list[Work]) -> None:
        """Give the tool its library."""

    def by_author(self, work: Work) -> list[str]:
        """Return the command that finds a work by its first author and year."""

    def by_words(self, words: list[str]) -> list[str]:
        """Return the command that finds works by words of their title."""

    def export(self, path: Path) -> list[str]:
        """Return the command that writes all works in BibTeX."""

    def environment(self) -> dict[str, str]:
        """Return the environment in which the commands run."""


def setup(folder: Path) -> Path:
    """Make the environment, if it is not there, and return the folder of its programs."""
    place = folder / "others"
    if not (place / "bin" / "cobib").exists():
        venv.create(place, with_pip=True)
        subprocess.run([place / "bin" / "pip", "install", "-qq", *PINNED], check=True)
    return place / "bin"


def private(folder: Path) -> dict[str, str]:
    """Return an environment whose home is a folder of the measurement."""
    homes = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "CACHE", "DATA", "STATE")}
    return os.environ | {"HOME": str(folder)} | homes


@dataclass(frozen=True)
class Papis:
    """A folder with an `info.yaml` for each work, under one of the databases that papis offers."""

    programs: Path
    folder: Path
    database: str

    @property
    def name(self) -> str:
        """The name, with that of the database."""
        return f"papis ({self.database})"

    def prepare(self, works: list[Work]) -> None:
        """Write a folder a work, as `papis bibtex read … import` does."""
        library = self.folder / "library"
        for number, work in enumerate(works):
            place = library / work.key
            place.mkdir(parents=True)
            info = _fields(work) | {
                "author": " and ".join(f"{person.family}, {person.given}" for person in work.people),
                "author_list": [{"family": person.family, "given": person.given} for person in work.people],
                "papis_id": f"{number:032x}",
                "ref": work.key,
                "type": TYPES[work.type][0],
            }
            (place / "info.yaml").write_text(json.dumps(info, ensure_ascii=False), encoding="utf-8")
        settings = self.folder / "config" / "papis" / "config"
        settings.parent.mkdir(parents=True)
        lines = (
            "[settings]",
            "default-library = all",
            f"database-backend = {self.database}",
            "[all]",
            f"dir = {library}",
        )
        settings.write_text("\n".join(lines), encoding="utf-8")

    def by_author(self, work: Work) -> list[str]:
        """Search two fields."""
        return self._list(f'author:"{work.people[0].family}" year:{work.year}')

    def by_words(self, words: list[str]) -> list[str]:
        """Search the title for each word."""
        return self._list(" ".join(f"title:{word}" for word in words))

    def _list(self, query: str) -> list[str]:
        return [str(self.programs / "papis"), "list", "--all", "--format", "{doc[ref]}", query]

    def export(self, path: Path) -> list[str]:
        """Export all."""
        options = ("--all", "--batch", "--format", "bibtex", "--out", str(path))
        everything = () if self.database == "papis" else ("*",)
        return [str(self.programs / "papis"), "export", *options, *everything]

    def environment(self) -> dict[str, str]:
        """Keep everything in the folder of the measurement."""
        return private(self.folder)


@dataclass(frozen=True)
class Cobib:
    """One YAML file, and a cache of it that cobib keeps."""

    programs: Path
    folder: Path
    name: str = "cobib"

    def prepare(self, works: list[Work]) -> None:
        """Write the file as `cobib add` does."""
        self.folder.mkdir(parents=True)
        documents = (json.dumps({work.key: self._entry(work)}, ensure_ascii=False) for work in works)
        text = "".join(f"---\n{document}\n...\n" for document in documents)
        (self.folder / "library.yaml").write_text(text, encoding="utf-8")
        settings = {"database.file": "library.yaml", "database.cache": "databases", "logging.logfile": "log"}
        lines = [f"config.{name} = {str(self.folder / value)!r}" for name, value in settings.items()]
        lines = ["from cobib.config import config", *lines, "config.logging.version = None"]
        (self.folder / "config.py").write_text("\n".join(lines), encoding="utf-8")

    def _entry(self, work: Work) -> dict[str, object]:
        people = [{"first": person.given, "last": person.family} for person in work.people]
        return _fields(work) | {"ENTRYTYPE": TYPES[work.type][0], "author": people, "year": work.year}

    def by_author(self, work: Work) -> list[str]:
        """List with two filters."""
        return self._run("list", "++author", work.people[0].family, "++year", str(work.year))

    def by_words(self, words: list[str]) -> list[str]:
        """List with a filter a word."""
        return self._run("list", *(part for word in words for part in ("++title", word)))

    def export(self, path: Path) -> list[str]:
        """Export all."""
        return self._run("export", "--bibtex", "--", str(path))

    def _run(self, *words: str) -> list[str]:
        return [str(self.programs / "cobib"), "--porcelain", "--config", str(self.folder / "config.py"), *words]

    def environment(self) -> dict[str, str]:
        """Keep everything in the folder of the measurement."""
        return private(self.folder)


def _fields(work: Work) -> dict[str, object]:
    fields: dict[str, object] = {"doi": f"10.5555/{work.key}", "title": work.title, "year": str(work.year)}
    if work.type == "article-journal":
        pages = f"{work.page}--{work.page + 20}"
        return fields | {"journal": work.venue, "volume": str(work.volume), "pages": pages}
    if work.type == "chapter":
        fields["booktitle"] = f"Handbook of {work.venue}"
    return fields | {"publisher": "Invented Press"}
