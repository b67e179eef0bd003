"""Turn works into items of CSL-JSON, the hub between all formats.

An item's `id` is the key of the work. Its variables are the fields of the record under the names of CSL, its people are
written out, and what CSL has no variable for stands in `custom` (CSL 1.0.2): old keys, and the verification of a work
that is not confirmed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from filiera.bibliography.annotations import annotation
from filiera.bibliography.dates import csl_date
from filiera.bibliography.names import Name, csl_name
from filiera.errors import NotFoundError
from filiera.nearest import did_you_mean
from filiera.records import Data

Item = dict[str, Any]

#: Works whose people are looked up together.
CHUNK = 1_000

#: Fields of a record that hold people, and their variables.
PEOPLE = {"authors": "author", "editors": "editor", "translators": "translator"}

#: Fields that hold a date.
DATES = frozenset({"issued", "original_date", "event_date", "accessed"})

#: Variables that are not called as the field with hyphens.
RENAMED = {"archive_location": "archive_location", "addendum": "note", "keywords": "keyword"}

#: Fields that say something of the record, not of the work, and those that point to other records.
OURS = frozenset(
    {"id", "cited_as", "version_of", "verification", "match", "confirmed_by", "recalled_fields", "alternatives",
     "contributors", "aliases", "note", "see_also", *PEOPLE}
)  # fmt: skip


def variable(field: str) -> str:
    """Return the variable of CSL that a field of a work is.

    >>> variable("container_title"), variable("DOI"), variable("keywords")
    ('container-title', 'DOI', 'keyword')
    """
    return RENAMED.get(field) or field.replace("_", "-")


def item(connection: sqlite3.Connection, key: str) -> Item:
    """Return the item of a work by its key, or by an old key of it.

    Raises NotFoundError, with the nearest key, when no work has it.
    """
    return next(items(connection, [key]))


def items(connection: sqlite3.Connection, keys: Iterable[str] | None = None) -> Iterator[Item]:
    """Yield the items of all works, or of those with certain keys, in the order of their keys.

    Old keys are followed. Raises NotFoundError, with the nearest key, when no work has one of the keys.
    """
    if keys is None:
        query, values = "select data from works join records_data using (id) order by id", []
    else:
        query = """
            select data from records_data where id in (select value from json_each(?))
            and id in (select id from works) order by id
        """
        values = [json.dumps(present(connection, keys))]
    rows = connection.execute(query, values)
    while chunk := [json.loads(row[0]) for row in islice(rows, CHUNK)]:
        people = _people(connection, chunk)
        for work in chunk:
            yield item_of(work, people)


def present(connection: sqlite3.Connection, keys: Iterable[str]) -> list[str]:
    """Return the present keys of works that are named by present or old ones.

    Raises NotFoundError, with the nearest key, when no work has one of them.
    """
    query = """
        select value, works.id from json_each(?) left join aliases on alias = value
        left join works on works.id = coalesce(aliases.id, value)
    """
    found = connection.execute(query, [json.dumps(list(keys))]).fetchall()
    for asked, key in found:
        if key is None:
            known = (row[0] for row in connection.execute("select id from works"))
            hint = did_you_mean(asked, known) or "see `filiera find --kind works`"
            raise NotFoundError(f"no work has the key {asked!r}; {hint}")
    return [key for _, key in found]


def _people(connection: sqlite3.Connection, works: list[Data]) -> dict[str, Name]:
    """Return the names of all who had a part in some works, by key."""
    keys = {key for work in works for field in PEOPLE for key in work.get(field, ())}
    keys |= {one["author"] for work in works for one in work.get("contributors", ())}
    query = "select id, data from records_data where id in (select value from json_each(?))"
    rows = connection.execute(query, [json.dumps(sorted(keys))])
    return {key: csl_name(json.loads(data)) for key, data in rows}


def item_of(work: Data, people: dict[str, Name]) -> Item:
    """Return the data of a work as an item; `people` has the name of each of its people by key."""
    found: Item = {"id": work["id"], "type": work["type"]}
    for field, name in PEOPLE.items():
        if field in work:
            found[name] = [people[key] for key in work[field]]
    for one in work.get("contributors", ()):
        found.setdefault(one["role"], []).append(people[one["author"]])
    for field, value in work.items():
        if field == "keywords":
            found["keyword"] = ("; " if any("," in word for word in value) else ", ").join(value)
        elif field not in OURS:
            found[variable(field)] = csl_date(value) if field in DATES else value
    if text := annotation(work):
        found["annote"] = text
    custom = {"verification": work["verification"]} if work["verification"] != "confirmed" else {}
    custom |= {"aliases": work["aliases"]} if "aliases" in work else {}
    return found | ({"custom": custom} if custom else {})
