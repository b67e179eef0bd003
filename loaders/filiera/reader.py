"""Read strict YAML 1.2 with the position of every value.

Only libyaml's event stream is used. Its loader would crash the process on 30,000 brackets, read `NO` as false and keep
the last of two equal keys without a word. Here every scalar stays text: the schema decides later what it is.

Refused, each with its place: duplicate keys, anchors and aliases, tags, several documents, control characters, more
than 20 levels, empty values, and plain scalars that YAML 1.1 readers take for octal numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

#: Deeper records do not exist; a file that is deeper is an attack or a mistake.
MAX_DEPTH = 20

#: The longest file of records that is read, in characters.
MAX_LENGTH = 5_000_000

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
OCTAL = re.compile(r"[-+]?0[0-9_]+\Z")
NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as text; `plain` when it stands without quotes. Lines and columns count from 1."""

    text: str
    line: int
    column: int
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    line: int
    column: int
    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Nodes by key; `keys` holds the scalars of the keys, for their positions."""

    line: int
    column: int
    items: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong at a place of a text, and the way out."""

    line: int
    column: int
    message: str
    hint: str = ""


class _Stop(Exception):  # noqa: N818  it ends the reading of one file and never leaves this module
    """Nothing after this place can be read."""


def read(text: str) -> tuple[Node | None, list[Flaw]]:
    """Read the one document of `text`.

    Returns the tree, or None where there is none, and every flaw in the order of the text. Reading goes on after a
    flaw wherever the rest can still be understood.

    >>> tree, flaws = read("country: NO\\nyear: 012\\nyear: 2014")
    >>> tree.items["country"].text
    'NO'
    >>> [(flaw.line, flaw.message) for flaw in flaws]
    [(2, "'012' looks like an octal number"), (3, "the key 'year' is given twice")]
    """
    if len(text) > MAX_LENGTH:
        return None, [Flaw(1, 1, f"the file has {len(text):,} characters", f"split it; {MAX_LENGTH:,} is the most")]
    if found := CONTROL.search(text):
        return None, [Flaw(*_line_and_column(text, found.start()), *_control(found[0]))]
    composer = _Composer()
    try:
        for event in _events(text):
            composer.take(event)
    except _Stop:
        pass
    except yaml.YAMLError as error:
        composer.flaws.append(_syntax_flaw(error, text))
    return composer.root, composer.flaws


def plain(node: Node | None) -> Any:  # noqa: ANN401  whatever the file holds
    """Return a tree without its positions: dictionaries, lists and texts.

    >>> plain(read("a: [b, c]")[0])
    {'a': ['b', 'c']}
    """
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.items.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.text if node else {}


def _events(text: str) -> Iterator[yaml.Event]:
    parser = yaml.CSafeLoader(text)
    try:
        while parser.check_event():
            if event := parser.get_event():
                yield event
    finally:
        parser.dispose()


class _Composer:
    """Builds the tree from events, and collects flaws."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.flaws: list[Flaw] = []
        self.open: list[tuple[Sequence | Mapping, list[Scalar]]] = []
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        """Add one event to the tree."""
        match event:
            case yaml.ScalarEvent():
                self._place(self._scalar(event))
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._begin(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.open.pop()
            case yaml.AliasEvent():
                self._flaw(event, f"the alias *{event.anchor} is refused", "write the value out")
                self._place(Scalar("", *_position(event)))
            case yaml.DocumentStartEvent():
                self._document(event)

    def _document(self, event: yaml.Event) -> None:
        self.documents += 1
        if self.documents > 1:
            self._flaw(event, "a second document begins here", "make it a file of its own, or a list")
            raise _Stop

    def _begin(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        self._refuse_properties(event, implicit=event.implicit)
        if len(self.open) >= MAX_DEPTH:
            self._flaw(event, f"nested more than {MAX_DEPTH} deep", "no record needs this")
            raise _Stop
        kind = Mapping if isinstance(event, yaml.MappingStartEvent) else Sequence
        node = kind(*_position(event))
        self._place(node)
        self.open.append((node, []))

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        self._refuse_properties(event, implicit=event.implicit[0] or event.implicit[1])
        text: str = event.value
        plain = event.style is None or event.style == ""
        if found := CONTROL.search(text):
            self._flaw(event, *_control(found[0]))
        elif plain and OCTAL.match(text):
            self._flaw(event, f"{text!r} looks like an octal number", f"quote it: '{text}'")
        return Scalar(text, *_position(event), plain=plain)

    def _refuse_properties(self, event: yaml.NodeEvent, *, implicit: bool) -> None:
        if event.anchor:
            self._flaw(event, f"the anchor &{event.anchor} is refused", "write the value out where it is needed")
        tag: str | None = getattr(event, "tag", None)
        if tag and not implicit:
            self._flaw(event, f"the tag {tag!r} is refused", "delete it; the schema knows the type")

    def _place(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        container, pending = self.open[-1]
        if isinstance(container, Sequence):
            container.items.append(node)
        elif pending:
            self._put(container, pending.pop(), node)
        else:
            pending.append(self._key(node))

    def _put(self, mapping: Mapping, key: Scalar, value: Node) -> None:
        if key.text in mapping.items:
            first = mapping.keys[key.text].line
            hint = f"it stands in line {first} too; keep one of them"
            self.flaws.append(Flaw(key.line, key.column, f"the key {key.text!r} is given twice", hint))
            return
        mapping.items[key.text] = value
        mapping.keys[key.text] = key

    def _key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        self.flaws.append(Flaw(node.line, node.column, "a key must be plain text", "did you forget quotes?"))
        raise _Stop

    def _flaw(self, event: yaml.Event, message: str, hint: str) -> None:
        self.flaws.append(Flaw(*_position(event), message, hint))


def _position(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _control(character: str) -> tuple[str, str]:
    return f"the control character {character!r} stands in the text", "delete it"


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _syntax_flaw(error: yaml.YAMLError, text: str) -> Flaw:
    """Say in plain words what libyaml stopped at."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        line, column = error.problem_mark.line + 1, error.problem_mark.column + 1
        return _explained(line, column, str(error.problem), text)
    return Flaw(1, 1, f"not YAML: {error}", "look for a character that is no text")


def _explained(line: int, column: int, problem: str, text: str) -> Flaw:
    lines = text.split("\n")
    here = lines[line - 1] if line <= len(lines) else ""
    if here[column - 1 : column] == "\t":
        return Flaw(line, column, "a tab stands where YAML wants spaces", "indent with two spaces")
    if "mapping values are not allowed" in problem:
        return Flaw(line, column, "a colon makes a second key of this text", "quote the whole value")
    return Flaw(line, column, f"not YAML: {problem}", "look for a missing quote, bracket or indent here or above")
