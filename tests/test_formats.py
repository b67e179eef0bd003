"""Formats of answers: what goes in comes out again, whatever signs it holds."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pypandoc
import pytest

from filiera.formats import FORMATS, Answer

#: Texts that a format could take for something else.
DIFFICULT = [
    "50% & more",
    "A_1 #2 $3 {4}",
    "~ and ^ and \\",
    "<b> | `c`",
    "[China] and *stars*",
    "*first",
    "10--20 --- 30",
    '"quoted"',
    "−12.9% (?) [1]",
    "Ødegård, Łukasz",
    "",
    "a line that is longer than the narrow ones, so that it is set in lines of a share of the page",
]


def cells(node: Any) -> Iterator[str]:  # noqa: ANN401  pandoc's tree
    """Yield the text of each cell of a table in pandoc's tree."""
    if (
        isinstance(node, list)
        and len(node) == 5
        and isinstance(node[1], dict)
        and node[1].get("t", "").startswith("Al")
    ):
        yield text(node[4])
    elif isinstance(node, dict):
        yield from cells(node.get("c"))
    elif isinstance(node, list):
        for one in node:
            yield from cells(one)


def text(node: Any) -> str:  # noqa: ANN401  the same
    """Return the text of a part of pandoc's tree."""
    if isinstance(node, list):
        return "".join(map(text, node))
    if node["t"] == "Space":
        return " "
    content = node.get("c", "")
    if node["t"] in {"Span", "Math", "Quoted"}:
        content = content[1]
    return content if isinstance(content, str) else text(content)


@pytest.fixture
def difficult() -> Answer:
    """Return an answer with every text that is difficult, once in each column, and a column of numbers."""
    rows = [(one, two, number) for number, (one, two) in enumerate(zip(DIFFICULT, reversed(DIFFICULT), strict=True))]
    return Answer(("100% [of] it", "[second]", "number"), rows)


def test_pandoc_reads_the_same_table_from_latex(difficult: Answer) -> None:
    """Every heading and cell survives the way through LaTeX, as another program reads it."""
    tree = json.loads(pypandoc.convert_text(FORMATS["latex"](difficult), "json", format="latex-smart"))
    expected = [*difficult.columns, *(str(cell) for row in difficult.rows for cell in row)]

    assert list(cells(tree["blocks"])) == expected


def test_latex_sets_numbers_to_the_right_and_breaks_long_texts(difficult: Answer) -> None:
    """A column of numbers is aligned at its end, long texts share the line, and the rules are those of booktabs."""
    written = FORMATS["latex"](difficult)
    columns = re.search(r"\\begin{tabular}{p{(.+?)\\linewidth}p{(.+?)\\linewidth}r}", written)

    assert columns
    assert 0.5 < sum(map(float, columns.groups())) < 1
    assert [rule for rule in (r"\toprule", r"\midrule", r"\bottomrule") if written.count(rule) == 1] == [
        r"\toprule",
        r"\midrule",
        r"\bottomrule",
    ]


def test_no_row_of_latex_begins_with_what_the_row_before_takes(difficult: Answer) -> None:
    r"""After `\\` and after a rule, LaTeX takes a bracket or a star as an option: none stands there bare."""
    lines = FORMATS["latex"](difficult).splitlines()

    assert not [line for line in lines if line.startswith(("[", "*"))]


def test_a_caption_and_notes_are_for_people() -> None:
    """Markdown and LaTeX carry the caption and the notes; what programs read has rows only."""
    answer = Answer(("lamp",), [("1",)], "Lamps & lenses", ("[1] Counted.",))

    assert FORMATS["markdown"](answer) == "**Lamps & lenses**\n\n| lamp |\n| --- |\n| 1 |\n\n- [1] Counted."
    assert r"\caption{Lamps \& lenses}" in FORMATS["latex"](answer)
    assert "{[}1] Counted." in FORMATS["latex"](answer)
    assert FORMATS["csv"](answer) == "lamp\n1"
    assert json.loads(FORMATS["json"](answer)) == [{"lamp": "1"}]


def test_csv_is_read_back(difficult: Answer) -> None:
    """Another reader of CSV gets the same cells."""
    rows = list(csv.reader(io.StringIO(FORMATS["csv"](difficult))))

    assert rows == [list(difficult.columns), *([str(cell) for cell in row] for row in difficult.rows)]


def test_a_long_column_may_hold_a_number_with_commas() -> None:
    """A text that looks like a number does not stop a table whose column is wrapped."""
    answer = Answer(("cell",), [("1,980,351",), ("a word " * 20,)])

    assert "1,980,351" in FORMATS["table"](answer)
