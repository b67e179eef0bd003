"""The documents at hand, read from the user's own files at the moment when a page shows a passage.

Nothing of them is written anywhere. A file that is no longer the one that was read is not shown.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path

#: Lines longer than this are paragraphs of their own; shorter ones are wrapped at a width.
WRAPPED = 200

#: A line that is shorter than this share of the width ends a paragraph.
SHORT = 0.8

#: What a sentence ends with.
ENDINGS = (".", "!", "?", ":", ".”", '."', ".)")

#: Characters around a passage that are shown at most.
CONTEXT = 600


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage in its paragraph; `cut_before` and `cut_after` say that the paragraph goes on."""

    before: str
    passage: str
    after: str
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files at hand, by the SHA-256 of their bytes."""

    files: Mapping[str, Path] = field(default_factory=dict)

    def excerpt(self, sha256: str | None, start: int | None, end: int | None) -> Excerpt | None:
        """Return a stretch of a document in its paragraph, or None where the document is not at hand."""
        path = self.files.get(sha256 or "")
        if path is None or start is None or end is None:
            return None
        text = _text(path, sha256 or "")
        return _excerpt(text, start, end) if text and end <= len(text.text) else None


@dataclass(frozen=True, slots=True)
class _Text:
    """The text of a document, and where its paragraphs begin."""

    text: str
    begins: list[int]


def _text(path: Path, sha256: str) -> _Text | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return _read(path, sha256, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=16)
def _read(path: Path, sha256: str, _changed: int, _size: int) -> _Text | None:
    """Read a document, unless it is another one by now."""
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        return None
    text = data.decode(errors="replace")
    return _Text(text, list(_paragraphs(text)))


def _paragraphs(text: str) -> Iterator[int]:
    """Yield the offsets at which paragraphs begin.

    Where lines are long, each is a paragraph. In wrapped text a blank line ends one, and so does a short line that ends
    a sentence or after which something begins.
    """
    lines = text.splitlines(keepends=True)
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    offset = 0
    yield offset
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        offset += len(line)
        bare = line.rstrip()
        ends = bare.endswith(ENDINGS) or not following[:1].islower()
        if width > WRAPPED or not bare or (len(bare) < width * SHORT and ends):
            yield offset


def _excerpt(text: _Text, start: int, end: int) -> Excerpt:
    begin = text.begins[bisect_right(text.begins, start) - 1]
    after = bisect_left(text.begins, end)
    finish = text.begins[after] if after < len(text.begins) else len(text.text)
    first, last = max(begin, start - CONTEXT), min(finish, end + CONTEXT)
    return Excerpt(
        _folded(text.text[first:start]).lstrip(),
        _folded(text.text[start:end]),
        _folded(text.text[end:last]).rstrip(),
        cut_before=first > begin,
        cut_after=last < finish,
    )


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)
