"""Find records, cite, put stored questions and show records, each with the places where it is said."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from filiera import citations, questions, search
from filiera.engines import Sqlite
from filiera.errors import NotFoundError
from filiera.nearest import did_you_mean
from filiera.questions import Question
from filiera.records import Data, leaves, walk
from filiera.schema import Schema

#: The class of the objects that say where something stands.
EVIDENCE = "Evidence"

#: Records that are handed over at most, whatever the assistant asks for.
MOST_RECORDS = 50

#: Rows of an answer that are handed over; an assistant reads them all, and pays for each.
MOST_ROWS = 200

#: Records whose places are added to an answer.
MOST_PLACES = 60


@dataclass(frozen=True, slots=True)
class Desk:
    """Answers from one build; everything it hands over is plain data, ready for JSON."""

    connection: sqlite3.Connection
    schema: Schema
    questions: Mapping[str, Question]

    def find(self, words: str, kind: str = "", limit: int = 10) -> dict[str, Any]:
        """Search all records, or those of one kind, best first.

        Raises NotFoundError when there is no such kind, or no record with the words.
        """
        if kind and kind not in self.schema.kinds:
            hint = did_you_mean(kind, self.schema.kinds) or f"there are {', '.join(self.schema.kinds)}"
            raise NotFoundError(f"there is no kind {kind!r}; {hint}")
        found = search.find(self.connection, words, kind=kind, limit=_bounded(limit))
        if not found.hits:
            raise NotFoundError(f"no record has the words {words!r}; try fewer, or other forms of them")
        hits = [{"key": hit.id, "kind": hit.kind, "title": hit.label, **self._where(hit.id)} for hit in found.hits]
        return {"records": hits, "all_words": found.complete}

    def cite(self, wanted: str, limit: int = 5) -> dict[str, Any]:
        """Return the works, or the claims, that a key, a DOI, an author and year, or words mean."""
        found: dict[str, Any] = json.loads(citations.as_json(citations.cite(self.connection, wanted, _bounded(limit))))
        found["claims"] = [claim | self._where(claim["key"]) for claim in found["claims"]]
        return found

    def list_questions(self) -> dict[str, Any]:
        """Return the stored questions with their parameters."""
        listed = [
            {"name": q.name, "question": q.question, "parameters": {n: p.meaning for n, p in q.parameters.items()}}
            | {"example": q.examples}
            for q in self.questions.values()
        ]
        return {"questions": listed}

    def ask(self, question: str, values: Mapping[str, str]) -> dict[str, Any]:
        """Put a stored question; the places of the records in its rows come with it."""
        asked = questions.get(self.questions, question)
        filled = questions.follow(self.connection, questions.fill(asked, values))
        answer = questions.ask(asked, filled, {"sql": Sqlite(self.connection)})
        rows = answer.dicts()[:MOST_ROWS]
        return {
            "question": asked.question,
            "values": filled,
            "number_of_rows": len(answer.rows),
            "rows": rows,
            "places": dict(self._places(rows)),
        }

    def record(self, key: str) -> dict[str, Any]:
        """Return a record as it is written, the titles of the records that it names, and its places.

        Raises NotFoundError, with the nearest key, when there is none.
        """
        query = """
            select id, kind, label, data, file, line from records join records_data using (id)
            where id = coalesce((select id from aliases where alias = ?1), ?1)
        """
        row = self.connection.execute(query, (key,)).fetchone()
        if row is None:
            keys = [known[0] for known in self.connection.execute("select id from records")]
            hint = did_you_mean(key, keys) or "find its key by words"
            raise NotFoundError(f"no record has the key {key!r}; {hint}")
        id_, kind, label, text, file, line = row
        data = json.loads(text)
        return {
            "key": id_,
            "kind": kind,
            "title": label,
            "data": data,
            "titles": self._titles(kind, data),
            "places": list(self._evidence(kind, data)),
            "written_in": f"{file}:{line}",
        }

    def _where(self, key: str) -> dict[str, Any]:
        """Return the places of a record, and the file and line where it is written."""
        shown = self.record(key)
        return {"places": shown["places"], "written_in": shown["written_in"]}

    def _places(self, rows: list[dict[str, Any]]) -> Iterator[tuple[str, list[Data]]]:
        """Yield the places of the records whose keys stand in the rows, those of the first rows first."""
        texts = dict.fromkeys(value for row in rows for value in row.values() if isinstance(value, str))
        found = 0
        for text in texts:
            row = self.connection.execute(
                "select kind, data from records join records_data using (id) where id = ?", (text,)
            ).fetchone()
            places = list(self._evidence(row[0], json.loads(row[1]))) if row else []
            if places and found < MOST_PLACES:
                found += 1
                yield text, places

    def _evidence(self, kind: str, data: Data) -> Iterator[Data]:
        """Yield every place that a record points to, with the title of its document."""
        for _, of, inner in walk(self.schema.kinds[kind], data, self.schema):
            if of.name == EVIDENCE:
                titles = self._labels([inner["document"]])
                yield inner | {"document_title": titles.get(inner["document"], "")}

    def _titles(self, kind: str, data: Data) -> dict[str, str]:
        objects = walk(self.schema.kinds[kind], data, self.schema)
        return self._labels(value for _, of, value in leaves(objects) if of.targets)

    def _labels(self, keys: Iterable[str]) -> dict[str, str]:
        wanted = json.dumps(sorted(set(keys)))
        query = "select id, label from records where id in (select value from json_each(?)) order by id"
        return dict(self.connection.execute(query, (wanted,)).fetchall())


def _bounded(limit: int) -> int:
    return min(max(limit, 1), MOST_RECORDS)
