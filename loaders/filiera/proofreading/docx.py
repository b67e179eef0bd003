"""Read a .docx by pandoc, with the citations that Zotero, Mendeley and EndNote keep in fields.

A .docx has no lines: a place is the number of the paragraph, as pandoc counts those that are not empty, and the column
in its text. Each cell of a table and each footnote is a paragraph; footnotes follow the text. Pandoc runs in its
sandbox, with limits of time and memory, and reads only archives that do not swell.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filiera.errors import FilieraError, NotFoundError, StyleError
from filiera.paths import shown
from filiera.proofreading.locators import locator
from filiera.proofreading.manuscripts import Authorship, Citation, Reading
from filiera.proofreading.prose import Scribe

#: A .docx of more bytes is not read, nor one whose text is more when it is unpacked.
LARGEST = 50_000_000
LARGEST_TEXT = 40_000_000

#: Seconds that pandoc may take.
PATIENCE = 60

TEXT = "word/document.xml"

#: What holds no prose.
SKIPPED = frozenset({"Code", "Math", "RawInline", "Image"})
QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}


@dataclass(slots=True)
class _Writer:
    """The paragraphs that are written so far, what stands in them for a citation, and the footnotes to come."""

    items: dict[str, dict[str, Any]]
    parts: list[str] = field(default_factory=list)
    length: int = 0
    citations: list[Citation] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)
    notes: list[list[dict[str, Any]]] = field(default_factory=list)

    def put(self, text: str) -> None:
        """Write a text."""
        self.parts.append(text)
        self.length += len(text)

    def blocks(self, blocks: list[dict[str, Any]]) -> None:
        """Write blocks, each paragraph on a line of its own."""
        for kind, content in _leaves(blocks):
            if kind != "CodeBlock":
                self.inlines(content)
            self.put("\n")

    def inlines(self, inlines: list[Any]) -> None:
        """Write the text of inlines."""
        for inline in inlines:
            self.inline(inline["t"], inline.get("c"))

    def inline(self, kind: str, content: Any) -> None:  # noqa: ANN401  pandoc's JSON
        """Write the text of one inline."""
        if kind == "Str":
            self.put(content)
        elif kind in {"Space", "SoftBreak", "LineBreak"}:
            self.put(" ")
        elif kind == "Note":
            self.notes.append(content)
        elif kind == "Cite":
            self.cite(*content)
        elif kind == "Quoted":
            opening, closing = QUOTES[content[0]["t"]]
            self.put(opening)
            self.inlines(content[1])
            self.put(closing)
        elif kind in {"Link", "Span"}:
            self.inlines(content[1])
        elif kind not in SKIPPED and isinstance(content, list):
            self.inlines(content)

    def cite(self, cited: list[dict[str, Any]], printed: list[Any]) -> None:
        """Write what a field prints, and keep the citations that it holds."""
        start = self.length
        self.inlines(printed)
        for one in cited:
            item = self.items.get(one["citationId"], {"id": one["citationId"]})
            suffix = "," + _text(one["citationSuffix"]).lstrip(", ")
            found = locator(suffix, 0)
            place = None if found is None else found.__class__(found.label, found.value, start, self.length)
            written = _text(printed)
            self.citations.append(
                Citation(start, self.length, written, str(item["id"]), _authors(item), place, item=item)
            )
        self.hidden.append((start, self.length))


def read(path: Path) -> tuple[str, Reading]:
    """Read a .docx: its text, a paragraph a line, and what stands in it.

    Raises NotFoundError when there is none, and FilieraError when it cannot be read.
    """
    document = json.loads(_converted(path))
    items = {item["id"]: item for item in map(_plain, _list(document["meta"].get("references")))}
    writer = _Writer(items)
    writer.blocks(document["blocks"])
    for note in writer.notes:
        writer.blocks(note)
    text = "".join(writer.parts)
    if not text.strip():
        raise FilieraError(f"{shown(path)!r} is empty")
    return text, Reading(_prose(text, writer.hidden), writer.citations)


def _prose(text: str, hidden: list[tuple[int, int]]) -> Any:  # noqa: ANN401
    scribe = Scribe(text)
    at = 0
    for start, end in hidden:
        _copy(scribe, text, at, start)
        scribe.put(" ", start, end)
        at = end
    _copy(scribe, text, at, len(text))
    return scribe.prose()


def _copy(scribe: Scribe, text: str, start: int, end: int) -> None:
    """Copy a stretch; the ends of its paragraphs are doubled."""
    while (at := text.find("\n", start, end)) >= 0:
        scribe.copy(start, at)
        scribe.put("\n\n", at, at + 1)
        start = at + 1
    scribe.copy(start, end)


def _converted(path: Path) -> bytes:
    """Return pandoc's JSON for a file."""
    from filiera.styles.pandoc import find  # noqa: PLC0415  only paid for a .docx

    _check(path)
    try:
        arguments = ["--from=docx+citations", "--to=json", "--quiet", "manuscript.docx"]
        return find().run(arguments, {"manuscript.docx": path.read_bytes()}, b"", PATIENCE)
    except StyleError as error:
        raise FilieraError(f"{shown(path)!r} cannot be read: {error}; save it anew from a word processor") from error


