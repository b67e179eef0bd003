"""Titles in place of keys: a link to a record, whatever its kind."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from filiera.site.statements import SHORT, statements
from filiera.site.words import shortened

#: Characters of a title in a link; more are in its tooltip.
LONGEST = 250


@dataclass(frozen=True, slots=True)
class Label:
    """A record as others name it: its kind, its key, its title, and a short title where its kind has one."""

    kind: str
    key: str
    title: str
    short: str = ""

    @property
    def path(self) -> str:
        """The path of its page."""
        return f"/{self.kind}/{self.key}"


@dataclass(frozen=True, slots=True)
class Labels:
    """The titles of records, looked up once each."""

    connection: sqlite3.Connection
    known: dict[str, Label | None] = field(default_factory=dict)

    def get(self, key: str) -> Label | None:
        """Return the label of the record that has a key, or None where there is none."""
        if key not in self.known:
            self.known[key] = self._look_up(key)
        return self.known[key]

    def _look_up(self, key: str) -> Label | None:
        row = self.connection.execute("select kind, label from records where id = ?", (key,)).fetchone()
        if row is None:
            return None
        short = statements(row[0]).get(SHORT)
        found = self.connection.execute(short, {"key": key}).fetchone() if short else None
        return Label(row[0], key, row[1], (found and found[0]) or "")

    def link(self, key: str, *, full: bool = False) -> Markup:
        """Return a link to a record that shows its short title, or with `full` that and its title.

        A key that no record has is shown as it is.
        """
        label = self.get(key)
        if label is None:
            return Markup("<code>{}</code>").format(key)
        title = escape(shortened(label.title, LONGEST))
        text = escape(label.short) if label.short else title
        if full and label.short:
            text = _joined(text, ' <span class="rest">', title, "</span>")
        return _anchor(label, text)

    def part(self, record: str, text: str = "") -> Markup:
        """Return a link to a record, or to the part of it that is named after `#`, under a text or under its title.

        Parts are counted from 0 in a path, and from 1 for people.
        """
        key, _, part = record.partition("#")
        label = self.get(key)
        if label is None or not (part or text):
            return self.link(key, full=True)
        name, _, position = part.rpartition("-")
        which = f", {name.removesuffix('s')} {int(position) + 1}" if position.isdecimal() else ""
        title = f"{label.short or label.title}{which}"
        path = f"{label.path}#{part}" if part else label.path
        tooltip = Markup(' title="{}"').format(title) if text else ""
        return Markup('<a href="{}"{}>{}</a>').format(path, tooltip, text or title)


def _anchor(label: Label, text: Markup) -> Markup:
    """Return a link under a text, with the title as its tooltip where the text is not just that."""
    title = escape(label.title)
    tooltip = _joined(' title="', title, '"') if text != title else ""
    return _joined('<a href="', escape(label.path), '"', tooltip, ">", text, "</a>")


def _joined(*parts: str) -> Markup:
    """Return markup made of parts that are markup; a page with a thousand links feels what `Markup.format` costs."""
    return Markup("".join(parts))  # noqa: S704  what is not markup was escaped
