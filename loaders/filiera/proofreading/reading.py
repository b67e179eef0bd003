"""Read a manuscript file: its format by its suffix, its citations in their order, its sentences, its own references.

To add a format, write a function from text to `Reading` and list its suffixes in `FORMATS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from filiera.errors import FilieraError, NotFoundError
from filiera.folding import fold
from filiera.paths import shown
from filiera.proofreading import authoryear, docx, latex, markdown
from filiera.proofreading.manuscripts import Citation, Locator, Manuscript, Reading
from filiera.proofreading.places import Lines
from filiera.proofreading.prose import Prose, paragraphs, sentences

FORMATS: dict[str, Callable[[str], Reading]] = {
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".qmd": markdown.read,
    ".rmd": markdown.read,
    ".txt": markdown.read,
    ".tex": latex.read,
    ".ltx": latex.read,
    ".latex": latex.read,
}

#: A text of this many bytes holds some 300,000 words, three books; a longer one is no manuscript.
LARGEST = 2_000_000

#: As many files as this are read for one manuscript.
MOST_FILES = 200

#: How far after a citation a page in brackets of its own still belongs to it.
NEAR = 600

#: A heading has no more characters than this.
LONGEST_HEADING = 60

#: The heading of a list of references, after which there is no more prose.
REFERENCES = re.compile(
    r"(?:\d+\.?\s*)?(?:references|bibliography|works cited|literature(?: cited)?|sources|reference list|"
    r"riferimenti bibliografici|bibliografia|bibliographie|literatur(?:verzeichnis)?)\s*\Z",
    re.IGNORECASE,
)
AFTER_REFERENCES = re.compile(
    r"(?:appendix|appendices|acknowledge?ments|notes|tables?|figures?)\b.{0,80}\Z", re.IGNORECASE
)
EMPTY_LINE = re.compile(r"\n[ \t]*\n")
YEAR = re.compile(r"\b(?:1[4-9]\d\d|20\d\d)(?=[a-z]?\b)")


def read(path: Path) -> list[Manuscript]:
    """Read a manuscript, and the files that it includes.

    Raises NotFoundError when there is no file, and FilieraError when it cannot be read as a manuscript.
    """
    if path.suffix.lower() == ".docx":
        text, reading = docx.read(path)
        return [manuscript(shown(path), text, reading)]
    return list(_with_included(path))


def _with_included(path: Path) -> Iterator[Manuscript]:
    waiting, seen = [path], {path.resolve()}
    while waiting:
        one = waiting.pop(0)
        text = _text(one)
        reading = FORMATS[_suffix(one)](text)
        yield manuscript(shown(one), text, reading)
        for name in reading.included:
            part = path.parent / (name if Path(name).suffix else f"{name}.tex")
            if part.is_file() and part.resolve() not in seen and len(seen) < MOST_FILES and part.suffix in FORMATS:
                seen.add(part.resolve())
                waiting.append(part)


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        known = ", ".join([*FORMATS, ".docx"])
        raise FilieraError(f"{shown(path)!r} is in no format that can be proofread; there are: {known}")
    return suffix


def _text(path: Path) -> str:
    """Return the text of a file."""
    name = shown(path)
    _suffix(path)
    if not path.is_file():
        raise NotFoundError(f"there is no manuscript at {name!r}")
    if (size := path.stat().st_size) > LARGEST:
        limit = f"{LARGEST // 1_000_000} MB"
        raise FilieraError(
            f"{name!r} has {size / 1e6:.0f} MB; a manuscript of more than {limit} is not read: divide it"
        )
    content = path.read_bytes()
    if b"\0" in content:
        raise FilieraError(f"{name!r} is no text: it has zero bytes; name the manuscript itself")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FilieraError(f"{name!r} is not UTF-8: see line {line}; save it in UTF-8") from error
    if not text.strip():
        raise FilieraError(f"{name!r} is empty")
    return text


def parse(file: str, text: str) -> Manuscript:
    """Read the text of a manuscript that an editor holds; `file` says its format."""
    return manuscript(file, text, FORMATS[_suffix(Path(file))](text))


def manuscript(file: str, text: str, reading: Reading) -> Manuscript:
    """Return a manuscript: what its reader found, with the citations by author and year, and the sentences."""
    end, listed = _references(reading.prose)
    found = list(authoryear.find(reading.prose, 0, end))
    named = [one for one in found if isinstance(one, Citation)]
    citations = sorted([*reading.citations, *named], key=lambda one: (one.start, one.end))
    body = [one for one in sentences(reading.prose) if one.prose_start < end]
    for page in (one for one in found if isinstance(one, Locator)):
        _attach(citations, page, text)
    return Manuscript(
        file, Lines(text), reading.prose, citations, body, reading.bibliographies, tuple(listed), reading.defined
    )


def _attach(citations: list[Citation], page: Locator, text: str) -> None:
    """Give a page that stands alone to the citation before it, unless that has a place already."""
    before = [number for number, one in enumerate(citations) if one.start < page.start]
    one = citations[before[-1]] if before else None
    if one and one.locator is None and page.start - one.end < NEAR and not EMPTY_LINE.search(text, one.end, page.start):
        citations[before[-1]] = replace(one, locator=page)


def _references(prose: Prose) -> tuple[int, list[str]]:
    """Return where the list of references begins, and its entries up to the year, folded."""
    entries: list[str] = []
    begin = -1
    for start, end in paragraphs(prose.text):
        paragraph = prose.text[start:end]
        if len(paragraph) < LONGEST_HEADING and REFERENCES.match(paragraph.strip(" *_#.:\n")):
            begin, entries = start, []
        elif begin >= 0 and AFTER_REFERENCES.match(paragraph):
            break
        elif begin >= 0:
            entries += [entry for line in _entries(paragraph) if (entry := _entry(line))]
    return (begin, entries) if entries else (len(prose.text), [])


def _entries(paragraph: str) -> list[str]:
    """Return the entries of a paragraph: its lines, if each of them has a year."""
    lines = paragraph.splitlines()
    return lines if all(YEAR.search(line) for line in lines) else [paragraph]


def _entry(line: str) -> str:
    """Return the names and the year of an entry, folded."""
    year = YEAR.search(line)
    return f"{fold(line[: year.start()])} {year[0]}" if year else ""
