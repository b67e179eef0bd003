"""Write answers: as a table for people, or as JSON, CSV or Markdown for programs and pages."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Row = Sequence[Any]

#: Longer cells of a table are wrapped at this many characters.
WRAPPED = 64


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows under named columns: what every question comes back as, whichever engine it was put to."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def dicts(self) -> list[dict[str, Any]]:
        """Return each row as a dictionary."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def as_json(answer: Answer) -> str:
    """Return a JSON list with an object for each row."""
    return json.dumps(answer.dicts(), ensure_ascii=False, indent=2)


def as_csv(answer: Answer) -> str:
    """Return CSV (RFC 4180, but with plain line feeds) with a line of column names."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows(answer.rows)
    return out.getvalue().rstrip("\n")


def as_table(answer: Answer) -> str:
    """Return a table in plain text; long texts are wrapped between words, keys never."""
    from tabulate import tabulate  # noqa: PLC0415  only paid for tables

    cells = _cells(answer.rows)
    widths = [max((len(row[n]) for row in cells), default=0) for n in range(len(answer.columns))]
    return tabulate(
        cells,
        headers=answer.columns,
        tablefmt="simple",
        maxcolwidths=[WRAPPED if width > WRAPPED else None for width in widths] if cells else None,
        disable_numparse=True,
        break_long_words=False,
        break_on_hyphens=False,
    )


def as_markdown(answer: Answer) -> str:
    """Return a table in GitHub's Markdown."""
    lines = [answer.columns, ["---"] * len(answer.columns), *_cells(answer.rows)]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def _cells(rows: Iterable[Row]) -> list[list[str]]:
    return [["" if value is None else " ".join(str(value).split()) for value in row] for row in rows]


FORMATS: dict[str, Callable[[Answer], str]] = {
    "table": as_table,
    "json": as_json,
    "csv": as_csv,
    "markdown": as_markdown,
}
