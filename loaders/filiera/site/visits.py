"""What a page is asked, and what it answers.

A page is a function from a `Visit` to a `Reply`. It runs in a thread of Datasette's, with a connection of that thread
to the database, so that it may ask as it likes; what it cannot do it says by raising a FilieraError.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2

from filiera.descriptions.about import About
from filiera.errors import RefusedError
from filiera.history import Added
from filiera.questions import Question
from filiera.schema import Schema
from filiera.site.drawings import Drawings
from filiera.site.labels import Labels
from filiera.site.places import Places
from filiera.site.rebuilding import Trouble
from filiera.site.shelf import Shelf

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"

#: Characters of an argument; no page needs more.
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages share: the schema, the questions, the templates, the documents at hand, and the name of the build.

    `tag` changes with everything that a page is made from. `release` is the folder of the build, and `about` what the
    base says of itself. `newest` are the keys that were added last, where that is known. `trouble` says why the build
    is not of the records as they are now. `live` tells that a server answers, so that pages may offer what needs one.
    """

    schema: Schema
    questions: Mapping[str, Question]
    templates: jinja2.Environment
    shelf: Shelf
    tag: str
    release: Path
    about: About
    newest: Sequence[Added] = ()
    trouble: Trouble | None = None
    live: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """What a page answers: a body, or the file that holds it."""

    body: str | bytes | Path
    media_type: str = HTML
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Visit:
    """A request for a page: the parts of its path that the route names, its arguments, and what it accepts.

    `arguments` has the last of those that are given several times, `given` all of them.
    """

    site: Site
    connection: sqlite3.Connection
    path: str
    names: Mapping[str, str]
    arguments: Mapping[str, str]
    accept: str = ""
    given: Sequence[tuple[str, str]] = ()

    def text(self, name: str) -> str:
        """Return an argument, or nothing where it is not given.

        Raises RefusedError when it is longer than any page needs.
        """
        given = self.arguments.get(name, "").strip()
        if len(given) > LONGEST:
            raise RefusedError(f"{name}: {len(given):,} characters are too many; give at most {LONGEST}")
        return given

    def several(self, name: str, most: int) -> tuple[str, ...]:
        """Return the values of an argument that may be given several times, each once.

        Raises RefusedError when there are too many of them.
        """
        values = tuple(dict.fromkeys(v.strip() for n, v in self.given if n == name and v.strip()))
        if len(values) > most:
            raise RefusedError(f"{name}: {len(values)} are too many; give at most {most}")
        return values

    def number(self, name: str, default: int, most: int) -> int:
        """Return an argument that is a whole number from 1 to `most`.

        Raises RefusedError when it is something else.
        """
        given = self.text(name) or str(default)
        if not (given.isascii() and given.isdecimal() and 1 <= int(given) <= most):
            raise RefusedError(f"{name}: {given!r} is not a whole number from 1 to {most}")
        return int(given)

    def choice(self, name: str, known: Mapping[str, Any]) -> str:
        """Return an argument that is one of the names that are known, or nothing where it is not given.

        Raises RefusedError when it is another name.
        """
        given = self.text(name)
        if given and given not in known:
            raise RefusedError(f"{name}: there is no {given!r}; there are {', '.join(known)}")
        return given

    def rows(self, statement: str, **values: Any) -> list[sqlite3.Row]:  # noqa: ANN401  any scalar
        """Return the rows of a statement, whose columns can be named."""
        return self.connection.execute(statement, values).fetchall()

    def page(self, template: str | list[str], status: int = 200, **context: Any) -> Reply:  # noqa: ANN401
        """Return a page made from a template, or from the first of several that there is."""
        found = self.site.templates.select_template([template] if isinstance(template, str) else template)
        labels, places = Labels(self.connection), Places(self.connection, self.site.shelf)
        shared = {"visit": self, "labels": labels, "link": labels.link, "places": places, "trouble": self.site.trouble}
        shared |= {"drawings": Drawings(self.connection), "live": self.site.live}
        return Reply(found.render(shared | context), status=status)


Answer = Callable[[Visit], Reply]


@dataclass(frozen=True, slots=True)
class Page:
    """A page: a pattern of paths, in which `{kinds}` stands for the folders of all kinds, and what answers there."""

    route: str
    answer: Answer

    def pattern(self, kinds: Iterable[str]) -> str:
        """Return the pattern of the paths of this page, in a base of some kinds."""
        return self.route.replace("{kinds}", "|".join(kinds))
