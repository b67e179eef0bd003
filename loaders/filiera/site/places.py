"""The places that evidence points to: the title of a section, and the passage where the document is at hand."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from filiera.records import Data
from filiera.site.shelf import Excerpt, Shelf

SECTIONS = "select number, title from documents_sections where document = ?"
DIGEST = "select sha256 from documents where id = ?"


@dataclass(frozen=True, slots=True)
class Places:
    """The documents of a base, each looked up once."""

    connection: sqlite3.Connection
    shelf: Shelf
    sections: dict[str, dict[str, str]] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    def section(self, document: str, number: str) -> str:
        """Return the heading of a section, or nothing where it has none."""
        if document not in self.sections:
            rows = self.connection.execute(SECTIONS, (document,))
            self.sections[document] = {row[0]: row[1] or "" for row in rows}
        return self.sections[document].get(number, "")

    def excerpt(self, evidence: Data) -> Excerpt | None:
        """Return a passage in its paragraph, or None where it was not found or the document is not at hand."""
        document = evidence["document"]
        if document not in self.digests:
            row = self.connection.execute(DIGEST, (document,)).fetchone()
            self.digests[document] = row[0] if row else ""
        return self.shelf.excerpt(self.digests[document], evidence.get("start_offset"), evidence.get("end_offset"))

    def at_hand(self, sha256: str) -> bool:
        """Tell whether the file of a document is at hand."""
        return sha256 in self.shelf.files
