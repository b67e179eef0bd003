"""The look-up on 300 citation texts, as documents print them and as writers mistype them."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from filiera.citations import Lookup, Match

FOLDER = Path(__file__).parent
ROWS = list(csv.DictReader((FOLDER / "texts.csv").read_text(encoding="utf-8").splitlines()))

#: The share of texts whose first answer must be right.
SHARE = 0.98


@pytest.fixture(scope="module")
def answers(real_engines: dict[str, Any]) -> list[tuple[dict[str, str], list[Match]]]:
    """Return each row of the list with what was found for its text."""
    lookup = Lookup(real_engines["sql"].connection)
    return [(row, lookup.find_all(row["text"])) for row in ROWS]


Answers = list[tuple[dict[str, str], list[Match]]]


@pytest.mark.kb
def test_the_list_has_every_printed_citation_with_a_year(real_engines: dict[str, Any]) -> None:
    """The list holds 300 texts, and among them every author-year string that a document prints."""
    rows = real_engines["sql"].connection.execute("select distinct cited_as from works_cited_as")
    printed = {text for (text,) in rows if re.search(r"\b(1[4-9]|20)\d\d\b", text)}

    assert printed - {row["text"] for row in ROWS} == set(), "run tests/citations/distortions.py"
    assert len(ROWS) == 300


def test_the_list_can_be_made_again() -> None:
    """The generator needs nothing of Filiera, and the same seed gives the same texts."""
    script = [sys.executable, "-I", str(FOLDER / "distortions.py"), "--print", "--seed", "7", "--size", "120"]
    one, other = (subprocess.run(script, capture_output=True, encoding="utf-8", check=True) for _ in range(2))

    assert one.stdout == other.stdout
    assert len(one.stdout.splitlines()) == 121


@pytest.mark.kb
def test_the_first_answer_is_right(answers: Answers) -> None:
    """For 98 of 100 texts the first work is one that the text can mean."""
    wrong = [row["text"] for row, found in answers if _keys(found)[:1] not in [[key] for key in row["wanted"].split()]]

    assert len(wrong) <= (1 - SHARE) * len(answers), wrong


@pytest.mark.kb
def test_a_wrong_work_is_never_certain(answers: Answers) -> None:
    """What is shown as certain is the one work that is meant, and the text has no wrong letter."""
    certain = [(row, found) for row, found in answers if all(match.certain for match in found)]
    wrong = [row["text"] for row, found in certain if _keys(found) != row["wanted"].split() or row["misspelt"] == "yes"]

    assert wrong == []
    assert len(certain) > 100


@pytest.mark.kb
def test_every_work_that_a_text_can_mean_is_shown(answers: Answers) -> None:
    """Where a text truly fits several works, the choice has all of them, and nothing is settled."""
    ambiguous = [(row, found) for row, found in answers if len(row["wanted"].split()) > 1]
    incomplete = [row["text"] for row, found in ambiguous if not set(row["wanted"].split()) <= set(_keys(found))]

    assert incomplete == []
    assert len(ambiguous) > 20


@pytest.mark.kb
def test_every_printed_string_leads_to_its_work(real_engines: dict[str, Any]) -> None:
    """Whatever a document prints for a work, with a year or without, is found, up to brackets, case and marks."""
    connection = real_engines["sql"].connection
    lookup = Lookup(connection)
    printed = connection.execute("select cited_as, work from works_cited_as").fetchall()
    lost = [(text, key) for text, key in printed if key not in _keys(lookup.find_all(text))]
    dressed = [(text, key) for text, key in printed if key not in _keys(lookup.find_all(f"({text.upper()})"))]

    assert (lost, dressed) == ([], [])


@pytest.mark.kb
def test_a_year_that_is_wrong_by_one_is_offered(real_engines: dict[str, Any]) -> None:
    """Of a work that is alone in its years, the year before and after lead to it, and never for certain."""
    lookup = Lookup(real_engines["sql"].connection)

    for year in (1965, 1967):
        found = lookup.find(f"Polanyi {year}")
        assert (found.keys, found.certain, found.reason) == (("polanyi-1966",), False, "another year")


def _keys(found: list[Match]) -> list[str]:
    return [key for match in found for key in match.keys]


def test_the_list_has_each_kind_of_slip() -> None:
    """Every slip and most dresses that the generator knows occur in the list."""
    origins = {part for row in ROWS for part in re.split(r", ", row["origin"])}

    assert {"printed", "drop", "double", "swap", "replace", "accents", "other order", "vancouver", "bare"} <= origins
