"""Write items as a file of CSL-JSON, one item a line, and read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from filiera.bibliography.csl import Item
from filiera.bibliography.libraries import Entry, Flaw

#: Where an item can begin.
ITEM = re.compile(r"\{")

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

    Reading goes on at the next brace that begins a line or follows a comma.
    """
    decoder = json.JSONDecoder()
    place, line, broken = _start(text), 1, False
    seen = 0
    while match := ITEM.search(text, place):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        try:
            item, place = decoder.raw_decode(text, match.start())
        except (json.JSONDecodeError, RecursionError) as error:
            if not broken:
                where = error.lineno if isinstance(error, json.JSONDecodeError) else line
                yield Flaw(line, f"an item cannot be read: {_reason(error)} in line {where}")
            broken, place = True, match.end()
            continue
        if broken and not {"id", "type", "title"} & item.keys():
            continue  # a part of the broken item, such as a name
        broken = False
        yield Entry(line, str(item.get("id", "")), item)
    if seen == 0 and not broken and place == _start(text) and not ITEM.search(text, place) and not EMPTY.match(text):
        yield Flaw(1, "there is no item in the list")


def _start(text: str) -> int:
    """Return where the items begin: in the list, or in the `items` of an object."""
    match = WRAPPED.match(text)
    return match.end() if match else 0


def _reason(error: Exception) -> str:
    return error.msg.lower() if isinstance(error, json.JSONDecodeError) else "it is nested too deep"
