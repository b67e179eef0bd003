"""Find what a writer means: works by a citation, claims by words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

from filiera.citations import words
from filiera.citations.claims import Claim, claim
from filiera.citations.identifiers import RECORD, identifier
from filiera.citations.lookup import LONGEST_TEXT, Lookup, Match, Reason
from filiera.citations.works import Work, work
from filiera.errors import NotFoundError, RefusedError
from filiera.folding import encodable, folded_words

#: How people call the identifiers of works.
IDENTIFIERS = {"doi": "DOI", "isbn": "ISBN", "url": "address"}

#: Works that plain words led to: they may have been meant for claims.
BY_WORDS = frozenset({Reason.TITLE, Reason.PART_OF_TITLE, Reason.NO_YEAR})

#: What the writer has to decide, by what is doubtful.
REMARKS = {
    Reason.SEVERAL: "{text!r} can mean any of these; choose by key",
    Reason.MISSPELT: "no work is cited as {text!r}; did you mean {these}?",
    Reason.PART_OF_NAME: "no work is cited as {text!r}, with just this name; did you mean {these}?",
    Reason.AUTHORS: "no work has just the authors of {text!r}; did you mean {these}?",
    Reason.YEAR: "no work is cited as {text!r}, with this year; did you mean {these}?",
    Reason.LETTER: "nothing here says which work is meant by the letter in {text!r}; did you mean {these}?",
    Reason.NO_YEAR: "{text!r} names no year; did you mean {these}?",
    Reason.PART_OF_TITLE: "{text!r} is like a title, or a part of one; did you mean {these}?",
    Reason.OTHER_TITLE: "authors and year of {text!r} fit, what follows is not the title; did you mean {these}?",
    Reason.NOTHING: "no work here is like {text!r}",
}


#: As many words that no claim has are named.
MOST_UNKNOWN = 5


@dataclass(frozen=True, slots=True)
class Found:
    """What a writer may mean: works, or claims.

    `certain` when each citation has one answer and no doubt about it; `remark` says what is to be decided. `matches`
    are the citations of the text with what each means.
    """

    works: list[Work] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    certain: bool = True
    remark: str = ""
    matches: list[Match] = field(default_factory=list)


def cite(connection: sqlite3.Connection, wanted: str, limit: int = 5, locator: str = "") -> Found:
    """Return what `wanted` means: a key, an identifier, citations by author and year, a title, or words.

    `locator` is the place in the works, where `wanted` does not give it. Raises NotFoundError when nothing is like
    `wanted`, and RefusedError when it is empty or too long to be a citation.
    """
    wanted, locator = _sound(wanted), " ".join(encodable(locator).split())
    if key := _claim_key(connection, wanted):
        return Found(claims=[claim(connection, key, locator)])
    matches = Lookup(connection).find_all(wanted)
    if not any(match.keys for match in matches):
        if known := identifier(wanted):
            what, _, value = known.partition(":")
            raise NotFoundError(f"no work here has the {IDENTIFIERS[what]} {value!r}")
        return _by_words(connection, wanted, limit)
    by_words = len(matches) == 1 and matches[0].reason in BY_WORDS
    return Found(
        works=[one for match in matches for one in _works(connection, match, locator)],
        claims=_all_said(connection, wanted, limit) if by_words else [],
        certain=all(match.certain for match in matches),
        remark="; ".join(map(remark, (match for match in matches if not match.certain))),
        matches=matches,
    )


def _sound(wanted: str) -> str:
    """Return what is wanted when it can be a citation or words at all."""
    wanted = encodable(wanted).strip()
    if not any(sign.isalnum() for sign in wanted):
        raise RefusedError(f"{wanted[:20]!r} names nothing; give a key, a DOI, an author and year, a title, or words")
    if len(wanted) > LONGEST_TEXT:
        raise RefusedError(f"{len(wanted):,} characters are no citation; give at most {LONGEST_TEXT:,}")
    return wanted


def _claim_key(connection: sqlite3.Connection, wanted: str) -> str:
    """Return the key of the claim that is named by its key, an old key or its address."""
    address = RECORD.fullmatch(wanted)
    key = address[1] if address else wanted.strip("()[]").removeprefix("@")
    query = "select id from claims where id = coalesce((select id from aliases where alias = ?1), ?1)"
    row = connection.execute(query, (key,)).fetchone()
    return str(row[0]) if row else ""


def _works(connection: sqlite3.Connection, match: Match, locator: str) -> Iterator[Work]:
    for key in match.keys:
        yield work(connection, key, match.reading.prefix, match.locator or locator)


def remark(match: Match) -> str:
    """Say what the writer has to decide about a citation that is not certain."""
    these = "one of these" if len(match.keys) > 1 else "this"
    return REMARKS.get(match.reason, REMARKS[Reason.SEVERAL]).format(text=match.text, these=these)


def _missing(unknown: tuple[str, ...]) -> str:
    """Say that claims have only some of the words, and which words no claim has."""
    if not unknown:
        return "no claim has all of these words; these have some"
    words_ = ", ".join(repr(word) for word in unknown[:MOST_UNKNOWN])
    return f"no claim has {words_}; these have some of the other words"


def _all_said(connection: sqlite3.Connection, wanted: str, limit: int) -> list[Claim]:
    """Return the claims that have all of the words."""
    said = words.find(connection, wanted, limit)
    return [claim(connection, key) for key in said.keys[: said.complete]]


def _by_words(connection: sqlite3.Connection, wanted: str, limit: int) -> Found:
    """Return the claims that say so; failing that, the works that have the words, in titles and names."""
    from filiera import search  # noqa: PLC0415  only paid by words

    said = words.find(connection, wanted, limit)
    if said.keys:
        remark = "" if said.complete else _missing(said.unknown)
        return Found([], [claim(connection, key) for key in said.keys], certain=False, remark=remark)
    text = " ".join(word for word in folded_words(wanted) if not word.isdigit())
    hits = search.find(connection, text, kind="works", limit=limit)
    if hits.hits:
        words_ = "these words" if hits.complete else "some of these words"
        remark = f"no work is cited as {wanted!r} and no claim says so; these works have {words_}"
        return Found([work(connection, hit.id) for hit in hits.hits], certain=False, remark=remark)
    if not connection.execute("select 1 from works limit 1").fetchone():
        raise NotFoundError(f"nothing here is like {wanted!r}: the base has no works yet")
    raise NotFoundError(f"nothing here is like {wanted!r}; try fewer words, or `filiera find {wanted}`")
