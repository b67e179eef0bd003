"""Look up what has a period: shocks, cases, the firms of districts, and what claims speak of, for a timeline."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from filiera.errors import NotFoundError
from filiera.nearest import did_you_mean
from filiera.pictures.dates import Span, span
from filiera.pictures.records import Named, Table, counted, listed, named

#: The lane of claims that are about no district.
ELSEWHERE = "About no district"

#: Years that a timeline shows before the first shock or case, when nothing else is asked for.
BEFORE = 10


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something with a period: a shock, a case, a firm, or all the claims of one period."""

    what: str
    label: str
    when: Span
    records: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """What has a period in one district."""

    label: str
    district: Named | None
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The shocks, and a lane for each district; `first` and `last` are the years that are drawn."""

    shocks: tuple[Stretch, ...]
    lanes: tuple[Lane, ...]
    first: int
    last: int

    @property
    def stretches(self) -> Iterator[tuple[str, Stretch]]:
        """Everything with a period, each with the title of its lane."""
        yield from (("Shocks", shock) for shock in self.shocks)
        yield from ((lane.label, stretch) for lane in self.lanes for stretch in lane.stretches)

    def shows(self, when: Span) -> bool:
        """Tell whether a period reaches into the years that are drawn."""
        return (when.last is None or when.last >= self.first) and (when.first is None or when.first <= self.last)

    @property
    def sentence(self) -> str:
        """Say what the timeline shows."""
        said = f"A timeline from {self.first} to {self.last}"
        if self.shocks:
            said += f" with {listed(f'the {s.label} ({s.when.spoken})' for s in self.shocks)}"
        found = [s for lane in self.lanes for s in lane.stretches]
        cases = sum(s.what == "case" for s in found)
        claims = len({r for s in found if s.what == "claims" for r in s.records})
        said += f": {counted(cases, 'case')} and {counted(claims, 'claim')} with a period"
        districts = [lane.label for lane in self.lanes if lane.district]
        said += f", in {counted(len(districts), 'lane')}: {listed(districts, 12)}." if districts else "."
        beyond = sum(not self.shows(s.when) for _, s in self.stretches)
        return f"{said} {beyond} of the {len(list(self.stretches))} bars lie outside." if beyond else said

    def table(self) -> Table:
        """Return everything with a period, in the order of lanes and time, drawn or not."""
        rows = tuple((lane, s.what, s.when.spoken, s.label, s.records) for lane, s in self.stretches)
        return Table(("lane", "what", "period", "title", "records"), rows)


def timeline(
    connection: sqlite3.Connection, district: str = "", first: int | None = None, last: int | None = None
) -> Timeline:
    """Return the timeline of all districts or of one, from `first` to `last` or over the years of shocks and cases.

    Raises NotFoundError when there is no such district.
    """
    shocks = tuple(_shocks(connection))
    lanes = tuple(_lanes(connection, district))
    everything = [s.when for s in shocks] + [s.when for lane in lanes for s in lane.stretches]
    leading = [s.when for s in shocks] + [s.when for lane in lanes for s in lane.stretches if s.what == "case"]
    starts = [when.first for when in leading or everything if when.first is not None]
    ends = [when.last for when in everything if when.last is not None]
    begin = first if first is not None else min(starts, default=2000) - BEFORE
    return Timeline(shocks, lanes, begin, last if last is not None else max([*ends, begin + 1]))


def _shocks(connection: sqlite3.Connection) -> Iterator[Stretch]:
    query = "select 'concepts', id, label, period_start, period_end from concepts where scheme = 'shock' order by 4, id"
    for kind, key, label, start, end in connection.execute(query):
        when = span(start, end)
        if when:
            yield Stretch("shock", label, when, (Named(kind, key, label),))


def _lanes(connection: sqlite3.Connection, wanted: str) -> Iterator[Lane]:
    """Yield a lane for each district about which something has a period, and one for what is about no district."""
    districts = _districts(connection, wanted)
    for district in districts:
        found = tuple(_of_district(connection, district))
        if found or wanted:
            yield Lane(district.label, district, found)
    rest = () if wanted else tuple(_claims(connection, ""))
    if rest:
        yield Lane(ELSEWHERE, None, rest)


def _districts(connection: sqlite3.Connection, wanted: str) -> list[Named]:
    rows = connection.execute("select 'districts', id, name from districts order by name, id").fetchall()
    districts = [Named(*row) for row in rows]
    if not wanted:
        return districts
    record = named(connection, [wanted]).get(wanted)
    if record in districts:
        return [record]
    keys = [district.key for district in districts]
    hint = did_you_mean(wanted, keys) or f"there are {listed(keys, 12)}"
    raise NotFoundError(f"no district has the key {wanted!r}; {hint}")


def _of_district(connection: sqlite3.Connection, district: Named) -> Iterator[Stretch]:
    yield from _cases(connection, district.key)
    yield from _firms(connection, district.key)
    yield from _claims(connection, district.key)


def _cases(connection: sqlite3.Connection, district: str) -> Iterator[Stretch]:
    query = """
        select 'cases', id, title, period_start, period_end
        from cases join cases_districts on case_id = id where district = ? order by period_start, id
    """
    for kind, key, title, start, end in connection.execute(query, (district,)):
        when = span(start, end)
        if when:
            yield Stretch("case", title, when, (Named(kind, key, title),))


def _firms(connection: sqlite3.Connection, district: str) -> Iterator[Stretch]:
    """Yield when the firms of a district were founded, and when they had their roles."""
    query = """
        select id, name, founded, null, 'founded' from firms where district = :district and founded is not null
        union all
        select firms.id, name, roles.period_start, roles.period_end, concepts.label
        from firms_roles as roles join firms on firms.id = roles.firm join concepts on concepts.id = roles.role
        where coalesce(roles.district, firms.district) = :district
          and coalesce(roles.period_start, roles.period_end) is not null
        order by 3, 2
    """
    for key, name, start, end, role in connection.execute(query, {"district": district}):
        when = span(start, end)
        if when:
            yield Stretch("firm", f"{name}: {role}", when, (Named("firms", key, name),))


def _claims(connection: sqlite3.Connection, district: str) -> Iterator[Stretch]:
    """Yield the periods that claims about a district speak of, or claims about none, each with all its claims."""
    query = """
        select period_start, period_end, claims.id, statement from claims
        where coalesce(period_start, period_end) is not null and case
            when :district = '' then not exists (
                select 1 from claims_about join districts on districts.id = about where claim = claims.id
            )
            else exists (select 1 from claims_about where claim = claims.id and about = :district)
        end
        order by period_start, period_end, claims.id
    """
    groups: dict[Span, list[Named]] = {}
    for start, end, key, statement in connection.execute(query, {"district": district}):
        when = span(start, end)
        if when:
            groups.setdefault(when, []).append(Named("claims", key, statement))
    for when, records in groups.items():
        yield Stretch("claims", counted(len(records), "claim"), when, tuple(records))
