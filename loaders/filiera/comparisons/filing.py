"""File cases and claims by governance, upgrading and region.

A type counts what is filed under it or under a narrower one. A claim is filed under the types of governance and of
upgrading that it is about; the claims behind a coded case are filed with it, in the cell of each of its moves.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from filiera.comparisons.coding import STATED, cases
from filiera.comparisons.regions import regions

#: The schemes of the two sides of the map.
SCHEMES = ("governance", "upgrading")

#: In place of a type, for claims that are about the other side alone.
UNNAMED = "unnamed"

#: In place of a region: all together, and what no region is known of.
ANYWHERE, NOWHERE = "anywhere", "no-region"

#: A type of governance, or why there is none, and a type of upgrading.
Key = tuple[str, str]


@dataclass(slots=True)
class Filed:
    """What is filed in a cell: cases and claims, each once."""

    cases: dict[str, None] = field(default_factory=dict)
    claims: dict[str, None] = field(default_factory=dict)


Regional = Mapping[Key, Filed]
Map = Mapping[str, Regional]


def filed(connection: sqlite3.Connection) -> Map:
    """File every case and claim under its regions, and under every type at or above its own."""
    above = _above(connection)
    where = regions(connection)
    found: dict[str, dict[Key, Filed]] = defaultdict(lambda: defaultdict(Filed))
    for case in cases(connection):
        types = case.governance_types if case.governance == STATED else (case.governance,)
        for move in case.moves:
            for cell in _cells(found, _union(where[key] for key in case.districts), types, move.type, above):
                cell.cases[case.key] = None
                cell.claims |= dict.fromkeys((*case.governance_claims, *move.claims))
    for claim, governance, upgrading, about in _claims(connection):
        for cell in _cells(found, _union(where[key] for key in about), (governance,), upgrading, above):
            cell.claims[claim] = None
    return found


def _union(parts: Iterable[frozenset[str]]) -> list[str]:
    return sorted(frozenset[str]().union(*parts))


def _cells(
    found: Map, lies: Sequence[str], governance: Iterable[str], upgrading: str, above: Mapping[str, Sequence[str]]
) -> Iterator[Filed]:
    """Yield the cells of types at or above some types, in each of the regions and in all together."""
    wider = dict.fromkeys(one for type_ in governance for one in above.get(type_, [type_]))
    for region in (ANYWHERE, *(lies or [NOWHERE])):
        for side in wider:
            for type_ in above.get(upgrading, [upgrading]):
                yield found[region][side, type_]


def _claims(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield each claim with each pair of types that it is about, and all that it is about."""
    about: dict[str, dict[str, str]] = defaultdict(dict)
    query = """
    select claim, about, coalesce(scheme, '') from claims_about left join concepts on concepts.id = about
    order by claim, claims_about.position
    """
    for claim, key, scheme in connection.execute(query):
        about[claim][key] = scheme
    for claim, keys in about.items():
        sides, types = ([key for key, scheme in keys.items() if scheme == wanted] for wanted in SCHEMES)
        if sides or types:
            for side in sides or [UNNAMED]:
                for type_ in types or [UNNAMED]:
                    yield claim, side, type_, list(keys)


def _above(connection: sqlite3.Connection) -> Mapping[str, list[str]]:
    """Return each concept with itself and all that are broader."""
    query = """
    with recursive up(concept, broader) as (
      select id, id from concepts union
      select up.concept, concepts_broader.broader from up join concepts_broader on concepts_broader.concept = up.broader
    )
    select concept, broader from up order by concept, broader
    """
    found: dict[str, list[str]] = defaultdict(list)
    for concept, broader in connection.execute(query):
        found[concept].append(broader)
    return found
