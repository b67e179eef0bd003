"""Make the messages of Oxigraph's parser fit for people: the place stays, the grammar's sets of letters go."""

from __future__ import annotations

import re

#: A set of letters in the list of what was expected: ['0'..='9'], or with ranges of Unicode over three lines.
LETTERS = re.compile(r"\[(?:'(?:[^'\\]|\\.[^']*)'|[^\]'\"])*\](?:, )?")

#: What the parser says when it has no name for what it expected.
NAMELESS = ("<unreported>",)


def legible(message: str) -> str:
    r"""Cut what only the author of the grammar can read.

    >>> legible("error at 1:35: expected one of HAVING, VALUES, ['0'..='9']")
    'error at 1:35: expected one of HAVING, VALUES'
    >>> legible("error at 1:26: expected [_]")
    'error at 1:26: this was not expected'
    """
    place, expected, list_ = message.partition(": expected ")
    if not expected:
        return message
    named = LETTERS.sub("", list_.removeprefix("one of ")).rstrip(", ")
    for nameless in NAMELESS:
        named = named.replace(nameless, "")
    if not named:
        return f"{place}: this was not expected"
    return f"{place}{expected}{'one of ' if ', ' in named else ''}{named}"
