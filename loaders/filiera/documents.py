"""The documents that were read, as far as they are at hand.

A document is found by the SHA-256 of its file in the folders of sources, so that a changed file is never taken for
the one that was read. Its text is folded for the lookup of passages: white space becomes one space, quotation marks
become straight, hyphens at line ends are joined. Words, signs, digits and order stay as they are.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from filiera.folding import folded_words
from filiera.records import read
from filiera.report import Report
from filiera.schema import Schema

QUOTES = str.maketrans(dict.fromkeys("‘’‚‛ʼ", "'") | dict.fromkeys("“”„‟«»", '"'))
SPACE = re.compile(r"\s+")

#: A hyphen that a line break follows, in a word or between numbers.
LINE_END_HYPHEN = re.compile(r"(?<=[^\W_])[-\u2010\u00ad]\s*\n\s*(?=[^\W_])")
CUT = re.compile(f"{LINE_END_HYPHEN.pattern}|{SPACE.pattern}")

#: The ways to read such a hyphen: as the typesetter's, as the word's own, as that of a word left out (low- and high-).
JOINTS = ("", "-", "- ")

#: A run of this many words of a document is a quotation (DESIGN.md, own words).
RUN = 8


@dataclass(frozen=True, slots=True)
class Folded:
    """A text with its white space and quotation marks folded, and the way back to the original offsets."""

    text: str
    starts: list[int]
    shifts: list[int]

    def original(self, offset: int) -> int:
        """Return the offset in the original text of an offset in the folded text."""
        return offset + self.shifts[bisect_right(self.starts, offset) - 1]


def fold_lines(text: str, joint: str = "") -> Folded:
    """Fold white space and quotation marks, and read hyphens at line ends as `joint`.

    A hyphen before a capital or a digit is never the typesetter's alone.

    >>> fold_lines("high-\\nquality  “jewels”, 1990-\\n2010").text
    'highquality "jewels", 1990-2010'
    """
    parts, starts, shifts, length, position = [], [0], [0], 0, 0
    for gap in CUT.finditer(text):
        between = " " if gap[0].isspace() else joint or _least(text, gap)
        parts += [text[position : gap.start()], between]
        length += gap.start() - position + len(between)
        position = gap.end()
        starts.append(length)
        shifts.append(position - length)
    parts.append(text[position:])
    return Folded("".join(parts).translate(QUOTES), starts, shifts)


def _least(text: str, gap: re.Match[str]) -> str:
    return "" if text[gap.start() - 1].isalpha() and text[gap.end()].islower() else "-"


def fold_words(words: str) -> str:
    """Fold the words of a pointer in the same way."""
    return SPACE.sub(" ", words).strip().translate(QUOTES)


@dataclass(frozen=True, eq=False)
class Document:
    """A document's record and, where it is at hand, its text.

    `verdict` is `found` when the text is at hand, otherwise the verdict that every passage in it gets.
    """

    key: str
    data: dict[str, Any]
    path: Path | None
    verdict: str

    @cached_property
    def text(self) -> str:
        """The text of the file, with the line ends that it has; empty when it is not at hand."""
        return self.path.read_bytes().decode(errors="replace") if self.path else ""

    @cached_property
    def foldings(self) -> tuple[Folded, ...]:
        """The folded text, once for each way to read its hyphens at line ends."""
        joints = JOINTS if LINE_END_HYPHEN.search(self.text) else JOINTS[:1]
        return tuple(fold_lines(self.text, joint) for joint in joints)

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Every run of `RUN` words of the text, folded."""
        return frozenset(run for folded in self.foldings for run in runs(folded.text))


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every run of `RUN` folded words of a text."""
    words = folded_words(text)
    return zip(*(words[n:] for n in range(RUN)), strict=False)


@dataclass(frozen=True)
class Library:
    """The documents of a base, by key, and their present keys by old ones."""

    documents: dict[str, Document]
    aliases: dict[str, str] = field(default_factory=dict)

    def get(self, key: str) -> Document | None:
        """Return the document that has a key, or had it."""
        return self.documents.get(self.aliases.get(key, key))

    @property
    def at_hand(self) -> Iterator[Document]:
        """The documents whose text can be looked at."""
        return (document for document in self.documents.values() if document.path)


def library(kb: Path, schema: Schema, sources: tuple[Path, ...]) -> Library:
    """Read the records of documents and find their files in the folders of sources."""
    by_digest = files_at_hand(sources)
    names = {path.name for folder in sources for path in folder.rglob("*")}
    documents: dict[str, Document] = {}
    aliases: dict[str, str] = {}
    for record in read(kb, schema, Report(), kinds=["documents"]):
        path = by_digest.get(record.data.get("sha256", ""))
        differs = record.data.get("file") in names
        verdict = "found" if path else "document-differs" if differs else "not-at-hand"
        documents[record.id] = Document(record.id, record.data, path, verdict)
        aliases |= dict.fromkeys(record.data.get("aliases", ()), record.id)
    return Library(documents, aliases)


def files_at_hand(sources: tuple[Path, ...]) -> dict[str, Path]:
    """Return every file in the folders of sources by the SHA-256 of its bytes."""
    paths = (path for folder in sources for path in sorted(folder.rglob("*")) if path.is_file())
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in paths}
