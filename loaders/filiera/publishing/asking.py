"""Ask the site for its pages without a server: the same functions and templates, one after the other."""

from __future__ import annotations

import re
import sqlite3
from typing import Any
from urllib.parse import parse_qsl, unquote

from filiera.descriptions.dumps import DUMPS
from filiera.errors import FilieraError
from filiera.site.pages import PAGES, missing
from filiera.site.visits import HTML, Reply, Site, Visit

#: Files of the build, by name.
FILES = {dump.name: dump for dump in DUMPS}


class Asker:
    """Answers as the site does, to someone who takes whatever an address holds."""

    def __init__(self, site: Site, connection: sqlite3.Connection) -> None:
        """Take the site, and a connection to its database."""
        self.site = site
        self.connection = connection
        self._routes = [(re.compile(page.pattern(site.schema.kinds)), page) for page in PAGES]

    def has(self, address: str) -> bool:
        """Tell whether a page of ours answers at an address, as far as its form says."""
        path = address.partition("?")[0]
        if path.removeprefix("/") in FILES:
            return True
        return any(route.fullmatch(path) for route, page in self._routes if page.answer is not missing.answer)

    def ask(self, address: str) -> Reply:
        """Return what is answered at an address, whatever its status.

        Raises FilieraError when the page cannot be made.
        """
        path, _, query = address.partition("?")
        if dump := FILES.get(path.removeprefix("/")):
            return Reply(self.site.release / dump.name, dump.media_type)
        for route, page in self._routes:
            if found := route.fullmatch(path):
                names = {name: unquote(value or "") for name, value in found.groupdict().items()}
                given = parse_qsl(query, keep_blank_values=True)
                return page.answer(self._visit(path, names, given))
        raise FilieraError(f"no page answers at {address!r}")

    def page(self, template: str, **context: Any) -> str:  # noqa: ANN401  whatever the template takes
        """Return a page that is no answer to an address."""
        body = self._visit("", {}, []).page(template, **context).body
        return body if isinstance(body, str) else ""

    def _visit(self, path: str, names: dict[str, str], given: list[tuple[str, str]]) -> Visit:
        return Visit(self.site, self.connection, path, names, dict(given), HTML, given)
