"""Stored questions are forms, and their answers show titles for keys."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest

from filiera.paths import Project
from filiera.questions import questions

Ask = Any


def test_every_question_is_listed(site: Ask) -> None:
    """The list has each question, with a link to its form."""
    page = site.get("/ask").text

    assert [name for name in questions() if f'href="/ask/{name}"' not in page] == []


@pytest.mark.kb
@pytest.mark.parametrize("name", sorted(questions()))
def test_every_question_answers_to_its_examples(real_site: Ask, real_engines: dict[str, Any], name: str) -> None:
    """With the examples filled in, the page has as many rows as the question gives, and says how many."""
    question = questions()[name]
    rows = len(real_engines["sql"].ask(question.texts["sql"], question.examples).rows)
    page = real_site.get(f"/ask/{name}").text

    assert rows
    assert re.search(rf"<caption>{rows:,} rows?\b", page)
    assert page.count("<tr>") - 1 == min(rows, 500)


def test_an_answer_has_titles_for_keys(site: Ask) -> None:
    """Keys are links that show titles, and a column that says no more than these is left out."""
    page = site.get("/ask/claims-about?subject=farholm").text

    assert "<th" in page
    assert '<a href="/claims/os14-2-companies-decide">Shipping companies from abroad set price' in page
    assert 'scope="col">Statement</th>' not in page
    assert 'for subject <a href="/districts/farholm">Farholm</a>' in page


def test_an_answer_is_saved_as_the_command_gives_it(site: Ask, built: Project, run: Callable[..., Any]) -> None:
    """CSV and JSON are those of `filiera ask`, keys and all."""
    saved = {form: site.get(f"/ask/claims-about.{form}?subject=farholm") for form in ("csv", "json")}
    printed = {
        form: run("ask", "claims-about", "subject=farholm", "--format", form, cwd=built.kb.parent).out for form in saved
    }

    assert {form: answer.text for form, answer in saved.items()} == printed
    assert len(list(csv.reader(io.StringIO(saved["csv"].text)))) > 1
    assert saved["csv"].headers["content-disposition"] == 'attachment; filename="claims-about.csv"'


def test_an_old_key_is_followed(site: Ask) -> None:
    """An old key as a value asks about the record that had it."""
    by_old, by_new = (site.get(f"/ask/who-cites.csv?work={key}") for key in ("register-2010", "harbour-register-2010"))

    assert (by_old.status_code, by_old.text) == (200, by_new.text)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/ask/claims-abuot", 404, "did you mean 'claims-about'?"),
        ("/ask/claims-about?sujbect=farholm", 400, "has no parameter 'sujbect'; did you mean 'subject'?"),
        ("/ask/claims-about?subject=" + "a" * 501, 400, "501 characters are too many"),
    ],
)
def test_what_cannot_be_asked_is_said(site: Ask, path: str, status: int, said: str) -> None:
    """A question or parameter that is not there is named, with the nearest."""
    answer = site.get(path, accept="text/plain")

    assert (answer.status_code, said in answer.text) == (status, True)


def test_a_key_that_no_record_has_is_mended(real_site: Ask) -> None:
    """Where nothing answers to a misspelt key, the nearest are one click away."""
    page = real_site.get("/ask/claims-about?subject=vicenzza").text

    assert "Nothing answers to this." in page
    assert 'href="/ask/claims-about?subject=vicenza"' in page


def test_what_is_asked_is_escaped(site: Ask) -> None:
    """No value comes back as markup."""
    page = site.get("/ask/claims-about?subject=<script>alert(1)</script>'\"").text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
