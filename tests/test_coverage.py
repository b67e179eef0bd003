"""How much of a document the records point to, on the invented document."""

from __future__ import annotations

import sqlite3

import pytest

from filiera.coverage import coverage, line_of, measure, share
from filiera.documents import library
from filiera.errors import NotFoundError
from filiera.paths import Project
from filiera.schema import Schema


def test_what_a_passage_holds_is_covered_and_nothing_else(
    built: Project, known: Schema, database: sqlite3.Connection
) -> None:
    """A sentence that a claim points to is covered; the outline of sections covers nothing."""
    document = library(built.kb, known, built.sources).documents["odegard-strauss-2014-manuscript"]
    measured = coverage(database, document)
    covered = " ".join(s.text for s in measured.sentences if s.covered)
    missing = " ".join(s.text for s in measured.sentences if not s.covered)

    assert "They drew lenses of their own" in covered
    assert "They drew lenses of their own" not in missing
    assert 0 < share(measured.sentences) < 1


def test_every_letter_of_the_document_is_in_a_sentence(
    built: Project, known: Schema, database: sqlite3.Connection
) -> None:
    """No part of the text escapes the count: the sentences together hold all of its words."""
    document = library(built.kb, known, built.sources).documents["odegard-strauss-2014-manuscript"]
    sentences = coverage(database, document).sentences

    assert "".join(" ".join(s.text for s in sentences).split()) == "".join(document.text.split())


def test_lines_count_from_one() -> None:
    """An offset lies in the line that an editor would show."""
    assert [line_of("a\nb\nc", offset) for offset in (0, 1, 2, 4)] == [1, 1, 2, 3]


def test_a_document_that_is_not_at_hand_is_said_so(built: Project, known: Schema, database: sqlite3.Connection) -> None:
    """Without the file nothing is measured, and the way out is named."""
    without = library(built.kb, known, ())

    with pytest.raises(NotFoundError, match="no such document is at hand; name its folder with --sources"):
        measure(database, without, "odegard-strauss-2014-manuscript")
