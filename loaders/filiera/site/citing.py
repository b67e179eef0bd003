"""How a work, or a claim of it, is cited: in the common styles, which the build has rendered, and in any other.

Renderings are small HTML, which is read and written again before a page shows it, so that nothing else gets into one.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from markupsafe import Markup

from filiera.citations import Work
from filiera.errors import BusyError
from filiera.styles.catalogue import COMMON, find, slug
from filiera.styles.markup import convert
from filiera.styles.stored import renderings

#: What the common styles are called in short.
SHORT = {
    "apa": "APA",
    "chicago-author-date": "Chicago",
    "harvard-cite-them-right": "Harvard",
    "modern-language-association": "MLA",
    "nlm-citation-sequence": "Vancouver",
}

STORED = "select style, in_text, narrative, reference from renderings where work = :work"

#: The processor is a program of its own; one at a time leaves the machine to the other pages.
PROCESSOR = Lock()

#: Seconds that a request waits for it.
PATIENCE = 3


@dataclass(frozen=True, slots=True)
class Rendition:
    """A work in one style: what stands in brackets, what stands in a sentence, and the entry of the list."""

    style: str
    name: str
    title: str
    in_text: Markup
    narrative: Markup
    reference: Markup


@dataclass(frozen=True, slots=True)
class Citing:
    """All that the block for citing shows: the work as it is looked up, and its renditions."""

    work: Work
    renditions: list[Rendition]

    @property
    def pandoc(self) -> str:
        """The citation in Pandoc's Markdown."""
        return self.work.pandoc

    @property
    def latex(self) -> str:
        """The citation for biblatex."""
        return rf"\autocite{self._place}{{{self.work.key}}}"

    @property
    def natbib(self) -> str:
        """The citation for natbib."""
        return rf"\citep{self._place}{{{self.work.key}}}"

    @property
    def _place(self) -> str:
        return f"[{convert(self.work.locator, 'latex').replace(' ', '~')}]" if self.work.locator else ""


def citing(connection: sqlite3.Connection, work: Work) -> Citing:
    """Return how a work is cited in the common styles, in their order."""
    rows = {row[0]: row for row in connection.execute(STORED, {"work": work.key})}
    return Citing(work, [rendition(*rows[style]) for style in COMMON if style in rows])


def rendition(style: str, in_text: str, narrative: str, reference: str) -> Rendition:
    """Return a rendering as a page can show it."""
    cleaned = (Markup(convert(one, "html")) for one in (in_text, narrative, reference))  # noqa: S704  written again
    return Rendition(style, SHORT.get(style, ""), _title(style), *cleaned)


@lru_cache(maxsize=256)
def _title(style: str) -> str:
    return find(style).title


def on_demand(connection: sqlite3.Connection, key: str, style: str, locator: str) -> Rendition:
    """Return a work in any style that is called so, with a locator.

    Raises NotFoundError where there is no such work or style, StyleError where the style cannot be followed, and
    BusyError when too many ask at once.
    """
    name = find(slug(style.removesuffix(".csl"))).name  # a slug is no path
    if not PROCESSOR.acquire(timeout=PATIENCE):
        raise BusyError("other citations are being made just now; ask again in a moment", PATIENCE)
    try:
        (made,) = renderings(connection, [key], name, locator)
    finally:
        PROCESSOR.release()
    return rendition(name, made.in_text, made.narrative, made.reference)
