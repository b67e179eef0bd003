"""`filiera compare`: what there is, each comparison in each format, and what is said to a mistaken request."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from filiera.comparisons import COMPARISONS
from filiera.formats import FORMATS
from filiera.paths import Project

Run = Callable[..., Any]


def test_comparisons_are_listed(built: Project, run: Run) -> None:
    """Without a name every comparison comes with its question and its parameters."""
    done = run("compare", "--format", "json", cwd=built.kb.parent)
    listed = {row["name"]: row["parameters"] for row in json.loads(done.out)}

    assert listed == {
        "cases": "governance lead_firms upgrading work",
        "gaps": "region",
        "disputes": "relation subject",
        "numbers": "sort",
        "districts": "subjects indicators periods",
        "table": "table",
    }


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", [one.name for one in COMPARISONS])
def test_every_comparison_is_written_in_every_format(built: Project, run: Run, name: str, format_: str) -> None:
    """No format stumbles over a comparison, also where nothing is to be compared."""
    given = ["table=os14-table-1"] if name == "table" else []
    done = run("compare", name, *given, "--format", format_, cwd=built.kb.parent)

    assert (done.code, done.err) == (0, "")
    assert done.out.strip()


def test_programs_get_the_records_behind_a_row(built: Project, run: Run) -> None:
    """CSV has the texts alone in the cells, and the keys behind them and the notes in columns of their own."""
    done = run("compare", "table", "table=os14-table-1", "--format", "csv", cwd=built.kb.parent)
    rows = list(csv.DictReader(io.StringIO(done.out)))

    assert rows[2] == {
        "group": "",
        "row": "Change, 1990-2010",
        "Farholm": "−12.9%",
        "Torre Lume": "+6.4%",
        "notes": "",
        "records": (
            "row: workshops-change; Farholm: os14-table-1#observations-2; Torre Lume: os14-table-1#observations-3"
        ),
    }
    assert rows[6]["notes"] == "Torre Lume: The cell says about, and gives no year."


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["case"], "no comparison is called 'case'; did you mean 'cases'?"),
        (["gaps", "region=nordhulm"], "region: there is no 'nordhulm'; did you mean 'nordholm'?"),
        (["gaps", "place=nordholm"], "the comparison 'gaps' has no parameter 'place'; it has region"),
        (["gaps", "region=nordholm,each"], "region: 2 values are given; it takes one"),
        (["table"], "table is needed: key of a printed table; there are os14-table-1, os14-numbers-2"),
        (
            ["numbers", "sort=zzz"],
            "sort: there is no 'zzz'; there are values, words, texts, printing, errata",
        ),
    ],
)
def test_a_mistaken_request_is_answered_in_a_sentence(
    built: Project, run: Run, arguments: list[str], complaint: str
) -> None:
    """What is wrong is said with what there is, or what is nearest."""
    done = run("compare", *arguments, cwd=built.kb.parent)

    assert (done.code, done.out, done.err) == (1, "", f"Error: {complaint}\n")
