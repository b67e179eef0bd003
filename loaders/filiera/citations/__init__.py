"""Find the work or the claim that a writer means, and cite it.

A writer gives a key, a DOI, an author and a year as any text prints them, or words. A work that is not certain is
cited with a warning, and a text that could mean several works is answered with the choice, never settled in silence.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from filiera import search
from filiera.citations.identifiers import identifier
from filiera.citations.index import index
from filiera.citations.lookup import Lookup, Match, Reason
from filiera.errors import NotFoundError

if TYPE_CHECKING:
    from filiera.records import Data

__all__ = [
    "Claim",
    "Found",
    "Lookup",
    "Match",
    "Reason",
    "Work",
    "as_json",
    "as_text",
    "cite",
    "claim",
    "index",
    "work",
]

#: How people call the identifiers of works.
IDENTIFIERS = {"doi": "DOI", "isbn": "ISBN", "url": "address"}

#: As many authors as this are named before "et al." takes over.
NAMED_AUTHORS = 2

WARNINGS = {
    "recalled": "the data of this work are from memory; check them before you print them",
    "unresolved": "it is not known which work this is; look it up before you cite it",
}


@dataclass(frozen=True, slots=True)
class Work:
    """A work as a writer cites it: who and when in the text, its Pandoc key, and a plain reference."""

    key: str
    in_text: str
    reference: str
    warning: str = ""

    @property
    def pandoc(self) -> str:
        """The citation in Pandoc's Markdown."""
        return f"[@{self.key}]"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with the place where it is said, and the works that it rests on."""

    key: str
    statement: str
    kind: str
    work: Work
    held_by: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    section: str = ""
    rests_on: list[Work] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)

    @property
    def pandoc(self) -> str:
        """The citation in Pandoc's Markdown, with the section as locator."""
        return f"[@{self.work.key}, sec. {self.section}]" if self.section else self.work.pandoc


@dataclass(frozen=True, slots=True)
class Found:
    """What a writer may mean: works, or claims; `certain` when there is one answer and no doubt about it."""

    works: list[Work] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    certain: bool = True
    remark: str = ""


def cite(connection: sqlite3.Connection, wanted: str, limit: int = 5) -> Found:
    """Return what `wanted` means: a key, an identifier, an author and year, a title, or words.

    Raises NotFoundError when nothing is like it.
    """
    wanted = wanted.strip()
    if row := connection.execute("select id from claims where id = ?", (_bare_key(wanted),)).fetchone():
        return Found(claims=[claim(connection, row[0])])
    matches = Lookup(connection).find_all(wanted)
    if not any(match.keys for match in matches):
        if known := identifier(wanted):
            what, _, value = known.partition(":")
            raise NotFoundError(f"no work here has the {IDENTIFIERS[what]} {value!r}")
        return _by_words(connection, wanted, limit)
    keys = dict.fromkeys(key for match in matches for key in match.keys)
    remark = "; ".join(filter(None, map(_remark, matches)))
    certain = all(match.certain for match in matches)
    return Found(works=[work(connection, key) for key in keys], certain=certain, remark=remark)


def _bare_key(wanted: str) -> str:
    return wanted.strip("()[]").removeprefix("@")


def _remark(match: Match) -> str:
    """Say what the writer has to decide."""
    if match.certain:
        return ""
    if match.reason is Reason.SEVERAL:
        return f"{match.text!r} can mean any of these; choose by key"
    return f"no work is cited as {match.text!r}; did you mean one of these?"


def _by_words(connection: sqlite3.Connection, wanted: str, limit: int) -> Found:
    hits = search.find(connection, wanted, kind="claims", limit=limit)
    if not hits.hits:
        raise NotFoundError(f"nothing here is like {wanted!r}; try fewer words, or `filiera find {wanted}`")
    remark = "" if hits.complete else "no claim has all of these words; these have some"
    return Found(claims=[claim(connection, hit.id) for hit in hits.hits], certain=False, remark=remark)


def _data(connection: sqlite3.Connection, key: str) -> dict[str, Any]:
    row = connection.execute("select data from records_data where id = ?", (key,)).fetchone()
    data: dict[str, Any] = json.loads(row[0])
    return data


