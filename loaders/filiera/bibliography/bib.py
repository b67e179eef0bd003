r"""Read .bib files, of BibTeX and of BibLaTeX, as items of CSL-JSON.

bibtexparser parts the file into blocks, each with its line, and goes on after a broken one. The rest is done here: `#`
joins strings and macros, `crossref` and `xdata` lend fields, names are parted before their LaTeX is read, and
addresses are not LaTeX at all.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    ExplicitComment,
    ImplicitComment,
    ParsingFailedBlock,
    Preamble,
    String,
)
from bibtexparser.model import (
    Entry as Parsed,
)
from bibtexparser.splitter import Splitter

from filiera.bibliography.bib_fields import Reading, item_of
from filiera.bibliography.entries import PARTS
from filiera.bibliography.libraries import Entry, Flaw
from filiera.bibliography.works import Left

#: Fields that an entry does not lend to those that refer to it.
OWN = frozenset(
    """
    ids crossref xref xdata entryset entrysubtype execute label options presort related relatedoptions relatedtype
    shortauthor shorteditor shorthand shorttitle sortkey sortname sorttitle sortyear title subtitle titleaddon doi url
    urldate pages abstract keywords annotation annote note file eid eprint eprinttype langid
    """.split()  # noqa: SIM905  easier to read than quotation marks
)

#: What a book or journal's own field is to the parts of it.
LENT = {"title": "booktitle", "subtitle": "booksubtitle", "author": "bookauthor"}

#: Strings that every style defines.
MONTHS = {name: name for name in ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")}

PIECE = re.compile(r'\s*(?:(?P<brace>\{)|(?P<quote>")|(?P<word>[^\s#{}",]+))')

JOINT = re.compile(r"\s*#")

#: What a value may be followed by where a comma is missing: the next field. The first looks for it in a hurry.
RUN_ON = re.compile(r'[}"\w]\s*\b[a-z][\w-]*\s*=\s*["{\w]', re.IGNORECASE)
NEXT = re.compile(r"\s*([a-z][\w-]*)\s*=\s*", re.IGNORECASE)

Values = dict[str, str]


def read(text: str) -> Iterator[Entry | Flaw]:
    """Yield the entries of a .bib file, and what is no entry, in the order of the file."""
    blocks = _split(text)
    reader = _Reader(blocks)
    broken = False
    for block in blocks:
        if isinstance(block, ImplicitComment) and broken:
            continue  # the rest of the broken entry
        broken = isinstance(block, ParsingFailedBlock) and not isinstance(
            block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock
        )
        yield from reader.block(block)


def _split(text: str) -> list[Block]:
    logger = logging.getLogger("bibtexparser.splitter")
    before, logger.disabled = logger.disabled, True
    try:
        return list(Splitter(text).split().blocks)
    finally:
        logger.disabled = before


class _Reader:
    """Reads the blocks of one file, which refer to each other."""

    def __init__(self, blocks: list[Block]) -> None:
        self.macros: Values = dict(MONTHS)
        self.unknown: set[str] = set()
        for block in blocks:
            if isinstance(block, String):
                self.macros[block.key.lower()] = self._value(block.value)
        self.by_key: dict[str, Parsed] = {}
        for block in blocks:
            parsed = _parsed(block)
            if parsed:
                self.by_key.setdefault(parsed.key.lower(), parsed)

    def block(self, block: Block) -> Iterator[Entry | Flaw]:
        """Yield what a block of the file is."""
        line = (block.start_line or 0) + 1
        if parsed := _parsed(block):
            if isinstance(block, DuplicateBlockKeyBlock):
                yield Flaw(line, f"the key {parsed.key!r} is used before; both entries are read", broken=False)
            yield from self._parsed(parsed, line)
        elif isinstance(block, ExplicitComment | ImplicitComment):
            if comment := " ".join(block.comment.split()).strip("% "):
                yield Flaw(line, f"a comment is not taken over: {_short(comment)!r}", broken=False)
        elif isinstance(block, Preamble):
            yield Flaw(line, f"a preamble is not taken over: {_short(block.value)!r}", broken=False)
        elif isinstance(block, DuplicateBlockKeyBlock):
            yield Flaw(line, f"the string {block.key!r} is defined before; the first one counts", broken=False)
        elif isinstance(block, ParsingFailedBlock):
            yield Flaw(line, f"an entry cannot be read: {_reason(block)}; it begins {_short(block.raw or '')!r}")

    def _parsed(self, parsed: Parsed, line: int) -> Iterator[Entry | Flaw]:
        """Yield an entry, and what is wrong with it; sets and what only lends fields are no works."""
        fields = list(_fields(parsed))
        if (missing := len(fields) - len(parsed.fields)) > 0:
            yield Flaw(line, f"{_commas(missing)} between the fields; they are read", broken=False)
        if parsed.entry_type.lower() == "set":
            yield Flaw(line, f"the set {parsed.key!r} is no work; its members are read", broken=False)
        elif parsed.entry_type.lower() != "xdata":
            yield self._entry(parsed, fields, line)

    def _entry(self, parsed: Parsed, written: list[tuple[str, str]], line: int) -> Entry:
        left: list[Left] = []
        fields: Values = {}
        for name, raw in written:
            value = self._value(raw)
            if name in fields:
                left.append(Left(name, value, "the field is given twice"))
            else:
                fields[name] = value
        left += (Left("@string", name, "the file does not define it") for name in sorted(self.unknown))
        self.unknown.clear()
        fields = self._inherited(parsed, fields, left)
        reading = Reading(parsed.entry_type.strip().lower(), fields, left)
        return Entry(line, parsed.key, item_of(parsed.key, reading), left)

    def _inherited(self, parsed: Parsed, fields: Values, left: list[Left], depth: int = 0) -> Values:
        """Return the fields of an entry with those that it borrows."""
        for name in ("xdata", "crossref"):
            for key in filter(None, (key.strip() for key in fields.pop(name, "").split(","))):
                other = self.by_key.get(key.lower())
                if other is None or depth > 3 or other is parsed:  # noqa: PLR2004  chains are short, or circles
                    left.append(Left(name, key, "no entry of the file has this key"))
                    continue
                lent = {name: self._value(raw) for name, raw in _fields(other)}
                lent = self._inherited(other, lent, left, depth + 1)
                fields = _lent(name, lent, _is_part(parsed)) | fields
        return fields

    def _value(self, raw: str) -> str:
        """Return the value of a field as written in the file: strings and macros, joined by `#`."""
        raw = raw.strip()
        if "#" not in raw and raw[:1] in {"{", '"'}:
            return raw[1:-1]
        parts, place = [], 0
        while match := PIECE.match(raw, place):
            place, part = self._piece(raw, match)
            parts.append(part)
            after = JOINT.match(raw, place)
            if not after:
                break
            place = after.end()
        return "".join(parts)

    def _piece(self, raw: str, match: re.Match[str]) -> tuple[int, str]:
        if match["word"]:
            word = match["word"]
            if word.lower() in self.macros:
                return match.end(), self.macros[word.lower()]
            if not word[0].isdigit():
                self.unknown.add(word)
            return match.end(), word
        end = _end(raw, match.end(), '"' if match["quote"] else "}")
        return end + 1, raw[match.end() : end]


def _fields(parsed: Parsed) -> Iterator[tuple[str, str]]:
    """Yield the fields of an entry as written; one after a missing comma lies in the value before it."""
    for one in parsed.fields:
        name, raw = one.key.strip().lower(), str(one.value)
        while RUN_ON.search(raw) and (after := NEXT.match(raw, _value_end(raw))):
            yield name, raw[: after.start()]
            name, raw = after[1].lower(), raw[after.end() :]
        yield name, raw


def _commas(missing: int) -> str:
    return "a comma is missing" if missing == 1 else f"{missing} commas are missing"


def _value_end(raw: str) -> int:
    """Return where a value ends: after strings, numbers and macros that `#` joins."""
    place = 0
    while match := PIECE.match(raw, place):
        place = match.end()
        if not match["word"]:
            place = _end(raw, place, '"' if match["quote"] else "}") + 1
        after = JOINT.match(raw, place)
        if not after:
            break
        place = after.end()
    return place


def _end(raw: str, place: int, closing: str) -> int:
    """Return the place of the sign that closes a string, outside of braces."""
    depth = 0
    while place < len(raw):
        char = raw[place]
        if char == closing and depth == 0:
            return place
        depth += (char == "{") - (char == "}")
        place += 2 if char == "\\" and raw[place + 1 : place + 2] not in "{}" else 1
    return len(raw)


def _parsed(block: Any) -> Parsed | None:  # noqa: ANN401  a block of bibtexparser
    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        block = block.ignore_error_block
    return block if isinstance(block, Parsed) else None


def _is_part(parsed: Parsed) -> bool:
    return parsed.entry_type.lower() in PARTS


def _lent(by: str, fields: Values, part: bool) -> Values:  # noqa: FBT001  a part of a book, or not
    """Return the fields that an entry lends: all for xdata, those of the whole for a part of it."""
    if by == "xdata":
        return fields
    lent = {name: value for name, value in fields.items() if name not in OWN and name != "author"}
    if part:
        lent = {LENT[name]: fields[name] for name in LENT if name in fields} | lent
    return lent


def _reason(block: ParsingFailedBlock) -> str:
    reason = str(getattr(block.error, "abort_reason", block.error))
    return " ".join(reason.replace("`", "'").split()).strip(". ").lower() or "it is not BibTeX"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:60]}…"  # noqa: PLR2004  enough to find it by
