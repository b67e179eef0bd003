"""Check years: periods start before they end, and no work cites one that came out after it."""

from __future__ import annotations

from filiera.checks.base import Base, Check, placed
from filiera.records import Record
from filiera.values import is_backwards, year

#: A work may cite one that is forthcoming.
FORTHCOMING = 1


def periods(record: Record, base: Base) -> None:
    """Report every period that ends before it starts."""
    for path, of, data in record.objects:
        if of.name != "Period" or "end" not in data or "start" not in data:
            continue
        base.report.made("years")
        if is_backwards(data["start"], data["end"]):
            message = f"end: {data['end']} lies before the start, {data['start']}"
            base.report.fail(record.problem((*path, "end"), message, "swap the two, or correct one", "years"))


def citations(base: Base) -> None:
    """Report every citation of a work that came out well after the work that cites it."""
    query = """
        select refs.file, refs.line, refs.column_, refs.target,
               json_extract(cited.data, '$.issued'), json_extract(citing.data, '$.issued')
        from temp.refs
        join records_data owner on owner.id = refs.owner
        join temp.keys theirs on theirs.key = refs.target
        join records_data cited on cited.id = theirs.id
        join temp.keys own on own.key = json_extract(owner.data, '$.work')
        join records_data citing on citing.id = own.id
        where refs.path glob 'cites.*.work' order by refs.rowid
    """
    for *place, target, cited, citing in base.connection.execute(query):
        base.report.made("years")
        if cited and citing and (year(cited) or 0) > (year(citing) or 0) + FORTHCOMING:
            message = f"work: {target!r} came out in {cited}, after the work that cites it ({citing})"
            base.report.fail(placed(tuple(place), message, "correct one of the years, or the key", "years"))


CHECKS = (Check("years", periods, citations),)
