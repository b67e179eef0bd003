"""Measure how much of a document the records point to: its sentences and its numbers.

A sentence is covered when at least half of its letters lie in passages of records, a number when all of it does. The
passages that outline a document's sections do not count, they would cover everything; only their headings do. A
citation that a claim records (`cites`, as printed) covers its own words where they stand in, or in the sentence of, the
claim's passage.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from filiera.documents import Document, Library
from filiera.errors import NotFoundError
from filiera.formats import Answer
from filiera.nearest import did_you_mean

#: The end of a sentence: its mark, closing quotation marks and brackets, white space, and then a beginning.
SENTENCE_END = re.compile(r"(?<=[.?!])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|\n\s*\n|\f")

#: Marks that end an abbreviation and no sentence.
ABBREVIATIONS = re.compile(r"(?:\b(?:al|e\.g|i\.e|cf|vs|pp?|Fig|No|eds?|St|S|U\.S)|\b[A-Z])\.\Z")

#: A number with its sign, its decimals and its per cent, or a year.
NUMBER = re.compile(r"(?<![\w.,])[-+]?\d+(?:[.,]\d+)*%?")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence or a number: where it stands in the text, and whether a passage covers it."""

    start: int
    end: int
    text: str
    covered: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """The sentences and numbers of a document."""

    document: str
    sentences: list[Stretch]
    numbers: list[Stretch]


def coverage(connection: sqlite3.Connection, document: Document) -> Coverage:
    """Return what of a document that is at hand is covered."""
    mask = _mask(connection, document)
    sentences = [_stretch(document.text, a, b, mask, 0.5) for a, b in _sentences(document.text)]
    numbers = [_stretch(document.text, *m.span(), mask, 1.0) for m in NUMBER.finditer(document.text)]
    return Coverage(document.key, sentences, numbers)


def measure(connection: sqlite3.Connection, library: Library, key: str | None) -> list[Coverage]:
    """Measure one document, or all that are at hand.

    Raises NotFoundError when there is no such document, or none is at hand.
    """
    if key is not None and key not in library.documents:
        hint = did_you_mean(key, library.documents) or f"there are {', '.join(library.documents)}"
        raise NotFoundError(f"no document has the key {key!r}; {hint}")
    wanted = [d for d in library.at_hand if key in {None, d.key}]
    if not wanted:
        raise NotFoundError("no such document is at hand; name its folder with --sources or FILIERA_SOURCES")
    return [coverage(connection, document) for document in wanted]


def shares(measured: list[Coverage]) -> Answer:
    """Return for each document how many of its sentences and numbers are covered."""
    rows = [
        (one.document, what, len(stretches), sum(s.covered for s in stretches), f"{share(stretches):.1%}")
        for one in measured
        for what, stretches in (("sentences", one.sentences), ("numbers", one.numbers))
    ]
    return Answer(("document", "what", "all", "covered", "share"), rows)


def missing(measured: list[Coverage], library: Library) -> Answer:
    """Return every sentence and number that no record points to, with its line."""
    rows = [
        (one.document, line_of(library.documents[one.document].text, s.start), what, s.text)
        for one in measured
        for what, stretches in (("sentence", one.sentences), ("number", one.numbers))
        for s in stretches
        if not s.covered
    ]
    return Answer(("document", "line", "what", "text"), rows)


def share(stretches: list[Stretch]) -> float:
    """Return the share of stretches that are covered, from 0 to 1; 0 where there are none."""
    return sum(s.covered for s in stretches) / len(stretches) if stretches else 0.0


def _mask(connection: sqlite3.Connection, document: Document) -> bytearray:
    """Return a byte for each character of the document, 1 where a passage covers it."""
    mask = bytearray(len(document.text))
    for table in _tables_of_evidence(connection):
        query = f'select start_offset, end_offset from "{table}" where document = ? and verdict = ?'  # noqa: S608
        for start, end in connection.execute(query, (document.key, "found")):
            mask[start:end] = b"\x01" * (end - start)
    for start, end in (*_citations(connection, document), *_headings(connection, document)):
        mask[start:end] = b"\x01" * (end - start)
    return mask


def _citations(connection: sqlite3.Connection, document: Document) -> Iterator[tuple[int, int]]:
    """Yield where the citations of claims stand, from the beginning of the passage to the end of its sentence."""
    query = """
        select start_offset, end_offset, printed from claims_evidence join claims_cites using (claim)
        where document = ? and verdict = 'found' and printed is not null
    """
    ends = [end for _, end in _sentences(document.text)]
    for start, end, printed in connection.execute(query, (document.key,)):
        words = re.compile(r"\s+".join(map(re.escape, printed.split())))
        last = next((e for e in ends if e >= end), end)
        yield from (found.span() for found in words.finditer(document.text, start, last))


def _headings(connection: sqlite3.Connection, document: Document) -> Iterator[tuple[int, int]]:
    """Yield where the headings of sections stand, number and title as the record of the document lists them."""
    query = "select start_offset, number, title from documents_sections where document = ? and verdict = 'found'"
    for start, number, title in connection.execute(query, (document.key,)):
        words = r"\s+".join(map(re.escape, (title or "").split()))
        if found := re.compile(rf"(?:{re.escape(number)}\.?\s+)?{words}").match(document.text, start):
            yield found.span()


def _tables_of_evidence(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the tables with passages that say in which document they stand."""
    query = """
        select m.name from sqlite_master m
        where m.type = 'table' and exists (select 1 from pragma_table_info(m.name) where name = 'verdict')
        and exists (select 1 from pragma_table_info(m.name) where name = 'section') order by 1
    """
    return (row[0] for row in connection.execute(query).fetchall())


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in SENTENCE_END.finditer(text):
        if ABBREVIATIONS.search(text, start, gap.start()) and gap[0].strip("\n\f") and "\n\n" not in gap[0]:
            continue
        if text[start : gap.start()].strip():
            yield start, gap.start()
        start = gap.end()
    if text[start:].strip():
        yield start, len(text)


def _stretch(text: str, start: int, end: int, mask: bytearray, least: float) -> Stretch:
    letters = [i for i in range(start, end) if not text[i].isspace()]
    covered = sum(mask[i] for i in letters) >= least * len(letters)
    return Stretch(start, end, " ".join(text[start:end].split()), covered)


def line_of(text: str, offset: int) -> int:
    """Return the line, from 1, in which an offset of a text lies."""
    return text.count("\n", 0, offset) + 1
