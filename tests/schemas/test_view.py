"""Our own reading of the schemas is LinkML's: two readers of the same files see the same classes, fields and lists."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from linkml_runtime.linkml_model.meta import SlotDefinition
from linkml_runtime.utils.schemaview import SchemaView

from filiera.errors import FilieraError
from filiera.schema import Class, Field, Schema, schema

SCHEMAS = Path(__file__).parents[2] / "schemas"

View = dict[str, Any]


@pytest.fixture(scope="module")
def view() -> SchemaView:
    """Return LinkML's reading of the schemas."""
    return SchemaView(str(SCHEMAS / "filiera.yaml"))


def test_the_kinds_are_the_same(view: SchemaView, known: Schema) -> None:
    """A class that is a Record is a kind, and its file's name is its folder."""
    theirs = {str(c.from_schema).rpartition("/")[2]: c.name for c in view.all_classes().values() if c.is_a == "Record"}

    assert {folder: of.name for folder, of in known.kinds.items()} == theirs


def test_the_classes_are_the_same(view: SchemaView, known: Schema) -> None:
    """Every class has the same IRI, parents, description and groups of fields that no two of its objects share."""
    theirs = {
        name: {
            "iri": view.get_uri(of, expand=True),
            "parents": [view.expand_curie(curie) for curie in of.broad_mappings],
            "description": of.description,
            "unique": {key: list(one.unique_key_slots) for key, one in of.unique_keys.items()},
            "abstract": bool(of.abstract or of.mixin),
        }
        for name, of in view.all_classes().items()
    }

    assert {name: _class(of) for name, of in known.classes.items()} == theirs


def _class(of: Class) -> View:
    return {
        "iri": of.iri,
        "parents": list(of.parents),
        "description": of.description,
        "unique": {key: list(fields) for key, fields in of.unique.items()},
        "abstract": of.abstract,
    }


@pytest.mark.parametrize("name", sorted(schema().classes))
def test_the_fields_are_the_same(name: str, view: SchemaView, known: Schema) -> None:
    """Every field of the class is required or not, has one value or many, and takes the same values with both."""
    theirs = {str(slot.name): _slot(slot, view) for slot in view.class_induced_slots(name)}

    assert {field.name: _field(field, known) for field in known.classes[name].fields.values()} == theirs


def _slot(slot: SlotDefinition, view: SchemaView) -> View:
    return {
        "iri": view.get_uri(slot, expand=True),
        "parents": [view.expand_curie(curie) for curie in slot.broad_mappings],
        "ranges": set(_ranges(slot, view)),
        "many": bool(slot.multivalued),
        "required": bool(slot.required),
        "ordered": bool(slot.list_elements_ordered),
        "readonly": bool(slot.readonly),
        "minimum": slot.minimum_value,
        "maximum": slot.maximum_value,
        "pattern": slot.pattern,
        "description": slot.description,
    }


def _ranges(slot: SlotDefinition, view: SchemaView) -> Iterator[str]:
    """Yield the names of what a slot takes; Record stands for every kind."""
    for name in [one.range for one in slot.any_of] or [slot.range]:
        yield from [str(c) for c in view.class_children(name)] if name == "Record" else [str(name)]


def _field(field: Field, known: Schema) -> View:
    return {
        "iri": field.iri,
        "parents": list(field.parents),
        "ranges": {known.kinds[folder].name for folder in field.targets} or {field.nested or field.range},
        "many": field.many,
        "required": field.required,
        "ordered": field.ordered,
        "readonly": field.readonly,
        "minimum": field.minimum,
        "maximum": field.maximum,
        "pattern": None,  # patterns belong to types
        "description": field.description,
    }


def test_the_closed_lists_are_the_same(view: SchemaView, known: Schema) -> None:
    """Every list has the same values, in the same order, with the same meanings and descriptions."""
    theirs = {
        name: [(v.text, view.expand_curie(v.meaning), v.description) for v in of.permissible_values.values()]
        for name, of in view.all_enums().items()
    }

    assert {n: [(v.name, v.iri, v.description) for v in of.values.values()] for n, of in known.enums.items()} == theirs


def test_the_types_are_the_same(view: SchemaView, known: Schema) -> None:
    r"""Every type of ours has the same base and pattern; our "$" is \Z, as Python's would let a line feed follow."""
    own = {name: of for name, of in view.all_types().items() if of.from_schema.startswith("https://w3id.org/filiera")}
    theirs = {name: (of.typeof, re.sub(r"\$$", r"\\Z", of.pattern), of.description) for name, of in own.items()}
    ours = {name: (of.base, of.pattern.pattern, of.description) for name, of in known.types.items() if of.pattern}

    assert ours == theirs


def test_types_that_have_no_pattern_are_linkmls_own(view: SchemaView, known: Schema) -> None:
    """A type without a pattern of ours is one that LinkML has under the same name."""
    assert {name for name, of in known.types.items() if not of.pattern} <= set(view.all_types())


def test_a_curie_with_an_undeclared_prefix_is_refused(tmp_path: Path) -> None:
    """No term can be misspelt in its prefix."""
    folder = Path(shutil.copytree(SCHEMAS, tmp_path / "schemas", ignore=shutil.ignore_patterns("generated")))
    file = folder / "claims.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("cito:Citation", "citto:Citation", 1), encoding="utf-8")

    with pytest.raises(FilieraError, match="declares no prefix 'citto'"):
        schema(folder)
