"""Find the records that a text names: places, districts, firms, institutions, by name, other name or demonym."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from filiera.folding import fold

#: The kinds whose names are looked for.
KINDS = ("districts", "places", "firms", "institutions")

#: What comes from a country is named so; a country that the base does not have is none here.
DEMONYMS = {
    "Italian": "Italy", "Chinese": "China", "Indian": "India", "Turkish": "Turkey", "Swiss": "Switzerland",
    "American": "United States", "British": "United Kingdom", "French": "France", "German": "Germany",
    "Spanish": "Spain", "Japanese": "Japan", "Thai": "Thailand", "Brazilian": "Brazil", "Mexican": "Mexico",
    "Belgian": "Belgium", "Austrian": "Austria", "Tunisian": "Tunisia", "Libyan": "Libya", "European": "Europe",
    "Asian": "Asia", "African": "Africa", "Vicentine": "Vicenza", "Aretine": "Arezzo", "Tuscan": "Tuscany",
}  # fmt: skip

#: Words for the whole world, which is a place with numbers too.
WORLD = re.compile(r"\b(?:world|worldwide|global)\b", re.IGNORECASE)

TOKEN = re.compile(r"[^\W_]+")

#: A name of so few letters, all of them capitals, is a name only in capitals: US, not us.
ACRONYM = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: the records that it can mean, and its place."""

    keys: frozenset[str]
    name: str
    start: int
    end: int


class Gazetteer:
    """Finds the names of records in texts."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read the names."""
        self._names: dict[str, dict[tuple[str, ...], set[str]]] = {}
        self._capitals: set[str] = set()
        named: dict[str, set[str]] = {}
        for key, name in _names(connection):
            named.setdefault(fold(name), set()).add(key)
            self._add(name, key)
        for demonym, country in DEMONYMS.items():
            for key in named.get(fold(country), ()):
                self._add(demonym, key)

    def _add(self, name: str, key: str) -> None:
        words = tuple(fold(name).split())
        if not words or name[:1].islower():
            return
        if len(name) <= ACRONYM and name.isupper():
            self._capitals.add(words[0])
        self._names.setdefault(words[0], {}).setdefault(words, set()).add(key)

    def everywhere(self, text: str) -> list[Mention]:
        """Return the words of a text that name the world, where the base has it."""
        known = self._names.get("world", {}).get(("world",), ())
        found = WORLD.finditer(text) if known else ()
        return [Mention(frozenset(known), "world", match.start(), match.end()) for match in found]

    def mentions(self, text: str) -> list[Mention]:
        """Return the names in a text, the longest at each place."""
        tokens = [(_folded(match[0]), match) for match in TOKEN.finditer(text)]
        found: list[Mention] = []
        at = 0
        while at < len(tokens):
            mention, length = self._longest(tokens, at)
            if mention:
                found.append(mention)
            at += length
        return found

    def _longest(self, tokens: list[tuple[str, re.Match[str]]], at: int) -> tuple[Mention | None, int]:
        word, first = tokens[at]
        known = self._names.get(word)
        if (
            not known
            or not first[0][0].isupper()
            or (word in self._capitals and not first[0].isupper() and (word,) in known)
        ):
            return None, 1
        for length in range(max(map(len, known)), 0, -1):
            words = tuple(token for token, _ in tokens[at : at + length])
            if len(words) == length and words in known:
                last = tokens[at + length - 1][1]
                return Mention(frozenset(known[words]), " ".join(words), first.start(), last.end()), length
        return None, 1


@lru_cache(maxsize=65_536)
def _folded(word: str) -> str:
    return fold(word)


def _names(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        yield from connection.execute(f"select id, name from {kind} order by id")  # noqa: S608  a table of ours
        table = f"{kind}_also_called"
        owner = connection.execute(f"select name from pragma_table_info('{table}') limit 1").fetchone()  # noqa: S608
        if owner:
            yield from connection.execute(f"select {owner[0]}, also_called from {table} order by 1, 2")  # noqa: S608
