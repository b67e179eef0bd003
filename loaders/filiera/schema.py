"""Read what a record may say: the LinkML files of `schemas/`, as far as Filiera uses them.

LinkML's own generators take seconds to import; they make `schemas/generated/` during development. At run time only
this reading happens: the keys of LinkML that it understands are those of the dataclasses below, and a test compares
its view with LinkML's on every record.

A class that is a Record, in a file of `schemas/` that `filiera.yaml` imports, is a kind: the file's name is its folder
in `kb/`, its table in the database and its part of the IRI.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from filiera import reader
from filiera.errors import FilieraError
from filiera.paths import home

#: LinkML's own types that the schema uses, each its own base.
BUILTIN = ("string", "integer", "decimal", "boolean", "uri")


@dataclass(frozen=True, slots=True)
class Type:
    """A type of text or number: its base is one of `BUILTIN`, its pattern is searched for in the text."""

    name: str
    base: str
    pattern: re.Pattern[str] | None
    description: str


@dataclass(frozen=True, slots=True)
class Value:
    """A value of an enumeration and the IRI of its meaning."""

    name: str
    iri: str
    description: str


@dataclass(frozen=True, slots=True)
class Enum:
    """A closed list of values, and the IRI of what its own values are."""

    name: str
    iri: str
    values: dict[str, Value]
    description: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a class.

    `range` names the type, the enumeration or the class of its values. `targets` has the folders of the kinds that its
    keys may point to, when it holds keys; `nested` the class of its objects, when it holds objects. `role` is the IRI
    of the part that the records in an ordered list play (author, editor). `back` is the IRI of the property from a
    nested object to its owner. `table` and `column` name its place in the database where the general rule does not.
    """

    name: str
    range: str
    iri: str
    targets: tuple[str, ...] = ()
    nested: str = ""
    many: bool = False
    required: bool = False
    ordered: bool = False
    readonly: bool = False
    rdf_class: bool = False
    role: str = ""
    back: str = ""
    table: str = ""
    column: str = ""
    singular: str = ""
    minimum: float | None = None
    maximum: float | None = None
    description: str = ""
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Class:
    """A class: a kind of record when it has a `folder`, otherwise a nested object.

    `label` names the fields that make its title for people: the first group of which any is present. `owner` is the
    column that holds its key in other tables. `unique` lists the groups of fields that no two of them share, and
    `apart` the fields that tell two of them apart all the same, where both have one and not the same.
    """

    name: str
    iri: str
    fields: dict[str, Field]
    folder: str = ""
    label: tuple[tuple[str, ...], ...] = ()
    owner: str = ""
    unique: dict[str, tuple[str, ...]] = field(default_factory=dict)
    apart: dict[str, tuple[str, ...]] = field(default_factory=dict)
    description: str = ""
    parents: tuple[str, ...] = ()
    abstract: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    """All that records may say. `kinds` has the classes of records by folder, sorted."""

    kinds: dict[str, Class]
    classes: dict[str, Class]
    enums: dict[str, Enum]
    types: dict[str, Type]
    prefixes: dict[str, str]

    def nested(self, field: Field) -> Class | None:
        """Return the class of the objects in a field, or None when it holds keys or scalars."""
        return self.classes[field.nested] if field.nested else None


@cache
def schema(folder: Path | None = None) -> Schema:
    """Read `filiera.yaml` and the files that it imports, from `folder` or from the program's own schemas."""
    return _Loader(folder or home() / "schemas").load()


