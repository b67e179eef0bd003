"""The two narrow seams between what is asked and what answers: rows from SQL text, and rows from SPARQL text.

Behind them stand SQLite and Oxigraph, or any SPARQL 1.1 endpoint. An engine takes a text and named values and gives an
`Answer`; it knows nothing of records.
"""

from __future__ import annotations

import json
import signal
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from filiera.errors import NotBuiltError, RefusedError
from filiera.formats import Answer

if TYPE_CHECKING:
    import pyoxigraph as ox

XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))

#: Steps of SQLite between two looks at whether Ctrl-C was pressed.
STEPS = 10_000

#: Seconds that a remote endpoint may take.
PATIENCE = 60

ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


class Engine(Protocol):
    """Answers a query in one language."""

    def ask(self, text: str, values: Mapping[str, str]) -> Answer:
        """Return the rows of a query whose parameters have these values.

        Raises RefusedError, with the engine's own reason, when the query cannot be answered.
        """


def connect(path: Path) -> sqlite3.Connection:
    """Open a built database for reading.

    Raises NotBuiltError when there is none, or when it is broken.
    """
    if not path.exists():
        raise NotBuiltError(f"there is no build at {str(path)!r}; run `filiera build` first")
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        connection.execute("select 1 from records limit 1")
    except sqlite3.Error as error:
        raise NotBuiltError(f"the build at {str(path)!r} is broken: {error}; run `filiera build` anew") from error
    connection.set_progress_handler(lambda: 0, STEPS)
    return connection


@dataclass(frozen=True, slots=True)
class Sqlite:
    """A built SQLite database."""

    connection: sqlite3.Connection

    def ask(self, text: str, values: Mapping[str, str]) -> Answer:
        """Return the rows of an SQL query; parameters are written :name."""
        try:
            cursor = self.connection.execute(text, dict(values))
            rows = cursor.fetchall()
        except sqlite3.Error as error:
            raise RefusedError(f"SQLite says: {error}") from error
        return Answer(tuple(column[0] for column in cursor.description or ()), rows)


@dataclass(frozen=True, slots=True)
class Oxigraph:
    """A built Oxigraph store."""

    path: Path

    def ask(self, text: str, values: Mapping[str, str]) -> Answer:
        """Return the rows of a SPARQL query; a graph comes as rows of subject, predicate and object.

        Raises NotBuiltError when there is no store.
        """
        import pyoxigraph as ox  # noqa: PLC0415  only paid by a question to the graph

        if not self.path.exists():
            raise NotBuiltError(f"there is no graph at {str(self.path)!r}; run `filiera build` first")
        with _stoppable():
            try:
                result = ox.Store.read_only(str(self.path)).query(with_values(text, values))
                return _answer(result)
            except (SyntaxError, ValueError, RuntimeError, OSError) as error:
                raise RefusedError(f"Oxigraph says: {error}") from error


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A SPARQL 1.1 endpoint elsewhere, asked by POST form for JSON; `graph` names its default graph if it needs one."""

    url: str
    graph: str = ""

    def ask(self, text: str, values: Mapping[str, str]) -> Answer:
        """Return the rows of a SELECT or ASK query."""
        import httpx  # noqa: PLC0415  only paid when another machine is asked

        form = {"query": with_values(text, values)} | ({"default-graph-uri": self.graph} if self.graph else {})
        accept = {"Accept": "application/sparql-results+json"}
        try:
            response = httpx.post(self.url, data=form, headers=accept, timeout=PATIENCE)
        except httpx.HTTPError as error:
            raise RefusedError(f"{self.url} does not answer: {error}") from error
        if not response.is_success:
            raise RefusedError(f"{self.url} answers {response.status_code}: {response.text.strip()[:500]}")
        return _from_json(response.text, self.url)


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let Ctrl-C end the process during a query: the engine runs outside Python and would not look."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def with_values(text: str, values: Mapping[str, str]) -> str:
    """Give the parameters of a SPARQL query their values, by a closing VALUES clause that every engine knows.

    >>> with_values("SELECT * {?s ?p ?key}", {"key": "vicenza"}).splitlines()[-1]
    'VALUES (?key) { ("vicenza") }'
    """
    if not values:
        return text
    names = " ".join(f"?{name}" for name in values)
    literals = " ".join(f'"{value.translate(ESCAPES)}"' for value in values.values())
    return f"{text.rstrip()}\nVALUES ({names}) {{ ({literals}) }}"


def _answer(result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Answer:
    import pyoxigraph as ox  # noqa: PLC0415  imported by the caller already

    if isinstance(result, ox.QueryBoolean):
        return Answer(("answer",), [(bool(result),)])
    if isinstance(result, ox.QueryTriples):
        rows = [(_value(t.subject), _value(t.predicate), _value(t.object)) for t in result]
        return Answer(("subject", "predicate", "object"), rows)
    names = tuple(variable.value for variable in result.variables)
    return Answer(names, [tuple(_value(solution[name]) for name in names) for solution in result])


def _value(term: Any) -> Any:  # noqa: ANN401  whatever RDF term stands there
    if term is None:
        return None
    datatype = getattr(term, "datatype", None)
    return plain_value(term.value if hasattr(term, "value") else str(term), datatype.value if datatype else "")


def plain_value(text: str, datatype: str) -> Any:  # noqa: ANN401
    """Return a literal as the Python value that SQLite would give for the same thing.

    >>> plain_value("-13.9", XSD + "decimal"), plain_value("879.0", XSD + "decimal"), plain_value("879", "")
    (-13.9, 879, '879')
    """
    if datatype in NUMBERS:
        number = Decimal(text)
        return int(number) if number == number.to_integral_value() else float(number)
    if datatype == f"{XSD}boolean":
        return int(text in {"true", "1"})
    return text


def _from_json(text: str, url: str) -> Answer:
    """Read the SPARQL 1.1 Query Results JSON Format."""
    try:
        result = json.loads(text)
        if "boolean" in result:
            return Answer(("answer",), [(result["boolean"],)])
        names = tuple(result["head"]["vars"])
        rows = [tuple(_from_binding(binding.get(name)) for name in names) for binding in result["results"]["bindings"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RefusedError(f"{url} does not answer with SPARQL results in JSON; is it a SPARQL endpoint?") from error
    return Answer(names, rows)


def _from_binding(binding: dict[str, str] | None) -> Any:  # noqa: ANN401
    return None if binding is None else plain_value(binding["value"], binding.get("datatype", ""))
