"""Turn the nodes of a record into data, as the schema says, and report what does not fit.

Text stays as it is written; only here do numbers and truth values become what their field says they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from filiera import values
from filiera.errors import Problem
from filiera.nearest import did_you_mean
from filiera.reader import NULLS, Mapping, Node, Scalar, Sequence
from filiera.report import Report
from filiera.schema import Class, Field, Schema

INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?\Z")

#: Characters that may not stand in an IRI (RFC 3987); a graph with one of them could not be read.
NO_IRI = r"\s<>\"{}|\\^`\[\]#%\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U0010ffff"
IRI = rf"(?:[^{NO_IRI}]|%[0-9A-Fa-f]{{2}})"
ADDRESS = re.compile(rf"https?://[^{NO_IRI}/?@:]+(?::[0-9]+)?(?:/{IRI}*)?(?:\?{IRI}*)?(?:#{IRI}*)?\Z")

#: A number with more digits would come back from the database as another one.
MOST_DIGITS = 15


def _number(text: str) -> float:
    """Return a number, a whole one as such however it is written: -24.0 and -24 are one value in every view."""
    number = float(text)
    return int(text.partition(".")[0]) if number.is_integer() else number


#: What each base type reads from plain text, what such a text is called, and an example of it.
READERS: dict[str, tuple[re.Pattern[str], Callable[[str], Any], str, str]] = {
    "integer": (INTEGER, int, "a whole number", "879"),
    "decimal": (DECIMAL, _number, "a number", "-13.9"),
    "boolean": (re.compile(r"(true|false)\Z"), lambda text: text == "true", "true or false", "false"),
}


class _Absent:
    """Stands for a value that did not fit."""


ABSENT = _Absent()


@dataclass(frozen=True, slots=True)
class Shaper:
    """Reads the nodes of one file; problems go to the report under the checks `shape` and `values`."""

    schema: Schema
    report: Report
    file: str

    def object(self, node: Node, of: Class, name: str = "") -> dict[str, Any]:
        """Return the fields of `node` that fit the class, in the order of the schema."""
        self.report.made("shape")
        if not isinstance(node, Mapping):
            self._fail(node, f"{name or of.name.lower()}: fields are wanted here", f"such as {_example(of)}")
            return {}
        self._unknown_fields(node, of)
        found = {}
        for field in of.fields.values():
            value = self._field(node, of, field)
            if value is not ABSENT:
                found[field.name] = value
        return found

    def _unknown_fields(self, node: Mapping, of: Class) -> None:
        for key, scalar in node.keys.items():
            if key not in of.fields:
                known = ", ".join(f.name for f in of.fields.values() if not f.readonly)
                hint = did_you_mean(key, of.fields) or f"its fields are {known}"
                self._fail(scalar, f"{of.name.lower()} has no field {key!r}", hint)
            elif of.fields[key].readonly:
                self._fail(scalar, f"{key}: is found by the lookup of the passage", "delete it")

    def _field(self, node: Mapping, of: Class, field: Field) -> Any:  # noqa: ANN401  data are open
        child = node.items.get(field.name)
        if child is None:
            if field.required:
                self.report.made("shape")
                self._fail(node, f"{of.name.lower()} has no {field.name!r}", f"add it: {field.description}")
            return ABSENT
        if field.readonly:
            return ABSENT
        return self._list(child, field) if field.many else self._value(child, field)

    def _list(self, node: Node, field: Field) -> Any:  # noqa: ANN401
        if not isinstance(node, Sequence):
            self.report.made("shape")
            self._fail(node, f"{field.name}: a list is wanted", f"write {field.name}: [...], even for one")
            return ABSENT
        if not node.items:
            self.report.made("shape")
            self._fail(node, f"{field.name}: the list is empty", "leave the field out")
            return ABSENT
        found = [self._value(item, field) for item in node.items]
        self._repeated(node, found, field)
        # The node loses what did not fit as well, so that places in it and in the data stay the same.
        node.items[:] = [item for item, value in zip(node.items, found, strict=True) if value is not ABSENT]
        return [value for value in found if value is not ABSENT] or ABSENT

    def _repeated(self, node: Sequence, found: list[Any], field: Field) -> None:
        """Report values that a list gives twice: a set in the graph, they would count twice in the database."""
        if field.nested:
            return
        for position, value in enumerate(found):
            if value is not ABSENT and value in found[:position]:
                self._fail(node.items[position], f"{field.name}: {value!r} is given twice", "keep one of them")

    def _value(self, node: Node, field: Field) -> Any:  # noqa: ANN401
        nested = self.schema.nested(field)
        if nested:
            return self.object(node, nested, field.name) or ABSENT
        self.report.made("shape")
        if not isinstance(node, Scalar):
            self._fail(node, f"{field.name}: one value is wanted, not a list or fields", field.description)
            return ABSENT
        if node.text in NULLS and node.plain:
            self._fail(node, f"{field.name}: is empty", "leave the field out, or quote the text")
            return ABSENT
        return self._scalar(node, field)

    def _scalar(self, node: Scalar, field: Field) -> Any:  # noqa: ANN401
        name = field.range
        if name in self.schema.enums:
            return self._enumerated(node, field)
        type_ = self.schema.types[name]
        if type_.base in READERS:
            return self._numeric(node, field, type_.base)
        if type_.base == "uri" and not ADDRESS.match(node.text):
            hint = "begin it with https://, and write odd characters as %20"
            return self._fail(node, f"{field.name}: {node.text!r} is not an address", hint)
        if type_.pattern and not type_.pattern.search(node.text):
            return self._fail(node, f"{field.name}: {node.text!r} does not fit", type_.description)
        self._check(node, field.name, name)
        return node.text

    def _enumerated(self, node: Scalar, field: Field) -> Any:  # noqa: ANN401
        known = self.schema.enums[field.range].values
        if node.text in known:
            return node.text
        hint = did_you_mean(node.text, known) or f"one of {', '.join(known)}"
        return self._fail(node, f"{field.name}: there is no value {node.text!r}", hint)

    def _numeric(self, node: Scalar, field: Field, base: str) -> Any:  # noqa: ANN401
        pattern, convert, wanted, example = READERS[base]
        if not node.plain or not pattern.match(node.text):
            return self._fail(node, f"{field.name}: {node.text!r} is not {wanted}", f"such as {example}, unquoted")
        if sum(map(str.isdigit, node.text)) > MOST_DIGITS:
            return self._fail(node, f"{field.name}: the number has more than {MOST_DIGITS} digits", "round it")
        value = convert(node.text)
        low, high = field.minimum, field.maximum
        if (low is not None and value < low) or (high is not None and value > high):
            limits = f"from {low:g} up" if high is None else f"from {low:g} to {high:g}"
            return self._fail(node, f"{field.name}: {node.text} is out of range", limits)
        return value

    def _check(self, node: Scalar, name: str, type_: str) -> None:
        if check := values.CHECKS.get(type_):
            self.report.made("values")
            if fault := check(node.text):
                self._fail(node, f"{name}: {fault[0]}", fault[1], "values")

    def _fail(self, node: Node, message: str, hint: str, check: str = "shape") -> _Absent:
        self.report.fail(Problem(self.file, node.line, node.column, message, hint, check))
        return ABSENT


def _example(of: Class) -> str:
    names = [f.name for f in of.fields.values() if f.required] or list(of.fields)[:1]
    return ", ".join(f"{name}: …" for name in names)
