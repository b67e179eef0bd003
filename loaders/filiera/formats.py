"""Write answers: as a table for people, as JSON or CSV for programs, as Markdown or LaTeX for manuscripts."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Row = Sequence[Any]

#: Longer cells of a table are wrapped at this many characters.
WRAPPED = 64

#: Longer cells make their column in LaTeX one whose lines are broken.
NARROW = 32

#: Shares of a line that a letter and the gap between two columns take, about, and the least that is left for a text.
LETTER, GAP, LEAST = 0.012, 0.03, 0.1

#: What LaTeX takes as a command or a ligature, and how it prints it as it is. `$|$` is the bar in every font encoding.
LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": "$|$",
    "`": r"\`{}",
} | {sign: f"\\{sign}" for sign in "&%$#_{}"}
TAKEN = re.compile(rf"[{re.escape(''.join(LATEX))}]")

#: A sign that becomes another one with the same sign after it, such as the hyphens of a dash.
LIGATURE = re.compile(r"([-',])(?=\1)")
NUMERIC = re.compile(r"[-+−]?[\d,.]*\d%?")


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows under named columns: what every question comes back as, whichever engine it was put to.

    A caption and notes are for people: formats for programs leave them out.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    caption: str = ""
    notes: tuple[str, ...] = ()

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

    # Not by tabulate's own wrapping, which fails on a text such as 1,980,351 in a column that is wrapped.
    cells = [["\n".join(_wrapped(cell)) for cell in row] for row in _cells(answer.rows)]
    table = tabulate(cells, headers=answer.columns, tablefmt="simple", disable_numparse=True)
    return "\n".join([*([answer.caption, ""] if answer.caption else []), table, *answer.notes])


def _wrapped(cell: str) -> list[str]:
    return textwrap.wrap(cell, WRAPPED, break_long_words=False, break_on_hyphens=False)


def as_markdown(answer: Answer) -> str:
    """Return a table in GitHub's Markdown."""
    lines = [answer.columns, ["---"] * len(answer.columns), *_cells(answer.rows)]
    table = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines]
    caption = [f"**{answer.caption}**", ""] if answer.caption else []
    notes = ["", *(f"- {note}" for note in answer.notes)] if answer.notes else []
    return "\n".join([*caption, *table, *notes])


def as_latex(answer: Answer) -> str:
    """Return a table in LaTeX with the rules of the package booktabs."""
    cells = _cells(answer.rows)
    head, *body = [" & ".join(map(latex, row)) + r" \\" for row in (answer.columns, *cells)]
    lines = [rf"\begin{{tabular}}{{{_columns(answer.columns, cells)}}}", r"\toprule", head, r"\midrule", *body]
    lines += [r"\bottomrule", r"\end{tabular}"]
    if answer.caption or answer.notes:
        caption = [rf"\caption{{{latex(answer.caption)}}}"] if answer.caption else []
        lines = [r"\begin{table}[htbp]", r"\centering", *caption, *lines]
        lines += [rf"\par\smallskip{{\footnotesize {latex(note)}}}" for note in answer.notes] + [r"\end{table}"]
    return "\n".join(["% needs \\usepackage{booktabs}", *lines])


def latex(text: str) -> str:
    r"""Escape a text for LaTeX; a bracket or star at its beginning is kept from being an option of the line before.

    >>> print(latex("[A_1] & 50% -- or so"))
    {[}A\_1] \& 50\% -{}- or so
    """
    escaped = LIGATURE.sub(r"\1{}", TAKEN.sub(lambda found: LATEX[found[0]], text))
    return f"{{{escaped[0]}}}{escaped[1:]}" if escaped[:1] in {"[", "*"} else escaped


def _columns(names: Sequence[str], cells: list[list[str]]) -> str:
    """Say how each column is set: numbers to the right, long texts in lines of a share of the page, the rest left."""
    columns = [[row[n] for row in cells] for n in range(len(names))]
    longest = [max(map(len, (name, *column))) for name, column in zip(names, columns, strict=True)]
    wide = sum(length > NARROW for length in longest)
    left = 1 - GAP * len(names) - LETTER * sum(length for length in longest if length <= NARROW)
    share = max(left / wide, LEAST) if wide else 0
    return "".join(_column(column, length, share) for column, length in zip(columns, longest, strict=True))


def _column(cells: list[str], longest: int, share: float) -> str:
    if longest > NARROW:
        return rf"p{{{share:.2f}\linewidth}}"
    return "r" if any(cells) and all(NUMERIC.fullmatch(cell) for cell in cells if cell) else "l"


def _cells(rows: Iterable[Row]) -> list[list[str]]:
    return [["" if value is None else " ".join(str(value).split()) for value in row] for row in rows]


FORMATS: dict[str, Callable[[Answer], str]] = {
    "table": as_table,
    "json": as_json,
    "csv": as_csv,
    "markdown": as_markdown,
    "latex": as_latex,
}
