"""Stored questions: the files of `queries/`, each in SQL and in SPARQL.

The same file name in `sql/` and `sparql/` is the same question. The first comment line asks it in English; each next
one names a parameter with its meaning and an example: `-- work: key of the cited work, e.g. gaggio-2006`.
To add a question, write the two files; everything that lists questions finds them.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from filiera.engines import Engine
from filiera.errors import FilieraError, NotFoundError, RefusedError
from filiera.formats import Answer
from filiera.nearest import did_you_mean
from filiera.paths import home

COMMENT = re.compile(r"(?:--|#) ?(.*)")
PARAMETER = re.compile(r"([a-z_]+): (.+?), e\.g\. (.+)")

#: The languages of questions: the folder of each, and how its files end.
LANGUAGES = {"sql": ".sql", "sparql": ".rq"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question asks about: its meaning, and an example that has an answer."""

    meaning: str
    example: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question, its parameters by name, and its text in each language."""

    name: str
    question: str
    parameters: dict[str, Parameter]
    texts: dict[str, str]

    @property
    def examples(self) -> dict[str, str]:
        """The example of each parameter."""
        return {name: parameter.example for name, parameter in self.parameters.items()}


def questions(base: Path | None = None) -> dict[str, Question]:
    """Read the questions that come with Filiera and those in `queries/` of a base, which go before.

    Raises FilieraError when a question lacks a twin, or when the twins do not ask the same.
    """
    found: dict[str, Question] = {}
    for folder in dict.fromkeys(f for f in (home() / "queries", base) if f):
        names = {path.stem for lang, end in LANGUAGES.items() for path in (folder / lang).glob(f"*{end}")}
        found |= {name: _read(folder, name) for name in sorted(names)}
    return dict(sorted(found.items()))


def _read(folder: Path, name: str) -> Question:
    texts, heads = {}, {}
    for language, ending in LANGUAGES.items():
        path = folder / language / f"{name}{ending}"
        if not path.exists():
            raise FilieraError(f"the question {name!r} has no twin in {language}; write {path}")
        texts[language] = path.read_text(encoding="utf-8").strip()
        heads[language] = _head(texts[language])
    if heads["sql"] != heads["sparql"]:
        raise FilieraError(f"the twins of the question {name!r} begin with different comments; make them the same")
    question, *rest = heads["sql"]
    parameters = {m[1]: Parameter(m[2], m[3]) for line in rest if (m := PARAMETER.fullmatch(line))}
    return Question(name, question, parameters, texts)


def _head(text: str) -> list[str]:
    """Return the comments at the head of a query."""
    head = []
    for line in text.splitlines():
        match = COMMENT.match(line)
        if not match:
            break
        head.append(match[1].strip())
    return head


def get(known: Mapping[str, Question], name: str) -> Question:
    """Return a question by name.

    Raises NotFoundError, with the nearest name, when there is none.
    """
    if name in known:
        return known[name]
    hint = did_you_mean(name, known) or f"there are {', '.join(known)}"
    raise NotFoundError(f"no question is called {name!r}; {hint}")


def fill(question: Question, given: Mapping[str, str]) -> dict[str, str]:
    """Return the value of every parameter: as given, or its example.

    Raises NotFoundError when a value is given for a parameter that the question does not have.
    """
    for name in given:
        if name not in question.parameters:
            hint = did_you_mean(name, question.parameters) or f"it has {', '.join(question.parameters) or 'none'}"
            raise NotFoundError(f"the question {question.name!r} has no parameter {name!r}; {hint}")
    return question.examples | dict(given)


def follow(connection: sqlite3.Connection, values: Mapping[str, str]) -> dict[str, str]:
    """Return the values with the present key in place of an old one."""
    query = "select coalesce((select id from aliases where alias = ?1), ?1)"
    return {name: connection.execute(query, (value,)).fetchone()[0] for name, value in values.items()}


def ask(question: Question, values: Mapping[str, str], engines: Mapping[str, Engine]) -> Answer:
    """Put a question to one engine, or to several, which then must agree.

    `engines` has an engine by language. Raises RefusedError when two engines answer differently.
    """
    answers = {language: engine.ask(question.texts[language], values) for language, engine in engines.items()}
    first, *others = answers.values()
    for other in others:
        if other != first:
            raise RefusedError(
                f"the twins of {question.name!r} disagree: {' and '.join(answers)} give {len(first.rows)} and "
                f"{len(other.rows)} rows; one of the two files is wrong"
            )
    return first
