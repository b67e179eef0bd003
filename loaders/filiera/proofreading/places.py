"""Turn offsets in a text into lines and columns, as people, SARIF and editors count them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

#: What ends a line, as SARIF, LSP and editors see it; a form feed or U+2028 does not.
LINE_END = re.compile(r"\r\n|\r|\n")

#: How many units a character takes in the encodings in which editors count, by its code.
WIDTHS: dict[str, Callable[[int], int]] = {
    "utf-8": lambda code: 1 + (code > 0x7F) + (code > 0x7FF) + (code > 0xFFFF),  # noqa: PLR2004  the table of UTF-8
    "utf-16": lambda code: 1 + (code > 0xFFFF),  # noqa: PLR2004  beyond the basic plane
    "utf-32": lambda _: 1,
}


class Lines:
    """The lines of a text.

    >>> lines = Lines("an 😀 @key\\nnext")
    >>> lines.place(5), lines.place(10), lines.position(5), lines.position(5, "utf-8"), lines.offset(0, 6)
    ((1, 6), (2, 1), (0, 6), (0, 8), 5)
    """

    def __init__(self, text: str) -> None:
        """Find where the lines of a text begin."""
        self.text = text
        self.starts = [0, *(match.end() for match in LINE_END.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column in characters, both from 1."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def position(self, offset: int, encoding: str = "utf-16") -> tuple[int, int]:
        """Return line and column in units of an encoding, both from 0, as editors count."""
        line = bisect_right(self.starts, offset) - 1
        before = self.text[self.starts[line] : offset]
        return line, len(before) if before.isascii() else sum(map(WIDTHS[encoding], map(ord, before)))

    def offset(self, line: int, units: int, encoding: str = "utf-16") -> int:
        """Return the offset of a position of an editor; past the end of a line is its end."""
        if line >= len(self.starts):
            return len(self.text)
        start = self.starts[line]
        last = line + 1 == len(self.starts)
        content = self.text[start:] if last else self.text[start : self.starts[line + 1]].rstrip("\r\n")
        return start + _characters(content, units, WIDTHS[encoding])


def _characters(content: str, units: int, width: Callable[[int], int]) -> int:
    """Return how many characters make up so many units; a part of one does not count."""
    if content.isascii():
        return min(units, len(content))
    for number, character in enumerate(content):
        units -= width(ord(character))
        if units < 0:
            return number
    return len(content)
