"""Stored questions as forms: what each asks, with its examples filled in, and the answer with titles for keys."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from filiera import questions
from filiera.engines import Sqlite, with_values
from filiera.errors import NotFoundError, RefusedError
from filiera.formats import FORMATS, Answer
from filiera.questions import Question
from filiera.site.labels import Labels
from filiera.site.nearest_keys import nearest_keys
from filiera.site.visits import Reply, Visit

#: Rows that a page shows; the forms have them all.
ROWS = 500

#: Seconds that a question may take, and steps of SQLite between two looks at the clock.
PATIENCE = 3.0
STEPS = 20_000


@dataclass(frozen=True, slots=True)
class Form:
    """A form of an answer: its name for people, and its media type."""

    name: str
    media_type: str


#: By the suffix of the path, which is also the format's name or short for it.
FORMS = {
    "csv": Form("CSV", "text/csv"),
    "json": Form("JSON", "application/json"),
    "md": Form("Markdown", "text/markdown"),
    "tex": Form("LaTeX", "application/x-tex"),
}
SHORT = {"md": "markdown", "tex": "latex"}


def listing(visit: Visit) -> Reply:
    """List the questions."""
    return visit.page("questions.html", questions=list(visit.site.questions.values()))


def answer(visit: Visit) -> Reply:
    """Put a question with the values that are given, or its examples, and show the answer."""
    question = questions.get(visit.site.questions, visit.names["name"])
    values = _values(visit, question)
    with _patient(visit.connection):
        rows = questions.ask(question, values, {"sql": Sqlite(visit.connection)})
    rows = Answer(rows.columns, [tuple(row) for row in rows.rows])
    if suffix := visit.names.get("form"):
        named = {"Content-Disposition": f'attachment; filename="{question.name}.{suffix}"'}
        body = FORMATS[SHORT.get(suffix, suffix)](rows) + "\n"
        return Reply(body, f"{FORMS[suffix].media_type}; charset=utf-8", headers=named)
    return visit.page("question.html", **_shown(visit, question, values, rows))


def _values(visit: Visit, question: Question) -> dict[str, str]:
    """Return the value of every parameter, with the present key in place of an old one.

    Raises RefusedError when a value is given for what is no parameter.
    """
    given = {name: visit.text(name) for name in visit.arguments}
    try:
        filled = questions.fill(question, {name: value for name, value in given.items() if value})
    except NotFoundError as error:
        raise RefusedError(str(error)) from error
    return questions.follow(visit.connection, filled)


@contextmanager
def _patient(connection: sqlite3.Connection) -> Iterator[None]:
    """End what takes too long."""
    end = time.monotonic() + PATIENCE
    connection.set_progress_handler(lambda: int(time.monotonic() > end), STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def _shown(visit: Visit, question: Question, values: Mapping[str, str], rows: Answer) -> dict[str, Any]:
    labels = Labels(visit.connection)
    columns = [n for n in range(len(rows.columns)) if not _is_title(rows, n, labels)]
    sparql = with_values(question.texts["sparql"], values)
    return {
        "question": question,
        "values": values,
        "headings": [rows.columns[n] for n in columns],
        "rows": [[_cell(row[n], labels) for n in columns] for row in rows.rows[:ROWS]],
        "count": len(rows.rows),
        "forms": FORMS,
        "query": urlencode(values),
        "sparql": urlencode({"query": sparql}),
        "near": {} if rows.rows else _near(visit, question, values),
    }


def _is_title(rows: Answer, column: int, labels: Labels) -> bool:
    """Tell whether a column only says the titles of the records whose keys stand in the column before it."""
    if not column or not rows.rows:
        return False
    pairs = [(row[column - 1], row[column]) for row in rows.rows[:ROWS]]
    known = [(labels.get(key), title) for key, title in pairs if isinstance(key, str)]
    return len(known) == len(pairs) and all(label is not None and label.title == title for label, title in known)


def _cell(value: Any, labels: Labels) -> Any:  # noqa: ANN401  whatever a database holds
    """Return a link for the key of a record, and anything else as it is."""
    return labels.link(value) if isinstance(value, str) and value and labels.get(value) else value


def _near(visit: Visit, question: Question, values: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the nearest keys for values that should be keys, as the examples are, and are none."""
    labels = Labels(visit.connection)
    wrong = [name for name, value in values.items() if labels.get(question.examples[name]) and not labels.get(value)]
    return {name: nearest_keys(visit.connection, values[name][:100]) for name in wrong}
