"""Check own words: no run of eight words of a document in a text that should be ours.

Fields of the type Text are compared with every document at hand; titles, names and terms inside them are set aside.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from filiera.checks.base import Base, Check, placed
from filiera.documents import RUN, runs
from filiera.folding import fold
from filiera.records import Record, leaves, walk

Run = tuple[str, ...]

SCRATCH = """
create temp table copied(run text, document text, field text, file text, line integer, column_ integer);
"""


def compare(record: Record, base: Base) -> None:
    """Compare every text of the record with the documents, and keep the runs that stand in one."""
    documents = list(base.library.at_hand)
    for path, field, text in leaves(record.objects):
        if field.range != "Text":
            continue
        if not documents:
            base.report.skip("own words", "no document at hand (see --sources)")
            continue
        base.report.made("own words")
        ours = list(runs(text))
        for document in documents:
            for run in _copied(ours, document.runs):
                row = (run, document.key, field.name, record.shown, *record.place(path))
                base.connection.execute("insert into temp.copied values (?, ?, ?, ?, ?, ?)", row)


def _copied(ours: list[Run], theirs: frozenset[Run]) -> Iterator[str]:
    """Yield the longest stretches of our words that stand in a document."""
    stretch: list[str] = []
    for run in ours:
        if run in theirs:
            stretch = [*stretch, run[-1]] if stretch else list(run)
        elif stretch:
            yield " ".join(stretch)
            stretch = []
    if stretch:
        yield " ".join(stretch)


def quotations(base: Base) -> None:
    """Report the stretches that are long even without the titles, names and terms in them."""
    rows = base.connection.execute("select * from temp.copied order by rowid").fetchall()
    names = sorted(set(_names(base)), key=len, reverse=True) if rows else []
    for stretch, document, field, *place in rows:
        if len(_without(names, stretch)) < RUN:
            continue
        message = f"{field}: {stretch!r} stands in {document!r}"
        base.report.fail(placed(tuple(place), message, "say it in other words", "own words"))


def _without(names: list[str], stretch: str) -> list[str]:
    padded = f" {stretch} "
    for name in names:
        padded = padded.replace(f" {name} ", "  ")
    return padded.split()


def _names(base: Base) -> Iterator[str]:
    for kind, data in base.connection.execute("select kind, data from records join records_data using (id)"):
        for _, field, value in leaves(walk(base.schema.kinds[kind], json.loads(data), base.schema)):
            if field.range == "Name":
                yield fold(value)


CHECKS = (Check("own words", compare, quotations, SCRATCH),)
