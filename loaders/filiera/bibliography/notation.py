"""Write records as YAML in the style of the house, so that the strict reader reads the same data.

Fields stand in the order of the schema, keys in one line, long texts folded. What looks like a number, a date or a word
of YAML is quoted. White space in texts is folded, and control characters, which no record may have, become spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from filiera.reader import CONTROL
from filiera.records import Data

#: Where lines end.
WIDTH = 110

#: The most characters of a comment that are kept: a file of records has its own limit.
LONGEST = 100_000

#: A text that YAML reads as that text without quotes, and what it may not hold: anywhere, or in a list of one line.
PLAIN = re.compile(r"[^\W\d_].*(?<!:)\Z|\d{4}(?:-\d\d){2}\Z")
MARKS = re.compile(r": | #")
FLOW = re.compile(r"[,\[\]{}]|:")
WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def record(data: Data, comments: Iterable[str] = ()) -> str:
    """Return the text of a file with one record, and comments below it.

    >>> print(record({"id": "ben-1902", "type": "book", "authors": ["ada", "ben"], "issued": "1902"}), end="")
    id: ben-1902
    type: book
    authors: [ada, ben]
    issued: '1902'
    """
    lines = [line for name, value in data.items() for line in _field(name, value)]
    return "\n".join([*lines, *(line for comment in comments for line in _comment(comment))]) + "\n"


def _field(name: str, value: Any) -> Iterator[str]:  # noqa: ANN401  data are open
    if not isinstance(value, list):
        yield from _scalar(f"{name}:", value, 2)
        return
    if all(isinstance(one, str) for one in value):
        row = f"{name}: [{', '.join(_quoted(one, FLOW) for one in value)}]"
        if len(row) <= WIDTH:
            yield row
            return
    yield f"{name}:"
    for one in value:
        if isinstance(one, dict):
            yield f"  - {{{', '.join(f'{key}: {_quoted(inner, FLOW)}' for key, inner in one.items())}}}"
        else:
            yield from _scalar("  -", one, 6)


def _scalar(before: str, value: str, indent: int) -> Iterator[str]:
    text = _clean(value)
    row = f"{before} {_quoted(text)}"
    if len(row) <= WIDTH or " " not in text:
        yield row
        return
    margin = " " * indent
    yield f"{before} >-"
    yield from (f"{margin}{line}" for line in _wrapped(text, WIDTH - indent))


def _quoted(value: str, unfit: re.Pattern[str] = MARKS) -> str:
    """Return a text as a scalar: plain where that is safe, else in single quotes."""
    text = _clean(value)
    plain = PLAIN.match(text) and text.lower() not in WORDS and not MARKS.search(text) and not unfit.search(text)
    return text if plain else "'" + text.replace("'", "''") + "'"


def _clean(text: str) -> str:
    text = CONTROL.sub(" ", text) if CONTROL.search(text) else text
    return " ".join(text.split())


def _comment(text: str) -> Iterator[str]:
    text = _clean(text)
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]} … ({len(text):,} characters)"
    first, *rest = _wrapped(text, WIDTH - 6)
    yield f"# {first}"
    yield from (f"#     {line}" for line in rest)


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text, broken between words (textwrap takes ten times as long)."""
    line: list[str] = []
    length = -1
    for word in text.split(" "):
        if line and length + len(word) >= width:
            yield " ".join(line)
            line, length = [], -1
        line.append(word)
        length += len(word) + 1
    yield " ".join(line)