class _Loader:
    """Reads the files of one folder of schemas."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.raw: dict[str, dict[str, Any]] = {"classes": {}, "enums": {}, "types": {}}
        self.prefixes: dict[str, str] = {}
        self.files: dict[str, str] = {}

    def load(self) -> Schema:
        self._read("filiera")
        classes = {name: self._class(name) for name in self.raw["classes"]}
        enums = {name: self._enum(name, raw) for name, raw in self.raw["enums"].items()}
        types = {name: Type(name, name, None, "") for name in BUILTIN}
        types |= {name: _type(name, raw) for name, raw in self.raw["types"].items()}
        kinds = {c.folder: c for c in classes.values() if c.folder}
        return Schema(dict(sorted(kinds.items())), classes, enums, types, self.prefixes)

    def _read(self, stem: str) -> None:
        if ":" in stem or stem in self.files.values():
            return
        path = self.folder / f"{stem}.yaml"
        tree, flaws = reader.read(path.read_text(encoding="utf-8"))
        if flaws:
            raise FilieraError(f"{path}:{flaws[0].line}:{flaws[0].column}: {flaws[0].message}")
        content = reader.plain(tree)
        self.prefixes |= content.get("prefixes", {})
        for part, known in self.raw.items():
            for name, raw in content.get(part, {}).items():
                known[name] = raw
                self.files[name] = stem
        for other in content.get("imports", []):
            self._read(other)

    def _class(self, name: str) -> Class:
        raw = self.raw["classes"][name]
        notes = raw.get("annotations", {})
        return Class(
            name=name,
            iri=self._iri(raw["class_uri"]),
            fields={f: self._field(f, r) for f, r in self._attributes(name)},
            folder=self.files[name] if self._is_kind(name) else "",
            label=tuple(tuple(part.split()) for part in notes.get("label", "").split("|")),
            owner=notes.get("owner", _snake(name)),
            unique={k: tuple(v["unique_key_slots"]) for k, v in raw.get("unique_keys", {}).items()},
            apart={
                k: tuple(v["annotations"]["told_apart_by"].split())
                for k, v in raw.get("unique_keys", {}).items()
                if "annotations" in v
            },
            description=raw.get("description", ""),
            parents=tuple(self._iri(p) for p in raw.get("broad_mappings", [])),
            abstract=raw.get("abstract") == "true" or raw.get("mixin") == "true",
        )

    def _attributes(self, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the fields of a class: first those of the record, then its own, then those of its mixins."""
        raw = self.raw["classes"][name]
        if parent := raw.get("is_a"):
            inherited = dict(self._attributes(parent))
            yield "id", inherited.pop("id")
            yield from raw.get("attributes", {}).items()
            yield from inherited.items()
        else:
            yield from raw.get("attributes", {}).items()
        for mixin in raw.get("mixins", []):
            yield from self._attributes(mixin)

    def _field(self, name: str, raw: dict[str, Any]) -> Field:
        notes = raw.get("annotations", {})
        ranges = [r["range"] for r in raw["any_of"]] if "any_of" in raw else [raw["range"]]
        targets = tuple(self._folders(ranges))
        return Field(
            name=name,
            range="Key" if targets else ranges[0],
            iri=self._iri(raw["slot_uri"]),
            targets=targets,
            nested=ranges[0] if ranges[0] in self.raw["classes"] and not targets else "",
            many=raw.get("multivalued") == "true",
            required=raw.get("required") == "true",
            ordered=raw.get("list_elements_ordered") == "true",
            readonly="readonly" in raw,
            rdf_class=notes.get("rdf_class") == "true",
            role=self._iri(notes["role"]) if "role" in notes else "",
            back=self._iri(notes["back"]) if "back" in notes else "",
            table=notes.get("table", ""),
            column=notes.get("column", name),
            singular=raw.get("singular_name", ""),
            minimum=_number(raw.get("minimum_value")),
            maximum=_number(raw.get("maximum_value")),
            description=raw.get("description", ""),
            parents=tuple(self._iri(p) for p in raw.get("broad_mappings", [])),
        )

    def _folders(self, ranges: list[str]) -> Iterator[str]:
        """Yield the folders of the classes that are kinds; Record stands for all of them."""
        for name in self.raw["classes"] if "Record" in ranges else ranges:
            if self._is_kind(name):
                yield self.files[name]

    def _is_kind(self, name: str) -> bool:
        return name in self.raw["classes"] and self.raw["classes"][name].get("is_a") == "Record"

    def _enum(self, name: str, raw: dict[str, Any]) -> Enum:
        values = {
            v: Value(v, self._iri(r["meaning"]), r.get("description", "")) for v, r in raw["permissible_values"].items()
        }
        return Enum(name, self._iri(raw.get("enum_uri", "skos:Concept")), values, raw.get("description", ""))

    def _iri(self, curie: str) -> str:
        prefix, _, rest = curie.partition(":")
        if prefix not in self.prefixes:
            raise FilieraError(f"the schema uses {curie!r}, but declares no prefix {prefix!r}; add it to core.yaml")
        return self.prefixes[prefix] + rest


def _type(name: str, raw: dict[str, Any]) -> Type:
    # In Python "$" would also match before a line feed at the end of the text.
    pattern = re.compile(re.sub(r"\$$", r"\\Z", raw["pattern"])) if "pattern" in raw else None
    return Type(name, raw["typeof"], pattern, raw.get("description", ""))


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
