"""Choose works: those that say something about a record, those that a work cites, those that an answer names."""

from __future__ import annotations

import sqlite3

from filiera.errors import NotFoundError
from filiera.formats import Answer
from filiera.nearest import did_you_mean

ABOUT = """
    select work from claims join claims_about on claim = id where about = :key
    union select work from claims_cites join claims_about using (claim) where about = :key
"""
CITED_BY = (
    "select distinct claims_cites.work from claims_cites join claims on claim = claims.id where claims.work = :key"
)


def about(connection: sqlite3.Connection, key: str) -> list[str]:
    """Return the works whose claims are about a record, and those that these claims cite.

    Raises NotFoundError when there is no such record, or no claim about it.
    """
    return _works(connection, ABOUT, present(connection, key), "no claim is about {!r}; see `filiera ask claims-about`")


def cited_by(connection: sqlite3.Connection, key: str) -> list[str]:
    """Return the works that the claims of a work cite.

    Raises NotFoundError when there is no such record, or its claims cite nothing.
    """
    return _works(connection, CITED_BY, present(connection, key), "no claim of {!r} cites a work; is it a work?")


def _works(connection: sqlite3.Connection, query: str, key: str, complaint: str) -> list[str]:
    keys = [row[0] for row in connection.execute(query, {"key": key})]
    if not keys:
        raise NotFoundError(complaint.format(key))
    return sorted(keys)


def answered(connection: sqlite3.Connection, answer: Answer, question: str) -> list[str]:
    """Return the works in the first column of an answer that holds only keys of works.

    Raises NotFoundError when there is none.
    """
    works = {row[0] for row in connection.execute("select id from works")}
    for number in range(len(answer.columns)):
        values = {row[number] for row in answer.rows if row[number] is not None}
        if values and values <= works:
            return sorted(values)
    columns = f"its columns are {', '.join(answer.columns)}" if answer.rows else "it has no rows for these values"
    raise NotFoundError(f"the answer to {question!r} has no column of works; {columns}")


def present(connection: sqlite3.Connection, key: str) -> str:
    """Return the present key of a record that is named by a present or an old one.

    Raises NotFoundError, with the nearest key, when there is none.
    """
    query = "select records.id from records where id = coalesce((select id from aliases where alias = ?1), ?1)"
    if row := connection.execute(query, (key,)).fetchone():
        return str(row[0])
    hint = did_you_mean(key, (row[0] for row in connection.execute("select id from records"))) or "see `filiera find`"
    raise NotFoundError(f"no record has the key {key!r}; {hint}")
