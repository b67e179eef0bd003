"""Works as a style renders them, by key and place; each place of a found text is rendered once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from filiera.citations.works import Work

if TYPE_CHECKING:
    from filiera.styles.rendering import Rendered


class Styled:
    """Renders works in a style."""

    def __init__(self, connection: sqlite3.Connection, works: Iterable[Work], style: str) -> None:
        """Render the works, those with one place together.

        Raises NotFoundError for a style that is not known, and StyleError for one that cannot be followed.
        """
        from filiera.styles.stored import renderings  # noqa: PLC0415  only paid by a style

        self._rendered: dict[tuple[str, str], Rendered] = {}
        by_locator: dict[str, dict[str, None]] = {}
        for work in works:
            by_locator.setdefault(work.locator, {})[work.key] = None
        for locator, keys in by_locator.items():
            for one in renderings(connection, keys, style, locator):
                self._rendered[one.key, locator] = one

    def in_text(self, work: Work) -> str:
        """Return the citation as it stands in brackets, in small HTML, with what the writer puts before it."""
        cited = self._of(work).in_text
        if not work.prefix:
            return cited
        bracket = cited[:1] if cited[:1] in {"(", "["} else ""
        return f"{bracket}{escape(work.prefix)} {cited.removeprefix(bracket)}"

    def narrative(self, work: Work) -> str:
        """Return the citation as it stands in a sentence, in small HTML."""
        return self._of(work).narrative

    def reference(self, work: Work) -> str:
        """Return the entry of the list of references, in small HTML."""
        return self._of(work).reference

    def plain(self, html: str) -> str:
        """Return small HTML as plain text."""
        from filiera.styles.markup import convert  # noqa: PLC0415  only paid by a style

        return convert(html, "text")

    def as_dict(self, work: Work) -> dict[str, str]:
        """Return the renderings of a work by name, in small HTML."""
        return {"in_text": self.in_text(work), "narrative": self.narrative(work), "reference": self.reference(work)}

    def _of(self, work: Work) -> Rendered:
        return self._rendered[work.key, work.locator]
