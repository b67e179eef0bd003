"""Read the records of a knowledge base: one at a time, in the order of their files, with the place of every value.

`kb/` has a folder for each kind. A file holds one record, named after its key, or a list of records of that kind.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filiera import reader
from filiera.errors import NotFoundError, Problem
from filiera.nearest import did_you_mean
from filiera.paths import shown
from filiera.reader import Mapping, Node, Sequence
from filiera.report import Report
from filiera.schema import Class, Field, Schema
from filiera.shape import Shaper

Data = dict[str, Any]
Steps = tuple[str | int, ...]

#: The one sort of file in a base that is for people only.
README = "README.md"

#: An object of a record: the way to it, its class, and its data.
Object = tuple[Steps, Class, Data]


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its kind, its key, its data as the schema reads them, and its nodes for the places.

    `objects` are the record and every object nested in it, as `walk` yields them. `file` is the path from the folder
    above `kb/`, which is the same on every machine; `shown` is the path as the user would type it.
    """

    kind: Class
    id: str
    data: Data
    node: Mapping
    objects: tuple[Object, ...]
    file: str
    shown: str

    @property
    def label(self) -> str:
        """The record's title for people."""
        return label(self.kind, self.data)

    def place(self, path: Steps = ()) -> tuple[int, int]:
        """Return line and column of the value at `path`, or of the nearest value around it."""
        node: Node = self.node
        for step in path:
            inner = node.items.get(str(step)) if isinstance(node, Mapping) else _item(node, step)
            if inner is None:
                break
            node = inner
        return node.line, node.column

    def problem(self, path: Steps, message: str, hint: str, check: str) -> Problem:
        """Make a problem at the value at `path`."""
        return Problem(self.shown, *self.place(path), message, hint, check)


def _item(node: Node, step: str | int) -> Node | None:
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


def label(kind: Class, data: Data) -> str:
    """Return the title of a record for people: the first group of its kind's label fields that is present."""
    for group in kind.label:
        parts = (data.get(name) for name in group)
        if text := " ".join(str(p[0] if isinstance(p, list) else p) for p in parts if p):
            return text
    return str(data.get("id", ""))


def files(kb: Path, schema: Schema, report: Report) -> Iterator[tuple[Class, Path]]:
    """Yield the files of records with their kind, sorted; what lies where it does not belong is reported.

    Raises NotFoundError when there is no such folder.
    """
    if not kb.is_dir():
        raise NotFoundError(f"there is no folder of records at {str(kb)!r}")
    for folder in sorted(kb.iterdir()):
        if folder.name.startswith(".") or folder.name == README:
            continue
        if folder.is_file():
            message, hint = f"{folder.name!r} lies in no kind's folder", "move it into the folder of its kind"
            report.fail(Problem(shown(folder), 1, 1, message, hint, "files"))
            continue
        if folder.name not in schema.kinds:
            hint = did_you_mean(folder.name, schema.kinds) or f"there are {', '.join(schema.kinds)}"
            report.fail(Problem(shown(folder), 1, 1, f"there is no kind {folder.name!r}", hint, "files"))
            continue
        for path in sorted(folder.rglob("*")):
            if _is_record_file(path, kb, report):
                yield schema.kinds[folder.name], path


def _is_record_file(path: Path, kb: Path, report: Report) -> bool:
    if (path.is_dir() and not path.is_symlink()) or path.name == README or path.name.startswith("."):
        return False
    report.made("files")
    fault = ""
    if path.is_symlink() and not path.resolve().is_relative_to(kb.resolve()):
        fault, hint = "the link leads out of the folder of records", "copy the file here"
    elif path.suffix != ".yaml":
        fault, hint = f"{path.name!r} is not a file of records", "name it KEY.yaml, or move it elsewhere"
    if fault:
        report.fail(Problem(shown(path), 1, 1, fault, hint, "files"))
    return not fault


def read(kb: Path, schema: Schema, report: Report, kinds: Iterable[str] | None = None) -> Iterator[Record]:
    """Read every record below `kb`, or those of some kinds; flaws go to the report and reading goes on.

    Raises NotFoundError when there is no such folder.
    """
    wanted = None if kinds is None else frozenset(kinds)
    for kind, path in files(kb, schema, report):
        if wanted is None or kind.folder in wanted:
            yield from read_file(path, kind, kb, schema, report)


