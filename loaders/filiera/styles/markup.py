"""Turn small HTML (`i b sup sub span a`) into what a manuscript needs: text, Markdown, LaTeX, RTF, or clean HTML.

One walk reads the HTML and calls a writer. Whatever a title holds comes out as the characters that it holds, and links
lead to the web only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from filiera.styles.writers import WRITERS, Writer

#: Elements that have a meaning here; the text of any other stays, and its tags go.
FONTS = frozenset({"i", "b", "sup", "sub", "smallcaps"})

#: Elements of HTML that have no end.
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})

SPACE = re.compile(r"[ \t\r\n\f\v]+")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")

WEB = re.compile(r"https?://\S", re.IGNORECASE)

#: Characters that no address may hold.
UNSAFE = re.compile(r'[\x00-\x20"<>\\^`{|}\x7f]')


FORMATS = tuple(WRITERS)


def convert(source: str, to: str) -> str:
    """Return small HTML in one of `FORMATS`; RTF comes as a whole document.

    >>> convert('<i>More*</i> &amp; <a href="https://doi.org/10.5555/a">more</a>', "markdown")
    '*More\\\\** & [more](https://doi.org/10.5555/a)'
    """
    return rtf([source]) if to == "rtf" else _written(source, WRITERS[to])


def rtf(sources: Iterable[str]) -> str:
    """Return a small RTF document with a paragraph for each piece of small HTML."""
    paragraphs = "\n".join(f"\\pard {_written(source, WRITERS['rtf'])}\\par" for source in sources)
    head = r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\froman Times New Roman;}}\f0\fs24"
    return f"{head}\n{paragraphs}\n}}\n"


def _written(source: str, writer: Writer) -> str:
    reader = _Reader(writer)
    reader.feed(source)
    reader.close()
    return writer.whole(reader.finished())


@dataclass(slots=True)
class _Element:
    """An element that is open: what it means, and what is written of it."""

    tag: str
    meaning: str
    written: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Writes the innermost elements first; an element that is not closed ends with the text."""

    def __init__(self, writer: Writer) -> None:
        super().__init__(convert_charrefs=True)
        self.writer = writer
        self.opened = [_Element("", "")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        given = dict(attrs)
        if tag == "a":
            self.opened.append(_Element(tag, UNSAFE.sub(lambda c: f"%{ord(c[0]):02X}", given.get("href") or "")))
        elif tag not in VOID:
            self.opened.append(_Element(tag, "smallcaps" if given.get("class") == "smallcaps" else tag))

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those in it that were left open; an end without a beginning is nothing."""
        if any(element.tag == tag for element in self.opened[1:]):
            while self._close() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Write text; white space is one space, and control characters are dropped."""
        text = CONTROLS.sub("", SPACE.sub(" ", data))
        self.opened[-1].written.append(self.writer.text(text))
        self.opened[-1].plain.append(text)

    def finished(self) -> str:
        """Return all that is written."""
        while len(self.opened) > 1:
            self._close()
        return "".join(self.opened[0].written)

    def _close(self) -> str:
        """Write the innermost element, and return its tag."""
        element = self.opened.pop()
        inner, plain = "".join(element.written), "".join(element.plain)
        if element.tag == "a" and inner and WEB.match(element.meaning):
            inner = self.writer.address(plain) if plain == element.meaning else self.writer.link(element.meaning, inner)
        elif element.tag != "a" and inner and element.meaning in FONTS:
            inner = self.writer.font(element.meaning, inner)
        self.opened[-1].written.append(inner)
        self.opened[-1].plain.append(plain)
        return element.tag
