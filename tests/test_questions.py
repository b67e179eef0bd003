"""Stored questions: the twins agree, every one has an answer, and a wrong file is said so."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiera.engines import Oxigraph, Sqlite
from filiera.errors import FilieraError, NotFoundError, RefusedError
from filiera.formats import Answer
from filiera.questions import Question, ask, fill, get, questions
from filiera.schema import Schema

Engines = dict[str, Sqlite | Oxigraph]

QUESTIONS = questions()


@pytest.mark.kb
@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_twins_give_the_same_rows(question: Question, real_engines: Engines) -> None:
    """SQL and SPARQL give the same columns and rows for the example, and some rows: none would prove nothing."""
    answers = {name: engine.ask(question.texts[name], question.examples) for name, engine in real_engines.items()}

    assert answers["sql"] == answers["sparql"]
    assert answers["sql"].rows


@pytest.mark.kb
def test_there_are_questions_about_every_kind(known: Schema) -> None:
    """Each kind of record is asked about by some question."""
    texts = " ".join(question.texts["sql"] for question in QUESTIONS.values())

    assert [kind for kind in known.kinds if kind not in texts] == []


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_is_a_question(question: Question) -> None:
    """A question ends in a question mark, and every parameter that its texts use is explained, and no other."""
    assert question.question.endswith("?")
    for name in question.parameters:
        assert f":{name}" in question.texts["sql"]
        assert f"?{name}" in question.texts["sparql"]


def write_twins(folder: Path, sql: str, sparql: str) -> None:
    """Write a question called `lamps` into a folder of queries."""
    for language, ending, text in (("sql", ".sql", sql), ("sparql", ".rq", sparql)):
        (folder / language).mkdir(parents=True, exist_ok=True)
        (folder / language / f"lamps{ending}").write_text(text, encoding="utf-8")


def test_a_base_adds_its_own_questions(tmp_path: Path) -> None:
    """Questions in `queries/` of a base stand beside those that come with the program."""
    write_twins(tmp_path, "-- Which lamps?\nselect 1 as lamp", "# Which lamps?\nSELECT (1 AS ?lamp) {}")

    assert set(questions(tmp_path)) == {"lamps", *QUESTIONS}


def test_a_question_without_a_twin_is_refused(tmp_path: Path) -> None:
    """A question that is asked in one language only is named, with the file to write."""
    write_twins(tmp_path, "-- Which lamps?\nselect 1", "# Which lamps?\nSELECT (1 AS ?lamp) {}")
    (tmp_path / "sparql" / "lamps.rq").unlink()

    with pytest.raises(FilieraError, match=r"the question 'lamps' has no twin in sparql; write .*lamps\.rq"):
        questions(tmp_path)


def test_twins_that_begin_differently_are_refused(tmp_path: Path) -> None:
    """Twins must ask the same question in English."""
    write_twins(tmp_path, "-- Which lamps?\nselect 1", "# Which lenses?\nSELECT (1 AS ?lamp) {}")

    with pytest.raises(FilieraError, match="the twins of the question 'lamps' begin with different comments"):
        questions(tmp_path)


class Fixed:
    """An engine that gives one answer."""

    def __init__(self, *rows: tuple[int]) -> None:
        """Take the rows of the answer."""
        self.answer = Answer(("lamp",), list(rows))

    def ask(self, text: str, values: object) -> Answer:  # noqa: ARG002  the engine has made up its mind
        """Give the answer."""
        return self.answer


def test_engines_that_disagree_are_not_believed() -> None:
    """Where two engines answer differently, no answer is given."""
    question = Question("lamps", "Which lamps?", {}, {"sql": "", "sparql": ""})

    with pytest.raises(RefusedError, match="the twins of 'lamps' disagree: sql and sparql give 1 and 2 rows"):
        ask(question, {}, {"sql": Fixed((1,)), "sparql": Fixed((1,), (2,))})


def test_an_unknown_question_or_parameter_gets_the_nearest_name() -> None:
    """A mistyped name is answered with the nearest."""
    question = QUESTIONS["claims-about"]

    with pytest.raises(NotFoundError, match="no question is called 'claim-about'; did you mean 'claims-about'"):
        get(QUESTIONS, "claim-about")
    with pytest.raises(NotFoundError, match="has no parameter 'subjekt'; did you mean 'subject'"):
        fill(question, {"subjekt": "vicenza"})
