"""Finding records by words, on the invented records."""

from __future__ import annotations

import sqlite3

import pytest

from filiera.search import MARKS, by_kind, find


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


def test_every_kind_shows_its_best(database: sqlite3.Connection) -> None:
    """Kinds stand in the order of their best records, each with as many as it has and the best of them."""
    groups = by_kind(database, "farholm", each=2).groups
    hits = find(database, "farholm", limit=1000).hits

    assert [group.kind for group in groups] == list(dict.fromkeys(hit.kind for hit in hits))
    for group in groups:
        of_kind = [hit for hit in hits if hit.kind == group.kind]
        assert (group.count, [one.hit for one in group.records]) == (len(of_kind), of_kind[:2])


def test_the_words_found_are_marked(database: sqlite3.Connection) -> None:
    """In title and extract the words stand between marks, whatever their form; the extract adds to the title."""
    (shown,) = [one for g in by_kind(database, "workshop fogs", kind="claims").groups for one in g.records][:1]

    title, extract = (text.replace(MARKS[0], "<").replace(MARKS[1], ">") for text in (shown.title, shown.extract))

    assert title == "The <workshops> of Farholm take up design once the <fog> is over."
    assert extract == "great <fog> · Do Small <Workshops> Learn?"


def test_kinds_have_some_of_the_words_where_no_record_has_all(database: sqlite3.Connection) -> None:
    """As for a plain search, some of the words suffice where no record has them all, and that is said."""
    found = by_kind(database, "farholm zebra")

    assert (bool(found.groups), found.complete) == (True, False)
    assert by_kind(database, "zebra").groups == []
    assert by_kind(database, "…").groups == []


def test_of_a_common_kind_a_share_is_ranked_and_a_rare_one_whole(
    database: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a kind has more records with the words than are ranked, that is said; the others lose nothing by it."""
    whole = by_kind(database, "of", each=100)
    monkeypatch.setattr("filiera.search.RANKED", 2)
    share = by_kind(database, "of", each=100)

    shown = {group.kind: group.records for group in share.groups}
    assert (whole.capped, share.capped) == (False, True)
    for group in whole.groups:
        of_share = {one.hit.id for one in shown.get(group.kind, ())}
        every = {one.hit.id for one in group.records}
        assert (of_share == every) if group.count <= 2 else (of_share < every)
