"""Write items as a file of CSL-JSON, one item a line, and read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from filiera.bibliography.csl import Item
from filiera.bibliography.libraries import Entry, Flaw

#: Where an item can begin.
ITEM = re.compile(r"\{")

#: What stands between items and is none, such as a number.
STRAY = re.compile(r"[^\s,\[\]][^,\[\]]*")

#: Braces in a row that begin nothing; after more the file is no list of items.
MOST_MISSES = 1_000

#: A list without items, and what stands before the list in a file of Pandoc or Zotero.
EMPTY = re.compile(r"\s*\[\s*\]\s*\Z")
WRAPPED = re.compile(r'\s*\{\s*"(?:references|items)"\s*:\s*\[')


def write(items: Iterable[Item], names: re.Pattern[str] | None = None) -> Iterator[str]:  # noqa: ARG001  titles need none
    """Yield a list of the items."""
    before = "[\n"
    for item in items:
        yield f"{before}{json.dumps(item, ensure_ascii=False)}"
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def read(text: str) -> Iterator[Entry | Flaw]:
    """Yield the items of a list in JSON with their lines; a broken one loses only itself.

    Reading goes on at the next brace where an item can be read, unless there is none for long.
    """
    decoder = json.JSONDecoder()
    place, line, seen, misses = _start(text), 1, 0, 0
    while (match := ITEM.search(text, place)) and misses < MOST_MISSES:
        if not misses and (stray := STRAY.search(text, place, match.start())):
            yield Flaw(line + text.count("\n", seen, stray.start()), f"{stray[0].strip()[:60]!r} is no item")
        line += text.count("\n", seen, match.start())
        seen, place = match.start(), match.end()
        try:
            item, place = decoder.raw_decode(text, match.start())
        except (json.JSONDecodeError, RecursionError) as error:
            if not misses:
                yield Flaw(line, f"an item cannot be read: {_reason(error, line)}")
            misses += 1
            continue
        if {"id", "type", "title"} & item.keys():
            misses = 0
            yield Entry(line, str(item.get("id", "")), item)
        elif not misses:  # else it is a part of the broken item, such as a name
            yield Flaw(line, "an object is no item: it has neither id, type nor title")
    if misses >= MOST_MISSES:
        yield Flaw(line, "no item can be read from here on")
    if not seen and not ITEM.search(text) and not EMPTY.match(text):
        yield Flaw(1, "there is no item in the list")


def _start(text: str) -> int:
    """Return where the items begin: in the list, or in the `items` of an object."""
    match = WRAPPED.match(text)
    return match.end() if match else 0


def _reason(error: Exception, line: int) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower()} in line {error.lineno}"
    return f"it is nested too deep in line {line}"
