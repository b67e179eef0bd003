"""Compare what the base holds: cases, gaps, disputes, numbers at odds, districts; and set printed tables again.

Each comparison comes to a `Sheet`, a table whose every cell knows the records that it rests on; `write` puts it into
any format. Where a stored question asks the same, the comparison stands on its answer. To add one, write a function
from a connection and its values to a sheet, and list it in `COMPARISONS`: the command, the pages and the downloads
follow. This package is about some kinds of record by its nature, and names them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from filiera.comparisons import parameters
from filiera.comparisons.cases import make_matrix
from filiera.comparisons.disputes import find_disputes
from filiera.comparisons.districts import set_side_by_side
from filiera.comparisons.gaps import map_gaps
from filiera.comparisons.numbers import find_conflicts
from filiera.comparisons.parameters import Parameter
from filiera.comparisons.sheets import Cell, Column, Sheet, write
from filiera.comparisons.tables import rebuild
from filiera.errors import NotFoundError, RefusedError
from filiera.nearest import did_you_mean
from filiera.questions import follow

__all__ = ["COMPARISONS", "Cell", "Column", "Comparison", "Parameter", "Sheet", "compare", "get", "rebuild", "write"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison: what it shows, what it can be asked for, and the function that makes its sheet.

    The function takes a connection and, by name, the value of each parameter, or the list of those that takes several.
    """

    name: str
    question: str
    parameters: tuple[Parameter, ...]
    make: Callable[..., Sheet]


COMPARISONS = (
    Comparison(
        "cases",
        "How do the coded cases compare in governance, lead firms, upgrading and outcome?",
        parameters.CASES,
        make_matrix,
    ),
    Comparison(
        "gaps",
        "Which types of governance and of upgrading are told of together, in which region, and which never?",
        parameters.GAPS,
        map_gaps,
    ),
    Comparison(
        "disputes",
        "Which claims stand against each other, with what evidence on either side?",
        parameters.DISPUTES,
        find_disputes,
    ),
    Comparison(
        "numbers",
        "Which numbers of the same thing do not agree, and why may that be?",
        parameters.NUMBERS,
        find_conflicts,
    ),
    Comparison(
        "districts",
        "How do districts compare, measure by measure and period by period?",
        parameters.DISTRICTS,
        set_side_by_side,
    ),
    Comparison(
        "table",
        "What does a printed table say, with its rows and columns as in print?",
        parameters.TABLE,
        rebuild,
    ),
)


def get(name: str) -> Comparison:
    """Return a comparison by name.

    Raises NotFoundError, with the nearest name, when there is none.
    """
    known = {one.name: one for one in COMPARISONS}
    if name in known:
        return known[name]
    hint = did_you_mean(name, known) or f"there are {', '.join(known)}"
    raise NotFoundError(f"no comparison is called {name!r}; {hint}")


def compare(connection: sqlite3.Connection, comparison: Comparison, given: Mapping[str, Sequence[str]]) -> Sheet:
    """Return the sheet of a comparison; old keys among the values are followed.

    Raises RefusedError when a parameter or a value is none that it has, with the nearest or what there is.
    """
    values = {name: list(follow(connection, {v: v for v in wanted}).values()) for name, wanted in given.items()}
    known = {parameter.name: parameter for parameter in comparison.parameters}
    for name in values:
        if name not in known:
            hint = did_you_mean(name, known) or f"it has {', '.join(known)}"
            raise RefusedError(f"the comparison {comparison.name!r} has no parameter {name!r}; {hint}")
    for name, parameter in known.items():
        if name in values or parameter.required:
            parameter.check(connection, values.get(name, []))
    return comparison.make(connection, **{name: one.value(values.get(name, [])) for name, one in known.items()})
