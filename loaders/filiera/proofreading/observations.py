"""The recorded numbers of a base, by what they are of; they are read when they are asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from filiera.proofreading.words import lexicon

#: Units that can be held against a number of a text: what the text must speak of, and what one of them is.
UNITS = {
    "percent": ("percent", 1.0),
    "count": ("count", 1.0),
    "thousand-euro": ("euro", 1e3),
    "million-euro": ("euro", 1e6),
    "billion-euro": ("euro", 1e9),
    "thousand-dollar": ("dollar", 1e3),
    "million-dollar": ("dollar", 1e6),
    "billion-dollar": ("dollar", 1e9),
}

#: Words of an indicator's label that tell its kind, not what it measures.
KIND_WORDS = frozenset({"~stable", "share", "number", "valu"})

OF_SUBJECT = """
select o.table_id, t.work, o.subject, r.label, i.id, i.label, coalesce(o.unit, i.unit),
    coalesce(i.definition, '') || ' ' || coalesce(t.title, '') || ' ' || coalesce(w.title, ''),
    o.period_start, o.period_end, o.value, o.printed,
    (select group_concat(counterpart, ' ') from observations_counterpart c
     where c.table_id = o.table_id and c.observation = o.position),
    (select group_concat(data_from, ' ') from tables_data_from d where d.table_id = o.table_id)
from observations o join tables t on t.id = o.table_id join indicators i on i.id = o.indicator
join works w on w.id = t.work join records r on r.id = o.subject
where o.subject = ? and o.value is not null and coalesce(o.certain, 1)
order by o.table_id, o.position
"""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a number measures: the words of its label that say so, those that may stand beside them, and its kind."""

    key: str
    label: str
    kind: str
    core: frozenset[str]
    beside: frozenset[str]


@dataclass(frozen=True, slots=True)
class Observation:
    """A recorded number: of whom, of what, with whom, when, how much, and the works that it can be had from."""

    table: str
    subject: str
    name: str
    measure: Measure
    counterparts: frozenset[str]
    years: tuple[str, ...]
    value: float
    unit: str
    printed: str
    works: frozenset[str]


class Observations:
    """The recorded numbers."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read nothing yet."""
        self._connection = connection
        self._of = cache(self._of_subject)
        self._measure = cache(_measure)

    def of(self, subjects: Iterable[str]) -> list[Observation]:
        """Return the numbers about any of the subjects."""
        return [one for subject in sorted(set(subjects)) for one in self._of(subject)]

    def _of_subject(self, subject: str) -> list[Observation]:
        found = []
        for row in self._connection.execute(OF_SUBJECT, (subject,)):
            table, work, subject, name, key, label, unit, definition, start, end, value, printed, others, sources = row
            if unit in UNITS and all(year is None or year.isdigit() for year in (start, end)):
                kind, scale = UNITS[unit]
                found.append(
                    Observation(
                        table,
                        subject,
                        name,
                        self._measure(key, label, definition, kind),
                        frozenset((others or "").split()),
                        tuple(year for year in (start, end) if year),
                        value * scale,
                        kind,
                        printed or f"{value:g}",
                        frozenset([work, *(sources or "").split()]),
                    )
                )
        return found


def _measure(key: str, label: str, definition: str, unit: str) -> Measure:
    words = {word.name for word in lexicon().words(label)}
    kind = "level" if unit != "percent" else "change" if words & {"~stable", "~rise"} else "share"
    beside = frozenset(word.name for word in lexicon().words(definition))
    return Measure(key, label, kind, frozenset(words - KIND_WORDS - {"~rise"}), beside)