def work(connection: sqlite3.Connection, key: str) -> Work:
    """Return a work as it is cited."""
    data = _data(connection, key)
    people = [_data(connection, author) for author in data.get("authors") or data.get("editors") or ()]
    year = data.get("issued", "")[:4] or "n.d."
    in_text = f"{_short_names(people) or data.get('title', key)} {year}"
    return Work(key, in_text, _reference(data, people, year), WARNINGS.get(data["verification"], ""))


def _short_names(people: list[Data]) -> str:
    names = [str(p.get("family") or p.get("literal")) for p in people]
    return f"{names[0]} et al." if len(names) > NAMED_AUTHORS else " & ".join(names)


def _reference(data: Data, people: list[Data], year: str) -> str:
    """Return a plain reference; styles are another matter."""
    edited = "" if data.get("authors") else (" (ed.)" if len(people) == 1 else " (eds)") if people else ""
    names = "; ".join(", ".join(filter(None, (p.get("family"), p.get("given")))) or p["literal"] for p in people)
    volume = data.get("volume", "") + (f"({data['issue']})" if "issue" in data else "")
    where = ", ".join(filter(None, (data.get("container_title"), volume, data.get("page"))))
    imprint = ": ".join(filter(None, (data.get("publisher_place"), data.get("publisher"))))
    title = data.get("title", "[title not known]")
    doi = f"https://doi.org/{data['DOI']}" if "DOI" in data else ""
    parts = (f"{names}{edited}" if names else "", year, title, where, imprint, doi)
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)


def claim(connection: sqlite3.Connection, key: str) -> Claim:
    """Return a claim as it is cited."""
    data = _data(connection, key)
    evidence = data.get("evidence", [])
    return Claim(
        key,
        data["statement"],
        data["kind"],
        work(connection, data["work"]),
        held_by=[_label(connection, holder) for holder in data.get("held_by", ())],
        places=[_place(item) for item in evidence],
        section=next((item["section"] for item in evidence if "section" in item), ""),
        rests_on=[work(connection, cited["work"]) for cited in data.get("cites", ())],
        relations=list(_relations(connection, key)),
    )


def _place(item: Data) -> str:
    """Say where a passage stands, with its first and last words."""
    parts = [f"{name} {item[name]}" for name in ("section", "table", "page") if name in item]
    passage = item.get("passage", {})
    words = " … ".join(passage[k] for k in ("start", "end") if k in passage)
    return ", ".join(parts) + (f": “{words}”" if words else "")


def _relations(connection: sqlite3.Connection, key: str) -> Iterator[str]:
    """Yield how the claim stands to others, and others to it."""
    query = """
        select type || ' ' || other_claim, 1, position from claims_relations where claim = ?1
        union all
        select 'is what ' || claim || ' ' || type, 2, position from claims_relations where other_claim = ?1
        order by 2, 3, 1
    """
    return (row[0] for row in connection.execute(query, (key,)))


def _label(connection: sqlite3.Connection, key: str) -> str:
    return str(connection.execute("select label from records where id = ?", (key,)).fetchone()[0])


def as_json(found: Found) -> str:
    """Return what was found for programs."""
    works = [asdict(one) | {"pandoc": one.pandoc} for one in found.works]
    claims = [asdict(one) | {"pandoc": one.pandoc} for one in found.claims]
    answer = {"certain": found.certain, "remark": found.remark, "works": works, "claims": claims}
    return json.dumps(answer, ensure_ascii=False, indent=2)


def as_text(found: Found) -> str:
    """Return what was found for people, ready to paste."""
    return "\n\n".join([*map(_work_text, found.works), *map(_claim_text, found.claims)])


def _work_text(of: Work) -> str:
    warning = f"\n  warning: {of.warning}" if of.warning else ""
    return f"{of.in_text}  {of.pandoc}\n  {of.reference}{warning}"


def _claim_text(of: Claim) -> str:
    lines = [
        f"{of.statement}  {of.pandoc}",
        f"  {of.kind}, {of.key}",
        f"  said in: {of.work.in_text}, {'; '.join(of.places)}",
    ]
    if of.held_by:
        lines.append(f"  held by: {'; '.join(of.held_by)}")
    if of.rests_on:
        lines.append(f"  rests on: {'; '.join(f'{w.in_text} {w.pandoc}' for w in of.rests_on)}")
    lines += [f"  warning: {w.in_text}: {w.warning}" for w in (of.work, *of.rests_on) if w.warning]
    lines += [f"  {relation}" for relation in of.relations]
    return "\n".join(lines)
