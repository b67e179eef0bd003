"""Turn Pandoc's inline elements into small HTML: the tags `i b sup sub span a`, and text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from typing import Any

#: An element of Pandoc's document: its type `t`, and its content `c`.
Inline = dict[str, Any]

#: The tags around a stretch of text, outermost first, each as it is opened.
Tags = tuple[str, ...]

SPACES = frozenset({"Space", "SoftBreak", "LineBreak"})

FONTS = {
    "Emph": "i",
    "Underline": "i",
    "Strong": "b",
    "Superscript": "sup",
    "Subscript": "sub",
    "SmallCaps": 'span class="smallcaps"',
}

#: Classes by which the citation processor takes a font back, such as italics within italics.
UNDONE = {
    "csl-no-emph": {"i"},
    "csl-no-strong": {"b"},
    "csl-no-smallcaps": {FONTS["SmallCaps"]},
    "nodecor": {"i", "b", FONTS["SmallCaps"]},
}

QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}


def html(inlines: Iterable[Inline]) -> str:
    """Return inline elements as small HTML; a note and everything else that is no text is left out."""
    written: list[str] = []
    opened: Tags = ()
    for tags, run in groupby(_texts(inlines, ()), key=lambda pair: pair[0]):
        shared = _shared(opened, tags)
        written += [f"</{tag.split()[0]}>" for tag in reversed(opened[shared:])]
        written += [f"<{tag}>" for tag in tags[shared:]]
        written += [escape(text, quote=False) for _, text in run]
        opened = tags
    written += [f"</{tag.split()[0]}>" for tag in reversed(opened)]
    return "".join(written).strip()


def _shared(first: Tags, second: Tags) -> int:
    """Return how many tags two stretches of text have in common, from the outside."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(first), len(second)))


def _texts(inlines: Iterable[Inline], tags: Tags) -> Iterator[tuple[Tags, str]]:
    """Yield stretches of text with the tags around them."""
    for inline in inlines:
        kind: str = inline["t"]
        content: Any = inline.get("c")
        if kind == "Str":
            yield tags, content
        elif kind in SPACES:
            yield tags, " "
        elif kind in FONTS:
            yield from _texts(content, _switched(tags, FONTS[kind]))
        elif kind in {"Code", "Math"}:
            yield tags, content[1]
        elif kind == "Quoted":
            before, after = QUOTES[content[0]["t"]]
            yield tags, before
            yield from _texts(content[1], tags)
            yield tags, after
        elif kind == "Link":
            address = content[2][0]
            yield from _texts(content[1], (*tags, f'a href="{escape(address)}"') if _is_web(address) else tags)
        elif kind in {"Span", "Cite"}:
            undone = set().union(*(UNDONE.get(name, ()) for name in content[0][1])) if kind == "Span" else set()
            yield from _texts(content[1], tuple(tag for tag in tags if tag not in undone))


def _switched(tags: Tags, font: str) -> Tags:
    """Set text in a font; within the same font it is set off by being plain."""
    return tuple(tag for tag in tags if tag != font) if font in tags else (*tags, font)


def _is_web(address: str) -> bool:
    return address.startswith(("https://", "http://"))
