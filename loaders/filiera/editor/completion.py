"""Complete citation keys, and claims by words.

A key is completed after `@` in Markdown and inside a command that cites in LaTeX: by a part of the key, the name of an
author, a year or a word of the title. A claim is completed after `@@` and any words, in both; its citation, with the
place, takes the place of the words.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from filiera.citations import claim, work
from filiera.citations import words as claim_words
from filiera.editor.session import Desk, Open
from filiera.folding import folded_words
from filiera.proofreading import latex, markdown

#: As many keys and claims as this are offered at a time.
MOST_KEYS = 50
MOST_CLAIMS = 15

#: The shortest beginning of a word that is sought in titles.
SHORTEST = 3

KEY = re.compile(r"(?<![\w@])@(\{?)([\w:.#$%&\-+?<>~/]*)\Z")
CLAIM = re.compile(r"(\[?)@@([^\n@\[\]]*)\Z")
CITING = re.compile(r"\\([A-Za-z]+)\*?(?:\s*[\[(][^\[\]()]*[\])])*\s*\{([^{}]*)\Z")

#: How far before a place the command around it may begin.
REACH = 2_000


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to write: what the list shows, what explains it, and the stretch of the text that it replaces."""

    label: str
    detail: str
    documentation: str
    start: int
    end: int
    text: str
    is_claim: bool = False


def complete(desk: Desk, open_: Open, offset: int) -> list[Offer]:
    """Return what could stand at a place, the likeliest first."""
    before = open_.text[max(0, open_.text.rfind("\n", 0, offset) + 1, offset - REACH) : offset]
    if asked := CLAIM.search(before):
        return list(_claims(desk, open_, asked, offset))
    place = _latex_key(open_, offset) if open_.is_latex else _markdown_key(open_, before, offset)
    if place is None:
        return []
    start, end = place
    return [_key(desk, key, start, end) for key in _keys(desk.connection, open_.text[start:offset])]


def _markdown_key(open_: Open, before: str, offset: int) -> tuple[int, int] | None:
    """Return where the key begins and ends that is written here, unless pandoc sees no citation here."""
    match = KEY.search(before)
    if not match:
        return None
    start = offset - len(match[2])
    at = start - len(match[1]) - 1
    rest = re.compile(r"[\w:.#$%&\-+?<>~/]*\w|").match(open_.text, offset)
    end = rest.end() if rest else offset
    brace = "}" if match[1] and not open_.text.startswith("}", end) else ""
    ahead = f"{open_.text[:offset]}x{brace}{open_.text[end:]}"
    cited = any(one.start == at for one in markdown.read(ahead).citations)
    return (start, end) if cited else None


def _latex_key(open_: Open, offset: int) -> tuple[int, int] | None:
    """Return where the key begins and ends that is written here, inside of a command that cites."""
    before = open_.text[max(0, offset - REACH) : offset]
    match = CITING.search(before)
    if not match or match[1].lower() not in latex.COMMANDS or "%" in before.rpartition("\n")[2].replace("\\%", ""):
        return None
    written = re.split(r"[,\s]", match[2])[-1]
    rest = re.compile(r"[^\s,{}%]*").match(open_.text, offset)
    return offset - len(written), rest.end() if rest else offset


def _keys(connection: sqlite3.Connection, written: str) -> list[str]:
    """Return the keys that begin so, then those with such an author, then those with such words."""
    words = folded_words(written.replace("-", " ").replace("_", " "))
    found: dict[str, None] = {}
    for keys in (_by_key(connection, written), _by_name(connection, words), _by_title(connection, words)):
        found |= dict.fromkeys(keys)
        if len(found) >= MOST_KEYS:
            break
    return list(found)[:MOST_KEYS]


def _by_key(connection: sqlite3.Connection, written: str) -> Iterator[str]:
    query = "select id from works where instr(id, ?1) order by instr(id, ?1) > 1, id limit ?2"
    yield from (row[0] for row in connection.execute(query, (written.lower(), MOST_KEYS)))


def _by_name(connection: sqlite3.Connection, words: list[str]) -> Iterator[str]:
    """Yield the works of authors whose name begins so, of the year if there is one."""
    names = " ".join(word for word in words if not word.isdigit())
    year = next((word for word in words if word.isdigit()), "")
    query = """
        select distinct work from citation_names where name >= ?1 and name < ?1 || char(1114111)
        and year like ?2 || '%' order by position, name, work limit ?3
    """
    if names:
        yield from (row[0] for row in connection.execute(query, (names, year, MOST_KEYS)))


def _by_title(connection: sqlite3.Connection, words: list[str]) -> Iterator[str]:
    """Yield the works with words that begin so, in their titles or elsewhere."""
    terms = " ".join(f'"{word}"*' for word in words if len(word) >= SHORTEST)
    query = """
        select records.id from records_fts join records on records.rowid = records_fts.rowid
        where records_fts match ?1 and kind = 'works' order by bm25(records_fts, 4.0, 1.0), records.id limit ?2
    """
    if terms:
        yield from (row[0] for row in connection.execute(query, (terms, MOST_KEYS)))


def _key(desk: Desk, key: str, start: int, end: int) -> Offer:
    cited = work(desk.connection, key)
    warning = f"\n\n**Warning:** {cited.warning}" if cited.warning else ""
    return Offer(key, cited.in_text, f"{cited.reference}{warning}", start, end, key)


def _claims(desk: Desk, open_: Open, asked: re.Match[str], offset: int) -> Iterator[Offer]:
    """Yield the claims that the words find; the brackets that an editor closes by itself are used."""
    bracketed = bool(asked[1]) and not open_.is_latex
    start = offset - len(asked[0]) + (len(asked[1]) if open_.is_latex else 0)
    closed = bracketed and open_.text[offset : offset + 1] == "]"
    for key in claim_words.find(desk.connection, asked[2], MOST_CLAIMS).keys:
        found = claim(desk.connection, key)
        relations = [f"- {one.says}: {one.statement} {one.pandoc}" for one in found.relations]
        warnings = [
            f"**Warning:** {one.in_text}: {one.warning}" for one in (found.work, *found.rests_on) if one.warning
        ]
        lines = [f"{found.statement}", f"*{found.kind}*, {'; '.join(found.places)}", "\n".join(relations), *warnings]
        text = _latex(open_, found.work.key, found.work.locator) if open_.is_latex else found.pandoc
        yield Offer(
            found.statement,
            f"{found.work.in_text} {found.work.locator}".strip(),
            "\n\n".join(filter(None, lines)),
            start,
            offset + closed,
            text,
            is_claim=True,
        )


def _latex(open_: Open, key: str, locator: str) -> str:
    """Return a citation in LaTeX, by the command of the package that the manuscript uses."""
    command = "parencite" if "biblatex" in open_.text or "\\parencite" in open_.text else "citep"
    return f"\\{command}[{locator.replace(' ', '~')}]{{{key}}}" if locator else f"\\{command}{{{key}}}"
