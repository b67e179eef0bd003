"""Read the coded cases: how each is governed, where its lead firms lie, which moves up or down are told, how it ends.

A field that a record leaves out was not looked for; what the works were read for and do not say is coded as such. Moves
have a status of their own for that; where a case lists moves, the works were read for moves of every type.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from filiera.comparisons.sheets import NOT_LOOKED_FOR, NOT_STATED

STATED = "stated"


@dataclass(frozen=True, slots=True)
class Move:
    """A move of firms up or down, and the claims that tell of it."""

    type: str
    direction: str
    actor: str
    outcome: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A coded case."""

    key: str
    title: str
    period: str
    districts: tuple[str, ...]
    works: tuple[str, ...]
    governance: str
    governance_types: tuple[str, ...]
    governance_claims: tuple[str, ...]
    lead_firms: str
    moves: tuple[Move, ...]
    moves_status: str
    outcome: str
    claims: tuple[str, ...]


def cases(connection: sqlite3.Connection) -> list[Case]:
    """Return every case, in the order of their titles."""
    lists = {
        name: _lists(connection, f"cases_{name}")
        for name in ("districts", "works", "governance_types", "governance_claims", "claims")
    }
    moves = _moves(connection)
    query = """
    select id, title, period_start, period_end, governance_status, lead_firms, upgrading_status, outcome from cases
    order by title, id
    """
    return [
        Case(
            key,
            title,
            "-".join(date for date in (start, end) if date),
            districts=lists["districts"][key],
            works=lists["works"][key],
            governance=governance or NOT_LOOKED_FOR,
            governance_types=lists["governance_types"][key],
            governance_claims=lists["governance_claims"][key],
            lead_firms=lead_firms or NOT_LOOKED_FOR,
            moves=moves[key],
            moves_status=STATED if moves[key] else status or NOT_LOOKED_FOR,
            outcome=outcome or "",
            claims=lists["claims"][key],
        )
        for key, title, start, end, governance, lead_firms, status, outcome in connection.execute(query)
    ]


def _lists(connection: sqlite3.Connection, table: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for key, _, value in connection.execute(f"select * from {table} order by case_id, position"):  # noqa: S608  a fixed name
        found[key] += (value,)
    return found


def _moves(connection: sqlite3.Connection) -> Mapping[str, tuple[Move, ...]]:
    claims: dict[tuple[str, int], tuple[str, ...]] = defaultdict(tuple)
    for key, move, _, claim in connection.execute("select * from cases_upgrading_claims order by 1, 2, 3"):
        claims[key, move] += (claim,)
    found: dict[str, tuple[Move, ...]] = defaultdict(tuple)
    query = "select case_id, position, type, direction, actor, outcome from cases_upgrading order by case_id, position"
    for key, position, type_, direction, actor, outcome in connection.execute(query):
        found[key] += (Move(type_, direction, actor or "", outcome or "", claims[key, position]),)
    return found


def silence(status: str) -> str:
    """Return the status of a cell that says nothing: what was read for and not said, or not looked for.

    >>> silence("stated"), silence("not-looked-for")
    ('not-stated', 'not-looked-for')
    """
    return NOT_LOOKED_FOR if status == NOT_LOOKED_FOR else NOT_STATED