def read_file(path: Path, kind: Class, kb: Path, schema: Schema, report: Report) -> Iterator[Record]:
    """Read the records of one file."""
    content = read_bytes(path, report)
    if content is not None:
        yield from parse(content, path, kind, kb, Shaper(schema, report, shown(path)))


def read_bytes(path: Path, report: Report) -> bytes | None:
    """Return what is in a file of records, or None when it cannot be read."""
    report.made("syntax")
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        report.fail(Problem(shown(path), 1, 1, message, "delete it, or make it readable", "syntax"))
        return None


def parse(content: bytes, path: Path, kind: Class, kb: Path, shaper: Shaper) -> Iterator[Record]:
    """Read the records in the bytes of one file."""
    visible, report = shaper.file, shaper.report
    try:
        tree, flaws = reader.read(_text(content))
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8"
        report.fail(Problem(visible, 1, 1, message, "save the file as UTF-8", "syntax"))
        return
    for flaw in flaws:
        report.fail(Problem(visible, flaw.line, flaw.column, flaw.message, flaw.hint, "syntax"))
    if tree is None or (isinstance(tree, Sequence) and not tree.items):
        if not flaws:
            report.fail(Problem(visible, 1, 1, "the file is empty", "write a record, or delete it", "syntax"))
        return
    file = path.relative_to(kb).as_posix()
    nodes = tree.items if isinstance(tree, Sequence) else [tree]
    for node in nodes:
        if record := _record(node, kind, shaper, f"{kb.name}/{file}"):
            if isinstance(tree, Mapping):
                _check_name(record, path, report)
            yield record


def _text(content: bytes) -> str:
    """Return a text with the line ends of this program, as an editor shows it."""
    return content.decode().replace("\r\n", "\n").replace("\r", "\n")


def _record(node: Node, kind: Class, shaper: Shaper, file: str) -> Record | None:
    data = shaper.object(node, kind)
    key = data.get("id")
    if key is None or not isinstance(node, Mapping):
        return None
    return Record(kind, key, data, node, tuple(walk(kind, data, shaper.schema)), file, shaper.file)


def _check_name(record: Record, path: Path, report: Report) -> None:
    report.made("keys")
    if record.id != path.stem:
        hint = f"write {path.stem!r} here, or rename the file to {record.id}.yaml"
        message = f"id: {record.id!r} is not the name of the file"
        report.fail(record.problem(("id",), message, hint, "keys"))


def walk(of: Class, data: Data, schema: Schema, path: Steps = ()) -> Iterator[Object]:
    """Yield an object and every object nested in it, with the path and the class of each."""
    yield path, of, data
    for field in of.fields.values():
        nested = schema.nested(field)
        if nested is None or field.name not in data:
            continue
        value = data[field.name]
        if field.many:
            for position, item in enumerate(value):
                yield from walk(nested, item, schema, (*path, field.name, position))
        else:
            yield from walk(nested, value, schema, (*path, field.name))


def leaves(objects: Iterable[Object]) -> Iterator[tuple[Steps, Field, Any]]:
    """Yield every value in the objects that is not an object itself: its path, its field and the value."""
    for path, class_, data in objects:
        for name, value in data.items():
            field = class_.fields[name]
            if field.nested:
                continue
            if field.many:
                yield from (((*path, name, i), field, item) for i, item in enumerate(value))
            else:
                yield (*path, name), field, value


def resolve_aliases(connection: sqlite3.Connection, schema: Schema) -> None:
    """Put the present key wherever a record in `records_data` points to an old one."""
    query = """
        select distinct records.id, records.kind, data from temp.refs join temp.keys on key = target and is_alias
        join records on records.id = refs.owner join records_data on records_data.id = records.id
    """
    present = dict(connection.execute("select key, id from temp.keys where is_alias").fetchall())
    for id_, kind, text in connection.execute(query).fetchall():
        data = json.loads(text)
        for path, field, value in list(leaves(walk(schema.kinds[kind], data, schema))):
            if field.targets and value in present:
                _set(data, path, present[value])
        connection.execute("update records_data set data = ? where id = ?", (dump(data), id_))


def _set(data: Data, path: Steps, value: str) -> None:
    inner: Any = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value


def dump(data: Data) -> str:
    """Write the data of a record as one line of JSON, the same every time."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
