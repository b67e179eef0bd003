"""Put the coded cases into a matrix: governance, lead firms, each type of upgrading, outcome."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from filiera.comparisons.coding import STATED, Case, Move, cases, silence
from filiera.comparisons.sheets import NOT_LOOKED_FOR, NOT_STATED, Cell, Column, Row, Sheet

TITLE = "Cases compared"

#: What a silent cell says.
SILENT = {NOT_STATED: "not stated", NOT_LOOKED_FOR: "not looked for"}

#: What a move is called by its direction.
DIRECTIONS = {"up": "up", "down": "down", "none": "did not happen"}

REMARKS = (
    "Not stated: the works were read for it and do not say.",
    "Not looked for: the record has no entry, or says that the works were not read for it.",
    "Lead firms and outcome rest on the claims of the case as a whole.",
)


def make_matrix(
    connection: sqlite3.Connection,
    governance: str = "",
    lead_firms: str = "",
    upgrading: str = "",
    work: str = "",
) -> Sheet:
    """Return the matrix of the cases that fit.

    `governance` is a status or a type, `lead_firms` where they lie, `upgrading` a type of which a move is told.
    """
    kept = [
        case
        for case in cases(connection)
        if governance in {"", case.governance, *case.governance_types}
        and lead_firms in {"", case.lead_firms}
        and upgrading in {"", *(move.type for move in case.moves)}
        and work in {"", *case.works}
    ]
    titles = dict(connection.execute("select id, label from records where kind in ('concepts', 'districts')"))
    types = sorted({move.type for case in kept for move in case.moves}, key=lambda key: (titles[key], key))
    columns = [Column(name) for name in ("case", "governance", "lead firms")]
    columns += [Column(titles[key], "upgrading", (key,)) for key in types]
    rows = tuple(_row(case, types, titles) for case in kept)
    columns += [Column(name) for name in ("outcome", "districts", "period")]
    return Sheet(TITLE, tuple(columns), rows, 1, REMARKS)


def _row(case: Case, types: Sequence[str], titles: Mapping[str, str]) -> Row:
    return (
        Cell(case.title, (case.key,)),
        _governance(case, titles),
        _said(case.lead_firms, case.lead_firms, case.claims),
        *(_moves([move for move in case.moves if move.type == type_], case.moves_status) for type_ in types),
        _said(STATED if case.outcome else NOT_LOOKED_FOR, case.outcome, case.claims),
        Cell(", ".join(titles[key] for key in case.districts), case.districts),
        Cell(case.period),
    )


def _governance(case: Case, titles: Mapping[str, str]) -> Cell:
    text = ", ".join(titles[key] for key in case.governance_types) or "stated, without a type"
    return _said(case.governance, text, (*case.governance_types, *case.governance_claims))


def _said(status: str, text: str, records: tuple[str, ...]) -> Cell:
    """Return a cell with a text, or one that says why it is silent."""
    return Cell(SILENT[status], (), status) if status in SILENT else Cell(text, records)


def _moves(moves: Sequence[Move], status: str) -> Cell:
    """Return the cell of one type of upgrading; its notes say who moved and what came of it."""
    if not moves:
        silent = silence(status)
        return Cell(SILENT[silent], (), silent)
    return Cell(
        "; ".join(DIRECTIONS[move.direction] for move in moves),
        tuple(dict.fromkeys(claim for move in moves for claim in move.claims)),
        "",
        tuple(
            dict.fromkeys(
                ": ".join(part for part in (move.actor, move.outcome) if part)
                for move in moves
                if move.actor or move.outcome
            )
        ),
    )
