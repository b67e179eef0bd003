"""Tables whose every cell knows what it rests on.

A `Sheet` is what each comparison comes to. Pages show it with links, `write` puts it into any of the formats: those for
people have marks in the cells and the notes below, those for programs have the notes and the keys of the records in
columns of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from filiera.formats import FORMATS, Answer

#: What a cell says of itself beside its text.
UNCERTAIN, NOT_STATED, NOT_LOOKED_FOR = "uncertain", "not-stated", "not-looked-for"

#: What is written after the text of an uncertain cell.
DOUBT = " (?)"

#: What columns of headings are called where nobody sees that they are headings.
UNNAMED = ("group", "row")

#: Formats that programs read.
DATA = frozenset({"csv", "json"})


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a comparison.

    `records` has the keys of the records that it rests on; a part of a record follows its key after `#`, as in the
    graph. `status` is `UNCERTAIN`, or says why a cell is silent.
    """

    text: str = ""
    records: tuple[str, ...] = ()
    status: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the heading that it shares with its neighbours, and the records that it stands for."""

    name: str
    above: str = ""
    records: tuple[str, ...] = ()

    @property
    def flat(self) -> str:
        """The whole heading in one line."""
        return ": ".join(part for part in (self.above, self.name) if part)


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """A comparison; the first `heads` columns of a row are its headings, `remarks` are about the whole."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    heads: int = 1
    remarks: tuple[str, ...] = ()

    @property
    def spans(self) -> list[tuple[str, tuple[Column, ...]]]:
        """The columns in groups that share the heading above them; those without one make a group together."""
        return [(above, tuple(group)) for above, group in groupby(self.columns, lambda column: column.above)]

    @property
    def groups(self) -> list[tuple[Row, ...]]:
        """The rows in groups that share the first of two headings; all rows where there is no second."""
        return [tuple(group) for _, group in groupby(self.rows, lambda row: row[0].text if self.heads > 1 else "")]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each note, in the order in which they are met."""
        notes = dict.fromkeys(note for row in self.rows for cell in row for note in cell.notes)
        return {note: number for number, note in enumerate(notes, 1)}

    @property
    def uncertain(self) -> bool:
        """Whether any cell is uncertain."""
        return any(cell.status == UNCERTAIN for row in self.rows for cell in row)

    def part(self, place: int, beginning: str, *, kept: bool = True) -> Sheet:
        """Return the rows whose cell in a place begins so, or with `kept` false the others."""
        return replace(self, rows=tuple(row for row in self.rows if row[place].text.startswith(beginning) is kept))

    def marks(self, cell: Cell) -> list[int]:
        """Return the numbers of a cell's notes."""
        return [self.numbers[note] for note in cell.notes]

    def records(self) -> list[str]:
        """Return the keys of all records that some cell rests on, once each."""
        keys = (record.partition("#")[0] for row in self.rows for cell in row for record in cell.records)
        return list(dict.fromkeys(keys))

    def for_people(self) -> Answer:
        """Return the table with marks in its cells, and what they mean below it."""
        rows = [tuple(self._marked(cell) for cell in row) for row in self.rows]
        notes = [f"[{number}] {note}" for note, number in self.numbers.items()]
        doubt = [f"{DOUBT.strip()} The cell is uncertain."] if self.uncertain else []
        return Answer(self._names(), rows, self.title, (*self.remarks, *doubt, *notes))

    def for_programs(self) -> Answer:
        """Return the table with the notes of a row and the records that its cells rest on in columns at its end."""
        names = self._names()
        heads = (name or unnamed for name, unnamed in zip(names, UNNAMED[len(UNNAMED) - self.heads :], strict=False))
        names = (*heads, *names[self.heads :])
        rows = [
            (*map(_doubted, row), _listed(names, row, "notes", " "), _listed(names, row, "records", " "))
            for row in self.rows
        ]
        return Answer((*names, "notes", "records"), rows)

    def _names(self) -> tuple[str, ...]:
        return tuple(column.flat for column in self.columns)

    def _marked(self, cell: Cell) -> str:
        return " ".join([_doubted(cell), *(f"[{number}]" for number in self.marks(cell))])


def _doubted(cell: Cell) -> str:
    return f"{cell.text}{DOUBT}" if cell.status == UNCERTAIN else cell.text


def _listed(names: Iterable[str], row: Row, part: str, separator: str) -> str:
    """Return what the cells of a row have of one part, each after the name of its column."""
    parts: Iterator[tuple[str, tuple[str, ...]]] = ((n, getattr(c, part)) for n, c in zip(names, row, strict=True))
    return "; ".join(
        f"{name}: {separator.join(found)}" if name else separator.join(found) for name, found in parts if found
    )


def write(sheet: Sheet, format_: str) -> str:
    """Return a sheet in one of the formats of answers."""
    return FORMATS[format_](sheet.for_programs() if format_ in DATA else sheet.for_people())
