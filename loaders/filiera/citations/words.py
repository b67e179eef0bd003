"""Find claims by plain words, those that say all of them first; of very many a share, as `filiera.search` ranks them.

A claim is found by its statement, by the names of what it is about (labels, other names, old keys), and by who says it
or is cited for it. American and British spelling are the same, inflected forms count, and small words do not.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filiera.folding import folded_words

if TYPE_CHECKING:
    from filiera.records import Data

TABLE = """
create virtual table citation_claims using fts5(
    statement, key, subjects, sayers, content = '', tokenize = 'porter unicode61 remove_diacritics 2'
);
"""

INSERT = "insert into citation_claims(rowid, statement, key, subjects, sayers) values (?, ?, ?, ?, ?)"

#: What a word weighs in the statement, in the key, in the names of what it is about, and in those of who says it.
WEIGHTS = (4.0, 2.0, 0.5, 0.1)

#: Fields with other names of a record, whatever its kind.
OTHER_NAMES = ("also_called", "also_spelt", "aliases")

#: Words of a search that tell no claim from another.
SMALL_WORDS = frozenset(
    {"a", "about", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "has", "have", "how"}
) | frozenset({"in", "is", "it", "its", "of", "on", "or", "that", "the", "their", "to", "was", "what", "which", "who"})

#: American spellings that no rule below leads to the British one that the records have.
BRITISH = {
    "jewelry": "jewellery",
    "jeweler": "jeweller",
    "jewelers": "jewellers",
    "labor": "labour",
    "center": "centre",
}
BRITISH |= {
    "centers": "centres",
    "color": "colour",
    "favor": "favour",
    "behavior": "behaviour",
    "neighbor": "neighbour",
}
BRITISH |= {"program": "programme", "programs": "programmes", "defense": "defence", "skillful": "skilful"}
IZE = re.compile(r"(?<=[a-z]{3})([iy])z(?=(?:e|ed|er|ers|es|ing|ation|ational|ations)$)")


@dataclass(frozen=True, slots=True)
class Said:
    """The claims that were found, by key, the best first; `complete` is false when the first has not all the words.

    `unknown` are then the words that no claim has, as they were written.
    """

    keys: tuple[str, ...]
    complete: bool
    unknown: tuple[str, ...] = ()


def spelt(text: str) -> list[str]:
    """Return the folded words of a text in British spelling.

    >>> spelt("Globalized jewelry: size of the prize")
    ['globalised', 'jewellery', 'size', 'of', 'the', 'prize']
    """
    return [BRITISH.get(word) or IZE.sub(r"\1s", word) for word in folded_words(text)]


def index(connection: sqlite3.Connection) -> None:
    """Write what claims are found by; a build calls this once."""
    connection.execute(TABLE)
    query = "select records.rowid, data from records join records_data using (id) where kind = 'claims' order by id"
    names = _Names(connection)
    for row, data in connection.execute(query):
        claim = json.loads(data)
        own = (" ".join(spelt(text)) for text in (claim["statement"], claim["id"]))
        connection.execute(INSERT, (row, *own, names.of(claim.get("about", ())), names.of(_sayers(claim))))


def _sayers(claim: Data) -> Iterator[str]:
    """Yield the works and people that say a claim or are cited for it."""
    yield claim["work"]
    yield from claim.get("held_by", ())
    yield from (cited["work"] for cited in claim.get("cites", ()))


class _Names:
    """The words of the names of records, each made once: label and other names, and of a work its authors too."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[str, str] = {}

    def of(self, keys: Iterable[str]) -> str:
        return " ".join(self._one(key) for key in keys)

    def _one(self, key: str) -> str:
        if key not in self._known:
            query = "select label, data from records join records_data using (id) where id = ?"
            label, data = self._connection.execute(query, (key,)).fetchone()
            record = json.loads(data)
            other = [name for field in OTHER_NAMES for name in record.get(field, ())]
            people = [*record.get("authors", ()), *record.get("editors", ())]
            own = " · ".join([label, *(name.replace("-", " ") for name in other)])
            self._known[key] = " ".join([*spelt(own), self.of(people)])
        return self._known[key]


def find(connection: sqlite3.Connection, text: str, limit: int) -> Said:
    """Return the claims that the words of a text lead to: those that say all, then those about all, then some."""
    words = [word for word in spelt(text) if word not in SMALL_WORDS] or spelt(text)
    terms = [f'"{word}"' for word in dict.fromkeys(words)]
    if not terms:
        return Said((), complete=True)
    every, some = " ".join(terms), " OR ".join(term for term in terms if not term.strip('"').isdigit())
    found: dict[str, None] = {}
    for expression in (f"{{statement key}} : ({every})", every):
        found |= dict.fromkeys(_match(connection, expression, limit))
    complete = bool(found)
    if len(found) < limit and some:
        found |= dict.fromkeys(_match(connection, some, 2 * limit))
    unknown = tuple(_unknown(connection, text)) if found and not complete else ()
    return Said(tuple(found)[:limit], complete, unknown)


def _unknown(connection: sqlite3.Connection, text: str) -> Iterator[str]:
    """Yield the words of a text that no claim has, once each."""
    for word in dict.fromkeys(text.split()):
        terms = [f'"{one}"' for one in spelt(word) if one not in SMALL_WORDS]
        if terms and not _match(connection, " ".join(terms), 1):
            yield word.strip(".,;:!?()[]\"'")


def _match(connection: sqlite3.Connection, expression: str, limit: int) -> list[str]:
    from filiera.search import RANKED  # noqa: PLC0415  only paid by words

    counting = "select count(*) from citation_claims where citation_claims match ?"
    every = -(-connection.execute(counting, (expression,)).fetchone()[0] // RANKED) or 1
    query = """
        select records.id from citation_claims join records on records.rowid = citation_claims.rowid
        where citation_claims match ? and citation_claims.rowid % ? = 0
        order by bm25(citation_claims, ?, ?, ?, ?), records.id limit ?
    """
    return [row[0] for row in connection.execute(query, (expression, every, *WEIGHTS, limit))]