def _check(path: Path) -> None:
    """Refuse what is no .docx, or would take too much to read."""
    name = shown(path)
    if not path.is_file():
        raise NotFoundError(f"there is no manuscript at {name!r}")
    if path.stat().st_size > LARGEST:
        raise FilieraError(f"{name!r} has more than {LARGEST // 1_000_000} MB; take out its pictures, or divide it")
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(info.file_size for info in archive.infolist() if info.filename.endswith((".xml", ".rels")))
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError) as error:
        raise FilieraError(f"{name!r} is no .docx: it is no archive; save it as .docx from a word processor") from error
    if TEXT not in names:
        raise FilieraError(f"{name!r} is no .docx: it has no {TEXT!r}; save it as .docx from a word processor")
    if size > LARGEST_TEXT:
        raise FilieraError(f"{name!r} has {size / 1e6:.0f} MB of text when it is unpacked; divide it")


def _leaves(blocks: list[dict[str, Any]]) -> Iterator[tuple[str, list[Any]]]:
    """Yield the paragraphs in blocks, in their order, with their kind."""
    for block in blocks:
        kind, content = block["t"], block.get("c", [])
        if kind in {"Para", "Plain"}:
            yield kind, content
        elif kind == "Header":
            yield kind, content[2]
        elif kind == "CodeBlock":
            yield kind, []
        else:
            yield from _leaves(list(_inner(content)))


def _inner(content: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  pandoc's JSON
    """Yield the blocks at any depth of a list, table, quotation or division; its inlines are none."""
    if isinstance(content, dict) and content.get("t") in BLOCKS:
        yield content
    elif isinstance(content, list):
        for one in content:
            yield from _inner(one)


BLOCKS = frozenset(
    [
        "Para",
        "Plain",
        "Header",
        "CodeBlock",
        "BlockQuote",
        "BulletList",
        "OrderedList",
        "DefinitionList",
        "Table",
        "Div",
        "LineBlock",
        "Figure",
    ]
)


def _text(inlines: list[Any]) -> str:
    writer = _Writer({})
    writer.inlines(inlines)
    return "".join(writer.parts)


def _list(meta: dict[str, Any] | None) -> list[Any]:
    return list(meta["c"]) if meta else []


def _plain(meta: dict[str, Any]) -> Any:  # noqa: ANN401  CSL-JSON
    """Return metadata of pandoc as plain values."""
    kind, content = meta["t"], meta["c"]
    if kind == "MetaMap":
        return {key: _plain(value) for key, value in content.items()}
    if kind == "MetaList":
        return [_plain(value) for value in content]
    return _text(content) if kind == "MetaInlines" else content


def _authors(item: dict[str, Any]) -> Authorship | None:
    """Return the authors and the year of an item of CSL-JSON."""
    people = item.get("author") or item.get("editor") or []
    names = [str(one.get("family") or one.get("literal") or "") for one in people if isinstance(one, dict)]
    year = str(item.get("issued", ""))[:4]
    return Authorship(" and ".join(filter(None, names)), year or "n.d.", sure=True) if any(names) else None
