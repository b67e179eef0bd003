"""Make the messages of Oxigraph's parser fit for people: the place stays, the grammar's sets of letters go.

The parser names what it tried where it got furthest. A keyword counts there by its length, so of `SELEC` it says that
it wanted CONSTRUCT, at column 10: only that keyword reaches so far. Hence the words "or the like", and the text itself.
"""

from __future__ import annotations

import re

PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)

#: A set of letters in the list of what was expected: ['0'..='9'], or ranges of Unicode over three lines.
LETTERS = re.compile(r"\[(?:'(?:[^'\\]|\\.[^']*)'|[^\]'\"])*\](?:, )?")

#: What the parser says when it has no name for what it expected.
NAMELESS = "<unreported>"

#: Characters of the query that are shown before the place and after it.
BEFORE, AFTER = 24, 12


def legible(message: str, query: str) -> str:
    """Cut what only the author of the grammar can read, and add the text that it is about.

    >>> legible("error at 1:10: expected CONSTRUCT", "SELEC ?x { ?x ?y ?z }")
    "error at 1:10: expected CONSTRUCT or the like, near 'SELEC ?x { ?x ?y ?z }'"
    >>> legible("error at 1:6: expected one of \\"$\\", [_], ['0'..='9']", "ASK {} x")
    'error at 1:6: expected "$", near \\'ASK {} x\\''
    >>> legible("Invalid IRI code point ' '", "ASK {}")
    "Invalid IRI code point ' '"
    """
    match = PLACE.fullmatch(message)
    if not match:
        return message
    line, column = int(match[1]), int(match[2])
    text = [*query.split("\n"), ""][line - 1]
    near = text[max(0, column - 1 - BEFORE) : column - 1 + AFTER].strip()
    return f"error at {line}:{column}: {_expected(match[3])}" + (f", near {near!r}" if near else "")


def _expected(names: str) -> str:
    named = LETTERS.sub("", names).replace(NAMELESS, "").rstrip(", ")
    if not named:
        return "this was not expected"
    return f"expected {'one of ' if ', ' in named else ''}{named}{' or the like' if named[-1].isalpha() else ''}"
