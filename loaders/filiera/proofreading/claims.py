"""The claims of a base, made ready to be held against sentences; they are read when they are asked for."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log
from typing import TYPE_CHECKING

from filiera import search
from filiera.folding import folded_words
from filiera.proofreading.gazetteer import Gazetteer
from filiera.proofreading.statements import FEWEST, Nearness, Press, Statement, nearness, scopes
from filiera.proofreading.words import lexicon

if TYPE_CHECKING:
    from filiera.records import Data

#: A part of a sentence that agrees is believed before one that is opposite, if it shares nearly as much.
DOUBT = 0.9

#: As many claims as this are looked at when a sentence is sought in the whole base.
SOUGHT = 10

#: How much a word tells is learnt from about as many claims as this.
SAMPLE = 2000

#: A sentence that shares less than this part of the words of a claim is of something else.
WORTH_A_LOOK = 0.34

#: The relation in which two claims are against each other, whichever of them says so.
DISPUTES = "disputes"

OF_WORK = """
select id from claims where work = ?1 and kind <> 'question' union
select claim from claims_cites join claims on claims.id = claim
where claims_cites.work = ?1 and coalesce(relation, '') <> 'disagrees-with' and kind <> 'question' union
select claim from claims_held_by join claims on claims.id = claim where held_by = ?1 and kind <> 'question' order by 1
"""

#: The districts that firms and institutions belong to, and the places that districts lie in, up to the largest.
HOMES = """
select id, district from firms where district is not null union
select id, district from institutions where district is not null
"""
LANDS = """
with recursive lands(place) as (
    select place from districts where place is not null union
    select part_of from lands join places_part_of using (place)
) select place from lands
"""


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """A claim: what it states, the work that says it, the works that hold it or that it rests on, and its section.

    Where it is held by no other work and rests on none, the work that says it holds it. `mask` is that of the whole,
    and `least` how many words a sentence has to share with it before the two are held against each other.
    """

    key: str
    text: str
    statements: tuple[Statement, ...]
    work: str
    works: frozenset[str]
    section: str
    mask: int
    least: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near a sentence, or the nearest part of it, comes to a claim."""

    claim: Claim
    near: Nearness


