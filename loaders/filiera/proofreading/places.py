"""Turn offsets in a text into lines and columns, as people, SARIF and editors count them."""

from __future__ import annotations

import re
from bisect import bisect_right

#: What ends a line, as SARIF, LSP and editors see it; a form feed or U+2028 does not.
LINE_END = re.compile(r"\r\n|\r|\n")

#: Characters above this take two units of UTF-16, in which editors count.
BASIC_PLANE = 0xFFFF


class Lines:
    """The lines of a text.

    >>> lines = Lines("an 😀 @key\\nnext")
    >>> lines.place(5), lines.place(10), lines.utf16(5), lines.offset(0, 6)
    ((1, 6), (2, 1), (0, 6), 5)
    """

    def __init__(self, text: str) -> None:
        """Find where the lines of a text begin."""
        self.text = text
        self.starts = [0, *(match.end() for match in LINE_END.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column in characters, both from 1."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def utf16(self, offset: int) -> tuple[int, int]:
        """Return line and column in units of UTF-16, both from 0."""
        line = bisect_right(self.starts, offset) - 1
        before = self.text[self.starts[line] : offset]
        return line, len(before) + sum(ord(c) > BASIC_PLANE for c in before)

    def offset(self, line: int, units: int) -> int:
        """Return the offset of a line and column in units of UTF-16; past the end of a line is its end."""
        if line >= len(self.starts):
            return len(self.text)
        start = self.starts[line]
        end = self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text)
        content = self.text[start:end].rstrip("\r\n") if line + 1 < len(self.starts) else self.text[start:end]
        return start + _characters(content, units)


def _characters(content: str, units: int) -> int:
    """Return how many characters make up so many units; half a pair does not count."""
    if content.isascii():
        return min(units, len(content))
    for number, character in enumerate(content):
        units -= 1 + (ord(character) > BASIC_PLANE)
        if units < 0:
            return number
    return len(content)
