"""What is read in a manuscript: its citations and its sentences, each with its place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from filiera.proofreading.places import Lines
from filiera.proofreading.prose import Prose, Sentence


@dataclass(frozen=True, slots=True)
class Locator:
    """The place in a work that a citation names: what is counted (`page`, `section` …), which, and where it stands."""

    label: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Authorship:
    """Names and a year as a text prints them; `et_al` when more authors are meant than are named.

    `sure` when the form alone shows that it is a citation; `bare` when there are no brackets, so that only those who
    know the works can tell.
    """

    names: str
    year: str
    et_al: bool = False
    sure: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation: by key, or by authors and year. `start` and `end` are offsets in the text of the manuscript.

    `bare` is true for a key that stands without brackets, as the name of a person on a social network does too. `item`
    is what a reference manager stored with the citation, as CSL-JSON.
    """

    start: int
    end: int
    written: str
    key: str = ""
    authors: Authorship | None = None
    locator: Locator | None = None
    bare: bool = False
    item: dict[str, object] | None = field(default=None, hash=False, compare=False)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A manuscript that was read.

    `file` is its path as it is shown; `bibliographies` are the files of references that it names; `listed` are the
    entries of its own list of references, folded; `defined` are the keys of references that it holds itself.
    """

    file: str
    lines: Lines
    prose: Prose
    citations: list[Citation]
    sentences: list[Sentence]
    bibliographies: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    defined: frozenset[str] = frozenset()

    def cited_in(self, start: int, end: int) -> Iterator[Citation]:
        """Yield the citations that begin in a stretch of the text."""
        at = bisect_left(self.citations, start, key=lambda citation: citation.start)
        while at < len(self.citations) and self.citations[at].start < end:
            yield self.citations[at]
            at += 1


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader of a format finds: prose, citations by key, and the files of references that are named."""

    prose: Prose
    citations: list[Citation]
    bibliographies: tuple[str, ...] = ()
    included: tuple[str, ...] = ()
    defined: frozenset[str] = frozenset()