class Claims:
    """The claims of a base."""

    def __init__(self, connection: sqlite3.Connection, gazetteer: Gazetteer) -> None:
        """Read nothing yet but where firms, institutions and districts belong."""
        self._connection = connection
        self._claims: dict[str, Claim] = {}
        self._of_works: dict[tuple[str, ...], list[Claim]] = {}
        self._related: dict[str, dict[Claim, list[Claim]]] = {}
        self._weights: dict[str, float] = {}
        self._press = Press(lexicon(), gazetteer)
        self.parts = lru_cache(maxsize=64)(self._press.parts)
        self._homes: dict[str, str] = dict(connection.execute(HOMES).fetchall())
        self.lands = frozenset(row[0] for row in connection.execute(LANDS))

    def of_works(self, works: Iterable[str]) -> list[Claim]:
        """Return the claims that works make, or that rest on them."""
        wanted = tuple(sorted(set(works)))
        if wanted not in self._of_works:
            rows = [row for work in wanted for row in self._connection.execute(OF_WORK, (work,))]
            self._of_works[wanted] = self.claims(dict.fromkeys(row[0] for row in rows))
        return self._of_works[wanted]

    def claims(self, keys: Iterable[str]) -> list[Claim]:
        """Return claims by their keys."""
        wanted = list(keys)
        new = [key for key in wanted if key not in self._claims]
        query = "select data from records_data where id = ?"
        read = [json.loads(row[0]) for key in new for row in self._connection.execute(query, (key,))]
        lexicon().learn(word for data in read for word in folded_words(data["statement"]))
        for data in read:
            self._keep(data)
        return [self._claims[key] for key in wanted]

    def _keep(self, data: Data) -> None:
        query = "select held_by from claims_held_by join works on works.id = held_by where claim = ?"
        holders = [row[0] for row in self._connection.execute(query, (data["id"],))]
        claim = _claim(data, self._press, holders)
        self._claims[claim.key] = claim

    def related(self, relation: str, sentence: str) -> Iterator[tuple[Claim, list[Claim]]]:
        """Yield each claim that a sentence agrees with, and the claims that stand in a relation to it."""
        if relation not in self._related:
            self._related[relation] = self._relations(relation)
        known = self._related[relation]
        for likeness in self.likest(sentence, known):
            if likeness.near.agrees:
                yield likeness.claim, known[likeness.claim]

    def _relations(self, relation: str) -> dict[Claim, list[Claim]]:
        """Return the claims that have others in a relation to them; who disputes is disputed too."""
        query = "select other_claim, claim from claims_relations where type = ? order by 1, 2"
        related: dict[str, set[str]] = {}
        for claim, other in self._connection.execute(query, (relation,)):
            related.setdefault(claim, set()).add(other)
            if relation == DISPUTES:
                related.setdefault(other, set()).add(claim)
        return {self.claims([claim])[0]: self.claims(sorted(others)) for claim, others in related.items()}

    def like(self, sentence: str) -> Iterator[Claim]:
        """Yield the claims of the whole base that a sentence agrees with, the nearest first."""
        hits = search.find(self._connection, sentence, kind="claims", limit=SOUGHT).hits
        for likeness in self.likest(sentence, self.claims(hit.id for hit in hits)):
            if likeness.near.agrees:
                yield likeness.claim

    def supporting(self, claim: Claim) -> list[Claim]:
        """Return the claims that support a claim."""
        query = "select claim from claims_relations where other_claim = ? and type = 'supports' order by claim"
        return self.claims([row[0] for row in self._connection.execute(query, (claim.key,))])

    def likest(self, sentence: str, claims: Iterable[Claim]) -> list[Likeness]:
        """Return how near a sentence comes to each claim, the nearest first."""
        parts = self.parts(sentence)
        whole = 0
        for part in parts:
            whole |= part.mask
        near = [
            Likeness(claim, self._nearest(parts, claim))
            for claim in claims
            if (claim.mask & whole).bit_count() >= claim.least
        ]
        return sorted((one for one in near if one.near.score), key=lambda one: (-one.near.score, one.claim.key))

    def _nearest(self, parts: tuple[Statement, ...], claim: Claim) -> Nearness:
        """Return how near a sentence comes to a claim, by what is nearest in both of them."""
        near = [self._nearest_to(parts, statement) for statement in claim.statements]
        agreeing, opposite = _best(near)
        if agreeing.turns and opposite.part and opposite.contradicts:
            return opposite
        return opposite if agreeing.shared < opposite.shared * DOUBT else agreeing

    def _nearest_to(self, parts: tuple[Statement, ...], statement: Statement) -> Nearness:
        """Return how near the nearest part of a sentence comes to one thing that a claim states."""
        near = (
            nearness(part, statement, self.weight)
            for part in parts
            if (part.mask & statement.mask).bit_count() >= FEWEST and self._of_the_same(part, statement)
        )
        agreeing, opposite = _best(near)
        return opposite if agreeing.shared < opposite.shared * DOUBT else agreeing

    def weight(self, name: str) -> float:
        """Return how much a word tells: less, the more claims have it."""
        if name not in self._weights:
            total, frequency = self._frequency
            self._weights[name] = log(1 + total / (1 + frequency.get(name, 0)))
        return self._weights[name]

    @cached_property
    def _frequency(self) -> tuple[int, Counter[str]]:
        """How many claims were looked at, at even distances, and how many of them have each word."""
        total = self._connection.execute("select count(*) from claims").fetchone()[0]
        query = (
            "select statement from (select statement, row_number() over (order by id) n from claims) where n % ? = 0"
        )
        texts = [row[0] for row in self._connection.execute(query, (total // SAMPLE + 1,))]
        lexicon().learn(word for text in texts for word in folded_words(text))
        return len(texts), Counter(name for text in texts for name in self._press.statement(text).words)

    def _of_the_same(self, one: Statement, other: Statement) -> bool:
        """Tell whether two statements can be of the same thing: the same names, times and directions."""
        if scopes(one) != scopes(other) or (one.years and other.years and one.years != other.years):
            return False
        return one.named == other.named or self._named(one) == self._named(other)

    def _named(self, statement: Statement) -> frozenset[frozenset[str]]:
        """Return what is named, without the lands that districts lie in, and the districts whose firms are named."""
        around = {self._homes[key] for keys in statement.named for key in keys if key in self._homes}
        return frozenset(keys for keys in statement.named if not keys & around and not keys <= self.lands)


def _best(near: Iterable[Nearness]) -> tuple[Nearness, Nearness]:
    """Return the best that agrees, and the best that is opposite."""
    found = list(near)
    agreeing = max((one for one in found if not one.opposite), key=lambda one: one.score, default=Nearness())
    return agreeing, max((one for one in found if one.opposite), key=lambda one: one.score, default=Nearness())


def _claim(data: Data, press: Press, held_by: Iterable[str]) -> Claim:
    """Return a claim from the data of its record, and the works that hold it."""
    cited = {one["work"] for one in data.get("cites", ()) if one.get("relation") != "disagrees-with"}
    section = next((one["section"] for one in data.get("evidence", ()) if "section" in one), "")
    works = frozenset(cited.union(held_by) or {data["work"]})
    statements = press.stated(data["statement"])
    mask = statements[0].mask
    least = max(FEWEST, int(mask.bit_count() * WORTH_A_LOOK))
    return Claim(data["id"], data["statement"], statements, data["work"], works, section, mask, least)
