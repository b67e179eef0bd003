"""Read the libraries of other programs: a file is recognised, and its entries come one by one as items of CSL-JSON.

A broken entry is a `Flaw`, which loses nothing but itself. What of an entry has no place in an item is `left` with it.
To add a format, write a function that reads a text and list it in `READERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from filiera.bibliography.csl import Item
from filiera.bibliography.works import Left
from filiera.errors import FilieraError, NotFoundError
from filiera.paths import shown


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a library: the line where it begins, its key there, and its item."""

    line: int
    key: str
    item: Item
    left: list[Left] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something of a library that is no entry, or none that can be read; `broken` when an entry is lost by it."""

    line: int
    message: str
    broken: bool = True


@dataclass(frozen=True, slots=True)
class Library:
    """A library: its format, what was remarked when it was opened, and its entries."""

    format: str
    remarks: tuple[str, ...]
    entries: Iterator[Entry | Flaw]


BIB = re.compile(r"^[ \t]*@[ \t]*[a-z]+[ \t]*[{(]", re.IGNORECASE | re.MULTILINE)
RIS = re.compile(r"^TY {1,2}- ?\w", re.MULTILINE)
JSON = re.compile(r"\s*(?:\[\s*[{\]]|\{\s*\")")


def _bib(text: str) -> Iterator[Entry | Flaw]:
    from filiera.bibliography import bib  # noqa: PLC0415  bibtexparser is only paid for by files that need it

    return bib.read(text)


def _ris(text: str) -> Iterator[Entry | Flaw]:
    from filiera.bibliography import ris_reader  # noqa: PLC0415  as above

    return ris_reader.read(text)


def _json(text: str) -> Iterator[Entry | Flaw]:
    from filiera.bibliography import csl_json  # noqa: PLC0415  as above

    return csl_json.read(text)


#: For each format: how its files end, what is found in them, and what reads them.
READERS: dict[str, tuple[tuple[str, ...], re.Pattern[str], Callable[[str], Iterator[Entry | Flaw]]]] = {
    "CSL-JSON": ((".json", ".csljson", ".csl"), JSON, _json),
    "RIS": ((".ris", ".enw", ".txt"), RIS, _ris),
    "BibTeX": ((".bib", ".bibtex", ".biblatex"), BIB, _bib),
}


def open_library(path: Path) -> Library:
    """Open a library; its content says what it is, and its name where that leaves a choice.

    Raises NotFoundError when there is no such file, FilieraError when it is no library, or cannot be read.
    """
    text, remarks = text_of(path)
    if not text.strip():
        raise FilieraError(f"{shown(path)!r} is empty; name a file of BibTeX, RIS or CSL-JSON")
    name = _format(path, text)
    return Library(name, tuple(remarks), READERS[name][2](text))


def text_of(path: Path) -> tuple[str, list[str]]:
    """Return the text of a file in UTF-8, UTF-16 or Latin-1, with what is remarked of that.

    Raises NotFoundError when there is no such file, FilieraError when it cannot be read or is no text.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(f"there is nothing at {str(path)!r}") from error
    except OSError as error:
        raise FilieraError(f"{str(path)!r} cannot be read: {error.strerror}") from error
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace"), ["the file is UTF-16"]
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        return _legacy(path, content, error.start)


def _legacy(path: Path, content: bytes, place: int) -> tuple[str, list[str]]:
    """Read a file that is not UTF-8 as Windows-1252, which Latin-1 is part of, if that gives a text."""
    line = content.count(b"\n", 0, place) + 1
    if b"\0" in content:
        raise FilieraError(f"{shown(path)!r} is no text; name a file of BibTeX, RIS or CSL-JSON")
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise FilieraError(
            f"{shown(path)}:{line}: byte {content[place]:#x} is neither UTF-8 nor Latin-1; save the file as UTF-8"
        ) from error
    return text, [f"line {line} is not UTF-8; the file is read as Latin-1 (Windows-1252), so check its accents"]


def _format(path: Path, text: str) -> str:
    fitting = [name for name, (_, pattern, _) in READERS.items() if _fits(pattern, text)]
    by_name = [name for name, (endings, _, _) in READERS.items() if path.suffix.lower() in endings]
    for name in [*(name for name in fitting if name in by_name), *fitting]:
        return name
    raise FilieraError(
        f"{shown(path)!r} is no library: it has no entry of BibTeX (@article{{…), of RIS (TY  - …) or of CSL-JSON"
    )


def _fits(pattern: re.Pattern[str], text: str) -> bool:
    return bool(pattern.match(text) if pattern is JSON else pattern.search(text))
