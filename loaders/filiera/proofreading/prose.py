"""The words of a manuscript without its mark-up, each with the place where it stands in the source.

A reader of a format copies what is prose and leaves out the rest; paragraphs are parted by an empty line. The prose
can be longer or shorter than the source (an accent that LaTeX writes with three characters is one), so every stretch
remembers where it comes from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from filiera.proofreading.vocabulary import vocabulary

EMPTY_LINE = re.compile(r"\n[ \t\r]*\n\s*")

#: Stands in the prose for a citation that is a word of its sentence ("@gaggio-2006 shows"); one can begin with it.
CITED = "◆"

#: A full stop, with the quotation marks and brackets that close after it, and what a new sentence begins with.
BOUNDARY = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*(?:[^\W_a-zß-ÿ]|◆))")

#: Words whose full stop ends no sentence.
ABBREVIATIONS = vocabulary("abbreviations")
LAST_WORD = re.compile(r"([\w.]*\w)\.[\"'”’»)\]]*\s+\Z")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the prose: its text, where it stands in the source, and the number of its paragraph."""

    text: str
    start: int
    end: int
    prose_start: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Prose:
    """The prose of a source; `starts` are offsets in the prose, `sources` where those stretches begin in the source."""

    text: str
    starts: list[int]
    sources: list[int]
    lengths: list[int]

    def source(self, offset: int) -> int:
        """Return where a character of the prose stands in the source."""
        if not self.starts:
            return 0
        at = max(bisect_right(self.starts, offset) - 1, 0)
        return self.sources[at] + min(offset - self.starts[at], self.lengths[at])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the prose begins and ends in the source."""
        last = max(bisect_right(self.starts, end - 1) - 1, 0)
        inside = end - self.starts[last]
        whole = end == (self.starts[last + 1] if last + 1 < len(self.starts) else len(self.text))
        return self.source(start), self.sources[last] + (self.lengths[last] if whole else inside)


class Scribe:
    """Write the prose of a source from its beginning to its end.

    >>> scribe = Scribe("Cor\\\\`o *says*")
    >>> scribe.copy(0, 3); scribe.put("ò", 3, 6); scribe.copy(6, 7); scribe.copy(8, 12)
    >>> prose = scribe.prose()
    >>> prose.text, prose.span(0, 4), prose.span(5, 9)
    ('Corò says', (0, 6), (8, 12))
    """

    def __init__(self, source: str) -> None:
        """Begin with nothing written."""
        self._source = source
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._sources: list[int] = []
        self._lengths: list[int] = []
        self._written = 0

    def copy(self, start: int, end: int) -> None:
        """Write a stretch of the source as it is."""
        self.put(self._source[start:end], start, end)

    def put(self, text: str, start: int, end: int) -> None:
        """Write `text` for a stretch of the source."""
        if text:
            self._parts.append(text)
            self._starts.append(self._written)
            self._sources.append(start)
            self._lengths.append(end - start)
            self._written += len(text)

    def mark(self) -> int:
        """Return how much is written, for `rewind`."""
        return len(self._parts)

    def rewind(self, mark: int) -> None:
        """Take back what was written since `mark`."""
        if mark < len(self._parts):
            self._written = self._starts[mark]
            for written in (self._parts, self._starts, self._sources, self._lengths):
                del written[mark:]

    def prose(self) -> Prose:
        """Return what was written."""
        return Prose("".join(self._parts), self._starts, self._sources, self._lengths)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the paragraphs of a prose begin and end.

    >>> list(paragraphs("one\\n\\n\\ntwo\\nlines"))
    [(0, 3), (6, 15)]
    """
    start = 0
    for gap in EMPTY_LINE.finditer(text):
        if text[start : gap.start()].strip():
            yield start, gap.start()
        start = gap.end()
    if text[start:].strip():
        yield start, len(text)


def sentences(prose: Prose) -> Iterator[Sentence]:
    """Yield the sentences of the prose; what holds no word, such as a lone citation, belongs to the one before."""
    for number, (first, last) in enumerate(paragraphs(prose.text)):
        cuts = [first, *_cuts(prose.text, first, last), last]
        for start, end in pairwise(cuts):
            text = prose.text[start:end]
            yield Sentence(text, *prose.span(start, end), start, number)


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    for match in BOUNDARY.finditer(text, start, end):
        if not _abbreviated(text[max(start, match.start() - 20) : match.end()]):
            yield match.end()


def _abbreviated(before: str) -> bool:
    """Tell whether the full stop at the end belongs to an abbreviation or an initial."""
    word = LAST_WORD.search(before)
    if not word:
        return False
    return word[1].lower() in ABBREVIATIONS or (len(word[1]) == 1 and word[1].isupper())
