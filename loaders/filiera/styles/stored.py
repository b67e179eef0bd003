"""Keep works in the common styles in the database, so that a lookup and a page need no citation processor.

A build takes over from the last one what has not changed: the same work in the same style by the same program. A base
of more than `MOST` works keeps none; there they are rendered when they are asked for, as in all other styles.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from filiera.bibliography import csl
from filiera.errors import FilieraError
from filiera.styles import catalogue, pandoc
from filiera.styles.rendering import Item, Rendered, render
from filiera.styles.stylesheet import Style

#: Five styles of one work take some 4 ms: a first build spends at most 20 s on this many, and a lookup 0.1 s on one.
MOST = 5_000

TABLE = """
create table renderings(
    work text not null references works(id), style text not null,
    in_text text not null, narrative text not null, reference text not null,
    made_from text not null,
    primary key (work, style)
) without rowid
"""

INSERT = "insert into renderings values (?, ?, ?, ?, ?, ?)"


def write(connection: sqlite3.Connection, last: Path | None = None) -> str:
    """Write the table of renderings; `last` is the database of the last build.

    Returns what was not rendered and why, or "". No Pandoc and a style that fails are no reason for not building.
    """
    connection.execute(TABLE)
    count = connection.execute("select count(*) from works").fetchone()[0]
    if count > MOST:
        return f"{count:,} works are more than {MOST:,}: their citations are rendered when they are asked for"
    items = list(csl.items(connection))
    known = _known(last)
    styles = [catalogue.find(name) for name in catalogue.COMMON]
    with ThreadPoolExecutor(len(styles)) as pool:
        answers = [pool.submit(lambda style: list(_rows(items, style, known)), style) for style in styles]
    missing: dict[str, list[str]] = {}
    for style, answer in zip(styles, answers, strict=True):
        try:
            connection.executemany(INSERT, answer.result())
        except FilieraError as error:
            missing.setdefault(str(error), []).append(style.name)
    return "; ".join(f"citations in {', '.join(names)}: {reason}" for reason, names in missing.items())


def _known(last: Path | None) -> dict[str, tuple[str, str, str]]:
    """Return the renderings of the last build, by what they were made from."""
    if last is None or not last.exists():
        return {}
    connection = sqlite3.connect(f"{last.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        rows = connection.execute("select made_from, in_text, narrative, reference from renderings")
        return {row[0]: row[1:] for row in rows}
    except sqlite3.Error:
        return {}  # a build of an older program has no such table
    finally:
        connection.close()


def _rows(items: Sequence[Item], style: Style, known: dict[str, tuple[str, str, str]]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of works in a style: those that are known, then those that are new."""
    new = []
    for item in items:
        digest = _made_from(item, style)
        if digest in known:
            yield (str(item["id"]), style.name, *known[digest], digest)
        else:
            new.append((item, digest))
    rendered = render([item for item, _ in new], style)
    for (_, digest), one in zip(new, rendered, strict=True):
        yield (one.key, style.name, one.in_text, one.narrative, one.reference, digest)


def _made_from(item: Item, style: Style) -> str:
    """Return a SHA-256 of all that a rendering depends on: the work, the style, Pandoc and this package."""
    text = json.dumps([item, style.locale, pandoc.find().version], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode() + _program() + style.source).hexdigest()


@lru_cache(maxsize=1)
def _program() -> bytes:
    """Return a digest of this package's own text: while it changes, its version need not."""
    total = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        total.update(path.read_bytes())
    return total.digest()


def renderings(
    connection: sqlite3.Connection, keys: Iterable[str], style: str, locator: str = "", locale: str = ""
) -> list[Rendered]:
    """Return works in a style, in the order of their keys as given; old keys are followed.

    Without a locator, works in a common style come from the table where they stand in it.
    Raises NotFoundError for a key or a style that is not known, and StyleError for a style that cannot be followed.
    """
    wanted = csl.present(connection, keys)
    found = {} if locator or locale else _stored(connection, wanted, style)
    missing = [key for key in dict.fromkeys(wanted) if key not in found]
    if missing:
        items = list(csl.items(connection, missing))
        live = render(items, catalogue.find(style), [locator] * len(items), locale)
        found |= {one.key: one for one in live}
    return [found[key] for key in wanted]


def _stored(connection: sqlite3.Connection, keys: list[str], style: str) -> dict[str, Rendered]:
    name = catalogue.common(style)
    there = connection.execute("select 1 from sqlite_master where name = 'renderings'").fetchone()
    if not name or not there:
        return {}
    query = """
        select work, in_text, narrative, reference from renderings
        where style = ? and work in (select value from json_each(?))
    """
    return {row[0]: Rendered(*row) for row in connection.execute(query, (name, json.dumps(keys)))}
