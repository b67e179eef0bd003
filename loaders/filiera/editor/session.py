"""The base that an editor's questions are put to, and the manuscripts that are open in it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from filiera import building
from filiera.engines import connect
from filiera.errors import FilieraError
from filiera.paths import Project
from filiera.proofreading import reading
from filiera.proofreading.manuscripts import Citation, Manuscript
from filiera.proofreading.outside import Outside, named, outside
from filiera.proofreading.proofreader import Proofreader
from filiera.proofreading.resolution import Resolved

#: Formats by what editors call them, for a manuscript that has no file yet.
LANGUAGES = {"markdown": ".md", "quarto": ".qmd", "rmd": ".rmd", "latex": ".tex", "tex": ".tex", "plaintex": ".tex"}

#: As many manuscripts as this are kept as they were read.
KEPT = 8


@dataclass(frozen=True, slots=True)
class Open:
    """A manuscript that is open in an editor: its address, its text, and what the editor calls its language."""

    uri: str
    text: str
    language: str = ""

    @property
    def path(self) -> Path | None:
        """The file of the manuscript, if it has one."""
        parts = urlsplit(self.uri)
        return Path(unquote(parts.path)) if parts.scheme == "file" else None

    @property
    def name(self) -> str:
        """A name for the manuscript whose suffix says its format."""
        suffix = self.path.suffix.lower() if self.path else ""
        suffix = suffix if suffix in reading.FORMATS and suffix != ".txt" else LANGUAGES.get(self.language, suffix)
        return f"{self.path.stem if self.path else 'manuscript'}{suffix}"

    @property
    def readable(self) -> bool:
        """Whether it is in a format of manuscripts, and no longer than one."""
        return self._is_manuscript and len(self.text) <= reading.LARGEST

    @property
    def too_long(self) -> bool:
        """Whether it is a manuscript of which nothing can be said, for its length alone."""
        return self._is_manuscript and len(self.text) > reading.LARGEST

    @property
    def _is_manuscript(self) -> bool:
        return Path(self.name).suffix in reading.FORMATS

    @property
    def is_latex(self) -> bool:
        """Whether it is written in LaTeX."""
        return Path(self.name).suffix in {".tex", ".ltx", ".latex"}

    def read(self) -> Manuscript:
        """Return the manuscript as it is read; the same text is read once."""
        return _read(self.name, self.text)


@lru_cache(maxsize=KEPT)
def _read(name: str, text: str) -> Manuscript:
    return reading.parse(name, text)


@dataclass(frozen=True, slots=True)
class Desk:
    """A build that is open: its folder, its database, and a proofreader who knows it."""

    build: Path
    connection: sqlite3.Connection
    reader: Proofreader

    def resolve(self, open_: Open, citation: Citation) -> Resolved:
        """Return what a citation means, with the works that the manuscript knows from elsewhere."""
        return self.reader.base.resolver.resolve(citation, known(open_))


class Session:
    """Questions to a base, of one thread: a new build takes the place of the old one when it is there."""

    def __init__(self, project: Project) -> None:
        """Open nothing yet."""
        self.project = project
        self._desk: Desk | None = None

    def desk(self) -> Desk:
        """Return the build that is in use now.

        Raises NotBuiltError when there is none.
        """
        build = building.current(self.project.build)
        if self._desk is None or self._desk.build != build:
            connection = connect(self.project.database)
            if self._desk:
                self._desk.connection.close()
            self._desk = Desk(build or self.project.build, connection, Proofreader(connection))
        return self._desk


def known(open_: Open) -> Outside:
    """Return the works outside the base that a manuscript knows; a bibliography that cannot be read is none."""
    manuscript = open_.read()
    files = tuple(named(open_.path, manuscript.bibliographies)) if open_.path else ()
    return _known(tuple((file, file.stat().st_mtime_ns) for file in files), manuscript.listed, manuscript.defined)


@lru_cache(maxsize=KEPT)
def _known(files: tuple[tuple[Path, int], ...], listed: tuple[str, ...], defined: frozenset[str]) -> Outside:
    try:
        return outside([file for file, _ in files], listed, defined)
    except FilieraError:
        return outside((), listed, defined)


def cited_at(open_: Open, offset: int) -> Citation | None:
    """Return the citation at a place, the narrowest if there are several."""
    found = [one for one in open_.read().citations if _covers(open_, one, offset)]
    return min(found, key=lambda one: one.end - one.start, default=None)


def _covers(open_: Open, citation: Citation, offset: int) -> bool:
    """Tell whether a place is in a citation, or in the "-" and the brackets around it."""
    start = citation.start - open_.text[: citation.start].endswith("-")
    place = citation.locator
    return start <= offset <= citation.end or bool(place and place.start <= offset <= place.end)
