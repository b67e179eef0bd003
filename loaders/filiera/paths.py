"""Where things are: the program's own data, and the knowledge base that a user works on."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from filiera.errors import NotFoundError

#: Folders of documents, separated as in PATH; the option --sources is added to them.
SOURCES_VARIABLE = "FILIERA_SOURCES"


def home() -> Path:
    """Return the folder that holds `schemas/` and `queries/`: inside the wheel, or the checkout."""
    packaged = Path(__file__).with_name("data")
    return packaged if packaged.is_dir() else Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Project:
    """A knowledge base: the folder of its records, of its build, and the folders of its documents."""

    kb: Path
    build: Path
    sources: tuple[Path, ...] = ()

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.build / "filiera.db"

    @property
    def store(self) -> Path:
        """The folder of the Oxigraph store."""
        return self.build / "store"


def find_project(kb: Path | None, build: Path | None, sources: tuple[Path, ...]) -> Project:
    """Find the knowledge base: as given, or the nearest `kb/` at or above the working folder.

    The build lies beside `kb/` unless `build` says otherwise. Raises NotFoundError where there is no base, or where a
    folder of sources does not exist.
    """
    found = kb or _nearest_kb()
    if not found.is_dir():
        raise NotFoundError(f"there is no folder of records at {str(found)!r}; name one with --kb")
    wanted = (*sources, *_sources_from_environment())
    for folder in wanted:
        if not folder.is_dir():
            raise NotFoundError(f"there is no folder of sources at {str(folder)!r}; see --sources and FILIERA_SOURCES")
    return Project(found, build or found.absolute().parent / "build", wanted)


def _nearest_kb() -> Path:
    here = Path.cwd()
    for folder in (here, *here.parents):
        if folder.name == "kb" and (folder / "works").is_dir():
            return folder
        if (folder / "kb").is_dir():
            return folder / "kb"
    raise NotFoundError(f"there is no folder 'kb' at or above {str(here)!r}; go to a base, or name it with --kb")


def find_base(paths: tuple[Path, ...], kinds: Iterable[str]) -> Path:
    """Return the one folder of records that every path is or lies in.

    Raises NotFoundError when there is nothing at a path, or it lies in no base, or the paths lie in several.
    """
    folders = frozenset(kinds)
    bases = {_base_around(path, folders) for path in paths}
    if len(bases) > 1:
        raise NotFoundError(f"the paths lie in {len(bases)} bases; check one base at a time")
    return bases.pop()


def _base_around(path: Path, kinds: frozenset[str]) -> Path:
    if not path.exists():
        raise NotFoundError(f"there is nothing at {str(path)!r}")
    absolute = path.absolute()
    if any((absolute / kind).is_dir() for kind in kinds):
        return absolute
    for folder in (absolute, *absolute.parents):
        if folder.name in kinds and folder.is_dir():
            return folder.parent
    raise NotFoundError(f"{str(path)!r} lies in no base; a base has folders such as {', '.join(sorted(kinds)[:3])}")


def _sources_from_environment() -> tuple[Path, ...]:
    given = os.environ.get(SOURCES_VARIABLE, "")
    return tuple(Path(part) for part in given.split(os.pathsep) if part)


def shown(path: Path) -> str:
    """Return `path` as a user would type it: relative to the working folder when it lies below it."""
    absolute = path.absolute()
    here = Path.cwd()
    return str(absolute.relative_to(here)) if absolute.is_relative_to(here) else str(absolute)
