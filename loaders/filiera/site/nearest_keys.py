"""Offer the records whose keys are most like one that nobody has.

Of a base that is too large to compare every key, those are compared that begin alike or have a word in common.
"""

from __future__ import annotations

import sqlite3

from filiera.folding import folded_words
from filiera.nearest import LIKENESS

#: Records that are offered.
OFFERED = 6

#: Keys that are compared, of each of these sorts.
COMPARED = 8_000

KEYS = f"""
select id from (select id from records limit {COMPARED})
union select id from (select id from records where id >= :begin and id < :begin || '~' limit {COMPARED})
union select id from (
  select records.id from records_fts join records on records.rowid = records_fts.rowid
  where records_fts match :words limit {COMPARED}
)
"""  # noqa: S608  a constant of ours


def nearest_keys(connection: sqlite3.Connection, wanted: str, kind: str = "") -> list[str]:
    """Return the keys that are most like the one that was wanted, those of its kind first among equals."""
    from rapidfuzz import process  # noqa: PLC0415  only paid when something is wrong

    words = folded_words(wanted)
    if not words:
        return []
    key = "-".join(words)
    values = {"begin": key[:3], "words": " OR ".join(f'"{word}"' for word in words)}
    keys = [row[0] for row in connection.execute(KEYS, values)]
    near = process.extract(key, keys, limit=OFFERED * 3, score_cutoff=LIKENESS)
    of_kind = _of_kind(connection, [found[0] for found in near], kind)
    ranked = sorted(near, key=lambda found: (-found[1] - (found[0] in of_kind), found[0]))
    return [found[0] for found in ranked[:OFFERED]]


def _of_kind(connection: sqlite3.Connection, keys: list[str], kind: str) -> set[str]:
    query = f"select id from records where kind = ? and id in ({', '.join('?' * len(keys))})"  # noqa: S608  only marks
    return {row[0] for row in connection.execute(query, (kind, *keys))}
