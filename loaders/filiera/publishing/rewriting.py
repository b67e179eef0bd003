"""Change what a page of the site says of addresses, so that it is right in a folder of files.

The templates escape every text, so that no `"` stands in one: what looks like an attribute is one. Links become
relative. One to what needs a server leads to the page that says what to do instead; a form that needs one is replaced
by a sentence.
"""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Callable
from urllib.parse import urlsplit

from filiera.errors import FilieraError
from filiera.publishing.addresses import file_of, public, relative

LINK = re.compile(r'(?<=\s)(href|src|action)="(/[^"]*)"')
FORM = re.compile(r'<form\b[^>]*\baction="(/[^"]*)".*?</form>', re.DOTALL)
CONTEXT = re.compile(r'(?<="@context": )"(/[^"]*)"')
MARKDOWN = re.compile(r"(?<=\]\()(/[^)]*)(?=\))")

#: The search is made here, in the browser.
SEARCH = "/search"

#: The page that says what a copy lacks, and what to do instead.
COPY = "/copy"

#: What only a server answers: the beginning of its addresses, and the place on that page.
SERVED = {"/filiera": "database", "/sparql": "sparql", "/cite": "citing"}

INSTEAD = '<p class="rest">Other choices need a server; <a href="{}">what to do instead</a>.</p>'

#: Files that pages are shown with.
STATIC = "/site/"


class Rewriter:
    """Changes the pages of one copy, and remembers which other pages they lead to."""

    def __init__(self, is_page: Callable[[str], bool], url: str = "") -> None:
        """Take what tells whether an address is a page of ours, and where the copy will stand.

        Without an address of the copy, all links are relative.
        """
        self._is_page = is_page
        self._url = url
        self._seen: set[str] = set()
        self.waiting: deque[str] = deque()

    def want(self, address: str) -> None:
        """Remember a page that the copy must hold."""
        if address not in self._seen:
            self._seen.add(address)
            self.waiting.append(address)

    def page(self, text: str, file: str) -> str:
        """Return a page as it is in a file."""
        text = FORM.sub(lambda found: self._form(found, file), text)
        return LINK.sub(lambda found: f'{found[1]}="{self._escaped(found[2], file)}"', text)

    def json_ld(self, text: str, file: str) -> str:
        """Return JSON-LD whose context is found from a file."""
        return CONTEXT.sub(lambda found: f'"{self.link(found[1], file)}"', text)

    def markdown(self, text: str, file: str) -> str:
        """Return Markdown whose links lead on from a file; they are whole where the address of the copy is known."""
        return MARKDOWN.sub(lambda found: self.link(found[1], "" if self._url else file), text)

    def _form(self, found: re.Match[str], file: str) -> str:
        if found[1] == SEARCH:
            return found[0]
        stand_in = _served(found[1]) or f"{COPY}#choices"
        return INSTEAD.format(self._escaped(stand_in, file))

    def _escaped(self, attribute: str, file: str) -> str:
        return html.escape(self.link(html.unescape(attribute), file))

    def link(self, link: str, file: str) -> str:
        """Return a link as a file says it; `link` is a path of the site, with arguments and a place.

        A file without a name may stand anywhere, so that its links are whole.

        Raises FilieraError when nothing on the site answers there.
        """
        parts = urlsplit(_served(link) or link)
        place = f"#{parts.fragment}" if parts.fragment else ""
        query = f"?{parts.query}" if parts.query else ""
        if parts.path.startswith(STATIC):
            return f"{self._from(file, parts.path.lstrip('/'))}{query}{place}"
        if parts.path == SEARCH:
            return f"{self._from(file, file_of(SEARCH))}{query}{place}"
        address = f"{parts.path}{query}"
        if parts.path != COPY:
            if not self._is_page(address):
                raise FilieraError(f"{file} leads to {link!r}, where the site answers nothing; please report this")
            self.want(address)
        return f"{self._from(file, file_of(address))}{place}"

    def _from(self, file: str, target: str) -> str:
        return relative(file, target) if file else self._url + public(target)


def _served(link: str) -> str:
    """Return the place that stands in for what only a server answers, or nothing."""
    path = urlsplit(link).path
    for beginning, place in SERVED.items():
        if path == beginning or path.startswith(f"{beginning}/"):
            return f"{COPY}#{place}"
    return ""
