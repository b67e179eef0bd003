"""Finding records by words, on the invented records."""

from __future__ import annotations

import sqlite3

import pytest

from filiera.search import find


@pytest.mark.parametrize("words", ["Łukasz Ødegård", "lukasz odegard", "LUKASZ ØDEGÅRD"])
def test_marks_and_case_do_not_matter(words: str, database: sqlite3.Connection) -> None:
    """A name is found with and without its marks, also where SQLite alone would not fold them."""
    assert find(database, words).hits[0].id == "odegard-lukasz"


@pytest.mark.parametrize("words", ["strauss oneill", "Strauß-O'Neill", "Strauß O’Neill"])
def test_apostrophes_do_not_matter(words: str, database: sqlite3.Connection) -> None:
    """A name with an apostrophe is found however it is typed."""
    assert "strauss-oneill-aoife" in [hit.id for hit in find(database, words).hits]


def test_inflected_forms_are_found(database: sqlite3.Connection) -> None:
    """The plural finds the singular."""
    assert find(database, "orders halved", kind="claims").hits[0].id == "os14-3-back-to-lamps"


def test_some_of_the_words_suffice_when_no_record_has_all(database: sqlite3.Connection) -> None:
    """Where no record has all the words, those with some are given, and it is said."""
    found = find(database, "workshops zebra")

    assert (found.complete, bool(found.hits)) == (False, True)


@pytest.mark.parametrize("words", ['"', "AND OR NOT", "work*", "a:b", "NEAR(", "(", "; drop table records", ""])
def test_the_language_of_the_index_is_only_words(words: str, database: sqlite3.Connection) -> None:
    """Whatever is typed is looked for as words, and never read as a query."""
    find(database, words)


def test_a_kind_and_a_limit_narrow_the_answer(database: sqlite3.Connection) -> None:
    """Only records of the kind are given, and not more than wanted."""
    every = find(database, "farholm").hits
    claims = find(database, "farholm", kind="claims").hits

    assert claims == [hit for hit in every if hit.kind == "claims"] != every
    assert find(database, "farholm", limit=2).hits == every[:2]
