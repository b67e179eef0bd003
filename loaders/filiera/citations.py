"""Find the work or the claim that a writer means, and cite it.

A writer gives a key, a DOI, an author and a year as any text prints them, or words. A work that is not certain is
cited with a warning, and a text that could mean several works is answered with the choice, never settled in silence.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from filiera import search
from filiera.errors import NotFoundError
from filiera.folding import fold

if TYPE_CHECKING:
    from filiera.records import Data

YEAR = re.compile(r"\b(1[4-9]\d\d|20\d\d)[a-z]?\b")
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)\Z", re.IGNORECASE)

#: Words of an author-year text that name nobody.
FILLERS = frozenset({"et", "al", "and", "e", "see", "cf", "also", "eds", "ed", "in", "p", "pp"})

#: Particles that writers leave off: "De Marchi" is looked for as "Marchi" too.
PARTICLES = frozenset({"de", "di", "da", "dei", "del", "della", "van", "von", "la", "le"})

#: Below this likeness a misspelt name is not offered.
LIKENESS = 0.7

#: As many authors as this are named before "et al." takes over.
NAMED_AUTHORS = 2

INDEX = """
create table citation_names(
    name text not null, year text not null, work text not null references works(id), position integer not null,
    primary key (name, year, work, position)
) without rowid;
create table citation_strings(
    string text not null, work text not null references works(id), primary key (string, work)
) without rowid;
create temp table author_names as
    select id as author, fold(family) as name from authors where family is not null
    union select id, fold(literal) from authors where literal is not null
    union select author, fold(also_spelt) from authors_also_spelt;
insert or ignore into citation_names
    with spelt as (select author, name from author_names union select author, bare(name) from author_names),
    people as (
        select work, position, author from works_authors
        union all select work, position, editor from works_editors where work not in (select work from works_authors)
    )
    select name, substr(coalesce(issued, ''), 1, 4), work, position
    from people join spelt using (author) join works on works.id = people.work order by 1, 2, 3, 4;
insert or ignore into citation_strings select fold(cited_as), work from works_cited_as order by 1, 2;
drop table author_names;
"""

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


def index(connection: sqlite3.Connection) -> None:
    """Write the names, years and strings by which works are looked up; a build calls this once."""
    connection.create_function("fold", 1, fold, deterministic=True)
    connection.create_function("bare", 1, _bare, deterministic=True)
    connection.executescript(INDEX)


def _bare(name: str) -> str:
    """Return a folded name without its particles, or whole when it has nothing else."""
    return " ".join(word for word in name.split() if word not in PARTICLES) or name


def cite(connection: sqlite3.Connection, wanted: str, limit: int = 5) -> Found:
    """Return what `wanted` means: a key, a DOI, an author and year, or words.

    Raises NotFoundError when nothing is like it.
    """
    wanted = wanted.strip().strip("()[]").removeprefix("@")
    for attempt in (_by_key, _by_doi, _by_string, _by_author_and_year):
        found = attempt(connection, wanted)
        if found:
            return found
    return _by_words(connection, wanted, limit)


def _by_key(connection: sqlite3.Connection, wanted: str) -> Found | None:
    query = "select id, kind from records where id = coalesce((select id from aliases where alias = ?1), ?1)"
    row = connection.execute(query, (wanted,)).fetchone()
    if row and row[1] == "works":
        return Found(works=[work(connection, row[0])])
    if row and row[1] == "claims":
        return Found(claims=[claim(connection, row[0])])
    return None


def _by_doi(connection: sqlite3.Connection, wanted: str) -> Found | None:
    match = DOI.match(wanted)
    if not match:
        return None
    row = connection.execute("select id from works where lower(DOI) = lower(?)", (match[1],)).fetchone()
    if row is None:
        raise NotFoundError(f"no work here has the DOI {match[1]!r}")
    return Found(works=[work(connection, row[0])])


def _by_string(connection: sqlite3.Connection, wanted: str) -> Found | None:
    """Find works by a citation just as a document prints it."""
    rows = connection.execute("select work from citation_strings where string = ? order by 1", (fold(wanted),))
    keys = [row[0] for row in rows]
    return _choice(connection, wanted, keys) if keys else None


def _by_author_and_year(connection: sqlite3.Connection, wanted: str) -> Found | None:
    """Find works by names and a year; failing that, by names that are spelt nearly so."""
    year = YEAR.search(wanted)
    if not year:
        return None
    names = _surnames(wanted[: year.start()])
    keys = _by_names(connection, names, year[1])
    return _choice(connection, wanted, keys) if keys else _alike(connection, wanted, names, year[1])


def _choice(connection: sqlite3.Connection, wanted: str, keys: list[str]) -> Found:
    """Return the works, with those that the same citation could mean; several are a choice."""
    works = [work(connection, key) for key in _with_alternatives(connection, keys)]
    remark = "" if len(works) == 1 else f"{wanted!r} can mean any of these; choose by key"
    return Found(works=works, certain=len(works) == 1, remark=remark)


def _surnames(text: str) -> list[str]:
    """Return the folded names of an author-year text: what commas, "&" and "and" part, without "et al.".

    >>> _surnames("De Marchi & Grandinetti, ")
    ['de marchi', 'grandinetti']
    """
    parts = re.split(r"[,;&/]|\band\b|\bet al\b", text.replace("’", "'"))
    names = (" ".join(word for word in fold(part).split() if word not in FILLERS) for part in parts)
    return [name for name in names if name]


def _by_names(connection: sqlite3.Connection, names: list[str], year: str) -> list[str]:
    """Return the works of that year that have all of the names, in whatever order."""
    if not names:
        return []
    marks = ", ".join("?" * len(names))
    query = f"""
        select work from citation_names where year = ? and name in ({marks})
        group by work having count(distinct name) = ?
        order by (select max(position) from citation_names n where n.work = citation_names.work) + 1 <> ?, work
    """  # noqa: S608  only question marks
    return [row[0] for row in connection.execute(query, (year, *names, len(set(names)), len(names)))]


def _with_alternatives(connection: sqlite3.Connection, keys: list[str]) -> list[str]:
    """Add the works that the same citation could mean, as the records say."""
    every = dict.fromkeys(keys)
    for key in keys:
        rows = connection.execute("select alternative from works_alternatives where work = ? order by position", (key,))
        every |= dict.fromkeys(row[0] for row in rows)
    return list(every)


def _alike(connection: sqlite3.Connection, wanted: str, names: list[str], year: str) -> Found | None:
    """Offer the works of that year whose authors' names are spelt nearly so."""
    rows = connection.execute("select distinct name from citation_names where year = ?", (year,))
    known = [row[0] for row in rows]
    near = [nearest_name(name, known) for name in names]
    keys = _by_names(connection, near, year) if all(near) else []
    if not keys:
        return None
    offered = _choice(connection, wanted, keys)
    return replace(offered, certain=False, remark=f"no work is cited as {wanted!r}; did you mean one of these?")


def nearest_name(name: str, known: list[str]) -> str:
    """Return the known name that takes the fewest slips of the pen, or nothing when none is near."""
    from rapidfuzz import process  # noqa: PLC0415  only paid for a misspelt name
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415

    best = process.extractOne(name, known, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=LIKENESS)
    return best[0] if best else ""


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
