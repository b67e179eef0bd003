"""Plain words lead to the claims that say so: measured on questions whose answers were judged from the records."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from filiera.citations import words
from filiera.paths import Project

QUERIES: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))

#: Answers that are looked at, and that a writer looks at first.
LIMIT = 10
FIRST = 3


@pytest.fixture(scope="module")
def answers(real_engines: dict[str, Any]) -> dict[str, list[bool]]:
    """Return for each question whether each claim found is one of those that say so."""
    connection = real_engines["sql"].connection
    return {
        query: [key in wanted for key in words.find(connection, query, LIMIT).keys] for query, wanted in QUERIES.items()
    }


@pytest.mark.kb
def test_the_questions_are_many_and_their_claims_exist(real_engines: dict[str, Any]) -> None:
    """There are more than a hundred questions, and each claim that was judged is in the base."""
    known = {row[0] for row in real_engines["sql"].connection.execute("select id from claims")}
    judged = {key for keys in QUERIES.values() for key in keys}

    assert judged - known == set()
    assert len(QUERIES) > 100


@pytest.mark.kb
def test_the_first_claim_says_so(answers: dict[str, list[bool]]) -> None:
    """For 95 of 100 questions the first claim is one that says so, and for nearly all one of the first five."""
    missed = [query for query, found in answers.items() if not any(found[:1])]
    lost = [query for query, found in answers.items() if not any(found[:5])]

    assert len(missed) <= 0.05 * len(answers), missed
    assert len(lost) <= 0.01 * len(answers), lost


@pytest.mark.kb
def test_the_first_claims_are_those_that_say_so(answers: dict[str, list[bool]]) -> None:
    """Of the first three claims, or of as many as there are, 85 of 100 say so; of all that say so, 92 are found."""
    first = [sum(found[:FIRST]) / min(FIRST, len(QUERIES[query])) for query, found in answers.items()]
    found_at_all = [sum(found) / min(LIMIT, len(QUERIES[query])) for query, found in answers.items()]

    assert sum(first) / len(first) >= 0.85
    assert sum(found_at_all) / len(found_at_all) >= 0.92


def test_claims_with_all_the_words_go_before_those_with_some(database: sqlite3.Connection) -> None:
    """One claim alone has both words; others that have one of them follow."""
    found = words.find(database, "Farholm design", 10)

    having = [key for key in found.keys if _has(database, key, "farholm") and _has(database, key, "design")]
    assert having == list(found.keys[: len(having)])
    assert (found.complete, 0 < len(having) < len(found.keys)) == (True, True)


def _has(database: sqlite3.Connection, key: str, word: str) -> bool:
    query = "select rowid from citation_claims where citation_claims match ?"
    row = database.execute("select rowid from records where id = ?", (key,)).fetchone()
    return row in database.execute(query, (word,)).fetchall()


@pytest.mark.parametrize(
    ("american", "british"),
    [("jewelry", "jewellery"), ("globalized", "globalised"), ("Organization", "organisation"), ("size", "size")],
)
def test_american_and_british_spelling_are_one(american: str, british: str) -> None:
    """A word is looked for in British spelling, however it is typed."""
    assert words.spelt(american) == [british]


@pytest.mark.kb
def test_a_claim_is_found_by_other_names_of_what_it_is_about(real_engines: dict[str, Any]) -> None:
    """The statement says "governance of chains"; what it is about is also called "GVC"."""
    connection = real_engines["sql"].connection
    statement = "select statement from claims where id = 'rab-2-chain-governance-affects-upgrading'"

    assert "GVC" not in connection.execute(statement).fetchone()[0]
    assert "rab-2-chain-governance-affects-upgrading" in words.find(connection, "GVC governance", 5).keys


def test_words_that_no_claim_has_are_named(built: Project, run: Callable[..., Any]) -> None:
    """Who asks for what the base does not know learns that, not only that something else was found."""
    some = run("cite", "lamps", "of", "Arzignano,", "zzz", cwd=built.kb.parent)
    apart = run("cite", "lamps", "zzz", "lamps", cwd=built.kb.parent)

    assert some.err == "no claim has 'Arzignano', 'zzz'; these have some of the other words\n"
    assert apart.err == "no claim has 'zzz'; these have some of the other words\n"
    assert some.out


def test_words_that_no_claim_has_find_nothing(database: sqlite3.Connection) -> None:
    """Nothing is offered for words that occur nowhere, and small words alone are looked for as they are."""
    assert words.find(database, "zzz qqq", 5) == words.Said((), complete=False)
    assert words.find(database, "", 5).keys == ()
    assert words.find(database, "of the", 5).keys != ()
